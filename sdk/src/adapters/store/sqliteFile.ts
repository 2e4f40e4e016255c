import { chmodSync, closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { BaseError } from '../../protocol/Errors.ts'
import type { StoreOwner } from '../../ports/Store.ts'
import { ForeignStoreError, StoreDamagedError, StoreLockedError, StoreOpenError } from '../../ports/StoreErrors.ts'
import { ownerOf, ownerRow } from './rows.ts'
import { migrate, TABLES } from './schema.ts'
import type { Row } from './seal.ts'
import { seal, unseal } from './seal.ts'
import { prepare, readOne } from './Tables.ts'

/** The write-ahead log is cut back to this after a large transaction. */
const LOG_BYTES_MAX = 4_194_304
const PAGE_BYTES = 4_096
const OWNER_ONLY = 0o600

/** Opens a store's file, or makes it; checks whose it is and that it is sound. */
export async function openFile(path: string, { owner, fileBytesMax }: openFile.Options): Promise<DatabaseSync> {
  createIfMissing(path)
  const database = await connect(path)
  try {
    takeLock(database, fileBytesMax)
    inTransaction(database, () => {
      const isNew = migrate(database)
      if (isNew) insertOwner(database, owner)
    })
    requireSound(database, path)
    requireOwner(database, owner)
    chmodSync(path, OWNER_ONLY)
    return database
  } catch (error) {
    database.close()
    throw asStoreError(error, path)
  }
}
export declare namespace openFile {
  type Options = { readonly owner: StoreOwner; readonly fileBytesMax: number | undefined }
}

/**
 * Makes an empty file that only its owner may read, and puts its name on disk. An existing file is left alone: opening
 * and closing it here would drop the lock of a store that this process has open on it (POSIX locks are the process's).
 */
function createIfMissing(path: string): void {
  try {
    closeSync(openSync(path, 'wx', OWNER_ONLY))
    syncFolder(dirname(path))
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw new StoreOpenError({ given: `${path}: ${String(cause)}`, cause })
  }
}

/** Windows opens no folders, and keeps names by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Loaded here, so that the package can be imported where there is no SQLite. */
async function connect(path: string): Promise<DatabaseSync> {
  try {
    const { DatabaseSync } = await import('node:sqlite')
    return new DatabaseSync(path, { timeout: 0, defensive: true, enableForeignKeyConstraints: true })
  } catch (cause) {
    throw new StoreOpenError({ given: `${path}: ${String(cause)}`, cause })
  }
}

/** Exclusive mode comes first: the switch to WAL then takes the lock, and keeps it until the process lets go or ends. */
function takeLock(database: DatabaseSync, fileBytesMax: number | undefined): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON')
  database.exec(`PRAGMA journal_size_limit = ${LOG_BYTES_MAX}`)
  if (fileBytesMax !== undefined) database.exec(`PRAGMA max_page_count = ${Math.floor(fileBytesMax / PAGE_BYTES)}`)
}

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    work()
    database.exec('COMMIT')
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK')
  }
}

function insertOwner(database: DatabaseSync, owner: StoreOwner): void {
  database.prepare('INSERT INTO owner VALUES (?, ?, ?, ?, ?)').run(...seal(ownerRow(owner)))
}

function requireSound(database: DatabaseSync, path: string): void {
  const found = Object.values(database.prepare('PRAGMA integrity_check(1)').get() ?? {})[0]
  if (found !== 'ok') throw new StoreDamagedError({ given: `${path}: ${String(found)}` })
  for (const table of TABLES) {
    // One row at a time, as the types of node:sqlite do not say: rows come as arrays.
    const rows = prepare(database, `SELECT * FROM ${table}`).iterate() as Iterable<unknown> as Iterable<Row>
    for (const row of rows) unseal(table, row)
  }
}

function requireOwner(database: DatabaseSync, expected: StoreOwner): void {
  const row = readOne(prepare(database, 'SELECT * FROM owner'), [])
  if (row === undefined) throw new StoreDamagedError({ given: 'it names no owner' })
  const given = ownerOf(unseal('owner', row))
  for (const field of ['chainId', 'escrow', 'deviceId'] as const) {
    if (String(given[field]).toLowerCase() !== String(expected[field]).toLowerCase()) {
      throw new ForeignStoreError({ field, given: given[field], expected: expected[field] })
    }
  }
}

const BUSY = 5
const CANNOT_OPEN = [3, 8, 14]

/** What SQLite says about a file that it cannot use, as an error of the store. */
export function asStoreError(error: unknown, path: string): unknown {
  if (error instanceof BaseError) return error
  const code = sqliteCode(error)
  if (code === undefined) return error
  const given = `${path}: ${String(error)}`
  if (code === BUSY) return new StoreLockedError({ given: path, cause: error })
  if (CANNOT_OPEN.includes(code)) return new StoreOpenError({ given, cause: error })
  return new StoreDamagedError({ given, cause: error })
}

/** SQLite's primary result code. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
