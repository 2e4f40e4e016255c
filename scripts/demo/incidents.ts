import type { Plan } from './Plan.ts'
import { WH_PER_PAYMENT } from './tariff.ts'

/** What goes wrong on purpose, by the session in which it happens. */
export type Incidents = {
  /** The chain cannot be reached from the session's start to its end. */
  readonly offline: string | undefined
  /** The car's process is killed in the middle. */
  readonly carKilled: string | undefined
  /** The station's process is killed in the middle. */
  readonly stationKilled: string | undefined
}

/** Fewer payments than these have no middle to be killed in. */
const PAYMENTS_MIN = 10

/** Spreads the incidents over the longest sessions, each in one of its own when there are enough. */
export function chooseIncidents(plans: readonly Plan[]): Incidents {
  const longest = plans
    .map(({ session }) => session)
    .filter(({ energyWh }) => energyWh >= PAYMENTS_MIN * WH_PER_PAYMENT)
    .sort((a, b) => b.energyWh - a.energyWh)
  const [first, second = first, third = second] = longest
  return { carKilled: first?.id, stationKilled: second?.id, offline: (third ?? plans[0]?.session)?.id }
}
