import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planFreeze } from '../../src/billing/freeze.ts'
import { parseCycle } from '../../src/billing/Cycle.ts'
import { HANDLERS, REGISTERS } from '../../src/cli/operations.ts'
import type { Database } from '../../src/database/open.ts'
import { connect } from '../../src/ingest/Rpc.ts'
import { sync } from '../../src/ingest/sync.ts'
import { Journal } from '../../src/journal/Journal.ts'
import { parseRegister } from '../../src/registers/readRegister.ts'
import type { Json } from '../../src/hash.ts'
import { type Car, PAYEE_BINDING } from './Car.ts'
import { FLOAT, type FakeChain, GENESIS_SECONDS, TARGET } from './FakeChain.ts'
import { RpcServer } from './RpcServer.ts'

export const DAY = 86_400

/** The commands of the indexer on one database, without the command line. */
export class House {
  readonly db: Database
  readonly directory: string
  journal!: Journal

  private constructor(db: Database, directory: string) {
    this.db = db
    this.directory = directory
  }

  static async open(db: Database, directory = mkdtempSync(join(tmpdir(), 'musubi-house-'))): Promise<House> {
    const house = new House(db, directory)
    house.journal = await Journal.open(db, house.journalPath, HANDLERS)
    return house
  }

  get journalPath(): string {
    return join(this.directory, 'journal.jsonl')
  }

  close(): void {
    this.journal.close()
    rmSync(this.directory, { recursive: true, force: true })
  }

  async sync(chain: FakeChain): Promise<void> {
    const server = await RpcServer.start(chain)
    try {
      await sync(this.db, connect(server.url, { retries: 0 }), TARGET)
    } finally {
      await server.stop()
    }
  }

  async register(name: keyof typeof REGISTERS, csv: string) {
    const { schema, columns } = REGISTERS[name]
    return this.journal.perform(`register-${name}`, [...parseRegister(csv, schema, columns)])
  }

  async importReceipts(...cars: readonly Car[]) {
    const lines = (await Promise.all(cars.map((car) => car.history()))).flat()
    return this.journal.perform('import-receipts', { lines })
  }

  /** Opens a cycle of whole days since the chain's start, in UTC. */
  async openCycle(cycle: string, fromDay: number, toDay: number) {
    const time = (day: number): string => new Date((GENESIS_SECONDS + day * DAY) * 1_000).toISOString()
    const dates = { from: time(fromDay), cutOff: time(toDay), grace: 'PT0S', timeZone: 'UTC' }
    return this.journal.perform('cycle-open', parseCycle({ ...dates, cycle }))
  }

  async freeze(cycle: string) {
    return this.journal.perform('cycle-freeze', await planFreeze(this.db, cycle, 0n))
  }

  async seal(cycle: string) {
    return this.journal.perform('cycle-seal', { cycle, softwareVersion: '0.1.0' })
  }

  async bill(cycle: string): Promise<Json> {
    await this.freeze(cycle)
    return (await this.seal(cycle)).result
  }
}

/** A register's CSV out of rows, with every column of the header. */
export function csv(rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = Object.keys(rows[0] ?? {})
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((row) => row.join(','))
    .join('\n')
}

export const FUNDERS = { book_entity: 'issuer-1', address: FLOAT, party_ref: '', valid_from: '2026-01-01' }
export const MERCHANT = {
  payee_binding: PAYEE_BINDING,
  merchant_ref: 'operator-1',
  payee_name: 'Harbour Charging',
  invoice_reg_no: 'T1234567890123',
  tax_category: 'STANDARD',
  tax_rate_bp: '1000',
  item: 'EV charging',
  valid_from: '2026-01-01',
}

export function accountOf(car: Car, account: string, changes: Readonly<Record<string, string>> = {}) {
  return {
    billing_account: account,
    billing_ref: car.billingRef,
    liable_party_ref: car.partyId,
    book_entity: 'issuer-1',
    rail: 'ISSUER',
    card_ref_type: 'MEMBER_ID',
    card_ref: `member-${account}`,
    card_seq: '',
    par: '',
    consent_ref: '',
    initial_network_ref: '',
    merchant_id: '',
    mcc: '5552',
    descriptor: 'MUSUBI CHARGING',
    descriptor_kana: '',
    valid_from: '2026-01-01',
    ...changes,
  }
}
