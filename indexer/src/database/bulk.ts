import type { Insertable, Kysely } from 'kysely'
import type { Tables } from './types.ts'

/** PostgreSQL numbers parameters with 16 bits; half of it leaves room for every table's width. */
const PARAMETERS_MAX = 30_000

/** Inserts many rows in as few statements as the protocol allows. */
export async function insertRows<T extends keyof Tables>(
  db: Kysely<Tables>,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
): Promise<void> {
  const width = Object.keys(rows[0] ?? {}).length
  if (width === 0) return
  const step = Math.floor(PARAMETERS_MAX / width)
  for (let at = 0; at < rows.length; at += step) {
    await db
      .insertInto(table)
      .values(rows.slice(at, at + step))
      .execute()
  }
}
