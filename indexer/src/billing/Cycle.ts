import { ProgramError, UsageError } from '@musubi/cli'
import { DateTime, Duration } from 'luxon'
import { z } from 'zod'
import type { Database } from '../database/open.ts'
import type { Json } from '../hash.ts'
import { maskCardNumbers } from '../text/cardNumber.ts'
import { dateField, Patterns, textField, timeZoneField } from '../text/fields.ts'

/** A span of time whose settlements are billed together. Everything about it is fixed when it is opened. */
export type Cycle = {
  readonly cycle: string
  readonly timeZone: string
  readonly fromSeconds: bigint
  readonly cutOffSeconds: bigint
  readonly graceSeconds: bigint
  readonly chargeDate: string
}
export type CycleState = 'open' | 'frozen' | 'sealed'

const CYCLE_NAME = /^[A-Z0-9][A-Z0-9-]{0,19}$/
const seconds = z.string().regex(/^\d{1,12}$/)

export const openedCycle = z
  .strictObject({
    // It names files too.
    cycle: textField(CYCLE_NAME, 'expected 1 to 20 capital letters, digits and hyphens'),
    timeZone: timeZoneField,
    fromSeconds: seconds,
    cutOffSeconds: seconds,
    graceSeconds: seconds,
    chargeDate: dateField,
  })
  .refine((cycle) => BigInt(cycle.fromSeconds) < BigInt(cycle.cutOffSeconds), 'expected a cut-off after the start')

/** Reads what somebody typed. Times without an offset are in the cycle's time zone; a date alone is its first second. */
export function parseCycle(given: parseCycle.Options): z.output<typeof openedCycle> {
  const timeZone = timeZoneField.safeParse(given.timeZone)
  if (!timeZone.success) throw badOption('--time-zone', given.timeZone, 'a name as Asia/Tokyo')
  const cutOff = parseTime('--cut-off', given.cutOff, given.timeZone)
  const from = parseTime('--from', given.from, given.timeZone)
  const grace = Duration.fromISO(given.grace)
  if (!grace.isValid || grace.toMillis() < 0) throw badOption('--grace', given.grace, 'an ISO duration as PT48H')
  const parsed = openedCycle.safeParse({
    cycle: given.cycle,
    timeZone: given.timeZone,
    fromSeconds: String(from.toUnixInteger()),
    cutOffSeconds: String(cutOff.toUnixInteger()),
    graceSeconds: String(Math.trunc(grace.as('seconds'))),
    chargeDate: given.chargeDate ?? cutOff.plus({ days: 1 }).toISODate(),
  })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const expected = issue?.message.replace(/^expected /, '') ?? 'a cycle'
  if (issue?.path[0] === 'cycle') throw badOption('<cycle>', maskCardNumbers(given.cycle), expected)
  if (issue?.path[0] === 'chargeDate') throw badOption('--charge-date', given.chargeDate ?? '', expected)
  throw badOption('--cut-off', given.cutOff, expected)
}
export declare namespace parseCycle {
  type Options = {
    readonly cycle: string
    readonly timeZone: string
    readonly from: string
    readonly cutOff: string
    readonly grace: string
    readonly chargeDate?: string | undefined
  }
}

/** Opens a cycle. Cut-offs rise, so that the first unfrozen cycle after a moment is always known. */
export async function openCycle(db: Database, content: Json, seq: bigint): Promise<{ changed: boolean; result: Json }> {
  const given = openedCycle.parse(content)
  const cutOff = BigInt(given.cutOffSeconds)
  const row = {
    cycle: given.cycle,
    time_zone: given.timeZone,
    from_seconds: BigInt(given.fromSeconds),
    cut_off_seconds: cutOff,
    grace_seconds: BigInt(given.graceSeconds),
    charge_date: given.chargeDate,
  }
  const known = await db.selectFrom('cycle').selectAll().orderBy('cut_off_seconds', 'desc').execute()
  const same = known.find((other) => other.cycle === row.cycle)
  if (same !== undefined) {
    const { journal_seq: _, ...old } = same
    if (
      Object.entries(row).every(([name, value]) => new Map<string, unknown>(Object.entries(old)).get(name) === value)
    ) {
      return { changed: false, result: given }
    }
    throw wrongCycle('The cycle exists with other dates.', row.cycle, 'another name, or the same dates')
  }
  const last = known[0]
  if (last !== undefined && cutOff <= last.cut_off_seconds) {
    throw wrongCycle(
      'The cut-off is not after that of every other cycle.',
      isoTime(cutOff, row.time_zone),
      `after ${last.cycle}’s`,
    )
  }
  if (last !== undefined && row.from_seconds !== last.cut_off_seconds) {
    throw wrongCycle(
      'The cycle does not start where the last one ends.',
      isoTime(row.from_seconds, row.time_zone),
      `${isoTime(last.cut_off_seconds, row.time_zone)}, the cut-off of ${last.cycle}`,
    )
  }
  await db
    .insertInto('cycle')
    .values({ ...row, journal_seq: seq })
    .execute()
  return { changed: true, result: given }
}

export async function listCycles(db: Database): Promise<readonly (Cycle & { state: CycleState })[]> {
  const rows = await db.selectFrom('cycle').selectAll().orderBy('cut_off_seconds').execute()
  const frozen = new Set((await db.selectFrom('cycle_freeze').select('cycle').execute()).map((row) => row.cycle))
  const sealed = new Set((await db.selectFrom('cycle_seal').select('cycle').execute()).map((row) => row.cycle))
  return rows.map((row) => ({
    cycle: row.cycle,
    timeZone: row.time_zone,
    fromSeconds: row.from_seconds,
    cutOffSeconds: row.cut_off_seconds,
    graceSeconds: row.grace_seconds,
    chargeDate: row.charge_date,
    state: sealed.has(row.cycle) ? 'sealed' : frozen.has(row.cycle) ? 'frozen' : 'open',
  }))
}

/** The named cycle, when it is in the state that is asked for and every cycle before it is past that state. */
export async function requireCycle(db: Database, name: string, state: 'open' | 'frozen'): Promise<Cycle> {
  const cycles = await listCycles(db)
  const cycle = cycles.find((one) => one.cycle === name)
  if (cycle === undefined) throw wrongCycle('There is no such cycle.', name, 'an opened cycle')
  if (cycle.state !== state) throw wrongCycle(`The cycle is ${cycle.state}.`, name, `a cycle that is ${state}`)
  const earlier = cycles.find((one) => one.state === state && one.cutOffSeconds < cycle.cutOffSeconds)
  if (earlier === undefined) return cycle
  throw wrongCycle(`An earlier cycle is still ${state}.`, name, `${earlier.cycle} first`)
}

export function isoTime(atSeconds: bigint, timeZone: string): string {
  return DateTime.fromSeconds(Number(atSeconds), { zone: timeZone }).toISO({ suppressMilliseconds: true }) ?? ''
}

export function isoDate(atSeconds: bigint, timeZone: string): string {
  return DateTime.fromSeconds(Number(atSeconds), { zone: timeZone }).toISODate() ?? ''
}

/** The day a cut-off closes: a cut-off at midnight belongs to the day before. */
export function cutOffDate(cycle: Cycle): string {
  return isoDate(cycle.cutOffSeconds - 1n, cycle.timeZone)
}

export function wrongCycle(message: string, given: string, expected: string): ProgramError {
  return new ProgramError('Cycle.WrongStateError', message, {
    given,
    expected,
    next: 'Nothing was changed; `musubi-indexer status` lists the cycles and their states.',
  })
}

function parseTime(option: string, text: string, zone: string): DateTime<true> {
  const time = DateTime.fromISO(text, { zone })
  if (time.isValid && (Patterns.date.test(text) || text.includes('T'))) return time
  throw badOption(option, text, 'a date or a time as 2026-11-30 or 2026-11-30T24:00:00')
}

function badOption(option: string, given: string, expected: string): UsageError {
  return new UsageError('Cycle.BadOptionError', `The value of ${option} cannot be used.`, {
    given,
    expected,
    next: 'See `musubi-indexer cycle open --help`.',
  })
}
