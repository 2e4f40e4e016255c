/**
 * Payer.refresh
 * |-- given a chain that cannot be reached ... it throws, and what was seen stands
 * |-- given a view that is older, or says that less is settled ... it keeps its own
 * |-- given a store that fails ... it throws ChannelFrozenError, and what was seen stands
 * |-- given any store, when the payer is opened again ... it knows what it saw
 * |-- given no more settled than it has signed ... it signs on
 * |-- given a channel that is closed ... it signs nothing: ChannelNotOpenError
 * `-- given more settled than it remembers (a restored backup, and a payee that hides its newest voucher)
 *     |-- it signs nothing: BehindChainError
 *     |-- it drops nothing that is below
 *     `-- when the payee shows the newest voucher ... it signs on behind it
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryStore } from '../../src/adapters/store/memoryStore.ts'
import type { Payer } from '../../src/roles/Payer.ts'
import { diskFailure, intercepted } from '../helpers/interceptedStore.ts'
import { restoredPayer } from '../helpers/restoredPayer.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'
import { PRICE, START, agree, agreedRoles, itemOf, roleWorld } from '../helpers/roleWorld.ts'
import { meet } from '../helpers/sessions.ts'
import { storeKinds } from '../helpers/stores.ts'

/** A payer restored from a backup of its first payment, whose payee has settled all three. */
async function restored(world: RoleWorld = roleWorld()) {
  const scene = await restoredPayer(world)
  await agree(scene.old, scene.payee)
  world.chain.change({ settled: 6n * PRICE })
  return scene
}

async function requireNothingSigned(payer: Payer, expected: object): Promise<void> {
  const before = payer.progress
  await assert.rejects(payer.pay(itemOf(1n)), expected)
  assert.deepEqual(payer.progress, before)
}

describe('Payer.refresh', () => {
  it('given a chain that cannot be reached ... it throws, and what was seen stands', async () => {
    const { world, old } = await restored()
    await old.refresh(world.chain)
    const away = new Error('no network')
    world.chain.shown = away
    await assert.rejects(old.refresh(world.chain), away)
    await requireNothingSigned(old, { name: 'Payment.BehindChainError' })
  })

  it('given a view that is older, or says that less is settled ... it keeps its own', async () => {
    const { world, old } = await restored()
    const seen = await old.refresh(world.chain)
    for (const change of [{ finalizedAtSeconds: START }, { finalizedAtSeconds: START + 990, settled: 0n }]) {
      world.chain.change(change)
      assert.deepEqual(await old.refresh(world.chain), seen)
    }
    await requireNothingSigned(old, { name: 'Payment.BehindChainError' })
  })

  it('given a store that fails ... it throws ChannelFrozenError, and what was seen stands', async () => {
    const world = roleWorld()
    const store = intercepted(world.stores.payer, { saveView: () => Promise.reject(diskFailure) })
    const { payer } = await agreedRoles(world, { payer: { store } })
    await assert.rejects(payer.refresh(world.chain), { name: 'Payment.ChannelFrozenError', cause: diskFailure })
    assert.equal(payer.view, undefined)
  })

  for (const kind of storeKinds) {
    it(`given any store, when the payer is opened again ... it knows what it saw (${kind.name})`, async (t) => {
      const world = roleWorld()
      const files = await kind.folder(t)
      world.stores.payer = await files.open(world.record, 'payer')
      const { payer } = await agreedRoles(world)
      const seen = await payer.refresh(world.chain)
      world.stores.payer = await files.reopen(world.stores.payer)
      assert.deepEqual((await world.openPayer()).view, seen)
    })
  }

  it('given no more settled than it has signed ... it signs on', async () => {
    const world = roleWorld()
    const { payer } = await agreedRoles(world)
    await payer.pay(itemOf(2n))
    world.chain.change({ settled: 2n * PRICE })
    await payer.refresh(world.chain)
    assert.equal((await payer.pay(itemOf(1n))).version, 2n)
  })

  it('given a channel that is closed ... it signs nothing: ChannelNotOpenError', async () => {
    const world = roleWorld()
    const { payer } = await agreedRoles(world)
    await payer.pay(itemOf(2n))
    // The payee closed without a voucher, below what it was promised: nothing of it lowers what was signed.
    world.chain.change({ status: 'closed', settled: PRICE })
    await payer.refresh(world.chain)
    await requireNothingSigned(payer, { name: 'Payment.ChannelNotOpenError', given: 'closed' })
    assert.equal(payer.progress.cumulativeAmount, 2n * PRICE)
    world.chain.change({ status: 'open', finalizedAtSeconds: START + 990 })
    assert.equal((await payer.refresh(world.chain)).status, 'closed')
  })

  it('given more settled than it remembers ... it signs nothing: BehindChainError', async () => {
    const { world, old } = await restored()
    await old.refresh(world.chain)
    const expected = { name: 'Payment.BehindChainError', given: PRICE, expected: 6n * PRICE }
    await requireNothingSigned(old, expected)
    // The payee shows what the backup knows, and hides the rest.
    const hiding = await world.openPayee({ store: new MemoryStore() })
    await hiding.refresh()
    await agree(old, hiding)
    const { session } = await meet({ payer: old, payee: hiding })
    await assert.rejects(session.pay(itemOf(1n)), expected)
    await session.close()
  })

  it('given more settled than it remembers ... it drops nothing that is below', async () => {
    const { world, old, backup } = await restored()
    await old.refresh(world.chain)
    const empty = { version: 0n, cumulativeAmount: 0n, receiptsRoot: world.record.channelId }
    await assert.rejects(old.drop(empty, await old.reconcile(undefined)), {
      name: 'Payment.BehindChainError',
      given: 0n,
      expected: 6n * PRICE,
    })
    assert.equal((await backup.newest(world.record.channelId))?.version, 1n)
  })

  it('given more settled than it remembers ... when the payee shows the newest voucher ... it signs on behind it', async () => {
    const { world, old, payee } = await restored()
    await old.refresh(world.chain)
    const { session } = await meet({ payer: old, payee })
    assert.equal((await session.pay(itemOf(1n))).version, 4n)
    await session.close()
  })
})
