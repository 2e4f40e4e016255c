import Table from 'cli-table3'
import { entryFor } from './Explanations.ts'
import type { Explanations } from './Explanations.ts'
import { oneLine } from './Mutant.ts'
import type { Mutant } from './Mutant.ts'
import { isCounted, isKilled, VERDICTS } from './Result.ts'
import type { Result } from './Result.ts'

export type Tried = { readonly mutant: Mutant; readonly result: Result }

/** What a run says in the end. `total` counts mutants that a test could notice. */
export type Report = {
  readonly total: number
  readonly killed: number
  readonly percent: number
  readonly timeouts: number
  readonly stillborn: number
  readonly equivalent: number
  readonly left: number
  readonly resumed: number
  readonly secondsPerMutant: number
  readonly survivors: readonly Survivor[]
  /** Explained mutants that tests notice by now, or that are no more: their entries can go. */
  readonly stale: readonly string[]
}

export type Survivor = ReturnType<typeof entryFor> & { readonly file: string; readonly line: number }

type Facts = {
  readonly tried: readonly Tried[]
  readonly explanations: Explanations
  /** Explained mutants that are not among all mutants any more. */
  readonly gone: readonly string[]
  readonly left: number
  readonly resumed: number
}

export function reportOf({ tried, explanations, gone, left, resumed }: Facts): Report {
  const counted = tried.filter(({ result }) => isCounted(result))
  const killed = counted.filter(({ result }) => isKilled(result)).length
  const number = (verdict: Result['verdict']) => tried.filter(({ result }) => result.verdict === verdict).length
  const seconds = tried.reduce((sum, { result }) => sum + result.seconds, 0)
  const survivors = counted
    .filter(({ result }) => result.verdict === 'survived')
    .map(({ mutant }) => ({
      ...entryFor(mutant),
      reason: explanations.get(mutant.id)?.reason ?? '',
      ...{ file: mutant.file, line: mutant.line },
    }))
  const noticed = tried.filter(({ result }) => result.verdict !== 'survived' && explanations.has(result.id))
  return {
    ...{ total: counted.length, killed, percent: percentOf(killed, counted.length), timeouts: number('timeout') },
    ...{ stillborn: number('stillborn'), equivalent: number('equivalent'), left, resumed },
    secondsPerMutant: tried.length === 0 ? 0 : Math.round((seconds / tried.length) * 10) / 10,
    survivors,
    stale: [...noticed.map(({ result }) => result.id), ...gone],
  }
}

/** Why a run is not good enough; empty when it is. */
export function complaints(report: Report, percentMin: number): readonly string[] {
  const unexplained = report.survivors.filter(({ reason }) => reason === '').length
  return [
    ...(report.total === 0 ? ['No mutant was tried: a run that proves nothing is a failure.'] : []),
    ...(report.percent < percentMin ? [`${report.percent} % were killed, ${percentMin} % expected.`] : []),
    ...(unexplained > 0
      ? [`${unexplained} survived without an explanation: write a test, or say why none can be.`]
      : []),
  ]
}

/** The run for people: verdicts by operator, then who survived. */
export function render(report: Report, tried: readonly Tried[]): string {
  const counts = new Table({
    head: ['operator', ...VERDICTS],
    colAligns: ['left', ...VERDICTS.map(() => 'right' as const)],
    style: { head: [], border: [] },
  })
  const row = (name: string, some: readonly Tried[]) => [
    name,
    ...VERDICTS.map((verdict) => some.filter(({ result }) => result.verdict === verdict).length),
  ]
  const names = [...new Set(tried.map(({ mutant }) => mutant.operator))].toSorted()
  for (const name of names)
    counts.push(
      row(
        name,
        tried.filter(({ mutant }) => mutant.operator === name),
      ),
    )
  counts.push(row('all', tried))
  return [
    counts.toString(),
    ...report.survivors.map(survivorText),
    ...report.stale.map((id) => `stale: ${id} is explained, and no longer survives`),
    `${report.killed} of ${report.total} mutants killed (${report.percent} %), ` +
      `${report.secondsPerMutant} s each${report.left === 0 ? '' : `; ${report.left} not tried for want of time`}`,
  ].join('\n')
}

function survivorText({ id, file, line, original, replacement, reason }: Survivor): string {
  const why = reason === '' ? 'no explanation' : reason
  return `survived: ${id}\n  ${file}:${line}\n  - ${oneLine(original)}\n  + ${oneLine(replacement)}\n  ${why}`
}

/** Rounded down, so that nearly all is not all. */
function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part * 1_000) / whole) / 10
}
