import type { Command } from 'commander'
import { CommanderError } from 'commander'
import { UsageError, textOf } from './errors.ts'
import { bigintAsText } from './output.ts'

const EXIT_FAILED = 1
const EXIT_USAGE = 2

/**
 * Runs a command line to its end, and sets the exit code: 0 done, 1 failed or refused, 2 wrong usage. A failure is told on
 * standard error, and with `--json` on standard output too.
 */
export async function runProgram(program: Command, options: runProgram.Options): Promise<void> {
  const { args } = options
  try {
    // A command whose answer is "no" has said so, and set its code.
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    // Commander has printed its own message, or the help that was asked for.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE
      return
    }
    printError(error, options)
    process.exitCode = error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED
  }
}
export declare namespace runProgram {
  type Options = {
    readonly args: readonly string[]
    /** What to do after an error that does not say so itself. */
    readonly next: string
    /** Takes out of an error's text what must not be shown. */
    readonly mask?: (text: string) => string
  }
}

function printError(error: unknown, options: runProgram.Options): void {
  const told = describe(error, options)
  process.stderr.write(`${told.name}: ${told.message}\n`)
  if (options.args.includes('--json')) process.stdout.write(`${JSON.stringify({ error: told }, bigintAsText)}\n`)
}

function describe(error: unknown, { next, mask = (text) => text }: runProgram.Options) {
  const message = mask(textOf(error))
  if (!(error instanceof Error)) return { name: 'Cli.UnknownError', message }
  const problems = 'problems' in error ? { problems: error.problems } : {}
  return { name: error.name, message: 'next' in error ? message : `${message} ${next}`, ...problems }
}
