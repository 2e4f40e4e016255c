import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { run } from './command.ts'
import type { Finished } from './command.ts'
import { fromHardhat, judge } from './counts.ts'
import type { Counts } from './counts.ts'

/** One set of test files and the program that runs it. */
export type Runner = {
  readonly name: RunnerName
  readonly title: string
  readonly patterns: readonly string[]
  readonly start: (files: readonly string[], echo: boolean) => Promise<Report>
}

export const RUNNER_NAMES = [
  'solidity',
  'contracts',
  'model',
  'sdk',
  'cli',
  'indexer',
  'attester',
  'integration',
] as const
export type RunnerName = (typeof RUNNER_NAMES)[number]

/** A runner's own count (undefined when it broke off before counting), and how it ended. */
export type Report = { readonly counted: Counts | undefined; readonly finished: Finished }

/** What a runner counts for, with a note when it counts for something other than its tests. */
export type Outcome = { readonly counts: Counts; readonly seconds: number; readonly note: string }

const RUNNER_SECONDS_MAX = 20 * 60

const ESCROW_INVARIANTS = 'test/solidity/ChannelEscrow.t.sol'
/** Times ten invariants, times fifty calls each: 250,000 calls. */
const ESCROW_INVARIANT_RUNS = '500'

const COUNT_REPORTER = join(import.meta.dirname, 'countReporter.ts')

const CountsFile = z.object({ passed: z.number(), failed: z.number(), skipped: z.number() })

export const RUNNERS: readonly Runner[] = [
  {
    name: 'solidity',
    title: 'Solidity: fuzz and invariants',
    patterns: ['test/solidity/**/*.t.sol', 'contracts/**/*.t.sol'],
    start: (_, echo) => hardhatTest('solidity', echo),
  },
  {
    name: 'solidity',
    title: "Solidity: the escrow's invariants at length",
    patterns: [ESCROW_INVARIANTS],
    // After the run of all, which has built the handler: of a single file Hardhat builds only what it imports.
    start: (files, echo) => hardhatTest('solidity', echo, { files, env: { INVARIANT_RUNS: ESCROW_INVARIANT_RUNS } }),
  },
  {
    name: 'contracts',
    title: 'Contracts: mocha',
    patterns: ['test/contracts/**/*.test.ts'],
    start: (_, echo) => hardhatTest('mocha', echo),
  },
  {
    name: 'contracts',
    title: 'Contracts: deployment',
    patterns: ['test/deploy/**/*.test.ts'],
    start: (_, echo) => hardhatTest('nodejs', echo),
  },
  { name: 'model', title: 'Registry against its model', patterns: ['test/model/**/*.test.ts'], start: nodeTest },
  { name: 'sdk', title: 'SDK', patterns: ['sdk/test/**/*.test.ts'], start: nodeTest },
  { name: 'cli', title: 'What command lines share', patterns: ['cli/test/**/*.test.ts'], start: nodeTest },
  { name: 'indexer', title: 'Indexer', patterns: ['indexer/test/**/*.test.ts'], start: nodeTest },
  { name: 'attester', title: 'Attester', patterns: ['attester/test/**/*.test.ts'], start: nodeTest },
  {
    name: 'integration',
    title: 'Integration and scripts',
    patterns: ['test/integration/**/*.test.ts', 'test/scripts/**/*.test.ts'],
    start: nodeTest,
  },
]

/** Runs one runner, and shows what it prints. Undefined when it has no test files: then there is nothing to count. */
export async function outcomeOf(runner: Runner, options = { echo: true }): Promise<Outcome | undefined> {
  const files = globSync([...runner.patterns]).sort()
  if (files.length === 0) return undefined
  const { counted, finished } = await runner.start(files, options.echo)
  const { counts, note } = judge(counted, finished.code)
  return {
    counts,
    seconds: finished.seconds,
    note: finished.timedOut ? `stopped after ${RUNNER_SECONDS_MAX} seconds` : note,
  }
}

async function hardhatTest(
  task: 'solidity' | 'mocha' | 'nodejs',
  echo: boolean,
  { files = [], env = {} }: { files?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Promise<Report> {
  const options = { echo, secondsMax: RUNNER_SECONDS_MAX, env: { ...process.env, ...env } }
  const finished = await run('hardhat', ['test', task, ...files], options)
  return { counted: fromHardhat(finished.output), finished }
}

async function nodeTest(files: readonly string[], echo: boolean): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'musubi-test-'))
  try {
    const countsFile = join(folder, 'counts.json')
    const people = ['--test-reporter=spec', '--test-reporter-destination=stdout']
    const machine = [`--test-reporter=${COUNT_REPORTER}`, `--test-reporter-destination=${countsFile}`]
    const args = ['--test', ...people, ...machine, ...files]
    // Under this variable node:test takes itself for a part of another run, and runs nothing.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
    const finished = await run(process.execPath, args, { echo, secondsMax: RUNNER_SECONDS_MAX, env })
    return { counted: readCounts(countsFile), finished }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The reporter writes its one line when all is over: a file without it means that the run broke off. */
function readCounts(path: string): Counts | undefined {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return text === '' ? undefined : CountsFile.parse(JSON.parse(text))
}
