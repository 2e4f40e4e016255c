/**
 * Payee.accept
 * `-- refuses without checking a signature, in this order, and takes the sound payment afterwards
 *     |-- a payment of another channel ... WrongChannelError
 *     |-- any payment after a failed write ... ChannelFrozenError
 *     |-- any payment after its close ... ChannelNotOpenError
 *     |-- a payment without an agreement ... NotAgreedError
 *     |-- a payment outside the agreement's validity ... NotValidError
 *     |-- a payment whose time is too far from its clock ... WrongTimeError
 *     |-- a replayed payment, or another one of a version that was used ... StaleVoucherError
 *     |-- an amount that is not the tariff's ... WrongAmountError
 *     |-- a total that does not add up ... WrongAmountError
 *     |-- a channel that it never saw on chain ... ChannelNotOpenError
 *     |-- a channel that is not open there ... ChannelNotOpenError
 *     |-- a total above the deposit ... DepositExceededError
 *     |-- a payment after the time it may trust the channel ... ChannelClosingError
 *     `-- a payment after the end of the payer's binding ... ChannelClosingError
 * Payee.accept
 * `-- takes a payment behind versions that were dropped, and none of them afterwards
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OfferedPayment, Payee } from '../../src/roles/Payee.ts'
import { diskFailure, intercepted } from '../helpers/interceptedStore.ts'
import { paidTwice, signPayment } from '../helpers/payments.ts'
import { DAY, PRICE, START, TRUSTED_UNTIL, agreedRoles, itemOf, recordOf, roleWorld } from '../helpers/roleWorld.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'

type Fault = {
  readonly title: string
  /** What is done to the world before the payment is signed. */
  readonly world?: (world: RoleWorld, payee: Payee) => void | Promise<void>
  readonly payment?: (sound: OfferedPayment, world: RoleWorld) => Partial<OfferedPayment>
  readonly error: object
}

/** In the order of the checks. Each payment has the faults of all later ones, too, as far as it is made of fields. */
const FIELD_FAULTS: readonly Fault[] = [
  {
    title: 'a payment of another channel ... WrongChannelError',
    payment: (_, world) => ({ channelId: recordOf(world, 'another channel').channelId }),
    error: { name: 'Payment.WrongChannelError' },
  },
  {
    title: "a payment outside the agreement's validity ... NotValidError (before)",
    payment: () => ({ timestamp: START - 1 }),
    error: { name: 'Agreement.NotValidError', given: START - 1, expected: [START, START + 30 * DAY] },
  },
  {
    title: "a payment outside the agreement's validity ... NotValidError (after)",
    payment: () => ({ timestamp: START + 30 * DAY }),
    error: { name: 'Agreement.NotValidError', given: START + 30 * DAY },
  },
  {
    title: 'a payment whose time is too far from its clock ... WrongTimeError (behind)',
    payment: () => ({ timestamp: START + 1000 - 301 }),
    error: { name: 'Payment.WrongTimeError', given: START + 699, expected: START + 1000 },
  },
  {
    title: 'a payment whose time is too far from its clock ... WrongTimeError (ahead)',
    payment: () => ({ timestamp: START + 1000 + 301 }),
    error: { name: 'Payment.WrongTimeError', given: START + 1301, expected: START + 1000 },
  },
  {
    title: 'a replayed payment, or another one of a version that was used ... StaleVoucherError (used)',
    payment: () => ({ version: 2n, timestamp: START + 1000 }),
    error: { name: 'Payment.StaleVoucherError', given: 2n, expected: 3n },
  },
  {
    title: 'a replayed payment, or another one of a version that was used ... StaleVoucherError (version 0)',
    payment: () => ({ version: 0n }),
    error: { name: 'Payment.StaleVoucherError', given: 0n, expected: 3n },
  },
  {
    title: "an amount that is not the tariff's ... WrongAmountError (less)",
    payment: () => ({ version: 3n, amount: PRICE - 1n, item: itemOf(1n) }),
    error: { name: 'Payment.WrongAmountError', given: PRICE - 1n, expected: PRICE },
  },
  {
    title: "an amount that is not the tariff's ... WrongAmountError (more)",
    payment: () => ({ amount: PRICE + 1n, item: itemOf(1n) }),
    error: { name: 'Payment.WrongAmountError', given: PRICE + 1n, expected: PRICE },
  },
  {
    title: "an amount that is not the tariff's ... WrongAmountError (nothing for nothing)",
    payment: () => ({ amount: 0n, item: itemOf(0n) }),
    error: { name: 'Payment.WrongAmountError', given: 0n, expected: 1n },
  },
  {
    title: 'a total that does not add up ... WrongAmountError (less)',
    payment: ({ cumulativeAmount }) => ({ amount: PRICE, item: itemOf(1n), cumulativeAmount: cumulativeAmount - 1n }),
    error: { name: 'Payment.WrongAmountError', given: 3n * PRICE - 1n, expected: 3n * PRICE },
  },
  {
    title: 'a total that does not add up ... WrongAmountError (the same total again)',
    payment: () => ({ cumulativeAmount: 2n * PRICE }),
    error: { name: 'Payment.WrongAmountError', given: 2n * PRICE, expected: 3n * PRICE },
  },
  {
    title: 'a total that does not add up ... WrongAmountError (more)',
    payment: () => ({ cumulativeAmount: 4n * PRICE }),
    error: { name: 'Payment.WrongAmountError', given: 4n * PRICE, expected: 3n * PRICE },
  },
]

const STATE_FAULTS: readonly Fault[] = [
  {
    title: 'any payment after its close ... ChannelNotOpenError',
    world: async (_, payee) => {
      await payee.close()
    },
    error: { name: 'Payment.ChannelNotOpenError', given: 'this payee signed its close' },
  },
  {
    title: 'a channel that is not open there ... ChannelNotOpenError (closed)',
    world: async ({ chain }, payee) => {
      chain.change({ status: 'closed' })
      await payee.refresh()
    },
    error: { name: 'Payment.ChannelNotOpenError', given: 'closed' },
  },
  {
    title: 'a channel that is not open there ... ChannelNotOpenError (never opened)',
    world: async ({ chain }, payee) => {
      chain.change({ status: 'none', deposit: 0n })
      await payee.refresh()
    },
    error: { name: 'Payment.ChannelNotOpenError', given: 'none' },
  },
  {
    title: 'a total above the deposit ... DepositExceededError',
    world: async ({ chain }, payee) => {
      chain.change({ deposit: 3n * PRICE - 1n })
      await payee.refresh()
    },
    error: { name: 'Payment.DepositExceededError', given: 3n * PRICE, expected: 3n * PRICE - 1n },
  },
  {
    title: 'a payment after the time it may trust the channel ... ChannelClosingError',
    world: ({ clock }) => {
      clock.seconds = TRUSTED_UNTIL
    },
    error: { name: 'Payment.ChannelClosingError', given: TRUSTED_UNTIL, expected: TRUSTED_UNTIL },
  },
  {
    title: 'a payment after the time it may trust the channel ... ChannelClosingError (a close is pending)',
    world: async ({ chain, clock }, payee) => {
      chain.change({ closeAtSeconds: clock.seconds + 3600 })
      await payee.refresh()
    },
    error: { name: 'Payment.ChannelClosingError', given: START + 1000, expected: START + 1000 },
  },
  {
    title: "a payment after the end of the payer's binding ... ChannelClosingError",
    world: async ({ chain, clock }, payee) => {
      chain.change({ payerBindingEndsAtSeconds: clock.seconds })
      await payee.refresh()
    },
    error: { name: 'Payment.ChannelClosingError', given: START + 1000, expected: START + 1000 },
  },
]

describe('Payee.accept refuses without checking a signature, in this order, and takes the sound payment afterwards', () => {
  for (const [index, { title, error }] of FIELD_FAULTS.entries()) {
    it(title, async () => {
      const { world, payee, checks } = await paidTwice()
      const sound = await signPayment(world, payee)
      const faults = FIELD_FAULTS.slice(index).toReversed()
      let payment: OfferedPayment = { ...sound, signature: '0x' }
      for (const fault of faults) payment = { ...payment, ...fault.payment?.(sound, world) }
      // Later faults that would mend this one are overwritten by it: it is applied last.
      await assert.rejects(payee.accept(payment), error)
      assert.equal(checks(), 0)
      assert.equal((await payee.accept(sound)).version, 3n)
    })
  }

  for (const { title, world: change, error } of STATE_FAULTS) {
    it(title, async () => {
      const { world, payee, checks } = await paidTwice()
      await change?.(world, payee)
      const payment = await signPayment(world, payee)
      await assert.rejects(payee.accept(payment), error)
      assert.equal(checks(), 0)
      assert.equal(payee.progress.version, 2n)
      assert.equal((await world.stores.payee.newest(world.record.channelId))?.version, 2n)
    })
  }

  it("a payment after the end of the payer's binding ... ChannelClosingError (by the payer's clock)", async () => {
    const { world, payee, checks } = await paidTwice()
    const end = world.clock.seconds + 60
    world.chain.change({ payerBindingEndsAtSeconds: end })
    await payee.refresh()
    // Nobody answers for a receipt of that time, though it is not over here yet.
    const late = await signPayment(world, payee, { timestamp: end })
    await assert.rejects(payee.accept(late), { name: 'Payment.ChannelClosingError', given: end, expected: end })
    assert.equal(checks(), 0)
    assert.equal((await payee.accept(await signPayment(world, payee, { timestamp: end - 1 }))).version, 3n)
  })

  it('takes a payment behind versions that were dropped, and none of them afterwards', async () => {
    const { world, payee } = await paidTwice()
    const dropped = await signPayment(world, payee)
    const version = 7n
    const far = await signPayment(world, payee, { version })
    assert.equal((await payee.accept(far)).version, version)
    const expected = { name: 'Payment.StaleVoucherError', given: 3n, expected: 8n }
    await assert.rejects(payee.accept(dropped), expected)
    // One that was signed behind what was dropped does not fit what is held.
    const behind = { ...far, version: 8n }
    await assert.rejects(payee.accept(behind), { name: 'Payment.WrongAmountError' })
    assert.equal((await payee.accept(await signPayment(world, payee))).version, 8n)
  })

  it('any payment after a failed write ... ChannelFrozenError', async () => {
    const world = roleWorld()
    const store = intercepted(world.stores.payee, { append: () => Promise.reject(diskFailure) })
    const { payee } = await agreedRoles(world, { payee: { store } })
    const first = await signPayment(world, payee)
    await assert.rejects(payee.accept(first), { name: 'Payment.ChannelFrozenError', cause: diskFailure })
    await assert.rejects(payee.accept(first), { name: 'Payment.ChannelFrozenError', cause: diskFailure })
    const second = await signPayment(world, payee)
    await assert.rejects(payee.accept(second), { name: 'Payment.ChannelFrozenError', cause: diskFailure })
    assert.equal(await world.stores.payee.newest(world.record.channelId), undefined)
  })

  it('a payment without an agreement ... NotAgreedError', async () => {
    const world = roleWorld()
    const payee = await world.openPayee()
    await payee.refresh()
    await assert.rejects(payee.accept(await signPayment(world, payee)), { name: 'Payment.NotAgreedError' })
  })

  it('a channel that it never saw on chain ... ChannelNotOpenError', async () => {
    const world = roleWorld()
    const payee = await world.openPayee()
    const offered = await payee.offer()
    const payer = await world.openPayer()
    await payee.agree(offered, (await payer.agree(offered)).signature)
    const payment = await payer.pay(itemOf(1n))
    await assert.rejects(payee.accept(payment), { name: 'Payment.ChannelNotOpenError' })
    await payee.refresh()
    assert.equal((await payee.accept(payment)).version, 1n)
  })
})
