/**
 * Payer.pay: persist, then hand out
 * |-- given a write that is not done yet ... the payment is not handed out
 * |-- given the n-th write fails
 * |   |-- it throws ChannelFrozenError, and hands the payment out to nobody
 * |   |-- it signs nothing more
 * |   |-- it hands out no payment that was signed behind it, also when its write succeeded
 * |   `-- when it is opened again ... it continues behind what is stored
 * |-- given writes that end in another order ... payments are handed out in the order of versions
 * |-- given a signer that fails ... nothing is stored, and the version is used by the next payment
 * `-- given any store
 *     |-- when it is opened again ... it continues where it was
 *     `-- when the store closes under it ... it is frozen
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Payment } from '../../src/protocol/Payment.ts'
import { collect, turns } from '../helpers/async.ts'
import { diskFailure, gate, intercepted } from '../helpers/interceptedStore.ts'
import { PRICE, agreedRoles, agree, itemOf, roleWorld } from '../helpers/roleWorld.ts'
import { storeKinds } from '../helpers/stores.ts'

describe('Payer.pay: persist, then hand out', () => {
  it('given a write that is not done yet ... the payment is not handed out', async () => {
    const world = roleWorld()
    const { opened, open } = gate()
    const store = intercepted(world.stores.payer, { append: async (write) => opened.then(write) })
    const { payer } = await agreedRoles(world, { payer: { store } })
    const handedOut: Payment[] = []
    const paying = payer.pay(itemOf(1n)).then((payment) => handedOut.push(payment))
    await turns(20)
    assert.deepEqual(handedOut, [])
    open()
    await paying
    assert.equal(handedOut.length, 1)
    assert.equal((await world.stores.payer.newest(world.record.channelId))?.version, 1n)
  })

  for (const nth of [1, 2, 5]) {
    it(`given the n-th write fails ... it throws ChannelFrozenError, and hands the payment out to nobody (${nth})`, async () => {
      const world = roleWorld()
      const store = failingAt(world.stores.payer, nth)
      const { payer } = await agreedRoles(world, { payer: { store } })
      for (let count = 1; count < nth; count++) await payer.pay(itemOf(1n))
      await assert.rejects(payer.pay(itemOf(1n)), { name: 'Payment.ChannelFrozenError', cause: diskFailure })
      // Signing nothing more: a second voucher of the lost version could differ from it.
      await assert.rejects(payer.pay(itemOf(2n)), { name: 'Payment.ChannelFrozenError' })
      const newest = await world.stores.payer.newest(world.record.channelId)
      assert.equal(newest?.version ?? 0n, BigInt(nth - 1))
    })

    it(`given the n-th write fails ... it hands out no payment that was signed behind it, also when its write succeeded (${nth})`, async () => {
      const world = roleWorld()
      const store = failingAt(world.stores.payer, nth)
      const { payer } = await agreedRoles(world, { payer: { store } })
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => payer.pay(itemOf(1n))))
      const handedOut = results.filter(({ status }) => status === 'fulfilled').length
      assert.equal(handedOut, nth - 1)
      for (const result of results.slice(nth - 1)) {
        assert(result.status === 'rejected')
        assert.equal((result.reason as Error).name, 'Payment.ChannelFrozenError')
      }
    })

    it(`given the n-th write fails ... when it is opened again ... it continues behind what is stored (${nth})`, async () => {
      const world = roleWorld()
      const { payer, payee } = await agreedRoles(world, { payer: { store: failingAt(world.stores.payer, nth) } })
      for (let count = 1; count < nth; count++) await payer.pay(itemOf(1n))
      await assert.rejects(payer.pay(itemOf(1n)), { name: 'Payment.ChannelFrozenError' })

      const reopened = await world.openPayer()
      await agree(reopened, payee)
      assert.equal(reopened.progress.version, BigInt(nth - 1))
      // The lost voucher was shown to nobody, so its version may be used with another item.
      const payment = await reopened.pay(itemOf(3n))
      assert.equal(payment.version, BigInt(nth))
      assert.equal(payment.cumulativeAmount, BigInt(nth - 1) * PRICE + 3n * PRICE)
    })
  }

  it('given writes that end in another order ... payments are handed out in the order of versions', async () => {
    const world = roleWorld()
    const gates = [gate(), gate(), gate()]
    const append = async (write: () => Promise<void>, call: number) => {
      await write()
      await gates[call - 1]?.opened
    }
    const { payer } = await agreedRoles(world, { payer: { store: intercepted(world.stores.payer, { append }) } })
    const handedOut: bigint[] = []
    const paying = gates.map(() => payer.pay(itemOf(1n)).then(({ version }) => handedOut.push(version)))
    await turns(20)
    for (const { open } of gates.toReversed()) {
      open()
      await turns(20)
    }
    await Promise.all(paying)
    assert.deepEqual(handedOut, [1n, 2n, 3n])
  })

  it('given a signer that fails ... nothing is stored, and the version is used by the next payment', async () => {
    const world = roleWorld()
    const { payer: machine } = world
    let failing = false
    const signer = {
      signer: machine.signer,
      sign: (digest: Uint8Array) => {
        if (failing) throw new Error('the secure element does not answer')
        return machine.sign(digest)
      },
    }
    const { payer } = await agreedRoles(world, { payer: { signer } })
    failing = true
    await assert.rejects(payer.pay(itemOf(1n)), { message: 'the secure element does not answer' })
    assert.equal(await world.stores.payer.newest(world.record.channelId), undefined)
    failing = false
    assert.equal((await payer.pay(itemOf(1n))).version, 1n)
  })

  for (const kind of storeKinds) {
    it(`given any store ... when it is opened again ... it continues where it was (${kind.name})`, async (t) => {
      const world = roleWorld({ payerKind: 'p256' })
      const files = await kind.folder(t)
      world.stores.payer = await files.open(world.record, 'payer')
      const { payer, payee } = await agreedRoles(world)
      const before = await Promise.all([1n, 2n, 3n].map((units) => payer.pay(itemOf(units))))

      world.stores.payer = await files.reopen(world.stores.payer)
      const reopened = await world.openPayer()
      assert.deepEqual(plain(reopened.progress), plain(payer.progress))
      assert.deepEqual(await collect(reopened.paymentsAfter(0n)), before)
      await agree(reopened, payee)
      const after = await reopened.pay(itemOf(4n))
      assert.deepEqual([after.version, after.cumulativeAmount], [4n, 10n * PRICE])
    })

    it(`given any store ... when the store closes under it ... it is frozen (${kind.name})`, async (t) => {
      const world = roleWorld()
      const files = await kind.folder(t)
      world.stores.payer = await files.open(world.record, 'payer')
      const { payer } = await agreedRoles(world)
      await world.stores.payer.dispose()
      await assert.rejects(payer.pay(itemOf(1n)), { name: 'Payment.ChannelFrozenError' })
      await assert.rejects(payer.pay(itemOf(1n)), { name: 'Payment.ChannelFrozenError' })
    })
  }
})

function failingAt(store: Parameters<typeof intercepted>[0], nth: number) {
  return intercepted(store, { append: (write, call) => (call === nth ? Promise.reject(diskFailure) : write()) })
}

function plain({
  version,
  cumulativeAmount,
  receiptsRoot,
}: {
  version: bigint
  cumulativeAmount: bigint
  receiptsRoot: string
}) {
  return { version, cumulativeAmount, receiptsRoot }
}
