import { resolve } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Hex } from 'viem'
import { fromHex } from '../../../protocol/Bytes.ts'
import type {
  Attempt,
  EntryEnd,
  JournalEntry,
  JournalOwner,
  NewEntry,
  TransactionJournal,
} from '../../../ports/TransactionJournal.ts'
import { KEYLESS_KEPT_MAX } from '../../../ports/TransactionJournal.ts'
import { StoreDisposedError } from '../../../ports/StoreErrors.ts'
import { GroupCommit } from '../GroupCommit.ts'
import type { Row } from '../seal.ts'
import { seal, unseal } from '../seal.ts'
import { asStoreError } from '../sqliteErrors.ts'
import { openFile } from '../sqliteFile.ts'
import { prepare, readAll, readOne } from '../Tables.ts'
import { ATTEMPT_COLUMNS, JOURNAL_FORMAT, attemptOf, entryOf, entryRow } from './journalSchema.ts'
import * as rules from './rules.ts'

/**
 * Opens the journal of one account in a file, or makes it. One process at a time has it open: a second one gets
 * `StoreLockedError` at once, before it can give out the same nonce.
 *
 * @example
 * const journal = await openSqliteJournal({ path: 'relayer.journal', owner: { chainId, account: account.address } })
 */
export async function openSqliteJournal({ path, owner, fileBytesMax }: openSqliteJournal.Options) {
  const absolute = resolve(path)
  const database = await openFile(absolute, JOURNAL_FORMAT, { owner, fileBytesMax })
  try {
    return new SqliteJournal(absolute, owner, database)
  } catch (error) {
    database.close()
    throw asStoreError(error, absolute)
  }
}
export declare namespace openSqliteJournal {
  type Options = {
    readonly path: string
    readonly owner: JournalOwner
    /** What the file may grow to. Without it, until the disk is full. */
    readonly fileBytesMax?: number | undefined
  }
}

/** A journal in a SQLite file: WAL, `synchronous=FULL`. Made by {@link openSqliteJournal}. */
export class SqliteJournal implements TransactionJournal {
  readonly path: string
  readonly owner: JournalOwner
  readonly #database: DatabaseSync
  readonly #group: GroupCommit
  readonly #statements: ReturnType<typeof prepareAll>
  #isDisposed = false

  constructor(path: string, owner: JournalOwner, database: DatabaseSync) {
    this.path = path
    this.owner = owner
    this.#database = database
    this.#group = new GroupCommit(database)
    this.#statements = prepareAll(database)
  }

  async add({ attempt, ...entry }: NewEntry): Promise<JournalEntry> {
    return await this.#write(() => {
      rules.requireNew(
        { attempt, ...entry },
        {
          openCount: this.#count(this.#statements.openCount, []),
          hasNonce: this.#count(this.#statements.nonceCount, [entry.nonce]) > 0,
          ofKey: entry.key === undefined ? undefined : this.#byKey(entry.key),
          hasHash: this.#hasHash(attempt),
        },
      )
      const ref = this.#count(this.#statements.nextRef, [])
      this.#statements.saveEntry.run(...seal([ref, ...entryRow({ ...entry, end: undefined })]))
      this.#addAttempt(ref, 0, attempt)
      return this.#require(ref)
    })
  }

  async addAttempt(ref: number, attempt: Attempt): Promise<JournalEntry> {
    return await this.#write(() => {
      const entry = this.#require(ref)
      rules.requireRoom(entry, attempt, this.#hasHash(attempt))
      this.#addAttempt(ref, entry.attempts.length, attempt)
      return this.#require(ref)
    })
  }

  async end(ref: number, end: EntryEnd): Promise<void> {
    await this.#write(() => {
      const entry = this.#require(ref)
      rules.requireOpen(entry)
      this.#statements.endEntry.run(...seal([ref, ...entryRow({ ...entry, end })]).slice(4), ref)
      this.#statements.forgetAttempts.run(KEYLESS_KEPT_MAX)
      this.#statements.forgetEntries.run(KEYLESS_KEPT_MAX)
    })
  }

  async open(): Promise<readonly JournalEntry[]> {
    return this.#read(() => this.#open())
  }

  async byKey(key: string): Promise<JournalEntry | undefined> {
    return this.#read(() => this.#byKey(key))
  }

  async byHash(hash: Hex): Promise<JournalEntry | undefined> {
    return this.#read(() => this.#byHash(hash))
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return
    this.#group.flush()
    this.#isDisposed = true
    this.#database.close()
  }

  #addAttempt(ref: number, number: number, { hash, serialized, kind }: Attempt): void {
    this.#statements.addAttempt.run(...seal([fromHex(hash, 32), ref, number, kind]), fromHex(serialized))
  }

  #count(statement: StatementSync, parameters: Row): number {
    return Number(readOne(statement, parameters)?.[0])
  }

  #hasHash({ hash }: Attempt): boolean {
    return this.#count(this.#statements.hashCount, [fromHex(hash, 32)]) > 0
  }

  #open(): readonly JournalEntry[] {
    return readAll(this.#statements.open, []).map((row) => this.#entryOf(row))
  }

  #byKey(key: string): JournalEntry | undefined {
    const row = readOne(this.#statements.byKey, [key])
    return row && this.#entryOf(row)
  }

  #byHash(hash: Hex): JournalEntry | undefined {
    const row = readOne(this.#statements.byHash, [fromHex(hash, 32)])
    return row && this.#entryOf(row)
  }

  #require(ref: number): JournalEntry {
    const row = readOne(this.#statements.byRef, [ref])
    if (row === undefined) throw rules.unknownEntry(ref)
    return this.#entryOf(row)
  }

  #entryOf(row: Row): JournalEntry {
    const entry = entryOf(unseal('entries', row))
    const attempts = readAll(this.#statements.attempts, [entry.ref]).map((sealed) => {
      const serialized = sealed.at(-1) as Uint8Array
      return attemptOf(unseal('attempts', sealed.slice(0, -1)), serialized)
    })
    return { ...entry, attempts }
  }

  /** Resolves with what `write` made, once that is on disk. */
  async #write<result>(write: () => result): Promise<result> {
    this.#requireOpen()
    let made: result | undefined
    await this.#group.enqueue(() => {
      made = write()
    })
    // It resolves only after `write` has run.
    return made as result
  }

  #read<result>(read: () => result): result {
    this.#requireOpen()
    this.#group.flush()
    try {
      return read()
    } catch (error) {
      throw asStoreError(error, this.path)
    }
  }

  #requireOpen(): void {
    if (this.#isDisposed) throw new StoreDisposedError({ given: this.path })
  }
}

const OLD_KEYLESS = 'end IS NOT NULL AND key IS NULL ORDER BY entry_ref DESC LIMIT -1 OFFSET ?'

function prepareAll(database: DatabaseSync) {
  return {
    nextRef: prepare(database, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'entries'), 0) + 1"),
    saveEntry: prepare(database, 'INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)'),
    endEntry: prepare(database, 'UPDATE entries SET end = ?, end_hash = ?, checksum = ? WHERE entry_ref = ?'),
    addAttempt: prepare(database, 'INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?)'),
    open: prepare(database, 'SELECT * FROM entries WHERE end IS NULL ORDER BY nonce'),
    openCount: prepare(database, 'SELECT count(*) FROM entries WHERE end IS NULL'),
    nonceCount: prepare(database, 'SELECT count(*) FROM entries WHERE end IS NULL AND nonce = ?'),
    hashCount: prepare(database, 'SELECT count(*) FROM attempts WHERE hash = ?'),
    byRef: prepare(database, 'SELECT * FROM entries WHERE entry_ref = ?'),
    byKey: prepare(database, 'SELECT * FROM entries WHERE key = ? ORDER BY entry_ref DESC LIMIT 1'),
    byHash: prepare(
      database,
      'SELECT * FROM entries WHERE entry_ref = (SELECT entry_ref FROM attempts WHERE hash = ?)',
    ),
    attempts: prepare(
      database,
      `SELECT ${ATTEMPT_COLUMNS}, serialized FROM attempts WHERE entry_ref = ? ORDER BY number`,
    ),
    forgetAttempts: prepare(
      database,
      `DELETE FROM attempts WHERE entry_ref IN (SELECT entry_ref FROM entries WHERE ${OLD_KEYLESS})`,
    ),
    forgetEntries: prepare(
      database,
      `DELETE FROM entries WHERE entry_ref IN (SELECT entry_ref FROM entries WHERE ${OLD_KEYLESS})`,
    ),
  }
}
