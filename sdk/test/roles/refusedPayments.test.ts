/**
 * a signed payment that the payee refuses
 * |-- given it got too old on its way, or the agreement changed or ended since
 * |   |-- it is dropped, and the next session pays on
 * |   |-- its version stays used, and counts no more
 * |   |-- what was signed behind it is dropped, too
 * |   `-- when the payer is killed before or after it is dropped ... the same
 * |-- given a payee that took it over another connection meanwhile ... it is kept
 * |-- given a refusal that may pass ... it is kept, and sent again
 * |-- given a newer session ... a refusal over the older one drops nothing
 * |-- given a store that fails ... nothing more is signed
 * `-- given a payee that shows later what it refused ... the payer goes on from it, and owes it once
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import type { Refusal } from '../../src/protocol/Message.ts'
import type { Payee } from '../../src/roles/Payee.ts'
import type { Payer } from '../../src/roles/Payer.ts'
import { collect } from '../helpers/async.ts'
import { diskFailure, intercepted } from '../helpers/interceptedStore.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'
import { DAY, PRICE, START, agreedRoles, itemOf, roleWorld } from '../helpers/roleWorld.ts'
import { greetAsPayee, meet, scripted, startSession } from '../helpers/sessions.ts'
import { storeKinds } from '../helpers/stores.ts'

type Change = (world: RoleWorld) => Promise<Payee> | Payee

/** What can happen to a payee while a payment is on its way, and how it is opened afterwards. */
const CHANGES: readonly (readonly [string, Refusal, Change])[] = [
  [
    'it got too old',
    'wrong-time',
    (world) => {
      world.clock.seconds += world.terms.clockSkewMaxSeconds + 1
      return world.openPayee()
    },
  ],
  [
    'the price fell',
    'wrong-amount',
    (world) =>
      world.openPayee({ terms: { ...world.terms, tariff: { ...world.terms.tariff, pricePerUnit: PRICE / 2n } } }),
  ],
  [
    'the same price under another agreement',
    'wrong-signer',
    (world) => world.openPayee({ terms: { ...world.terms, validUntil: START + 60 * DAY } }),
  ],
  [
    'the agreement ended',
    'wrong-agreement',
    (world) => {
      const validFrom = START + 1001
      world.clock.seconds += 2
      return world.openPayee({ terms: { ...world.terms, validFrom, validUntil: validFrom + DAY } })
    },
  ],
]

/** A payee that holds one payment, and a payer that has signed three more since. */
async function apart(world: RoleWorld, options: Parameters<typeof agreedRoles>[1] = {}) {
  const { payer, payee } = await agreedRoles(world, options)
  await payee.accept(await payer.pay(itemOf(1n)))
  const undelivered = []
  for (const units of [2n, 3n, 4n]) undelivered.push(await payer.pay(itemOf(units)))
  return { payer, payee, undelivered }
}

/** The same, met by a payee that the test speaks for: it has greeted, and was sent the first of the three. */
async function sent(world: RoleWorld) {
  const { payer, payee, undelivered } = await apart(world)
  const pair = memoryPair()
  const peer = scripted(pair.right)
  const starting = startSession(payer, pair)
  await greetAsPayee(peer, payee)
  assert.equal((await peer.hear())?.type, 'payment')
  return { payer, payee, undelivered, peer, starting, channelId: world.record.channelId }
}

async function requireRefused(payer: Payer, payee: Payee, reason: Refusal): Promise<void> {
  await assert.rejects(meet({ payer, payee }), { name: 'Session.RefusedError', reason })
}

describe('a signed payment that the payee refuses', () => {
  for (const [title, reason, change] of CHANGES) {
    it(`given ${title} ... it is dropped, and the next session pays on`, async () => {
      const world = roleWorld()
      const { payer, payee } = await apart(world)
      const changed = await change(world)
      await requireRefused(payer, changed, reason)
      const { session, served } = await meet({ payer, payee: changed })
      const paid = await session.pay(itemOf(5n))
      assert.equal(paid.cumulativeAmount, payee.progress.cumulativeAmount + paid.amount)
      assert(paid.version > 4n)
      assert.deepEqual(changed.progress, payer.progress)
      await session.acknowledge()
      await session.close()
      assert.equal(await served, undefined)
    })

    for (const kind of storeKinds) {
      it(`given ${title} ... when the payer is killed before or after it is dropped ... the same (${kind.name})`, async (t) => {
        const world = roleWorld()
        const files = await kind.folder(t)
        world.stores.payer = await files.open(world.record, 'payer')
        await apart(world)
        const changed = await change(world)
        // Killed before it heard the refusal, and again behind the drop.
        world.stores.payer = await files.reopen(world.stores.payer)
        await requireRefused(await world.openPayer(), changed, reason)
        world.stores.payer = await files.reopen(world.stores.payer)
        const payer = await world.openPayer()
        const { session } = await meet({ payer, payee: changed })
        await session.pay(itemOf(5n))
        await session.close()
        world.stores.payer = await files.reopen(world.stores.payer)
        const { channelId } = world.record
        const own = await collect(world.stores.payer.payments(channelId, 0n))
        assert.deepEqual(await collect(world.stores.payee.payments(channelId, 0n)), own)
        assert.deepEqual((await world.openPayer()).progress, changed.progress)
      })
    }
  }

  it('given it got too old on its way ... its version stays used, and counts no more', async () => {
    const world = roleWorld()
    const versions: bigint[] = []
    const store = intercepted(world.stores.payer, {})
    const watched = {
      ...store,
      append: (payment: Parameters<typeof store.append>[0]) => (versions.push(payment.version), store.append(payment)),
      adopt: (voucher: Parameters<typeof store.adopt>[0]) => (versions.push(voucher.version), store.adopt(voucher)),
    }
    const { payer, payee, undelivered } = await apart(world, { payer: { store: watched } })
    world.clock.seconds += 301
    await requireRefused(payer, payee, 'wrong-time')
    assert.deepEqual(await collect(payer.paymentsAfter(1n)), [])
    const { session } = await meet({ payer, payee })
    const next = await session.pay(itemOf(2n))
    assert.deepEqual(versions, [1n, 2n, 3n, 4n, 5n, 6n])
    // The same as it said before, at another version: no two vouchers of one.
    assert.equal(next.cumulativeAmount, undelivered[0]?.cumulativeAmount)
    assert.deepEqual(await collect(payer.paymentsAfter(1n)), [next])
  })

  it('given a payee that took it over another connection meanwhile ... it is kept', async () => {
    const { payer, undelivered, peer, starting, channelId } = await sent(roleWorld())
    // It names what it holds by now, and that is not what it held when it was greeted.
    await peer.say({ type: 'refused', channelId, version: 2n, reason: 'wrong-time' })
    await assert.rejects(starting, { name: 'Session.RefusedError' })
    assert.deepEqual(await collect(payer.paymentsAfter(1n)), undelivered)
  })

  for (const reason of ['channel-closing', 'channel-frozen', 'channel-closed', 'stale-voucher', 'busy'] as const) {
    it(`given a refusal that may pass ... it is kept, and sent again (${reason})`, async () => {
      const { payer, payee, peer, starting, channelId } = await sent(roleWorld())
      await peer.say({ type: 'refused', channelId, version: 1n, reason })
      await assert.rejects(starting, { name: 'Session.RefusedError', reason })
      const { session } = await meet({ payer, payee })
      assert.equal(payee.progress.version, 4n)
      assert.equal(payee.progress.cumulativeAmount, 10n * PRICE)
      await session.close()
    })
  }

  it('given a newer session ... a refusal over the older one drops nothing', async () => {
    const { payer, payee, peer, starting, channelId } = await sent(roleWorld())
    const { session } = await meet({ payer, payee })
    await peer.say({ type: 'refused', channelId, version: 1n, reason: 'wrong-time' })
    await assert.rejects(starting, { name: 'Session.RefusedError' })
    assert.equal((await session.pay(itemOf(1n))).version, 5n)
    assert.deepEqual(payee.progress, payer.progress)
    await session.close()
  })

  it('given a store that fails ... nothing more is signed', async () => {
    const world = roleWorld()
    const store = intercepted(world.stores.payer, { adopt: () => Promise.reject(diskFailure) })
    const { payer, payee } = await apart(world, { payer: { store } })
    world.clock.seconds += 301
    await assert.rejects(meet({ payer, payee }), (error: Error) => {
      assert.equal(error.name, 'Session.SessionEndedError')
      assert.equal((error.cause as Error).name, 'Payment.ChannelFrozenError')
      return true
    })
    await assert.rejects(payer.pay(itemOf(1n)), { name: 'Payment.ChannelFrozenError' })
    // What was not dropped on disk is still there, and the next life finds it.
    assert.equal((await collect((await world.openPayer()).paymentsAfter(1n))).length, 3)
  })

  it('given a payee that shows later what it refused ... the payer goes on from it, and owes it once', async () => {
    const world = roleWorld()
    const { payer, payee, undelivered } = await apart(world)
    world.clock.seconds += 301
    await requireRefused(payer, payee, 'wrong-time')
    // It had taken the first one all the same.
    world.clock.seconds -= 301
    await payee.accept(undelivered[0]!)
    const { session } = await meet({ payer, payee })
    const { cumulativeAmount } = payee.progress
    assert.equal(cumulativeAmount, 3n * PRICE)
    await assert.rejects(session.pay(itemOf(1n)), { name: 'Session.RefusedError', reason: 'wrong-amount' })
    const { session: again } = await meet({ payer, payee })
    assert.equal((await again.pay(itemOf(1n))).cumulativeAmount, cumulativeAmount + PRICE)
    assert.deepEqual(payee.progress, payer.progress)
    await again.close()
  })
})
