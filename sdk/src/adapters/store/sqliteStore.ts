import { resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Hex } from 'viem'
import type { SignedAgreement } from '../../protocol/Agreement.ts'
import { fromHex } from '../../protocol/Bytes.ts'
import type { ChannelView } from '../../protocol/ChannelView.ts'
import type { CooperativeClose } from '../../protocol/CooperativeClose.ts'
import type { Payment } from '../../protocol/Payment.ts'
import type { SignedVoucher } from '../../protocol/Voucher.ts'
import type { ChannelRecord, Store, StoreOwner } from '../../ports/Store.ts'
import { StoreDisposedError } from '../../ports/StoreErrors.ts'
import { GroupCommit } from './GroupCommit.ts'
import * as Rows from './rows.ts'
import * as rules from './rules.ts'
import { APPLICATION_ID, MIGRATIONS, TABLES } from './schema.ts'
import type { Row } from './seal.ts'
import { asStoreError } from './sqliteErrors.ts'
import type { FileFormat } from './sqliteFile.ts'
import { openFile, unsealAll } from './sqliteFile.ts'
import { PAGE_ROWS, Tables } from './Tables.ts'

/**
 * Opens the store of one device in a file, or makes it. One process at a time has it open: a second one gets
 * `StoreLockedError` at once.
 *
 * @example
 * const store = await openSqliteStore({ path: 'car.db', owner: { chainId, escrow, deviceId } })
 */
export async function openSqliteStore({ path, owner, fileBytesMax }: openSqliteStore.Options): Promise<SqliteStore> {
  const absolute = resolve(path)
  const database = await openFile(absolute, FORMAT, { owner, fileBytesMax })
  try {
    return new SqliteStore(absolute, database)
  } catch (error) {
    database.close()
    throw asStoreError(error, absolute)
  }
}
export declare namespace openSqliteStore {
  type Options = {
    readonly path: string
    readonly owner: StoreOwner
    /** What the file may grow to, for a device whose disk is small. Without it, until the disk is full. */
    readonly fileBytesMax?: number | undefined
  }
}

const FORMAT: FileFormat<StoreOwner> = {
  applicationId: APPLICATION_ID,
  migrations: MIGRATIONS,
  ownerRow: Rows.ownerRow,
  ownerOf: Rows.ownerOf,
  requireSoundRows: (database) => {
    for (const table of TABLES) unsealAll(database, table)
  },
}

/** What is remembered of a channel, so that the rules need no query: a cache of its rows. */
type Known = {
  /** Its row's number. */
  readonly ref: number
  agreementCount: number
  /** 0 when there is none. */
  newestVersion: bigint
  dropped: readonly rules.Dropped[]
  isClosed: boolean
}

/** A store in a SQLite file. Made by {@link openSqliteStore}. */
export class SqliteStore implements Store {
  readonly path: string
  readonly #database: DatabaseSync
  readonly #group: GroupCommit
  readonly #tables: Tables
  /** Written with the rows, in the same step; a failed commit ends all writing, so it never runs ahead for long. */
  readonly #known = new Map<string, Known>()
  #agreementCount = 0
  #isDisposed = false

  constructor(path: string, database: DatabaseSync) {
    this.path = path
    this.#database = database
    this.#group = new GroupCommit(database)
    this.#tables = new Tables(database)
    for (const { ref, record } of this.#tables.channels()) {
      const { channelId } = record
      const agreementCount = this.#tables.agreementCount(ref)
      const newestVersion = this.#tables.newest(ref, channelId)?.version ?? 0n
      const isClosed = this.#tables.close(ref, channelId) !== undefined
      const adopted = this.#tables.adopted(ref, channelId)
      const dropped = adopted.reduce((before: readonly rules.Dropped[], voucher) => {
        return rules.withDropped(before, this.#droppedBy(ref, voucher))
      }, [])
      this.#known.set(channelId, { ref, agreementCount, newestVersion, dropped, isClosed })
      this.#agreementCount += agreementCount
    }
  }

  /** Transactions since it was opened. */
  get commits(): number {
    return this.#group.commits
  }

  async addChannel(record: ChannelRecord): Promise<void> {
    const row = Rows.channelRow(record)
    const key = keyOf(record.channelId)
    return this.#write(() => {
      const known = this.#known.get(key)
      const kept = known && this.#tables.channel(known.ref)
      if (kept !== undefined) {
        rules.requireSameRecord(record, kept)
        return
      }
      rules.requireBelow('number of channels', this.#known.size, rules.CHANNELS_MAX)
      const ref = this.#known.size + 1
      this.#tables.addChannel(ref, row)
      this.#known.set(key, { ref, agreementCount: 0, newestVersion: 0n, dropped: [], isClosed: false })
    })
  }

  async channels(): Promise<readonly ChannelRecord[]> {
    return this.#read(() => this.#tables.channels().map(({ record }) => record))
  }

  async saveView(channelId: Hex, view: ChannelView): Promise<void> {
    const row = Rows.viewRow(view)
    return this.#write(() => this.#tables.saveView(this.#requireKnown(channelId).ref, row))
  }

  async view(channelId: Hex): Promise<ChannelView | undefined> {
    return this.#readOf(channelId, (ref) => this.#tables.view(ref))
  }

  async saveAgreement(channelId: Hex, agreementHash: Hex, signed: SignedAgreement): Promise<void> {
    const row = Rows.agreementRow(agreementHash, signed)
    return this.#write(() => {
      const known = this.#requireKnown(channelId)
      const kept = this.#tables.agreement(known.ref, fromHex(agreementHash, 32))
      if (kept !== undefined) {
        rules.requireSameAgreement(agreementHash, signed, kept)
        return
      }
      rules.requireBelow('number of agreements of a channel', known.agreementCount, rules.AGREEMENTS_MAX)
      this.#tables.saveAgreement(this.#agreementCount + 1, known.ref, row)
      this.#agreementCount++
      known.agreementCount++
    })
  }

  async agreements(channelId: Hex): Promise<readonly SignedAgreement[]> {
    return this.#readOf(channelId, (ref) => this.#tables.agreements(ref)) ?? []
  }

  async append(payment: Payment): Promise<void> {
    const row = Rows.paymentRow(payment)
    return this.#write(() => this.#addVoucher(payment, row))
  }

  async adopt(voucher: SignedVoucher): Promise<void> {
    const row = Rows.adoptedRow(voucher)
    return this.#write(() => {
      const known = this.#addVoucher(voucher, row)
      known.dropped = rules.withDropped(known.dropped, this.#droppedBy(known.ref, voucher))
    })
  }

  async newest(channelId: Hex): Promise<SignedVoucher | undefined> {
    return this.#readOf(channelId, (ref) => this.#tables.newest(ref, keyOf(channelId)))
  }

  async *payments(channelId: Hex, afterVersion: bigint): AsyncGenerator<Payment> {
    let version = afterVersion
    for (;;) {
      const page = this.#readOf(channelId, (ref) => this.#tables.payments(ref, keyOf(channelId), version)) ?? []
      const dropped = this.#known.get(keyOf(channelId))?.dropped ?? []
      for (const payment of page) if (!rules.isDropped(payment.version, dropped)) yield payment
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE_ROWS) return
      version = last.version
    }
  }

  async saveClose(close: CooperativeClose): Promise<void> {
    const row = Rows.closeRow(close)
    return this.#write(() => {
      const known = this.#requireKnown(close.channelId)
      const kept = this.#tables.close(known.ref, keyOf(close.channelId))
      if (kept !== undefined) {
        rules.requireSameClose(close, kept)
        return
      }
      this.#tables.saveClose(known.ref, row)
      known.isClosed = true
    })
  }

  async close(channelId: Hex): Promise<CooperativeClose | undefined> {
    return this.#readOf(channelId, (ref) => this.#tables.close(ref, keyOf(channelId)))
  }

  /** Commits what waits, moves the log into the file and gives up the lock. Whoever waits hears of its own write. */
  async dispose(): Promise<void> {
    if (this.#isDisposed) return
    this.#group.flush()
    this.#isDisposed = true
    // SQLite's last connection carries the log over and deletes it; if the disk refuses that, the log stays and counts.
    this.#database.close()
  }

  #addVoucher({ channelId, version }: SignedVoucher, row: Row): Known {
    const known = this.#requireKnown(channelId)
    rules.requireNext({ channelId, version, newest: known.newestVersion, closed: known.isClosed })
    this.#tables.addVoucher(known.ref, row)
    known.newestVersion = version
    return known
  }

  #droppedBy(ref: number, voucher: SignedVoucher): rules.Dropped {
    return { after: this.#tables.baseOf(ref, voucher), version: voucher.version }
  }

  #requireKnown(channelId: Hex): Known {
    const known = this.#known.get(keyOf(channelId))
    if (known === undefined) throw rules.unknownChannel(channelId)
    return known
  }

  #write(write: () => void): Promise<void> {
    this.#requireOpen()
    return this.#group.enqueue(write)
  }

  /** Reads what was written before, also when that still waits for its commit: nothing is shown that is not on disk. */
  #read<result>(read: () => result): result {
    this.#requireOpen()
    this.#group.flush()
    try {
      return read()
    } catch (error) {
      throw asStoreError(error, this.path)
    }
  }

  #readOf<result>(channelId: Hex, read: (ref: number) => result): result | undefined {
    return this.#read(() => {
      const known = this.#known.get(keyOf(channelId))
      return known && read(known.ref)
    })
  }

  #requireOpen(): void {
    if (this.#isDisposed) throw new StoreDisposedError({ given: this.path })
  }
}

function keyOf(channelId: Hex): Hex {
  return channelId.toLowerCase() as Hex
}
