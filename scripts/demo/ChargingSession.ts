import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Hex } from 'viem'
import { z } from 'zod'
import { DemoError } from './DemoError.ts'

/** One charging session of a car at a station. Times in seconds. */
export type ChargingSession = {
  readonly id: string
  readonly station: string
  readonly connectedAt: number
  readonly doneChargingAt: number
  readonly energyWh: number
}

export const SESSIONS_MAX = 1_000
export const STATIONS_MAX = 100
const ENERGY_WH_MAX = 1_000_000
/** Far above 1,000 sessions: what is larger is another file. */
const FILE_BYTES_MAX = 4 * 2 ** 20
/** A station trusts a channel that it cannot see for 34 hours; a session must fit. */
const CHARGING_SECONDS_MAX = 30 * 3600
/** Bindings last a year, and start a day before the first session. */
const SPAN_DAYS_MAX = 360
const DAY_SECONDS = 24 * 3600

/** The name of the session in every payment's item: 32 bytes. */
export function referenceOf(session: Pick<ChargingSession, 'id'>): Hex {
  return `0x${createHash('sha256').update(session.id).digest('hex')}`
}

const COLUMNS = ['session', 'station', 'connected_at', 'done_charging_at', 'disconnected_at', 'energy_wh'] as const
/** What people and spreadsheets write instead of a comma. */
const OTHER_SEPARATORS = { ';': 'semicolons', '\t': 'tabs' } as const

/** Reads a file of sessions, in order of their start. One bad row refuses the whole file. */
export async function readSessions(path: string): Promise<ChargingSession[]> {
  let text: string
  try {
    const { size } = await stat(path)
    if (size > FILE_BYTES_MAX) throw new Error(`it has ${size} bytes, expected at most ${FILE_BYTES_MAX}`)
    text = await readFile(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DemoError(`Cannot read ${path}: ${reason}.`, { next: 'Pass a CSV file with --data.', cause })
  }
  return parseSessions(text)
}

export function parseSessions(text: string): ChargingSession[] {
  const lines = parseLines(text)
  if (lines.length === 0) {
    throw new DemoError('The file has no session.', { next: `Below the line ${COLUMNS.join(',')}, add one line each.` })
  }
  requireAtMost(SESSIONS_MAX, lines.length, 'sessions')
  const sessions = lines.map(parseLine)
  requireUnique(sessions)
  requireAtMost(STATIONS_MAX, new Set(sessions.map(({ station }) => station)).size, 'stations')
  sessions.sort((a, b) => a.connectedAt - b.connectedAt || a.id.localeCompare(b.id))
  const end = Math.max(...sessions.map(({ doneChargingAt }) => doneChargingAt))
  requireAtMost(SPAN_DAYS_MAX, Math.ceil((end - (sessions[0]?.connectedAt ?? end)) / DAY_SECONDS), 'days')
  return sessions
}

const time = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: 'expected a time such as 2019-03-25T16:24:42Z or 2019-03-26T01:24:42+09:00',
  })
  .refine((text) => /^20/.test(text), 'expected a time in this century')
  .transform((text) => Math.floor(Date.parse(text) / 1000))
const row = z
  .strictObject({
    session: z.string().regex(/^[\w-]{1,64}$/, 'expected 1 to 64 letters, digits, - or _'),
    station: z.string().regex(/^[\w-]{1,32}$/, 'unknown station: expected its name, 1 to 32 letters, digits, - or _'),
    connected_at: time,
    done_charging_at: time,
    disconnected_at: time,
    energy_wh: z
      .string()
      .regex(/^\d{1,15}$/, 'expected whole watt-hours, not negative')
      .transform(Number)
      .refine((energy) => energy > 0 && energy <= ENERGY_WH_MAX, `expected 1 to ${ENERGY_WH_MAX}`),
  })
  .refine((r) => r.connected_at <= r.done_charging_at && r.done_charging_at <= r.disconnected_at, {
    message: 'expected connected_at <= done_charging_at <= disconnected_at',
  })
  // Of times that are none, this says nothing: they are problems of their own.
  .refine((r) => !(r.done_charging_at - r.connected_at > CHARGING_SECONDS_MAX), {
    message: `expected at most ${CHARGING_SECONDS_MAX / 3600} hours from connected_at to done_charging_at`,
  })

/** A row as it stands in the file. */
type Line = { readonly number: number; readonly fields: Readonly<Record<string, string>> }

function parseLines(text: string): Line[] {
  const lines: Line[] = []
  try {
    parse(text, {
      ...{ columns: checkHeader, bom: true, skip_empty_lines: true, max_record_size: 4096 },
      onRecord: (fields: Record<string, string>, { lines: number }) => lines.push({ number, fields }),
    })
  } catch (cause) {
    if (cause instanceof DemoError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DemoError(`The file is no CSV of sessions: ${reason}.`, { next: 'Mend the file and run again.', cause })
  }
  return lines
}

/** Told at the header, a wrong separator is one mistake; told by the rows, it would look like many. */
function checkHeader(header: readonly string[]): string[] {
  const missing = COLUMNS.filter((name) => !header.includes(name))
  const unknown = header.filter((name, at) => !COLUMNS.some((known) => known === name) || header.indexOf(name) !== at)
  if (missing.length === 0 && unknown.length === 0) return [...header]
  const [first = ''] = header
  const separator = Object.entries(OTHER_SEPARATORS).find(([sign]) => header.length === 1 && first.includes(sign))
  const problems = [
    ...(separator === undefined ? [] : [`its fields are separated by ${separator[1]}, expected commas`]),
    ...(separator === undefined && missing.length > 0 ? [`it lacks ${missing.join(', ')}`] : []),
    ...(separator === undefined && unknown.length > 0 ? [`it also has ${unknown.map(quoted).join(', ')}`] : []),
  ]
  throw new DemoError(`The first line does not name the columns: ${problems.join('; ')}.`, {
    next: `It must be: ${COLUMNS.join(',')}`,
  })
}

function parseLine({ number, fields }: Line): ChargingSession {
  const parsed = row.safeParse(fields)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path: [column], message }) =>
      typeof column === 'string' ? `${column} is ${quoted(fields[column] ?? '')}, ${message}` : message,
    )
    throw new DemoError(`Line ${number} is no charging session: ${problems.join('; ')}.`, {
      next: 'Mend the line and run again.',
    })
  }
  const { session, station, connected_at, done_charging_at, energy_wh } = parsed.data
  return { id: session, station, connectedAt: connected_at, doneChargingAt: done_charging_at, energyWh: energy_wh }
}

/** As JSON, so that no control character of a file reaches a terminal. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}...` : text)
}

function requireAtMost(max: number, given: number, what: string): void {
  if (given > max) {
    throw new DemoError(`The file has ${given} ${what}; expected at most ${max}.`, { next: 'Split the file.' })
  }
}

function requireUnique(sessions: readonly ChargingSession[]): void {
  const seen = new Set<string>()
  for (const { id } of sessions) {
    if (seen.has(id))
      throw new DemoError(`The session ${id} is in the file twice.`, { next: 'Remove one of the rows.' })
    seen.add(id)
  }
}
