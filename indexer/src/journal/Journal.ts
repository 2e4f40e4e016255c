import type { OnProgress } from '@musubi/cli'
import { sql } from 'kysely'
import type { Database } from '../database/open.ts'
import { canonicalJson, hashJson, type Json } from '../hash.ts'
import { unwatched } from '../progress.ts'
import { JournalFile } from './JournalFile.ts'
import { type JournalRecord, mismatch, parseRecord } from './record.ts'

/** Applies one kind of record. It answers `changed: false` when the house holds all of it already. */
export type Handler = (db: Database, content: Json, seq: bigint, onProgress: OnProgress) => Promise<Outcome>
export type Outcome = { readonly changed: boolean; readonly result: Json }

export type Finished = { readonly kind: string; readonly content: Json; readonly outcome: Outcome }
type Work = { readonly content: Json; readonly onProgress: OnProgress }
type Applied = { readonly record: JournalRecord; readonly outcome: Outcome }

const GENESIS_HASH = '0'.repeat(64)

/** Thrown inside a transaction to undo it when there turned out to be nothing to record. */
class NothingNew extends Error {
  readonly outcome: Outcome
  constructor(outcome: Outcome) {
    super('nothing new')
    this.outcome = outcome
  }
}

/**
 * All that the chain does not hold, in order: in the database, and in a file beside it that is on disk before the
 * database commits. A crash in between leaves the file one record ahead, and opening applies that record again.
 */
export class Journal {
  readonly #db: Database
  readonly #file: JournalFile
  readonly #handlers: ReadonlyMap<string, Handler>
  #finished: Finished | undefined

  private constructor(db: Database, file: JournalFile, handlers: ReadonlyMap<string, Handler>) {
    this.#db = db
    this.#file = file
    this.#handlers = handlers
  }

  static async open(db: Database, path: string, handlers: ReadonlyMap<string, Handler>): Promise<Journal> {
    const journal = new Journal(db, JournalFile.open(path), handlers)
    try {
      await journal.#catchUp()
      return journal
    } catch (error) {
      journal.close()
      throw error
    }
  }

  /** Applies `content` and records it, or does neither. */
  async perform(kind: string, content: Json, onProgress = unwatched): Promise<Outcome> {
    try {
      return await this.#db.transaction().execute(async (tx) => {
        const { record, outcome } = await this.#apply(tx, kind, { content, onProgress })
        this.#file.append(record)
        return outcome
      })
    } catch (error) {
      if (error instanceof NothingNew) return error.outcome
      throw error
    }
  }

  /** The last record that a killed command left in the file, and that opening the journal has applied. */
  get finished(): Finished | undefined {
    return this.#finished
  }

  close(): void {
    this.#file.close()
  }

  async #apply(tx: Database, kind: string, { content, onProgress }: Work): Promise<Applied> {
    const handler = this.#handlers.get(kind)
    if (handler === undefined) throw mismatch(`a record of kind ${kind}`, 'a kind that this version knows')
    // One writer at a time: the next number and the chain of hashes depend on it.
    await sql`LOCK TABLE journal IN EXCLUSIVE MODE`.execute(tx)
    const last = await lastRecord(tx)
    const seq = last.seq + 1n
    const body = { seq: String(seq), kind, content, previousHash: last.hash }
    const record = { ...body, hash: hashJson(body) }
    await tx
      .insertInto('journal')
      .values({ seq, kind, content: canonicalJson(content), previous_hash: last.hash, hash: record.hash })
      .execute()
    const outcome = await handler(tx, content, seq, onProgress)
    if (!outcome.changed) throw new NothingNew(outcome)
    // The file must never hold what the database would refuse at the end of the transaction.
    await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(tx)
    return { record, outcome }
  }

  async #catchUp(): Promise<void> {
    const held = await lastRecord(this.#db)
    const { at, ahead } = this.#file.readFrom(held.seq)
    if (at !== (held.seq === 0n ? undefined : held.hash)) {
      throw mismatch(
        `record ${String(held.seq)} is ${at ?? 'missing'} in ${this.#file.path}`,
        held.seq === 0n ? 'an empty journal file' : `the record ${held.hash} of the database`,
      )
    }
    for (const line of ahead) {
      const record = parseRecord(line)
      await this.#db.transaction().execute(async (tx) => {
        const again = await this.#apply(tx, record.kind, { content: record.content, onProgress: unwatched })
        if (again.record.hash !== record.hash)
          throw mismatch(`record ${record.seq}`, 'a record that follows the last one')
        this.#finished = { kind: record.kind, content: record.content, outcome: again.outcome }
      })
    }
  }
}

async function lastRecord(db: Database): Promise<{ seq: bigint; hash: string }> {
  const row = await db.selectFrom('journal').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row ?? { seq: 0n, hash: GENESIS_HASH }
}
