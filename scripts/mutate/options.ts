import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'

export type Options = {
  readonly contracts: readonly string[]
  readonly only: readonly string[]
  readonly sample?: number
  readonly seed: number
  readonly seconds?: number
  readonly mutant?: readonly string[]
  readonly list?: true
  readonly resume?: true
  readonly mochaOnly?: true
  readonly atLeast: number
  readonly workers: number
  readonly survivors: string
  readonly state: string
  readonly project: string
  readonly json?: true
}

const AFTER = `
Every mutant is one small mistake in the contracts: a turned comparison, a missing effect, two arguments exchanged. It is
compiled as the contract is deployed, put in the artifact's place in a copy of the project, and tried by the mocha tests of
the contract until the first one fails; when none does, by the Solidity tests that import the file. The project itself is
only built, never changed.

Exit codes:
  0    enough mutants were killed, and every survivor is explained
  1    too few were killed, or a survivor has no explanation
  2    the run says nothing: the tests fail without a mutant, or the options make no sense
  130  it was interrupted; --resume goes on

Examples:
  npm run mutate -- --sample 30               thirty mutants, always the same ones
  npm run mutate -- --only 'contracts/escrow/*' --json
  npm run mutate -- --resume                  goes on where a killed run ended
  npm run mutate -- --mutant ID               shows one as a diff, and tries it`

/** Reads the command line; ends the process with help or an error when it asks for it. */
export function readOptions(args: readonly string[], root: string): Options {
  const { survivors, state, ...options } = commandIn(root).parse(args, { from: 'user' }).opts<Partial<Options>>()
  const { project = root } = options
  return {
    ...(options as Options),
    project,
    survivors: survivors ?? join(project, 'test', 'mutation', 'survivors.json'),
    state: state ?? join(project, 'cache', 'mutate', options.mutant === undefined ? 'results.jsonl' : 'single.jsonl'),
  }
}

function commandIn(root: string): Command {
  return new Command('npm run mutate --')
    .description('Change the contracts in small ways, and see whether a test notices.')
    .option('--contracts <names...>', 'contracts whose code is changed, libraries included', ['ChannelEscrow'])
    .option('--only <patterns...>', 'only in these files or functions (globs): Closures.sol, Closures.close', [])
    .option('--sample <n>', 'only this many, chosen by --seed', whole(1, 1_000_000))
    .option('--seed <n>', 'which ones a sample holds', whole(0, 2 ** 31), 1)
    .option('--seconds <n>', 'begin no further mutant after this time', whole(1, 1_000_000))
    .option('--mutant <ids...>', 'only these, each shown as a diff')
    .option('--list', 'list the mutants, and try none')
    .option('--resume', 'keep the results of an earlier run on the same contracts and tests')
    .option('--mocha-only', 'do not ask the Solidity tests, which take a minute or more each time')
    .option('--at-least <percent>', 'share of the mutants that tests must kill', whole(0, 100), 95)
    .option('--workers <n>', 'mutants at a time', whole(1, 64), availableParallelism())
    .option('--survivors <file>', 'mutants that may live, and why (default: test/mutation/survivors.json)')
    .option('--state <file>', 'where results are kept (default: cache/mutate/results.jsonl)')
    .option('--project <dir>', 'the Hardhat project', root)
    .option('--json', 'print the figures as one JSON object on the last line')
    .addHelpText('after', AFTER)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
}

function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= min && value <= max) return value
    throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}, got ${text}`)
  }
}
