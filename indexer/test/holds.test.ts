import assert from 'node:assert/strict'
import { it } from 'node:test'
import { accountTotals } from '../src/books/trialBalance.ts'
import { describeBilling, PARTY_ADDRESS, YEN } from './support/BillingWorld.ts'
import type { Car, CarOptions } from './support/Car.ts'
import { ATTESTER, GENESIS_SECONDS } from './support/FakeChain.ts'
import { accountOf } from './support/House.ts'

describeBilling('holds', (world) => {
  const holds: readonly [string, string, (car: Car) => Promise<void>, Partial<CarOptions>][] = [
    ['an unregistered funder', 'UNKNOWN_FUNDER', async (car) => world.prepare([car]), { funder: PARTY_ADDRESS }],
    [
      'an unregistered billing reference',
      'NO_LIABLE_PARTY',
      async (car) => world.prepare([car], [accountOf(world.credit({ party: 'other' }), 'account-9')]),
      {},
    ],
    [
      'a billing reference copied from another party',
      'NO_LIABLE_PARTY',
      async (car) => world.prepare([car], [accountOf(car, 'account-1', { liable_party_ref: `0x${'ab'.repeat(32)}` })]),
      {},
    ],
    [
      'an account without a card',
      'NO_CARD_REF',
      async (car) => world.prepare([car], [accountOf(car, 'account-1', { card_ref: '', card_ref_type: '' })]),
      {},
    ],
    [
      'receipts after the end of the binding',
      'BINDING_ENDED',
      async (car) => world.prepare([car]),
      { validUntil: GENESIS_SECONDS + 60 },
    ],
    [
      'an agreement of another merchant',
      'TAX_UNKNOWN',
      async (car) => world.prepare([car]),
      { merchantRef: 'somebody-else' },
    ],
    [
      'a token that no deployment settles in',
      'STALE_FX',
      async (car) => world.prepare([car]),
      { token: PARTY_ADDRESS },
    ],
  ]
  for (const [state, code, act, options] of holds) {
    it(`given ${state}, when frozen, it holds the value as ${code}`, async () => {
      const car = world.started(world.credit(options), 4n * YEN)
      await act(car)
      await world.house.importReceipts(car)
      assert.deepEqual(await world.house.bill('C1'), { cycle: 'C1', lines: 0, charges: 0, statements: 0 })
      assert.deepEqual(await world.openExceptions(), [[code, 4n * YEN]])
      const suspense = (await accountTotals(world.house.db)).find((one) => one.account === 'SUSPENSE')
      assert.equal(suspense?.amount, 4n * YEN)
      await world.assertSound()
    })
  }

  it('given a release in the middle, when frozen, it bills older receipts and holds later ones', async () => {
    const car = world.credit()
    car.start(world.chain, 100n * YEN)
    car.pay(3n * YEN, { at: GENESIS_SECONDS + 100 })
    car.pay(2n * YEN, { at: GENESIS_SECONDS + 200 })
    world.chain.emit('registry', 'BindingReleased', {
      bindingId: car.bindingId,
      endsAt: GENESIS_SECONDS + 150,
    })
    car.settle(world.chain)
    await world.prepare([car])
    await world.house.importReceipts(car)
    await world.house.bill('C1')
    assert.deepEqual(
      (await world.lines()).map((line) => line.amount_minor),
      [3n],
    )
    assert.deepEqual(await world.openExceptions(), [['BINDING_ENDED', 2n * YEN]])
    await world.assertSound()
  })

  for (const [state, sinceSeconds, expected] of [
    ['before the binding started', GENESIS_SECONDS - 1, [['BINDING_ENDED', 2n * YEN]]],
    ['when the binding started', GENESIS_SECONDS, []],
  ] as const) {
    it(`given a mark on the attester since ${state}, when frozen, ${expected.length} parts are held`, async () => {
      const car = world.credit()
      car.start(world.chain, 100n * YEN)
      world.chain.mine(GENESIS_SECONDS + 150)
      world.chain.emit('registry', 'AttesterCompromised', {
        attester: ATTESTER,
        index: 1,
        since: sinceSeconds,
        markedAt: GENESIS_SECONDS + 150,
      })
      car.pay(3n * YEN, { at: GENESIS_SECONDS + 100 })
      car.pay(2n * YEN, { at: GENESIS_SECONDS + 200 })
      car.settle(world.chain)
      await world.prepare([car])
      await world.house.importReceipts(car)
      await world.house.bill('C1')
      assert.deepEqual(await world.openExceptions(), expected)
      await world.assertSound()
    })
  }

  it('given a close below the receipts, when frozen, it drops the newest and notices RECEIPT_GT_CLOSURE', async () => {
    const car = world.credit()
    car.start(world.chain, 10n * YEN)
    car.pay(3n * YEN)
    car.pay(2n * YEN)
    const totals = { settled: 4n * YEN, authorised: 5n * YEN, version: 2n }
    world.chain.close(car.channelId, { ...totals, receiptsRoot: car.root(2n), refund: 6n * YEN })
    await world.prepare([car])
    await world.house.importReceipts(car)
    await world.house.bill('C1')
    const [part] = await world.parts()
    assert.equal(part?.payment_count, 1n)
    assert.equal(part.to_amount, 4n * YEN)
    assert.deepEqual(await world.openExceptions(), [['RECEIPT_GT_CLOSURE', YEN]])
    await world.assertSound()
  })

  it('given a close without a voucher, when billed, the payee’s word touches neither tax nor proof', async () => {
    const root = `0x${'ee'.repeat(32)}` as const
    const bill = async (close: (car: Car) => void) => {
      const car = world.started(world.credit(), 3n * YEN)
      close(car)
      await world.prepare([car])
      await world.house.importReceipts(car)
      await world.house.bill('C1')
      assert.deepEqual(await world.openExceptions(), [])
      const [line] = await world.lines()
      const evidence = await world.house.db
        .selectFrom('sealed_file')
        .select('bytes')
        .where('role', '=', 'evidence')
        .executeTakeFirstOrThrow()
      await world.assertSound()
      return [line?.amount_minor, line?.content_hash, evidence.bytes]
    }
    const untouched = await bill(() => undefined)
    await world.restart()
    const refund = 97n * YEN
    const closed = await bill((car) => {
      world.chain.close(car.channelId, { settled: 3n * YEN, version: 2n ** 64n - 1n, receiptsRoot: root, refund })
    })
    assert.deepEqual(closed, untouched)
  })

  it('given a closed channel without receipts, when frozen, it notices CLOSURE_WITHOUT_RECEIPT', async () => {
    const car = world.started(world.credit(), 4n * YEN)
    world.chain.emit('escrow', 'CloseFinalized', { channelId: car.channelId, settled: 4n * YEN, refund: 96n * YEN })
    await world.prepare([car])
    await world.house.bill('C1')
    assert.deepEqual(await world.openExceptions(), [
      ['CLOSURE_WITHOUT_RECEIPT', 4n * YEN],
      ['TAX_UNKNOWN', 4n * YEN],
    ])
    await world.assertSound()
  })

  it('given receipts that the settled voucher did not sign, when frozen, it holds the value', async () => {
    const car = world.credit()
    car.start(world.chain, 100n * YEN)
    car.pay(4n * YEN)
    world.chain.settle(car.channelId, { settled: 4n * YEN, version: 1n }, `0x${'ee'.repeat(32)}`)
    await world.prepare([car])
    await world.house.importReceipts(car)
    await world.house.bill('C1')
    assert.deepEqual(await world.openExceptions(), [['TAX_UNKNOWN', 4n * YEN]])
  })
})
