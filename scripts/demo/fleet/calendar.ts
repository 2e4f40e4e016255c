import { FreshnessChain } from '@musubi/sdk'

const HOUR_SECONDS = 3600

/** The first second of the story: midnight, so that its days are those of the freshness chains. */
export const START = Date.UTC(2026, 3, 1) / 1000

/** A second of the story, by its day from 0 and the hour. */
export function at(day: number, hour = 0): number {
  return START + day * FreshnessChain.DAY_SECONDS + hour * HOUR_SECONDS
}

/** Bindings last a year, and so does what is said about their freshness. */
export const DAYS = 365
export const VALID_UNTIL = at(DAYS)

/** When what happens. Each is a moment that the chain's time is set to. */
export const ACTIVATION = at(1, 9)
/** From here on South's key is in wrong hands; nobody knows it yet. */
export const COMPROMISE = at(10)
export const SALE = at(10, 14)
export const STOPS = at(12, 10)
/** South is found out. */
export const MARK = at(13, 9)
export const RENEWAL = at(13, 15)
/** One leaf lasts no longer. */
export const EARLY_END = at(20)
export const OLD_SNAPSHOT = at(28, 6)
export const NEW_SNAPSHOT = at(30, 6)
/** When cars come to the chargers. */
export const CHARGING = at(30, 12)

/** How old a proof of freshness a charger takes. */
export const FRESHNESS_AGE_MAX_SECONDS = 36 * HOUR_SECONDS

/** A moment as people read it. */
export function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}
