import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
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
/** A station trusts a channel that it cannot see for 34 hours; a session must fit. */
const CHARGING_SECONDS_MAX = 30 * 3600

/** The name of the session in every payment's item: 32 bytes. */
export function referenceOf(session: Pick<ChargingSession, 'id'>): Hex {
  return `0x${createHash('sha256').update(session.id).digest('hex')}`
}

/** Reads a file of sessions, in order of their start. One bad row refuses the whole file. */
export async function readSessions(path: string): Promise<ChargingSession[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new DemoError(`Cannot read ${path}.`, { next: 'Pass a CSV file with --data.', cause })
  }
  return parseSessions(text)
}

export function parseSessions(text: string): ChargingSession[] {
  const rows = parseRows(text)
  if (rows.length === 0 || rows.length > SESSIONS_MAX) {
    throw new DemoError(`The file has ${rows.length} sessions; expected 1 to ${SESSIONS_MAX}.`, {
      next: 'Split the file.',
    })
  }
  const sessions = rows.map((row, index) => parseRow(row, index + 2))
  requireUnique(sessions)
  const stations = new Set(sessions.map(({ station }) => station)).size
  if (stations > STATIONS_MAX) {
    throw new DemoError(`The file has ${stations} stations; expected at most ${STATIONS_MAX}.`, {
      next: 'Split the file.',
    })
  }
  return sessions.sort((a, b) => a.connectedAt - b.connectedAt || a.id.localeCompare(b.id))
}

const time = z.iso.datetime({ offset: true }).transform((text) => Math.floor(Date.parse(text) / 1000))
const row = z
  .strictObject({
    session: z.string().regex(/^[\w-]{1,64}$/, 'expected 1 to 64 letters, digits, - or _'),
    station: z.string().regex(/^[\w-]{1,32}$/, 'unknown station: expected its name, 1 to 32 letters, digits, - or _'),
    connected_at: time,
    done_charging_at: time,
    disconnected_at: time,
    energy_wh: z
      .string()
      .regex(/^\d{1,7}$/, 'expected whole watt-hours, not negative')
      .transform(Number)
      .refine((energy) => energy > 0 && energy <= ENERGY_WH_MAX, `expected 1 to ${ENERGY_WH_MAX}`),
  })
  .refine((r) => r.connected_at <= r.done_charging_at && r.done_charging_at <= r.disconnected_at, {
    message: 'expected connected_at <= done_charging_at <= disconnected_at',
  })
  .refine((r) => r.done_charging_at - r.connected_at <= CHARGING_SECONDS_MAX, {
    message: `expected at most ${CHARGING_SECONDS_MAX} s of charging`,
  })

function parseRows(text: string): unknown[] {
  try {
    return parse(text, { columns: true, bom: true, skip_empty_lines: true, max_record_size: 4096 })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DemoError(`The file is no CSV of sessions: ${reason}.`, { next: 'Mend the file and run again.', cause })
  }
}

function parseRow(given: unknown, line: number): ChargingSession {
  const parsed = row.safeParse(given)
  if (!parsed.success) {
    throw new DemoError(`Line ${line} is no charging session: ${z.prettifyError(parsed.error)}`, {
      next: 'Mend the line and run again. Columns: session,station,connected_at,done_charging_at,disconnected_at,energy_wh.',
    })
  }
  const { session, station, connected_at, done_charging_at, energy_wh } = parsed.data
  return { id: session, station, connectedAt: connected_at, doneChargingAt: done_charging_at, energyWh: energy_wh }
}

function requireUnique(sessions: readonly ChargingSession[]): void {
  const seen = new Set<string>()
  for (const { id } of sessions) {
    if (seen.has(id))
      throw new DemoError(`The session ${id} is in the file twice.`, { next: 'Remove one of the rows.' })
    seen.add(id)
  }
}
