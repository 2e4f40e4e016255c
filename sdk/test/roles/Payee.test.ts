/**
 * Payee.open
 * |-- given a record that does not fit together, or another device's key ... it throws WrongRecordError
 * |-- given a channel of another beneficiary ... it throws ChannelNotOpenError
 * `-- given a store with a history ... it continues there: progress, view, agreement, close
 * Payee.offer, Payee.agree
 * |-- given another key's signature, or over another agreement ... it throws WrongSignerError
 * |-- given a store that fails ... it throws ChannelFrozenError
 * |-- given the payer's signature ... it stores the agreement, once
 * `-- given other terms than before ... it offers anew, and asks for a new signature
 * Payee.refresh
 * |-- given a chain that cannot be reached ... it throws, and what was seen stands
 * |-- given an older view than it has ... it keeps its own
 * |-- given a store that fails ... it throws ChannelFrozenError, and what was seen stands
 * `-- given a newer view ... it stores and takes it
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Hex } from 'viem'
import * as Agreement from '../../src/protocol/Agreement.ts'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import { diskFailure, intercepted } from '../helpers/interceptedStore.ts'
import { signPayment } from '../helpers/payments.ts'
import {
  DAY,
  PRICE,
  START,
  agreedRoles,
  domains,
  named,
  roleWorld,
  secp256k1Machine,
  tariff,
  verifier,
} from '../helpers/roleWorld.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'
import { storeKinds } from '../helpers/stores.ts'

const stranger = secp256k1Machine('stranger')

describe('Payee.open', () => {
  it("given a record that does not fit together, or another device's key ... it throws WrongRecordError", async () => {
    const world = roleWorld()
    const { record, payer } = world
    const wrong = [
      { record: { ...record, channelId: named('another channel') } },
      { record: { ...record, payerSigner: stranger.signer } },
      { record: { ...record, payeeSigner: stranger.signer } },
      { domains: { ...domains, escrow: domains.registry } },
      { signer: stranger },
      { signer: payer },
    ]
    for (const options of wrong) {
      await assert.rejects(world.openPayee(options), { name: 'Payment.WrongRecordError' })
    }
    assert.deepEqual(await world.stores.payee.channels(), [])
  })

  it('given a channel of another beneficiary ... it throws ChannelNotOpenError', async () => {
    const world = roleWorld()
    const terms = { ...world.terms, beneficiary: `0x${'11'.repeat(20)}` as const }
    await assert.rejects(world.openPayee({ terms }), { name: 'Payment.ChannelNotOpenError' })
    assert.deepEqual(await world.stores.payee.channels(), [])
  })

  for (const kind of storeKinds) {
    it(`given a store with a history ... it continues there: progress, view, agreement, close (${kind.name})`, async (t) => {
      const world = roleWorld({ payerKind: 'p256', payeeKind: 'p256' })
      const files = await kind.folder(t)
      world.stores.payee = await files.open(world.record, 'payee')
      const { payee } = await agreedRoles(world)
      await payee.accept(await signPayment(world, payee))
      await payee.accept(await signPayment(world, payee, { quantity: 2n }))

      world.stores.payee = await files.reopen(world.stores.payee)
      const reopened = await world.openPayee()
      assert.deepEqual(reopened.progress, payee.progress)
      assert.deepEqual(reopened.newest, payee.newest)
      assert.deepEqual(reopened.view, payee.view)
      // Without another handshake: the agreement was kept.
      const third = await reopened.accept(await signPayment(world, reopened))
      assert.deepEqual([third.version, third.cumulativeAmount], [3n, 4n * PRICE])
      const close = await reopened.close()

      world.stores.payee = await files.reopen(world.stores.payee)
      const closed = await world.openPayee()
      const again = await closed.close()
      assert.deepEqual({ ...again, signature: '' }, { ...close, signature: '' })
      const refused = closed.accept(await signPayment(world, closed))
      await assert.rejects(refused, { name: 'Payment.ChannelNotOpenError', given: 'this payee signed its close' })
    })
  }
})

describe('Payee.offer, Payee.agree', () => {
  it("given another key's signature, or over another agreement ... it throws WrongSignerError", async () => {
    const world = roleWorld()
    const payee = await world.openPayee()
    const offered = await payee.offer()
    const digest = fromHex(Agreement.digest(offered.agreement, domains.registry))
    const other = { ...offered.agreement, validUntil: offered.agreement.validUntil + 1 }
    const forged: Hex[] = [
      toHex(await stranger.sign(digest)),
      offered.payeeSignature,
      toHex(await world.payer.sign(fromHex(Agreement.digest(other, domains.registry)))),
      toHex(await world.payer.sign(fromHex(Agreement.digest(offered.agreement, domains.escrow)))),
      '0x',
    ]
    for (const signature of forged) {
      const expected = { name: 'Payment.WrongSignerError', expected: world.payer.signer }
      await assert.rejects(payee.agree(offered, signature), expected)
    }
    assert.deepEqual(await world.stores.payee.agreements(world.record.channelId), [])
  })

  it('given a store that fails ... it throws ChannelFrozenError', async () => {
    const world = roleWorld()
    const store = intercepted(world.stores.payee, { saveAgreement: () => Promise.reject(diskFailure) })
    const expected = { name: 'Payment.ChannelFrozenError', cause: diskFailure }
    await assert.rejects(agreedRoles(world, { payee: { store } }), expected)
  })

  it("given the payer's signature ... it stores the agreement, once", async () => {
    const world = roleWorld({ payerKind: 'p256' })
    const { payee } = await agreedRoles(world)
    const { agreement, payeeSignature } = await payee.offer()
    const digest = fromHex(Agreement.digest(agreement, domains.registry))
    assert.equal(verifier.verify(world.payee.signer, digest, fromHex(payeeSignature)), true)
    assert.deepEqual(agreement, {
      payer: world.record.channel.payer,
      payee: world.record.channel.terms.payee,
      tariffHash: agreement.tariffHash,
      validFrom: START,
      validUntil: START + 30 * DAY,
      salt: world.record.channelId,
    })
    await payee.agree(await payee.offer(), toHex(await world.payer.sign(digest)))
    assert.equal((await world.stores.payee.agreements(world.record.channelId)).length, 1)
  })

  it('given other terms than before ... it offers anew, and asks for a new signature', async () => {
    const world = roleWorld()
    await agreedRoles(world)
    const terms = { ...world.terms, tariff: { ...tariff, pricePerUnit: PRICE - 1n } }
    const payee = await world.openPayee({ terms })
    assert.equal((await payee.offer()).tariff.pricePerUnit, PRICE - 1n)
    await assert.rejects(payee.accept(await signPayment(world, payee)), { name: 'Payment.NotAgreedError' })
    // The terms of before are agreed still.
    const before = await world.openPayee()
    assert.equal((await before.accept(await signPayment(world, before))).version, 1n)
  })
})

describe('Payee.refresh', () => {
  const older = { finalizedAtSeconds: START + 899, deposit: 1n }
  const newer = { finalizedAtSeconds: START + 901, deposit: 2n }

  it('given a chain that cannot be reached ... it throws, and what was seen stands', async () => {
    const { world, payee, seen } = await refreshed()
    world.chain.shown = new Error('the network is down')
    await assert.rejects(payee.refresh(), { message: 'the network is down' })
    assert.deepEqual(payee.view, seen)
    assert.equal((await payee.accept(await signPayment(world, payee))).version, 1n)
  })

  it('given an older view than it has ... it keeps its own', async () => {
    const { world, payee, seen } = await refreshed()
    world.chain.change(older)
    assert.deepEqual(await payee.refresh(), seen)
    assert.deepEqual(payee.view, seen)
    assert.deepEqual(await world.stores.payee.view(world.record.channelId), seen)
  })

  it('given a store that fails ... it throws ChannelFrozenError, and what was seen stands', async () => {
    const world = roleWorld()
    const saveView = (write: () => Promise<void>, call: number) => (call === 1 ? write() : Promise.reject(diskFailure))
    const { payee } = await agreedRoles(world, { payee: { store: intercepted(world.stores.payee, { saveView }) } })
    const seen = payee.view
    world.chain.change(newer)
    await assert.rejects(payee.refresh(), { name: 'Payment.ChannelFrozenError', cause: diskFailure })
    assert.deepEqual(payee.view, seen)
  })

  it('given a newer view ... it stores and takes it', async () => {
    const { world, payee } = await refreshed()
    world.chain.change(newer)
    const view = await payee.refresh()
    assert.deepEqual(view, world.chain.shown)
    assert.deepEqual(payee.view, view)
    assert.deepEqual(await world.stores.payee.view(world.record.channelId), view)
  })

  async function refreshed(world: RoleWorld = roleWorld()) {
    const { payee } = await agreedRoles(world)
    return { world, payee, seen: payee.view }
  }
})
