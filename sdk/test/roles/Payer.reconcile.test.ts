/**
 * Payer.reconcile
 * |-- given a voucher of another channel ... it throws WrongChannelError
 * |-- given a voucher that this payer never signed ... it throws WrongSignerError
 * |-- given its own version with another total or root ... it throws HistoryMismatchError, and signs no fork
 * |-- given an older version with another total or root ... it throws HistoryMismatchError
 * |-- given a store that fails ... it throws ChannelFrozenError
 * |-- given nothing ... it changes nothing
 * |-- given an older voucher ... it changes nothing, and has the rest to send
 * |-- given its own newest voucher ... it changes nothing
 * `-- given a newer voucher of its own (a restored backup)
 *     |-- it continues behind it
 *     |-- also when it promises less: it had dropped something since
 *     |-- it keeps it
 *     `-- when it pays at the same time ... it waits, and signs no version twice
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '../../src/protocol/Bytes.ts'
import * as Voucher from '../../src/protocol/Voucher.ts'
import { collect } from '../helpers/async.ts'
import { diskFailure, gate, intercepted } from '../helpers/interceptedStore.ts'
import { restoredPayer } from '../helpers/restoredPayer.ts'
import {
  PRICE,
  agree,
  agreedRoles,
  domains,
  elsewhere,
  itemOf,
  named,
  recordOf,
  roleWorld,
  secp256k1Machine,
} from '../helpers/roleWorld.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'

/** A voucher as the payer's key signs it, for whatever it is asked. */
async function signed(
  world: RoleWorld,
  voucher: Partial<Voucher.Voucher>,
  { domain = domains.escrow, signer = world.payer } = {},
) {
  const message = {
    channelId: world.record.channelId,
    version: 1n,
    cumulativeAmount: PRICE,
    receiptsRoot: named('some receipts'),
    ...voucher,
  }
  const hash = Voucher.hasher({ channelId: message.channelId, domain })
  return { ...message, signature: toHex(await signer.sign(hash(message))) }
}

describe('Payer.reconcile', () => {
  it('given a voucher of another channel ... it throws WrongChannelError', async () => {
    const world = roleWorld()
    const payer = await world.openPayer()
    const { channelId } = recordOf(world, 'another channel')
    const expected = { name: 'Payment.WrongChannelError', given: channelId, expected: world.record.channelId }
    await assert.rejects(payer.reconcile(await signed(world, { channelId })), expected)
  })

  it('given a voucher that this payer never signed ... it throws WrongSignerError', async () => {
    const world = roleWorld()
    const payer = await world.openPayer()
    const sound = await signed(world, {})
    const forged = [
      await signed(world, {}, { signer: secp256k1Machine('stranger') }),
      await signed(world, {}, { signer: world.payee }),
      await signed(world, {}, { domain: elsewhere }),
      { ...sound, cumulativeAmount: sound.cumulativeAmount + 1n },
      { ...sound, version: 2n },
      { ...sound, receiptsRoot: named('other receipts') },
      { ...sound, signature: `0x${'00'.repeat(64)}` as const },
    ]
    for (const voucher of forged) await assert.rejects(payer.reconcile(voucher), { name: 'Payment.WrongSignerError' })
    assert.equal(payer.progress.version, 0n)
    assert.equal(await world.stores.payer.newest(world.record.channelId), undefined)
  })

  it('given its own version with another total or root ... it throws HistoryMismatchError, and signs no fork', async () => {
    const world = roleWorld()
    const { payer } = await agreedRoles(world)
    const { receiptsRoot } = await payer.pay(itemOf(1n))
    for (const other of [{ receiptsRoot, cumulativeAmount: 2n * PRICE }, { receiptsRoot: named('others') }]) {
      await assert.rejects(payer.reconcile(await signed(world, other)), { name: 'Payment.HistoryMismatchError' })
    }
    assert.deepEqual(payer.progress, { version: 1n, cumulativeAmount: PRICE, receiptsRoot })
  })

  it('given an older version with another total or root ... it throws HistoryMismatchError', async () => {
    const world = roleWorld()
    const { payer } = await agreedRoles(world)
    const { receiptsRoot } = await payer.pay(itemOf(1n))
    await payer.pay(itemOf(1n))
    for (const other of [{ receiptsRoot, cumulativeAmount: 2n * PRICE }, { receiptsRoot: named('others') }]) {
      await assert.rejects(payer.reconcile(await signed(world, other)), { name: 'Payment.HistoryMismatchError' })
    }
    assert.equal(payer.progress.version, 2n)
  })

  it('given a store that fails ... it throws ChannelFrozenError', async () => {
    const { world, payments, backup, payee } = await restoredPayer()
    const store = intercepted(backup, { adopt: () => Promise.reject(diskFailure) })
    const payer = await world.openPayer({ store })
    await agree(payer, payee)
    const expected = { name: 'Payment.ChannelFrozenError', cause: diskFailure }
    await assert.rejects(payer.reconcile(payments[2]), expected)
    await assert.rejects(payer.pay(itemOf(1n)), { name: 'Payment.ChannelFrozenError' })
  })

  it('given nothing ... it changes nothing', async () => {
    const { payer } = await agreedRoles(roleWorld())
    await payer.pay(itemOf(1n))
    await payer.reconcile(undefined)
    assert.equal(payer.progress.version, 1n)
    assert.equal((await collect(payer.paymentsAfter(0n))).length, 1)
  })

  it('given an older voucher ... it changes nothing, and has the rest to send', async () => {
    const { payer, payments } = await restoredPayer()
    await payer.reconcile(payments[0])
    assert.equal(payer.progress.version, 3n)
    assert.deepEqual(await collect(payer.paymentsAfter(1n)), payments.slice(1))
  })

  it('given its own newest voucher ... it changes nothing', async () => {
    const { payer, payee } = await restoredPayer()
    await payer.reconcile(payee.newest)
    assert.equal(payer.progress.version, 3n)
  })

  it('given a newer voucher of its own (a restored backup) ... it continues behind it', async () => {
    const { old, payee, payments } = await restoredPayer()
    assert.equal(old.progress.version, 1n)
    await old.reconcile(payee.newest)
    const { version, cumulativeAmount, receiptsRoot } = payments[2]!
    assert.deepEqual(old.progress, { version, cumulativeAmount, receiptsRoot })
    await agree(old, payee)
    const next = await old.pay(itemOf(4n))
    assert.deepEqual([next.version, next.cumulativeAmount], [4n, 10n * PRICE])
    await payee.accept(next)
  })

  it('given a newer voucher of its own (a restored backup) ... also when it promises less: it had dropped something since', async () => {
    const { world, old, backup, payments } = await restoredPayer()
    const newer = await signed(world, { version: 9n, cumulativeAmount: PRICE - 1n })
    await old.reconcile(newer)
    assert.deepEqual(old.progress.version, 9n)
    assert.deepEqual(await collect(backup.payments(world.record.channelId, 0n)), [])
    // What it knew before is a backup's knowledge, and older.
    await old.reconcile(payments[1])
    assert.equal(old.progress.version, 9n)
  })

  it('given a newer voucher of its own (a restored backup) ... it keeps it', async () => {
    const { world, old, backup, payee } = await restoredPayer()
    // With all that a message has besides: only the voucher is kept.
    await old.reconcile({ type: 'newest', ...payee.newest! } as Voucher.SignedVoucher)
    assert.deepEqual(await backup.newest(world.record.channelId), payee.newest)
    assert.equal((await world.openPayer({ store: backup })).progress.version, 3n)
  })

  it('given a newer voucher of its own (a restored backup) ... when it pays at the same time ... it waits, and signs no version twice', async () => {
    const { world, payee, backup } = await restoredPayer()
    const { opened, open } = gate()
    const store = intercepted(backup, { adopt: async (write) => opened.then(write) })
    const payer = await world.openPayer({ store })
    await agree(payer, payee)
    const reconciling = payer.reconcile(payee.newest)
    const paying = payer.pay(itemOf(4n))
    open()
    await reconciling
    assert.equal((await paying).version, 4n)
  })
})
