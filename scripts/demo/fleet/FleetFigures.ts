import { CASES } from './cases.ts'

/** What the scenario says about itself: the first two by the chain's events, the others by what chargers and chain answered. */
export type FleetFigures = {
  readonly enrolled: number
  readonly transactions: number
  readonly offlineChecks: number
  /** Answers that were not the ones they have to be: of chargers about devices, and of the chain about bindings. */
  readonly wrongVerdicts: number
  readonly seconds: number
}

/** The sentences of the figures that are not what was asked for. */
export function wrongFigures(
  figures: FleetFigures,
  expected: { readonly devices: number; readonly parties: number },
): string[] {
  const { enrolled, transactions, offlineChecks } = figures
  const checks: readonly (readonly [boolean, string])[] = [
    [enrolled === expected.devices, `enrolled is ${enrolled}; asked for were ${expected.devices}`],
    [transactions === expected.parties, `transactions is ${transactions}; there are ${expected.parties} parties`],
    [offlineChecks === CASES, `offlineChecks is ${offlineChecks}; there are ${CASES} cases`],
  ]
  return checks.flatMap(([holds, sentence]) => (holds ? [] : [sentence]))
}
