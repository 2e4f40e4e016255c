import { ProgramError } from '@musubi/cli'
import { type Kysely, sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import { CHAIN_APPEND_ONLY, CHAIN_TABLES } from './migrations/chainTables.ts'
import { BOOK_TABLES, HOUSE_APPEND_ONLY, HOUSE_TABLES } from './migrations/houseTables.ts'
import { appendOnly, RULES } from './migrations/rules.ts'
import type { Tables } from './types.ts'

const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const closed = [...CHAIN_APPEND_ONLY, ...HOUSE_APPEND_ONLY].flatMap(appendOnly)
    for (const statement of [...CHAIN_TABLES, ...HOUSE_TABLES, ...BOOK_TABLES, ...RULES, ...closed]) {
      await sql.raw(statement).execute(db)
    }
  },
}

// Forward only: there is no `down`, because books are never unwritten.
const provider: MigrationProvider = {
  getMigrations: () => Promise.resolve({ '0001_facts_journal_books_billing': first }),
}

/** Brings a database to the newest schema. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error === undefined) return
  throw new ProgramError('Database.MigrationError', 'The database could not be brought to the newest schema.', {
    given: error instanceof Error ? error.message : 'an unknown failure',
    expected: 'an empty database, or one that this version or an older one made',
    next: 'Nothing was changed; check the connection and that no newer version made this database.',
    cause: error,
  })
}
