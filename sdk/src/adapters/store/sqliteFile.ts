import { chmodSync, closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { StoreDamagedError, StoreLockedError, StoreOpenError } from '../../ports/StoreErrors.ts'
import { requireSameOwner } from './owner.ts'
import { migrate, requireOurs } from './schema.ts'
import type { Fields, Row } from './seal.ts'
import { seal, unseal } from './seal.ts'
import { asStoreError, hasCode } from './sqliteErrors.ts'
import { prepare, readOne } from './Tables.ts'

/** The write-ahead log is cut back to this after a large transaction. */
const LOG_BYTES_MAX = 4_194_304
const PAGE_BYTES = 4_096
/** Every database is a multiple of it. */
const SECTOR_BYTES = 512
const OWNER_ONLY = 0o600

/** One kind of file: how it is told from others, and what lies in it. Its table `owner` has one row. */
export type FileFormat<owner> = {
  readonly applicationId: number
  readonly migrations: readonly string[]
  readonly ownerRow: (owner: owner) => Row
  readonly ownerOf: (fields: Fields) => owner
  /** Throws when a row has changed since it was written. */
  readonly requireSoundRows: (database: DatabaseSync) => void
}

/** Opens a file of this format, or makes it; checks whose it is and that it is sound. */
export async function openFile<owner extends object>(
  path: string,
  format: FileFormat<owner>,
  options: openFile.Options<owner>,
): Promise<DatabaseSync> {
  const isMade = createIfMissing(path)
  const database = await connect(path)
  try {
    prepareFile(database, path, format, options)
    return database
  } catch (cause) {
    const error = asStoreError(cause, path)
    // Removed while its lock is still held: whoever opens the path next makes a file of its own.
    if (isMade && !(error instanceof StoreLockedError) && process.platform !== 'win32') rmSync(path)
    database.close()
    throw error
  }
}
export declare namespace openFile {
  type Options<owner> = { readonly owner: owner; readonly fileBytesMax: number | undefined }
}

/** Nothing is written before the file is known to be ours and of a schema that this software knows. */
function prepareFile<owner extends object>(
  database: DatabaseSync,
  path: string,
  format: FileFormat<owner>,
  { owner, fileBytesMax }: openFile.Options<owner>,
): void {
  const { migrations, applicationId } = format
  requireWholeSectors(path)
  takeLock(database)
  const isNew = requireOurs(database, migrations, applicationId)
  configure(database, fileBytesMax)
  if (!isNew) requireSound(database, path, format)
  if (!isNew) requireOwner(database, format, owner)
  inTransaction(database, () => {
    migrate(database, migrations, applicationId)
    if (isNew) insertOwner(database, format.ownerRow(owner))
  })
  chmodSync(path, OWNER_ONLY)
}

/**
 * Makes an empty file that only its owner may read, and puts its name on disk; returns whether it did. An existing file
 * is left alone: opening and closing it here would drop the lock of a store that this very process has open on it (POSIX
 * locks belong to the process).
 */
function createIfMissing(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', OWNER_ONLY))
    syncFolder(dirname(path))
    return true
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false
    throw new StoreOpenError({ given: `${path}: ${String(cause)}`, cause })
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

/** SQLite takes a few stray bytes for an empty database, and would write over them. */
function requireWholeSectors(path: string): void {
  const { size } = statSync(path)
  if (size % SECTOR_BYTES !== 0) throw new StoreDamagedError({ given: `${path}: ${size} bytes are no database` })
}

/** In exclusive mode the lock outlives the transaction: it is kept until the file is closed or the process ends. */
function takeLock(database: DatabaseSync): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
}

function configure(database: DatabaseSync, fileBytesMax: number | undefined): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec(`PRAGMA journal_size_limit = ${LOG_BYTES_MAX}`)
  database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON')
  if (fileBytesMax !== undefined) database.exec(`PRAGMA max_page_count = ${Math.ceil(fileBytesMax / PAGE_BYTES)}`)
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

/** SQLite's own check sees the shape of pages, tables and indexes; the checksums see what stands in the rows. */
function requireSound<owner>(database: DatabaseSync, path: string, { requireSoundRows }: FileFormat<owner>): void {
  const found = readOne(prepare(database, 'PRAGMA integrity_check(1)'), [])?.[0]
  if (found !== 'ok') throw new StoreDamagedError({ given: `${path}: ${String(found)}` })
  requireSoundRows(database)
}

/** Reads every row of a table, whose columns end with the checksum. */
export function unsealAll(database: DatabaseSync, table: string, columns = '*'): void {
  // One row at a time. They come as arrays, which the types of node:sqlite do not know.
  const rows = prepare(database, `SELECT ${columns} FROM ${table}`).iterate() as Iterable<unknown> as Iterable<Row>
  for (const row of rows) unseal(table, row)
}

function insertOwner(database: DatabaseSync, row: Row): void {
  const sealed = seal(row)
  database.prepare(`INSERT INTO owner VALUES (${Array(sealed.length).fill('?').join(', ')})`).run(...sealed)
}

function requireOwner<owner extends object>(
  database: DatabaseSync,
  { ownerOf }: FileFormat<owner>,
  expected: owner,
): void {
  const row = readOne(prepare(database, 'SELECT * FROM owner'), [])
  if (row === undefined) throw new StoreDamagedError({ given: 'it names no owner' })
  requireSameOwner(ownerOf(unseal('owner', row)), expected)
}
