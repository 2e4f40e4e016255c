/**
 * Payer.pay
 * |-- given no agreement ... it throws NotAgreedError
 * |-- given an agreement that ended meanwhile ... it throws NotValidError
 * |-- given an item that costs nothing, or less ... it throws, and signs nothing
 * |-- given an amount above maxPerPayment ... it throws LimitExceededError, and signs nothing
 * |-- given a total above maxTotal ... it throws LimitExceededError, and signs nothing
 * |-- given the end of the payer's binding ... it throws ChannelClosingError, and signs nothing
 * |-- given all limits reached, and not passed ... it pays
 * |-- given a refused payment before ... the next one takes its version
 * `-- given 100 payments at once ... they have versions 1 to 100 without gaps, each once
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fromHex } from '../../src/protocol/Bytes.ts'
import * as Payment from '../../src/protocol/Payment.ts'
import * as Voucher from '../../src/protocol/Voucher.ts'
import { collect } from '../helpers/async.ts'
import { DAY, PRICE, START, YEN, agreedRoles, domains, itemOf, roleWorld, verifier } from '../helpers/roleWorld.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'

describe('Payer.pay', () => {
  it('given no agreement ... it throws NotAgreedError', async () => {
    const payer = await roleWorld().openPayer()
    await assert.rejects(payer.pay(itemOf(1n)), { name: 'Payment.NotAgreedError' })
  })

  it('given an agreement that ended meanwhile ... it throws NotValidError', async () => {
    const world = roleWorld()
    const { payer } = await agreedRoles(world)
    world.clock.seconds = START + 30 * DAY
    await assert.rejects(payer.pay(itemOf(1n)), { name: 'Agreement.NotValidError', given: START + 30 * DAY })
    world.clock.seconds -= 1
    assert.equal((await payer.pay(itemOf(1n))).version, 1n)
  })

  it('given an item that costs nothing, or less ... it throws, and signs nothing', async () => {
    const world = roleWorld()
    const { payer } = await agreedRoles(world)
    await assert.rejects(payer.pay(itemOf(0n)), { name: 'Payment.WrongAmountError', given: 0n })
    await assert.rejects(payer.pay(itemOf(-1n)), { name: 'Bytes.IntegerRangeError' })
    await requireNothingSigned(world, payer)
  })

  it('given an amount above maxPerPayment ... it throws LimitExceededError, and signs nothing', async () => {
    const world = roleWorld()
    const { payer } = await agreedRoles(world)
    const expected = { name: 'Payment.LimitExceededError', given: 10n * YEN + PRICE, expected: 10n * YEN }
    await assert.rejects(payer.pay(itemOf(101n)), expected)
    await requireNothingSigned(world, payer)
  })

  it('given a total above maxTotal ... it throws LimitExceededError, and signs nothing', async () => {
    const world = roleWorld()
    const limits = { ...world.limits, maxTotal: 2n * PRICE }
    const { payer } = await agreedRoles(world, { payer: { limits } })
    const expected = { name: 'Payment.LimitExceededError', given: 3n * PRICE, expected: 2n * PRICE }
    await assert.rejects(payer.pay(itemOf(3n)), expected)
    await requireNothingSigned(world, payer)
    await payer.pay(itemOf(2n))
    await assert.rejects(payer.pay(itemOf(1n)), expected)
    assert.equal(payer.progress.cumulativeAmount, 2n * PRICE)
  })

  it("given the end of the payer's binding ... it throws ChannelClosingError, and signs nothing", async () => {
    const world = roleWorld()
    const limits = { ...world.limits, validUntilSeconds: START + 1001 }
    const { payer } = await agreedRoles(world, { payer: { limits } })
    world.clock.seconds = START + 1001
    const expected = { name: 'Payment.ChannelClosingError', given: START + 1001, expected: START + 1001 }
    await assert.rejects(payer.pay(itemOf(1n)), expected)
    await requireNothingSigned(world, payer)
  })

  it('given all limits reached, and not passed ... it pays', async () => {
    const world = roleWorld()
    const limits = { ...world.limits, maxTotal: 10n * YEN, validUntilSeconds: START + 1001 }
    const { payer } = await agreedRoles(world, { payer: { limits } })
    const payment = await payer.pay(itemOf(100n))
    assert.equal(payment.amount, 10n * YEN)
    assert.equal(payment.timestamp, START + 1000)
  })

  it('given a refused payment before ... the next one takes its version', async () => {
    const world = roleWorld()
    const { payer } = await agreedRoles(world)
    const [first, refused, second] = [1n, 101n, 2n].map((units) => payer.pay(itemOf(units)))
    await assert.rejects(refused!, { name: 'Payment.LimitExceededError' })
    assert.equal((await first!).version, 1n)
    const { version, cumulativeAmount } = await second!
    assert.deepEqual({ version, cumulativeAmount }, { version: 2n, cumulativeAmount: 3n * PRICE })
  })

  for (const payerKind of ['secp256k1', 'p256'] as const) {
    it(`given 100 payments at once ... they have versions 1 to 100 without gaps, each once (${payerKind})`, async () => {
      const world = roleWorld({ payerKind })
      const { channelId } = world.record
      const { payer } = await agreedRoles(world)
      const payments = await Promise.all(
        Array.from({ length: 100 }, (_, index) => payer.pay(itemOf(BigInt(index % 7) + 1n))),
      )
      assert.deepEqual(
        payments.map(({ version }) => version),
        Array.from({ length: 100 }, (_, index) => BigInt(index + 1)),
      )
      const hash = Voucher.hasher({ channelId, domain: domains.escrow })
      let progress = Payment.start(channelId)
      for (const payment of payments) {
        progress = Payment.advance(progress, { channelId, step: payment })
        const { version, cumulativeAmount, receiptsRoot } = payment
        assert.deepEqual({ version, cumulativeAmount, receiptsRoot }, progress)
        assert.equal(verifier.verify(world.payer.signer, hash(payment), fromHex(payment.signature)), true)
      }
      assert.deepEqual(payer.progress, progress)
      assert.deepEqual(await collect(payer.paymentsAfter(0n)), payments)
      assert.deepEqual(await collect(payer.paymentsAfter(98n)), payments.slice(98))
    })
  }
})

async function requireNothingSigned(
  world: RoleWorld,
  payer: Awaited<ReturnType<RoleWorld['openPayer']>>,
): Promise<void> {
  assert.equal(payer.progress.version, 0n)
  assert.equal(await world.stores.payer.newest(world.record.channelId), undefined)
}
