import { stripVTControlCharacters } from 'node:util'
import type { Finished } from '../runner/command.ts'
import { fromHardhat } from '../runner/counts.ts'
import { MutateError } from './MutateError.ts'
import type { Result } from './Result.ts'

export type Outcome = Pick<Result, 'verdict' | 'by'>

const TITLE_MAX = 400

/** What a run of tests says of the mutant that it ran on. */
export function outcomeOf(finished: Finished): Outcome {
  if (finished.timedOut) return { verdict: 'timeout', by: '' }
  if (finished.code === 0) return { verdict: 'survived', by: '' }
  return { verdict: 'killed', by: firstFailure(finished.output).slice(0, TITLE_MAX) }
}

/** True when a run ended badly without a failed test to show for it. */
export function isBrokenOff({ code, output, timedOut }: Finished): boolean {
  return !timedOut && code !== 0 && (fromHardhat(output)?.failed ?? 0) === 0
}

/** Tests that fail, or that do not run, without any change can say nothing of one. */
export function requireGreen({ code, output, timedOut }: Finished, what: string): void {
  if (code === 0 && (fromHardhat(output)?.passed ?? 0) > 0) return
  const ending = timedOut ? 'took too long' : `ended with ${code ?? 'a signal'}`
  throw new MutateError(`Without any change, ${what} ${ending}:\n${output.slice(-4_000)}\n`, {
    next: 'Make them pass before you mutate.',
  })
}

/** The title of the first failing test in Hardhat's report: a number, the suites line by line, and a colon at the end. */
export function firstFailure(output: string): string {
  const lines = stripVTControlCharacters(output).split('\n')
  const summary = lines.findIndex((line) => /^ {2}\d+ failing\b/.test(line))
  const start = lines.findIndex((line, index) => index > summary && /^ {2}1\) /.test(line))
  if (summary === -1 || start === -1) return 'a test'
  const end = lines.findIndex((line, index) => index >= start && line.trimEnd().endsWith(':'))
  const title = lines.slice(start, end === -1 ? start + 1 : end + 1).map((line) => line.trim())
  return title.join(' > ').replace(/^1\) /, '').replace(/:$/, '')
}
