import { sql } from 'kysely'
import { CHAIN_APPEND_ONLY } from '../../src/database/migrations/chainTables.ts'
import { HOUSE_APPEND_ONLY } from '../../src/database/migrations/houseTables.ts'
import type { Database } from '../../src/database/open.ts'

/** Every row of every table as the database writes it, in an order of its own making. */
export async function rowsOf(db: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const all: Record<string, readonly string[]> = {}
  for (const table of ['chain', 'block', ...CHAIN_APPEND_ONLY, ...HOUSE_APPEND_ONLY]) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t order by 1`.execute(db)
    all[table] = rows.map(({ row }) => row)
  }
  return all
}
