/**
 * Payee.accept: verify, persist, then serve
 * |-- given a write that is not done yet ... the payment is not accepted
 * |-- given the n-th write fails ... neither it nor any behind it is accepted
 * |-- given writes that end in another order ... payments are accepted in the order of versions
 * `-- given a failed write ... opened again, it stands where the store is, and takes the payment again
 * Payee.acknowledge
 * |-- given a payment that is being written ... it waits for it
 * |-- given a failed write ... it throws ChannelFrozenError, and signs nothing
 * |-- given accepted payments ... it signs their total, in the escrow's domain
 * `-- given it is asked again ... it signs once a version
 * Payee.close
 * |-- given the close is not stored yet ... it signs nothing, and accepts nothing
 * |-- given a store that fails ... it signs nothing, also when it is asked again
 * |-- given a failed write before ... it stores and signs nothing
 * |-- given a payment that is being written ... it closes with it
 * |-- given nothing was paid ... it closes at nothing
 * `-- given it is asked again, or twice at once ... it signs the same close, stored once
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as Acknowledgement from '../../src/protocol/Acknowledgement.ts'
import { fromHex } from '../../src/protocol/Bytes.ts'
import * as CooperativeClose from '../../src/protocol/CooperativeClose.ts'
import type { Store } from '../../src/ports/Store.ts'
import { turns } from '../helpers/async.ts'
import type { Interception } from '../helpers/interceptedStore.ts'
import { diskFailure, gate, intercepted } from '../helpers/interceptedStore.ts'
import { signPayment } from '../helpers/payments.ts'
import { PRICE, agreedRoles, domains, itemOf, roleWorld, verifier } from '../helpers/roleWorld.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'

const FROZEN = { name: 'Payment.ChannelFrozenError', cause: diskFailure }

async function arrange(interception: Interception = {}) {
  const world = roleWorld()
  const store = intercepted(world.stores.payee, interception)
  let signatures = 0
  const signer = {
    signer: world.payee.signer,
    sign: (digest: Uint8Array) => {
      signatures++
      return world.payee.sign(digest)
    },
  }
  const roles = await agreedRoles(world, { payee: { store, signer } })
  signatures = 0
  return { world, ...roles, signatures: () => signatures }
}

const failingAt =
  (nth: number) =>
  (write: () => Promise<void>, call: number): Promise<void> =>
    call === nth ? Promise.reject(diskFailure) : write()

async function versionIn(store: Store, world: RoleWorld): Promise<bigint> {
  return (await store.newest(world.record.channelId))?.version ?? 0n
}

describe('Payee.accept: verify, persist, then serve', () => {
  it('given a write that is not done yet ... the payment is not accepted', async () => {
    const { opened, open } = gate()
    const { world, payee } = await arrange({ append: (write) => opened.then(write) })
    let accepted = false
    const accepting = payee.accept(await signPayment(world, payee)).then(() => (accepted = true))
    await turns()
    assert.equal(accepted, false)
    open()
    await accepting
    assert.equal(await versionIn(world.stores.payee, world), 1n)
  })

  for (const nth of [1, 3]) {
    it(`given the n-th write fails ... neither it nor any behind it is accepted (${nth})`, async () => {
      const { payer, payee } = await arrange({ append: failingAt(nth) })
      const payments = await Promise.all([1n, 2n, 3n, 4n, 5n].map((units) => payer.pay(itemOf(units))))
      const results = await Promise.allSettled(payments.map((payment) => payee.accept(payment)))
      assert.deepEqual(
        results.map(({ status }) => status),
        results.map((_, index) => (index < nth - 1 ? 'fulfilled' : 'rejected')),
      )
    })

    it(`given a failed write ... opened again, it stands where the store is, and takes the payment again (${nth})`, async () => {
      const { world, payer, payee } = await arrange({ append: failingAt(nth) })
      for (let count = 1; count < nth; count++) await payee.accept(await payer.pay(itemOf(1n)))
      const payment = await payer.pay(itemOf(7n))
      await assert.rejects(payee.accept(payment), FROZEN)
      const reopened = await world.openPayee()
      assert.equal(reopened.progress.version, BigInt(nth - 1))
      await reopened.accept(payment)
      assert.deepEqual(reopened.progress, payer.progress)
    })
  }

  it('given writes that end in another order ... payments are accepted in the order of versions', async () => {
    const gates = [gate(), gate(), gate()]
    const { payer, payee } = await arrange({
      append: async (write, call) => {
        await write()
        await gates[call - 1]?.opened
      },
    })
    const accepted: bigint[] = []
    const accepting = []
    for (const _ of gates) {
      const payment = await payer.pay(itemOf(1n))
      accepting.push(payee.accept(payment).then(({ version }) => accepted.push(version)))
    }
    for (const { open } of gates.toReversed()) {
      open()
      await turns()
    }
    await Promise.all(accepting)
    assert.deepEqual(accepted, [1n, 2n, 3n])
  })
})

describe('Payee.acknowledge', () => {
  it('given a payment that is being written ... it waits for it', async () => {
    const { opened, open } = gate()
    const { payer, payee, signatures } = await arrange({ append: (write) => opened.then(write) })
    const accepting = payee.accept(await payer.pay(itemOf(1n)))
    const acknowledging = payee.acknowledge()
    await turns()
    assert.equal(signatures(), 0)
    open()
    assert.equal((await acknowledging).version, 1n)
    await accepting
  })

  it('given a failed write ... it throws ChannelFrozenError, and signs nothing', async () => {
    const { payer, payee, signatures } = await arrange({ append: failingAt(2) })
    await payee.accept(await payer.pay(itemOf(1n)))
    await assert.rejects(payee.accept(await payer.pay(itemOf(1n))), FROZEN)
    await assert.rejects(payee.acknowledge(), FROZEN)
    assert.equal(signatures(), 0)
  })

  it("given accepted payments ... it signs their total, in the escrow's domain", async () => {
    const { world, payer, payee } = await arrange()
    for (const units of [1n, 2n]) await payee.accept(await payer.pay(itemOf(units)))
    const { signature, ...message } = await payee.acknowledge()
    const { channelId } = world.record
    assert.deepEqual(message, { channelId, ...payer.progress })
    const digest = Acknowledgement.hasher({ channelId, domain: domains.escrow })(message)
    assert.equal(verifier.verify(world.payee.signer, digest, fromHex(signature)), true)
  })

  it('given it is asked again ... it signs once a version', async () => {
    const { payer, payee, signatures } = await arrange()
    await payee.accept(await payer.pay(itemOf(1n)))
    const first = await payee.acknowledge()
    assert.deepEqual(await payee.acknowledge(), first)
    assert.equal(signatures(), 1)
    await payee.accept(await payer.pay(itemOf(1n)))
    assert.equal((await payee.acknowledge()).version, 2n)
    assert.equal(signatures(), 2)
  })
})

describe('Payee.close', () => {
  it('given the close is not stored yet ... it signs nothing, and accepts nothing', async () => {
    const { opened, open } = gate()
    const { world, payer, payee, signatures } = await arrange({ saveClose: (write) => opened.then(write) })
    await payee.accept(await payer.pay(itemOf(1n)))
    const closing = [payee.close(), payee.close()]
    const refused = { name: 'Payment.ChannelNotOpenError' }
    await assert.rejects(payee.accept(await payer.pay(itemOf(1n))), refused)
    await turns()
    assert.equal(signatures(), 0)
    assert.equal(await world.stores.payee.close(world.record.channelId), undefined)
    open()
    for (const close of closing) assert.equal((await close).version, 1n)
  })

  it('given a store that fails ... it signs nothing, also when it is asked again', async () => {
    const { world, payer, payee, signatures } = await arrange({ saveClose: failingAt(1) })
    await payee.accept(await payer.pay(itemOf(1n)))
    await assert.rejects(payee.close(), FROZEN)
    await assert.rejects(payee.close(), FROZEN)
    assert.equal(signatures(), 0)
    assert.equal(await world.stores.payee.close(world.record.channelId), undefined)
  })

  it('given a failed write before ... it stores and signs nothing', async () => {
    const { world, payer, payee, signatures } = await arrange({ append: failingAt(2) })
    await payee.accept(await payer.pay(itemOf(1n)))
    const lost = payee.accept(await payer.pay(itemOf(1n)))
    const closing = payee.close()
    await assert.rejects(lost, FROZEN)
    await assert.rejects(closing, FROZEN)
    assert.equal(signatures(), 0)
    assert.equal(await world.stores.payee.close(world.record.channelId), undefined)
  })

  it('given a payment that is being written ... it closes with it', async () => {
    const { opened, open } = gate()
    const { world, payer, payee } = await arrange({ append: (write) => opened.then(write) })
    const accepting = payee.accept(await payer.pay(itemOf(5n)))
    const closing = payee.close()
    open()
    const { signature, ...message } = await closing
    await accepting
    assert.deepEqual(message, { channelId: world.record.channelId, ...payer.progress })
    assert.equal(message.cumulativeAmount, 5n * PRICE)
    assert.deepEqual(await world.stores.payee.close(world.record.channelId), message)
    const digest = CooperativeClose.hasher({ channelId: message.channelId, domain: domains.escrow })(message)
    assert.equal(verifier.verify(world.payee.signer, digest, fromHex(signature)), true)
  })

  it('given nothing was paid ... it closes at nothing', async () => {
    const { world, payee } = await arrange()
    const { signature: _, ...message } = await payee.close()
    const { channelId } = world.record
    assert.deepEqual(message, { channelId, version: 0n, cumulativeAmount: 0n, receiptsRoot: channelId })
  })

  it('given it is asked again, or twice at once ... it signs the same close, stored once', async () => {
    let stored = 0
    const saveClose = (write: () => Promise<void>) => {
      stored++
      return write()
    }
    const { payer, payee } = await arrange({ saveClose })
    await payee.accept(await payer.pay(itemOf(1n)))
    const [first, second] = await Promise.all([payee.close(), payee.close()])
    assert.deepEqual(second, first)
    assert.deepEqual(await payee.close(), first)
    assert.equal(stored, 1)
  })
})
