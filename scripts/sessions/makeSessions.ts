import { stringify } from 'csv-stringify/sync'

const HOUR = 3600
/** Ten days before the end of a month, so that most files cross one. */
const FIRST_DAY_SECONDS = Date.UTC(2024, 4, 21) / 1000
const CHARGING_SECONDS_MIN = 300
const CHARGING_SECONDS_MAX = 8 * HOUR
const PARKED_SECONDS_MAX = 4 * HOUR
/** What cars draw, in watts; the energy of a session follows from it and from its length. */
const POWER = { min: 1_500, max: 7_000 }
const ENERGY_WH_MAX = 30_000

/**
 * A CSV of sessions that differ in length, power and station. A station charges one car at a time; several stations do at
 * once. Every station has a session as long as there are as many sessions as stations.
 */
export function makeSessions({ sessions, stations, days, seed }: makeSessions.Options): string {
  const random = randomOf(seed)
  const slotSeconds = Math.floor((days * 24 * HOUR) / Math.ceil(sessions / stations))
  const rows = Array.from({ length: sessions }, (_, index) => {
    const [round, station] = [Math.floor(index / stations), index % stations]
    return makeRow({ index, station, startsAt: FIRST_DAY_SECONDS + round * slotSeconds, slotSeconds, random })
  })
  return stringify(rows, { header: true })
}
export declare namespace makeSessions {
  type Options = {
    readonly sessions: number
    readonly stations: number
    readonly days: number
    readonly seed: number
  }
}

type Slot = {
  readonly index: number
  readonly station: number
  readonly startsAt: number
  readonly slotSeconds: number
  readonly random: () => number
}

/** One session somewhere in its slot: the station's next car comes in the next one. */
function makeRow({ index, station, startsAt, slotSeconds, random }: Slot) {
  const between = (min: number, max: number): number => Math.floor(min + random() * (max - min))
  const connectedAt = startsAt + between(0, slotSeconds / 2)
  const doneAt = connectedAt + between(CHARGING_SECONDS_MIN, Math.min(slotSeconds / 4, CHARGING_SECONDS_MAX))
  const energyWh = Math.floor(((doneAt - connectedAt) * between(POWER.min, POWER.max)) / HOUR)
  return {
    session: `session-${String(index + 1).padStart(4, '0')}`,
    station: `station-${String(station + 1).padStart(3, '0')}`,
    connected_at: rfc3339(connectedAt),
    done_charging_at: rfc3339(doneAt),
    disconnected_at: rfc3339(doneAt + between(0, Math.min(slotSeconds / 4, PARKED_SECONDS_MAX))),
    energy_wh: Math.min(energyWh, ENERGY_WH_MAX),
  }
}

function rfc3339(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

/** Numbers from 0 to 1 that follow from the seed alone (mulberry32): good enough for test data, for nothing secret. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
