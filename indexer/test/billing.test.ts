import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { houseTotals } from '../src/billing/houseTotals.ts'
import { accountTotals, trialBalance } from '../src/books/trialBalance.ts'
import { type Backend, BACKENDS, startBackend } from './support/backends.ts'
import { Car } from './support/Car.ts'
import { FakeChain, FLOAT, GENESIS_SECONDS } from './support/FakeChain.ts'
import { accountOf, csv, DAY, FUNDERS, House, MERCHANT } from './support/House.ts'

const YEN = 10n ** 18n
const PARTY_ADDRESS = '0x8888888888888888888888888888888888888888'

for (const name of BACKENDS) {
  describe(`billing on ${name}`, () => {
    let backend: Backend
    let house: House
    let chain: FakeChain

    before(async () => {
      backend = await startBackend(name)
    })
    after(() => backend.stop())
    beforeEach(async () => {
      house = await House.open(await backend.fresh())
      chain = new FakeChain()
      chain.mine()
      chain.deposit(FLOAT, 1_000n * YEN)
    })
    afterEach(() => house.close())

    /** Reads the chain, registers everybody, opens the first cycle of one day, and goes on to its end. */
    const prepare = async (
      cars: readonly Car[],
      accounts = cars.map((car, index) => accountOf(car, `account-${String(index + 1)}`)),
    ) => {
      chain.mine(GENESIS_SECONDS + DAY)
      await house.sync(chain)
      await house.register('funders', csv([FUNDERS]))
      await house.register('accounts', csv(accounts))
      await house.register('merchants', csv([MERCHANT]))
      await house.openCycle('C1', 0, 1)
    }
    const lines = () => house.db.selectFrom('line').selectAll().orderBy('line_no').execute()
    const parts = () => house.db.selectFrom('part').selectAll().orderBy('from_amount').execute()
    const openExceptions = async () =>
      (
        await house.db
          .selectFrom('exception')
          .select(['code', 'amount'])
          .where('exception_id', 'not in', house.db.selectFrom('exception_end').select('exception_id'))
          .orderBy('code')
          .execute()
      ).map(({ code, amount }) => [code, amount])
    const assertSound = async () => {
      for (const [asset, amount] of trialBalance(await accountTotals(house.db))) assert.equal(amount, 0n, asset)
      for (const totals of await houseTotals(house.db)) assert.equal(totals.difference, 0n, totals.asset)
    }
    const credit = (options: Partial<ConstructorParameters<typeof Car>[0]> = {}) =>
      new Car({ name: 'car-1', party: 'party-1', funder: FLOAT, ...options })
    const started = (car: Car, ...amounts: readonly bigint[]): Car => {
      car.start(chain, 100n * YEN)
      for (const amount of amounts) car.pay(amount)
      car.settle(chain)
      return car
    }

    it('given settled credit spending with receipts, when sealed, it charges whole yen and carries the rest', async () => {
      const car = started(credit(), 3n * YEN, (7n * YEN) / 10n)
      await prepare([car])
      await house.importReceipts(car)
      assert.deepEqual(await house.bill('C1'), { cycle: 'C1', lines: 1, charges: 1, statements: 0 })
      const [line] = await lines()
      assert.equal(line?.record_type, 'CHARGE')
      assert.equal(line.amount_minor, 3n)
      assert.equal(line.carry_out_e18, (7n * YEN) / 10n)
      const totals = await accountTotals(house.db)
      assert.equal(totals.find((one) => one.account === 'CARD_RECEIVABLE')?.amount, 3n * YEN)
      assert.equal(totals.find((one) => one.account === 'UNBILLED')?.amount, (7n * YEN) / 10n)
      await assertSound()
    })

    it('given a carry of an earlier cycle, when the next is sealed, it bills the carry under the same key', async () => {
      const car = started(credit(), (7n * YEN) / 10n)
      await prepare([car])
      await house.importReceipts(car)
      assert.deepEqual(await house.bill('C1'), { cycle: 'C1', lines: 1, charges: 0, statements: 1 })
      chain.mine()
      car.pay((4n * YEN) / 10n)
      car.settle(chain)
      chain.mine(GENESIS_SECONDS + 2 * DAY)
      await house.sync(chain)
      await house.importReceipts(car)
      await house.openCycle('C2', 1, 2)
      await house.bill('C2')
      const second = (await lines()).find((line) => line.cycle === 'C2')
      assert.equal(second?.carry_in_e18, (7n * YEN) / 10n)
      assert.equal(second.amount_minor, 1n)
      assert.equal(second.carry_out_e18, YEN / 10n)
      await assertSound()
    })

    it('given prepaid spending, when sealed, it is a statement and no receivable', async () => {
      const car = credit({ funding: 'PREPAID', funder: PARTY_ADDRESS })
      chain.deposit(PARTY_ADDRESS, 200n * YEN)
      started(car, 5n * YEN)
      await prepare([car], [accountOf(car, 'account-1', { card_ref: '', card_ref_type: '' })])
      await house.register('funders', csv([{ ...FUNDERS, address: PARTY_ADDRESS, party_ref: car.partyId }]))
      await house.importReceipts(car)
      assert.deepEqual(await house.bill('C1'), { cycle: 'C1', lines: 1, charges: 0, statements: 1 })
      const accounts = (await accountTotals(house.db)).map((one) => [one.account, one.amount])
      assert.deepEqual(new Map(accounts as [string, bigint][]).get('MEMO_PREPAID_SPEND'), 5n * YEN)
      assert.ok(!accounts.some(([account]) => account === 'CARD_RECEIVABLE'))
      await assertSound()
    })

    it('given a hub’s own channel, when frozen, it is never billed', async () => {
      const car = started(credit({ funding: 'OWN' }), 5n * YEN)
      await prepare([car])
      assert.deepEqual(await house.bill('C1'), { cycle: 'C1', lines: 0, charges: 0, statements: 0 })
      assert.deepEqual(
        (await parts()).map((part) => part.disposition),
        ['OWN'],
      )
      assert.deepEqual(await openExceptions(), [])
      await assertSound()
    })

    it('given two tax rates on one channel, when sealed, it writes one line for each', async () => {
      const car = credit()
      car.start(chain, 100n * YEN)
      car.pay(3n * YEN)
      car.pay(2n * YEN, { taxRateBp: 800 })
      car.settle(chain)
      await prepare([car])
      await house.importReceipts(car)
      await house.bill('C1')
      assert.deepEqual(
        (await lines()).map((line) => line.amount_minor),
        [2n, 3n],
      )
      await assertSound()
    })

    it('given value without receipts, when frozen, it holds TAX_UNKNOWN and bills it once the receipts came', async () => {
      const car = started(credit(), 4n * YEN)
      await prepare([car])
      assert.deepEqual(await house.bill('C1'), { cycle: 'C1', lines: 0, charges: 0, statements: 0 })
      assert.deepEqual(await openExceptions(), [['TAX_UNKNOWN', 4n * YEN]])
      await assertSound()
      await house.importReceipts(car)
      chain.mine(GENESIS_SECONDS + 2 * DAY)
      await house.sync(chain)
      await house.openCycle('C2', 1, 2)
      await house.bill('C2')
      assert.deepEqual(await openExceptions(), [])
      assert.deepEqual(
        (await lines()).map((line) => line.amount_minor),
        [4n],
      )
      const accounts = await accountTotals(house.db)
      assert.equal(accounts.find((one) => one.account === 'SUSPENSE')?.amount, 0n)
      await assertSound()
    })

    it('given the value is still held, when the next cycle freezes, it stays held once', async () => {
      const car = started(credit(), 4n * YEN)
      await prepare([car])
      await house.bill('C1')
      chain.mine(GENESIS_SECONDS + 2 * DAY)
      await house.sync(chain)
      await house.openCycle('C2', 1, 2)
      await house.bill('C2')
      assert.deepEqual(await openExceptions(), [['TAX_UNKNOWN', 4n * YEN]])
      assert.equal((await parts()).length, 1)
      await assertSound()
    })

    const holds: readonly [
      string,
      string,
      (car: Car) => Promise<void>,
      Partial<ConstructorParameters<typeof Car>[0]>,
    ][] = [
      ['an unregistered funder', 'UNKNOWN_FUNDER', async (car) => prepare([car]), { funder: PARTY_ADDRESS }],
      [
        'an unregistered billing reference',
        'NO_LIABLE_PARTY',
        async (car) => prepare([car], [accountOf(credit({ party: 'other' }), 'account-9')]),
        {},
      ],
      [
        'a billing reference copied from another party',
        'NO_LIABLE_PARTY',
        async (car) => prepare([car], [accountOf(car, 'account-1', { liable_party_ref: `0x${'ab'.repeat(32)}` })]),
        {},
      ],
      [
        'an account without a card',
        'NO_CARD_REF',
        async (car) => prepare([car], [accountOf(car, 'account-1', { card_ref: '', card_ref_type: '' })]),
        {},
      ],
      [
        'receipts after the end of the binding',
        'BINDING_ENDED',
        async (car) => prepare([car]),
        { validUntil: GENESIS_SECONDS + 60 },
      ],
      [
        'an agreement of another merchant',
        'TAX_UNKNOWN',
        async (car) => prepare([car]),
        { merchantRef: 'somebody-else' },
      ],
      ['a token that no deployment settles in', 'STALE_FX', async (car) => prepare([car]), { token: PARTY_ADDRESS }],
    ]
    for (const [state, code, act, options] of holds) {
      it(`given ${state}, when frozen, it holds the value as ${code}`, async () => {
        const car = started(credit(options), 4n * YEN)
        await act(car)
        await house.importReceipts(car)
        assert.deepEqual(await house.bill('C1'), { cycle: 'C1', lines: 0, charges: 0, statements: 0 })
        assert.deepEqual(await openExceptions(), [[code, 4n * YEN]])
        const suspense = (await accountTotals(house.db)).find((one) => one.account === 'SUSPENSE')
        assert.equal(suspense?.amount, 4n * YEN)
        await assertSound()
      })
    }

    it('given a release in the middle, when frozen, it bills older receipts and holds later ones', async () => {
      const car = credit()
      car.start(chain, 100n * YEN)
      car.pay(3n * YEN, { at: GENESIS_SECONDS + 100 })
      car.pay(2n * YEN, { at: GENESIS_SECONDS + 200 })
      chain.emit('registry', 'BindingReleased', {
        bindingId: car.bindingId,
        sequence: 1,
        endsAt: GENESIS_SECONDS + 150,
      })
      car.settle(chain)
      await prepare([car])
      await house.importReceipts(car)
      await house.bill('C1')
      assert.deepEqual(
        (await lines()).map((line) => line.amount_minor),
        [3n],
      )
      assert.deepEqual(await openExceptions(), [['BINDING_ENDED', 2n * YEN]])
      await assertSound()
    })

    it('given a close below the receipts, when frozen, it drops the newest and notices RECEIPT_GT_CLOSURE', async () => {
      const car = credit()
      car.start(chain, 10n * YEN)
      car.pay(3n * YEN)
      car.pay(2n * YEN)
      chain.emit('escrow', 'ChannelClosed', {
        channelId: car.channelId,
        totals: (4n * YEN) | ((5n * YEN) << 96n) | (2n << 192n),
        receiptsRoot: car.root(2n),
        refund: 6n * YEN,
      })
      await prepare([car])
      await house.importReceipts(car)
      await house.bill('C1')
      const [part] = await parts()
      assert.equal(part?.payment_count, 1n)
      assert.equal(part.to_amount, 4n * YEN)
      assert.deepEqual(await openExceptions(), [['RECEIPT_GT_CLOSURE', YEN]])
      await assertSound()
    })

    it('given a closed channel without receipts, when frozen, it notices CLOSURE_WITHOUT_RECEIPT', async () => {
      const car = started(credit(), 4n * YEN)
      chain.emit('escrow', 'CloseFinalized', { channelId: car.channelId, settled: 4n * YEN, refund: 96n * YEN })
      await prepare([car])
      await house.bill('C1')
      assert.deepEqual(await openExceptions(), [
        ['CLOSURE_WITHOUT_RECEIPT', 4n * YEN],
        ['TAX_UNKNOWN', 4n * YEN],
      ])
      await assertSound()
    })

    it('given receipts that the settled voucher did not sign, when frozen, it holds the value', async () => {
      const car = credit()
      car.start(chain, 100n * YEN)
      car.pay(4n * YEN)
      chain.settle(car.channelId, { settled: 4n * YEN, version: 1n }, `0x${'ee'.repeat(32)}`)
      await prepare([car])
      await house.importReceipts(car)
      await house.bill('C1')
      assert.deepEqual(await openExceptions(), [['TAX_UNKNOWN', 4n * YEN]])
    })

    it('given a settlement after the cut-off, when frozen, it waits for the next cycle', async () => {
      const car = started(credit(), 4n * YEN)
      chain.mine(GENESIS_SECONDS + DAY)
      car.pay(5n * YEN)
      car.settle(chain)
      await prepare([car])
      await house.importReceipts(car)
      await house.bill('C1')
      assert.deepEqual(
        (await lines()).map((line) => line.source_atomic),
        [4n * YEN],
      )
      const [totals] = await houseTotals(house.db)
      assert.equal(totals?.deferred, 5n * YEN)
      await assertSound()
    })

    it('given the cut-off is not over, when frozen, it fails with WrongStateError', async () => {
      const car = started(credit(), 4n * YEN)
      await prepare([car])
      await house.openCycle('C2', 1, 2)
      await house.freeze('C1')
      await assert.rejects(house.freeze('C2'), { name: 'Cycle.WrongStateError', expected: 'a time after both' })
    })

    it('given a frozen cycle, when frozen or sealed twice, it fails with WrongStateError', async () => {
      const car = started(credit(), 4n * YEN)
      await prepare([car])
      await house.freeze('C1')
      await assert.rejects(house.freeze('C1'), { name: 'Cycle.WrongStateError' })
      await house.seal('C1')
      await assert.rejects(house.seal('C1'), { name: 'Cycle.WrongStateError' })
    })

    it('given two tokens, when settled, it keeps their books apart', async () => {
      started(credit(), 4n * YEN)
      started(credit({ name: 'car-2', token: PARTY_ADDRESS }), 2n * YEN)
      await prepare([credit()])
      const assets = (await houseTotals(house.db)).map((one) => [one.asset, one.settled])
      assert.deepEqual(assets, [
        ['JPYT', 4n * YEN],
        [`eip155:31337/${PARTY_ADDRESS}`, 2n * YEN],
      ])
    })
  })
}
