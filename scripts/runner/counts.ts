import { stripVTControlCharacters } from 'node:util'

/** What a runner reports. Skipped tests are told, and belong to neither sum. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

export const ZERO: Counts = { passed: 0, failed: 0, skipped: 0 }

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/** The line that ends every report of ours, so that the next program up can add it. */
export function summaryLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed`
}

/** Reads the summary back from the last line of a report; undefined when the report broke off before it. */
export function fromSummaryLine(output: string): Counts | undefined {
  const found = /^(\d+) passed, (\d+) failed$/.exec(lastLine(output))
  if (found === null) return undefined
  return { passed: Number(found[1]), failed: Number(found[2]), skipped: 0 }
}

/** Reads the summary that Hardhat's runners print at their end: `N passing`, then `N failing`, `N pending`, `N skipped` as needed. */
export function fromHardhat(output: string): Counts | undefined {
  const lines = stripVTControlCharacters(output).split('\n')
  const start = lines.findLastIndex((line) => /^ {2}\d+ passing\b/.test(line))
  if (start === -1) return undefined
  let counts = ZERO
  for (const line of lines.slice(start)) {
    const found = /^ {2}(\d+) (passing|failing|pending|skipped)\b/.exec(line)
    if (found === null) break
    const number = Number(found[1])
    if (found[2] === 'passing') counts = add(counts, { ...ZERO, passed: number })
    else if (found[2] === 'failing') counts = add(counts, { ...ZERO, failed: number })
    else counts = add(counts, { ...ZERO, skipped: number })
  }
  return counts
}

/**
 * What a run counts for. A report that is missing or names no test, and an exit code that contradicts the report, are
 * one failure each time: a runner that breaks must not look like one that passed.
 */
export function judge(reported: Counts | undefined, code: number | null): { counts: Counts; note: string } {
  if (reported === undefined)
    return { counts: { ...ZERO, failed: 1 }, note: `ended with ${code ?? 'a signal'}, no report` }
  if (reported.passed + reported.failed === 0)
    return { counts: add(reported, { ...ZERO, failed: 1 }), note: 'ran no test' }
  if (code !== 0 && reported.failed === 0) {
    return { counts: add(reported, { ...ZERO, failed: 1 }), note: `ended with ${code ?? 'a signal'} after its tests` }
  }
  return { counts: reported, note: '' }
}

/** The last line that is not blank. */
export function lastLine(output: string): string {
  return stripVTControlCharacters(output).trimEnd().split('\n').at(-1)?.trimEnd() ?? ''
}
