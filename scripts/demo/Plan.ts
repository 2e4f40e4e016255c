import type { ChargingSession } from './ChargingSession.ts'

/** The data names no car, so cars are assigned here: never to two sessions at once, and in turn. */
export type Plan = {
  readonly session: ChargingSession
  /** Number of the car, from 0. */
  readonly car: number
}

/** Cars that the demo always has. More are added only when more sessions overlap. */
export const CARS_MIN = 8

/** Assigns to each session the car that has been idle longest. Sessions come in order of their start. */
export function assignCars(sessions: readonly ChargingSession[]): { plans: Plan[]; cars: number } {
  const freeAt = new Array<number>(CARS_MIN).fill(-Infinity)
  const plans = sessions.map((session) => {
    const idle = freeAt.reduce((best, at, car) => (at < (freeAt[best] ?? Infinity) ? car : best), 0)
    const car = (freeAt[idle] ?? Infinity) <= session.connectedAt ? idle : freeAt.length
    freeAt[car] = session.doneChargingAt
    return { session, car }
  })
  return { plans, cars: freeAt.length }
}
