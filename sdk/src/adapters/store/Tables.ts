import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Hex } from 'viem'
import type { SignedAgreement } from '../../protocol/Agreement.ts'
import type { ChannelView } from '../../protocol/ChannelView.ts'
import type { CooperativeClose } from '../../protocol/CooperativeClose.ts'
import type { Payment } from '../../protocol/Payment.ts'
import type { SignedVoucher } from '../../protocol/Voucher.ts'
import type { ChannelRecord } from '../../ports/Store.ts'
import * as Rows from './rows.ts'
import type { Row } from './seal.ts'
import { seal, unseal } from './seal.ts'

/** Payments that are read at a time. */
export const PAGE_ROWS = 256

/** The file's rows as typed values, one statement each. Knows no rule and no transaction. */
export class Tables {
  readonly #statements: ReturnType<typeof prepareAll>

  constructor(database: DatabaseSync) {
    this.#statements = prepareAll(database)
  }

  addChannel(ref: number, row: Row): void {
    this.#statements.addChannel.run(...seal([ref, ...row]))
  }

  channels(): { readonly ref: number; readonly record: ChannelRecord }[] {
    return readAll(this.#statements.channels, []).map((row) => Rows.channelOf(unseal('channels', row)))
  }

  channel(ref: number): ChannelRecord | undefined {
    const row = readOne(this.#statements.channel, [ref])
    return row && Rows.channelOf(unseal('channels', row)).record
  }

  saveView(ref: number, row: Row): void {
    this.#statements.saveView.run(...seal([ref, ...row]))
  }

  view(ref: number): ChannelView | undefined {
    const row = readOne(this.#statements.view, [ref])
    return row && Rows.viewOf(unseal('views', row))
  }

  saveAgreement(agreementRef: number, ref: number, row: Row): void {
    this.#statements.saveAgreement.run(...seal([agreementRef, ref, ...row]))
  }

  agreement(ref: number, agreementHash: Uint8Array): SignedAgreement | undefined {
    const row = readOne(this.#statements.agreement, [ref, agreementHash])
    return row && Rows.agreementOf(unseal('agreements', row))
  }

  agreements(ref: number): SignedAgreement[] {
    return readAll(this.#statements.agreements, [ref]).map((row) => Rows.agreementOf(unseal('agreements', row)))
  }

  agreementCount(ref: number): number {
    return Number(readOne(this.#statements.agreementCount, [ref])?.[0])
  }

  addVoucher(ref: number, row: Row): void {
    this.#statements.addVoucher.run(...seal([ref, ...row]))
  }

  newest(ref: number, channelId: Hex): SignedVoucher | undefined {
    const row = readOne(this.#statements.newest, [ref])
    return row && Rows.voucherOf(unseal('vouchers', row), channelId)
  }

  /** The next payments above a version; fewer than {@link PAGE_ROWS} when there are no more. */
  payments(ref: number, channelId: Hex, afterVersion: bigint): Payment[] {
    const rows = readAll(this.#statements.payments, [ref, Rows.versionBytes(afterVersion), PAGE_ROWS])
    return rows.map((row) => Rows.paymentOf(unseal('vouchers', row), channelId))
  }

  /** Vouchers without a payment, in order of versions. */
  adopted(ref: number, channelId: Hex): SignedVoucher[] {
    return readAll(this.#statements.adopted, [ref]).map((row) => Rows.voucherOf(unseal('vouchers', row), channelId))
  }

  /** The version that an adopted voucher goes on from. */
  baseOf(ref: number, voucher: SignedVoucher): bigint {
    const [version = null, total = null, root = null] = Rows.adoptedRow(voucher)
    const row =
      readOne(this.#statements.newestOfRoot, [ref, version, root]) ??
      readOne(this.#statements.newestUpToTotal, [ref, version, total])
    return row === undefined ? 0n : Rows.voucherOf(unseal('vouchers', row), voucher.channelId).version
  }

  saveClose(ref: number, row: Row): void {
    this.#statements.saveClose.run(...seal([ref, ...row]))
  }

  close(ref: number, channelId: Hex): CooperativeClose | undefined {
    const row = readOne(this.#statements.close, [ref])
    return row && Rows.closeOf(unseal('closes', row), channelId)
  }
}

/** Rows as arrays: in the order of the table's columns, as they were sealed. */
export function prepare(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  return statement
}

export function readAll(statement: StatementSync, parameters: Row): Row[] {
  // The types of node:sqlite know rows as objects only.
  return statement.all(...parameters) as unknown as Row[]
}

export function readOne(statement: StatementSync, parameters: Row): Row | undefined {
  return statement.get(...parameters) as unknown as Row | undefined
}

function prepareAll(database: DatabaseSync) {
  return {
    addChannel: prepare(database, insert('channels', 14)),
    channels: prepare(database, 'SELECT * FROM channels ORDER BY channel_ref'),
    channel: prepare(database, 'SELECT * FROM channels WHERE channel_ref = ?'),
    saveView: prepare(database, insert('views', 8).replace('INSERT', 'INSERT OR REPLACE')),
    view: prepare(database, 'SELECT * FROM views WHERE channel_ref = ?'),
    saveAgreement: prepare(database, insert('agreements', 13)),
    agreement: prepare(database, 'SELECT * FROM agreements WHERE channel_ref = ? AND agreement_hash = ?'),
    agreements: prepare(database, 'SELECT * FROM agreements WHERE channel_ref = ? ORDER BY agreement_ref'),
    agreementCount: prepare(database, 'SELECT count(*) FROM agreements WHERE channel_ref = ?'),
    addVoucher: prepare(database, insert('vouchers', 11)),
    newest: prepare(database, 'SELECT * FROM vouchers WHERE channel_ref = ? ORDER BY version DESC LIMIT 1'),
    payments: prepare(
      database,
      'SELECT * FROM vouchers WHERE channel_ref = ? AND version > ? AND amount IS NOT NULL ORDER BY version LIMIT ?',
    ),
    adopted: prepare(database, 'SELECT * FROM vouchers WHERE channel_ref = ? AND amount IS NULL ORDER BY version'),
    newestOfRoot: prepare(database, newestBefore('receipts_root = ?')),
    newestUpToTotal: prepare(database, newestBefore('cumulative_amount <= ?')),
    saveClose: prepare(database, insert('closes', 5)),
    close: prepare(database, 'SELECT * FROM closes WHERE channel_ref = ?'),
  }
}

function newestBefore(condition: string): string {
  return `SELECT * FROM vouchers WHERE channel_ref = ? AND version < ? AND ${condition} ORDER BY version DESC LIMIT 1`
}

function insert(table: string, columns: number): string {
  return `INSERT INTO ${table} VALUES (${Array(columns).fill('?').join(', ')})`
}
