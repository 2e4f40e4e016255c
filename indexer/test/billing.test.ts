import assert from 'node:assert/strict'
import { it } from 'node:test'
import { houseTotals } from '../src/billing/houseTotals.ts'
import { accountTotals } from '../src/books/trialBalance.ts'
import { describeBilling, PARTY_ADDRESS, YEN } from './support/BillingWorld.ts'
import { GENESIS_SECONDS } from './support/FakeChain.ts'
import { accountOf, csv, DAY, FUNDERS } from './support/House.ts'

describeBilling('billing', (world) => {
  it('given settled credit spending with receipts, when sealed, it charges whole yen and carries the rest', async () => {
    const car = world.started(world.credit(), 3n * YEN, (7n * YEN) / 10n)
    await world.prepare([car])
    await world.house.importReceipts(car)
    assert.deepEqual(await world.house.bill('C1'), { cycle: 'C1', lines: 1, charges: 1, statements: 0 })
    const [line] = await world.lines()
    assert.equal(line?.record_type, 'CHARGE')
    assert.equal(line.amount_minor, 3n)
    assert.equal(line.carry_out_e18, (7n * YEN) / 10n)
    const totals = await accountTotals(world.house.db)
    assert.equal(totals.find((one) => one.account === 'CARD_RECEIVABLE')?.amount, 3n * YEN)
    assert.equal(totals.find((one) => one.account === 'UNBILLED')?.amount, (7n * YEN) / 10n)
    await world.assertSound()
  })

  it('given a carry of an earlier cycle, when the next is sealed, it bills the carry under the same key', async () => {
    const car = world.started(world.credit(), (7n * YEN) / 10n)
    await world.prepare([car])
    await world.house.importReceipts(car)
    assert.deepEqual(await world.house.bill('C1'), { cycle: 'C1', lines: 1, charges: 0, statements: 1 })
    world.chain.mine()
    car.pay((4n * YEN) / 10n)
    car.settle(world.chain)
    world.chain.mine(GENESIS_SECONDS + 2 * DAY)
    await world.house.sync(world.chain)
    await world.house.importReceipts(car)
    await world.house.openCycle('C2', 1, 2)
    await world.house.bill('C2')
    const second = (await world.lines()).find((line) => line.cycle === 'C2')
    assert.equal(second?.carry_in_e18, (7n * YEN) / 10n)
    assert.equal(second.amount_minor, 1n)
    assert.equal(second.carry_out_e18, YEN / 10n)
    await world.assertSound()
  })

  it('given prepaid spending, when sealed, it is a statement and no receivable', async () => {
    const car = world.credit({ funding: 'PREPAID', funder: PARTY_ADDRESS })
    world.chain.deposit(PARTY_ADDRESS, 200n * YEN)
    world.started(car, 5n * YEN)
    await world.prepare([car], [accountOf(car, 'account-1', { card_ref: '', card_ref_type: '' })])
    await world.house.register('funders', csv([{ ...FUNDERS, address: PARTY_ADDRESS, party_ref: car.partyId }]))
    await world.house.importReceipts(car)
    assert.deepEqual(await world.house.bill('C1'), { cycle: 'C1', lines: 1, charges: 0, statements: 1 })
    const accounts = (await accountTotals(world.house.db)).map((one) => [one.account, one.amount])
    assert.deepEqual(new Map(accounts as [string, bigint][]).get('MEMO_PREPAID_SPEND'), 5n * YEN)
    assert.ok(!accounts.some(([account]) => account === 'CARD_RECEIVABLE'))
    await world.assertSound()
  })

  it('given a hub’s own channel, when frozen, it is never billed', async () => {
    const car = world.started(world.credit({ funding: 'OWN' }), 5n * YEN)
    await world.prepare([car])
    assert.deepEqual(await world.house.bill('C1'), { cycle: 'C1', lines: 0, charges: 0, statements: 0 })
    assert.deepEqual(
      (await world.parts()).map((part) => part.disposition),
      ['OWN'],
    )
    assert.deepEqual(await world.openExceptions(), [])
    await world.assertSound()
  })

  it('given two tax rates on one channel, when sealed, it writes one line for each', async () => {
    const car = world.credit()
    car.start(world.chain, 100n * YEN)
    car.pay(3n * YEN)
    car.pay(2n * YEN, { taxRateBp: 800 })
    car.settle(world.chain)
    await world.prepare([car])
    await world.house.importReceipts(car)
    await world.house.bill('C1')
    assert.deepEqual(
      (await world.lines()).map((line) => line.amount_minor),
      [2n, 3n],
    )
    await world.assertSound()
  })

  it('given value without receipts, when frozen, it holds TAX_UNKNOWN and bills it once the receipts came', async () => {
    const car = world.started(world.credit(), 4n * YEN)
    await world.prepare([car])
    assert.deepEqual(await world.house.bill('C1'), { cycle: 'C1', lines: 0, charges: 0, statements: 0 })
    assert.deepEqual(await world.openExceptions(), [['TAX_UNKNOWN', 4n * YEN]])
    await world.assertSound()
    await world.house.importReceipts(car)
    world.chain.mine(GENESIS_SECONDS + 2 * DAY)
    await world.house.sync(world.chain)
    await world.house.openCycle('C2', 1, 2)
    await world.house.bill('C2')
    assert.deepEqual(await world.openExceptions(), [])
    assert.deepEqual(
      (await world.lines()).map((line) => line.amount_minor),
      [4n],
    )
    const accounts = await accountTotals(world.house.db)
    assert.equal(accounts.find((one) => one.account === 'SUSPENSE')?.amount, 0n)
    await world.assertSound()
  })

  it('given the value is still held, when the next cycle freezes, it stays held once', async () => {
    const car = world.started(world.credit(), 4n * YEN)
    await world.prepare([car])
    await world.house.bill('C1')
    world.chain.mine(GENESIS_SECONDS + 2 * DAY)
    await world.house.sync(world.chain)
    await world.house.openCycle('C2', 1, 2)
    await world.house.bill('C2')
    assert.deepEqual(await world.openExceptions(), [['TAX_UNKNOWN', 4n * YEN]])
    assert.equal((await world.parts()).length, 1)
    await world.assertSound()
  })

  it('given a settlement after the cut-off, when frozen, it waits for the next cycle', async () => {
    const car = world.started(world.credit(), 4n * YEN)
    world.chain.mine(GENESIS_SECONDS + DAY)
    car.pay(5n * YEN)
    car.settle(world.chain)
    await world.prepare([car])
    await world.house.importReceipts(car)
    await world.house.bill('C1')
    assert.deepEqual(
      (await world.lines()).map((line) => line.source_atomic),
      [4n * YEN],
    )
    const [totals] = await houseTotals(world.house.db)
    assert.equal(totals?.deferred, 5n * YEN)
    await world.assertSound()
  })

  it('given the cut-off is not over, when frozen, it fails with WrongStateError', async () => {
    const car = world.started(world.credit(), 4n * YEN)
    await world.prepare([car])
    await world.house.openCycle('C2', 1, 2)
    await world.house.freeze('C1')
    await assert.rejects(world.house.freeze('C2'), { name: 'Cycle.WrongStateError', expected: 'a time after both' })
  })

  it('given a frozen cycle, when frozen or sealed twice, it fails with WrongStateError', async () => {
    const car = world.started(world.credit(), 4n * YEN)
    await world.prepare([car])
    await world.house.freeze('C1')
    await assert.rejects(world.house.freeze('C1'), { name: 'Cycle.WrongStateError' })
    await world.house.seal('C1')
    await assert.rejects(world.house.seal('C1'), { name: 'Cycle.WrongStateError' })
  })

  it('given two tokens, when settled, it keeps their books apart', async () => {
    world.started(world.credit(), 4n * YEN)
    world.started(world.credit({ name: 'car-2', token: PARTY_ADDRESS }), 2n * YEN)
    await world.prepare([world.credit()])
    const assets = (await houseTotals(world.house.db)).map((one) => [one.asset, one.settled])
    assert.deepEqual(assets, [
      ['JPYT', 4n * YEN],
      [`eip155:31337/${PARTY_ADDRESS}`, 2n * YEN],
    ])
  })
})
