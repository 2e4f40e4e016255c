import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { ProgramError, holdLock } from '@musubi/cli'
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { migrate } from './migrate.ts'
import type { Tables } from './types.ts'

export type Database = Kysely<Tables>
export type OpenDatabase = { readonly db: Database; readonly backend: 'postgres' | 'pglite'; close(): Promise<void> }

const INT8 = 20
const NUMERIC = 1700
const CONNECT_TIMEOUT_MS = 10_000
// One writer; a second connection lets a reader in while a transaction is open.
const CONNECTIONS_MAX = 2

/** Opens PostgreSQL when an address is given, else the embedded database in `directory`, and brings it up to date. */
export async function openDatabase(options: openDatabase.Options): Promise<OpenDatabase> {
  const opened = options.url === undefined ? await openEmbedded(options.directory) : await openServer(options.url)
  try {
    await migrate(opened.db)
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}
export declare namespace openDatabase {
  type Options = { readonly url?: string | undefined; readonly directory: string }
}

/** The embedded database inside the process. It does not call fsync: the journal file does. */
async function openEmbedded(directory: string): Promise<OpenDatabase> {
  const next = 'Wait for the other command to end, or stop it; use DATABASE_URL when several must run at once.'
  const unlock = holdLock(join(directory, 'pglite.lock'), { next })
  try {
    const pglite = new PGlite(join(directory, 'pglite'), { parsers: { [INT8]: BigInt, [NUMERIC]: BigInt } })
    await pglite.waitReady
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
    const close = async (): Promise<void> => {
      await db.destroy()
      unlock()
    }
    return { db, backend: 'pglite', close }
  } catch (error) {
    unlock()
    throw error
  }
}

async function openServer(url: string): Promise<OpenDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser: exactParser },
  })
  // An idle connection that breaks must not end the process; the next query reports it.
  let lost: Error | undefined
  pool.on('error', (error) => (lost = error))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await sql`select 1`.execute(db)
  } catch (error) {
    await db.destroy()
    throw new ProgramError('Database.ConnectError', 'The PostgreSQL server does not answer.', {
      // Only the place: the address may hold a password.
      given: describePlace(url),
      expected: 'a server that accepts this user',
      next: 'Check DATABASE_URL and that the server runs.',
      cause: lost ?? error,
    })
  }
  return { db, backend: 'postgres', close: () => db.destroy() }
}

/** Whole numbers come as bigint from both backends: 64-bit ones and `numeric`, which never has digits after the point here. */
function exactParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return (value) => BigInt(value)
  // The library names the types that it knows by an enum; a server may have others.
  const parserOf = pg.types.getTypeParser as (oid: number, format: string) => (value: string) => unknown
  return parserOf(oid, format ?? 'text')
}

function describePlace(url: string): string {
  const parsed = URL.parse(url)
  return parsed === null ? 'an address that is no URL' : `${parsed.hostname}:${parsed.port || '5432'}${parsed.pathname}`
}
