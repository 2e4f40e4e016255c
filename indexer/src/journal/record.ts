import { ProgramError } from '@musubi/cli'
import { z } from 'zod'
import type { Json } from '../hash.ts'

/** One line of the journal. `hash` covers the other fields, and with them every record before. */
export type JournalRecord = {
  readonly seq: string
  readonly kind: string
  readonly content: Json
  readonly previousHash: string
  readonly hash: string
}

const hexHash = z.string().regex(/^[0-9a-f]{64}$/)
const recordShape = z.strictObject({
  seq: z.string().regex(/^[1-9]\d{0,17}$/),
  kind: z.string().min(1),
  content: z.json(),
  previousHash: hexHash,
  hash: hexHash,
})

export function parseRecord(line: string): JournalRecord {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch (error) {
    throw mismatch('a line that is no JSON', 'one record a line', error)
  }
  const parsed = recordShape.safeParse(json)
  if (!parsed.success) throw mismatch('a line of another shape', 'one record a line', parsed.error)
  return parsed.data
}

export function mismatch(given: string, expected: string, cause?: unknown): ProgramError {
  return new ProgramError('Journal.MismatchError', 'The journal file and the database do not belong together.', {
    given,
    expected,
    next: 'Nothing was changed. Put back the journal file that belongs to this database.',
    cause,
  })
}
