import { z } from 'zod'
import type { Database } from '../database/open.ts'
import { insertRows } from '../database/bulk.ts'
import { addressField, dateField, hashField, Patterns, textField } from '../text/fields.ts'
import { newRows } from './merge.ts'

/** Addresses that a book entity answers for: its own float (`party_ref` empty), or a liable party's own deposit. */
export const FUNDER_COLUMNS = ['book_entity', 'address', 'party_ref', 'valid_from'] as const

export const funderRow = z.strictObject({
  book_entity: textField(Patterns.entity, 'expected 1 to 32 letters, digits and . _ -'),
  address: addressField,
  party_ref: z.union(
    [z.literal(''), hashField],
    'expected nothing for a float, or the liable party as 0x and 64 digits',
  ),
  valid_from: dateField,
})
export type FunderRow = z.output<typeof funderRow>

/** Adds rows to the register; answers how many were new. */
export async function registerFunders(db: Database, rows: readonly FunderRow[], seq: bigint): Promise<number> {
  const known = await db
    .selectFrom('funder')
    .select(['book_entity', 'address', 'party_ref', 'valid_from'])
    .where('address', 'in', [...new Set(rows.map((row) => row.address))])
    .execute()
  const added = newRows(rows, known, (row) => `${row.address} from ${row.valid_from}`)
  await insertRows(
    db,
    'funder',
    added.map((row) => ({ ...row, journal_seq: seq })),
  )
  return added.length
}
