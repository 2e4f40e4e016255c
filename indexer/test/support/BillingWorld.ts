import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach } from 'node:test'
import { houseTotals } from '../../src/billing/houseTotals.ts'
import { accountTotals, trialBalance } from '../../src/books/trialBalance.ts'
import { type Backend, type BackendName, describeOnEach, startBackend } from './backends.ts'
import { Car, type CarOptions } from './Car.ts'
import { FakeChain, FLOAT, GENESIS_SECONDS } from './FakeChain.ts'
import { accountOf, csv, DAY, FUNDERS, House, MERCHANT } from './House.ts'

export const YEN = 10n ** 18n
export const PARTY_ADDRESS = '0x8888888888888888888888888888888888888888'

/** A house and a chain, both anew for every test, and what billing tests do and ask again and again. */
export class BillingWorld {
  house!: House
  chain!: FakeChain

  #backend!: Backend

  async begin(backend: Backend): Promise<void> {
    this.#backend = backend
    this.house = await House.open(await backend.fresh())
    this.chain = new FakeChain()
    this.chain.mine()
    this.chain.deposit(FLOAT, 1_000n * YEN)
  }

  /** Another house and chain, for a test that compares two. */
  async restart(): Promise<void> {
    this.house.close()
    await this.begin(this.#backend)
  }

  /** Reads the chain, registers everybody, opens the first cycle of one day, and goes on to its end. */
  async prepare(cars: readonly Car[], accounts = cars.map((car, at) => accountOf(car, `account-${String(at + 1)}`))) {
    this.chain.mine(GENESIS_SECONDS + DAY)
    await this.house.sync(this.chain)
    await this.house.register('funders', csv([FUNDERS]))
    await this.house.register('accounts', csv(accounts))
    await this.house.register('merchants', csv([MERCHANT]))
    await this.house.openCycle('C1', 0, 1)
  }

  /** A car of a credit binding that was paid for by the float. */
  credit(options: Partial<CarOptions> = {}): Car {
    return new Car({ name: 'car-1', party: 'party-1', funder: FLOAT, ...options })
  }

  /** Opens the car's channel, and settles what it paid. */
  started(car: Car, ...amounts: readonly bigint[]): Car {
    car.start(this.chain, 100n * YEN)
    for (const amount of amounts) car.pay(amount)
    car.settle(this.chain)
    return car
  }

  async lines() {
    return this.house.db.selectFrom('line').selectAll().orderBy('line_no').execute()
  }

  async parts() {
    return this.house.db.selectFrom('part').selectAll().orderBy('from_amount').execute()
  }

  async openExceptions() {
    const rows = await this.house.db
      .selectFrom('exception')
      .select(['code', 'amount'])
      .where('exception_id', 'not in', this.house.db.selectFrom('exception_end').select('exception_id'))
      .orderBy('code')
      .execute()
    return rows.map(({ code, amount }) => [code, amount])
  }

  async assertSound(): Promise<void> {
    for (const [asset, amount] of trialBalance(await accountTotals(this.house.db))) assert.equal(amount, 0n, asset)
    for (const totals of await houseTotals(this.house.db)) assert.equal(totals.difference, 0n, totals.asset)
  }
}

/** Describes how things are billed, on each database. */
export function describeBilling(title: string, tests: (world: BillingWorld, name: BackendName) => void): void {
  describeOnEach(title, (name) => {
    const world = new BillingWorld()
    let backend: Backend
    before(async () => {
      backend = await startBackend(name)
    })
    after(() => backend.stop())
    beforeEach(() => world.begin(backend))
    afterEach(() => world.house.close())
    tests(world, name)
  })
}
