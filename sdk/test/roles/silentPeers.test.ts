/**
 * PayerSession, given a payee that says nothing more
 * |-- after hello, agree, a payment or acknowledge ... it throws SessionEndedError by SilentPeerError, and ends
 * |-- and does not read ... the same
 * |-- about a payment, but answers later ones ... the same
 * `-- for a while, each time ... it goes on
 * servePayer, given a payer that says nothing more
 * |-- before hello or agree ... it ends with SilentPeerError
 * |-- after agree ... it ends with SilentPeerError, later
 * |-- and does not read ... it ends with SilentPeerError, and what was accepted stays
 * `-- and does not read why it is refused ... it ends with what it refused
 * a session that has ended
 * `-- waits for nothing
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import type { Message } from '../../src/protocol/Message.ts'
import type { Payment } from '../../src/protocol/Payment.ts'
import type { Timers } from '../../src/ports/Timers.ts'
import { manualTimers } from '../../src/testing/manualTimers.ts'
import { turns } from '../helpers/async.ts'
import { PRICE, agreedRoles, itemOf, roleWorld } from '../helpers/roleWorld.ts'
import { greetAsPayee, greetAsPayer, meet, scripted, serve, startSession } from '../helpers/sessions.ts'

const ANSWER_MS = 30_000
const IDLE_MS = 600_000

async function arrange(pair = memoryPair()) {
  const world = roleWorld()
  const { payer, payee } = await agreedRoles(world)
  const { channelId } = world.record
  return { world, payer, payee, pair, timers: manualTimers(), channelId }
}

/** A payer that begins a session with a peer that says what the test tells it to. */
async function starting() {
  const scene = await arrange()
  const session = startSession(scene.payer, scene.pair, scene.timers)
  session.catch(() => undefined)
  return { ...scene, session, peer: scripted(scene.pair.right) }
}

async function started() {
  const scene = await starting()
  await greetAsPayee(scene.peer, scene.payee)
  return { ...scene, session: await scene.session }
}

/** A payee that serves a peer that says what the test tells it to. */
async function serving(pair = memoryPair()) {
  const scene = await arrange(pair)
  const served = serve(scene.payee, pair, undefined, scene.timers)
  return { ...scene, served, peer: scripted(pair.left) }
}

type Ending = { readonly timers: ReturnType<typeof manualTimers>; readonly waiting: Promise<unknown> }

/** Nothing happens until the time is up, and then it ends. */
async function requireSilent({ timers, waiting }: Ending, expected: string): Promise<void> {
  let isOver = false
  const over = () => (isOver = true)
  waiting.then(over, over)
  await turns()
  timers.advance(ANSWER_MS - 1)
  await turns()
  assert.equal(isOver, false)
  timers.advance(1)
  await assert.rejects(waiting, (error: Error) => {
    assert.equal(error.name, 'Session.SessionEndedError')
    const { name, expected: missed } = error.cause as Error & { expected: unknown }
    assert.deepEqual({ name, missed }, { name: 'Session.SilentPeerError', missed: expected })
    return true
  })
}

describe('PayerSession, given a payee that says nothing more', () => {
  const silences: [string, string, () => Promise<Ending & Pick<Awaited<ReturnType<typeof starting>>, 'pair'>>][] = [
    [
      'hello',
      'offer',
      async () => {
        const scene = await starting()
        return { ...scene, waiting: scene.session }
      },
    ],
    [
      'agree',
      'newest or empty',
      async () => {
        const scene = await starting()
        const { peer, payee, channelId } = scene
        await peer.hear()
        await peer.say({ type: 'offer', channelId, offered: await payee.offer() })
        await peer.hear()
        return { ...scene, waiting: scene.session }
      },
    ],
    [
      'a payment',
      'accepted 1',
      async () => {
        const scene = await started()
        return { ...scene, waiting: scene.session.pay(itemOf(1n)) }
      },
    ],
    [
      'acknowledge',
      'acknowledgement',
      async () => {
        const scene = await started()
        return { ...scene, waiting: scene.session.acknowledge() }
      },
    ],
  ]
  for (const [after, expected, act] of silences) {
    it(`after ${after} ... it throws SessionEndedError by SilentPeerError, and ends`, async () => {
      const scene = await act()
      await requireSilent(scene, expected)
      await scene.pair.left.closed
    })
  }

  it('and does not read ... the same', async () => {
    const { payer, pair, timers } = await arrange(memoryPair({ inboundFramesMax: 0 }))
    await requireSilent({ timers, waiting: startSession(payer, pair, timers) }, 'offer')
  })

  it('about a payment, but answers later ones ... the same', async () => {
    const { session, peer, channelId, timers } = await started()
    const first = session.pay(itemOf(1n))
    const later = [2n, 3n].map(() => session.pay(itemOf(1n)))
    for (const version of [2n, 3n]) {
      await turns()
      timers.advance(ANSWER_MS / 3)
      await peer.say({ type: 'accepted', channelId, version, cumulativeAmount: version * PRICE })
    }
    await Promise.all(later)
    timers.advance(ANSWER_MS / 3)
    await assert.rejects(first, { name: 'Session.SessionEndedError' })
  })

  it('for a while, each time ... it goes on', async () => {
    const { session, peer, channelId, timers } = await started()
    // All three at once: the third has waited for longer than any answer may take.
    const paying = [1n, 2n, 3n].map(() => session.pay(itemOf(1n)))
    for (const version of [1n, 2n, 3n]) {
      await turns()
      timers.advance(ANSWER_MS - 1)
      await peer.say({ type: 'accepted', channelId, version, cumulativeAmount: version * PRICE })
    }
    await Promise.all(paying)
    // A payee owes nothing while nobody pays.
    timers.advance(10 * IDLE_MS)
    const next = session.pay(itemOf(1n))
    await turns()
    await peer.say({ type: 'accepted', channelId, version: 4n, cumulativeAmount: 4n * PRICE })
    assert.equal((await next).version, 4n)
  })
})

describe('servePayer, given a payer that says nothing more', () => {
  for (const expected of ['hello', 'agree']) {
    it(`before hello or agree ... it ends with SilentPeerError (${expected})`, async () => {
      const { peer, timers, served, pair, channelId } = await serving()
      if (expected === 'agree') await peer.say({ type: 'hello', channelId, version: 0n })
      await turns()
      timers.advance(ANSWER_MS)
      const { name, expected: missed } = (await served) as Error & { expected: unknown }
      assert.deepEqual({ name, missed }, { name: 'Session.SilentPeerError', missed: expected })
      await pair.right.closed
    })
  }

  it('after agree ... it ends with SilentPeerError, later', async () => {
    const { timers, payer, payee, pair, served } = await serving()
    const session = await startSession(payer, pair)
    for (const version of [1n, 2n]) {
      timers.advance(IDLE_MS - 1)
      assert.equal((await session.pay(itemOf(1n))).version, version)
      await turns()
    }
    timers.advance(IDLE_MS)
    assert.equal((await served)?.name, 'Session.SilentPeerError')
    await turns()
    await assert.rejects(session.pay(itemOf(1n)), { name: 'Session.SessionEndedError' })
    // The channel goes on.
    const next = await meet({ payer, payee })
    assert.equal((await next.session.pay(itemOf(1n))).version, 3n)
  })

  it('and does not read ... it ends with SilentPeerError, and what was accepted stays', async () => {
    const { peer, timers, served, payer, payee } = await serving(memoryPair({ inboundFramesMax: 1 }))
    await greetAsPayer(peer, { payer, payee })
    for (const units of [1n, 2n, 3n]) await peer.say(paymentMessage(await payer.pay(itemOf(units))))
    await turns()
    timers.advance(ANSWER_MS)
    assert.equal((await served)?.name, 'Session.SilentPeerError')
    assert.deepEqual(payee.progress, payer.progress)
  })

  it('and does not read why it is refused ... it ends with what it refused', async () => {
    const { peer, timers, served, payer, payee, channelId } = await serving(memoryPair({ inboundFramesMax: 1 }))
    await greetAsPayer(peer, { payer, payee })
    await peer.say(paymentMessage(await payer.pay(itemOf(1n))))
    await turns()
    await peer.say({ type: 'empty', channelId })
    await turns()
    timers.advance(ANSWER_MS)
    assert.equal((await served)?.name, 'Session.UnexpectedMessageError')
  })
})

describe('a session that has ended', () => {
  it('waits for nothing', async () => {
    const { payer, payee, pair } = await arrange()
    const timers = counted()
    const served = serve(payee, pair, undefined, timers)
    const session = await startSession(payer, pair, timers)
    await session.pay(itemOf(1n))
    assert.equal(timers.waiting(), 1)
    await session.close()
    await served
    assert.equal(timers.waiting(), 0)

    const broken = memoryPair()
    broken.cut()
    await assert.rejects(startSession(payer, broken, timers))
    await serve(payee, broken, undefined, timers)
    assert.equal(timers.waiting(), 0)
  })
})

/** Timers that never fire, and tell how many wait. */
function counted(): Timers & { waiting(): number } {
  const waiting = new Set<object>()
  return {
    waiting: () => waiting.size,
    after: () => {
      const entry = {}
      waiting.add(entry)
      return () => void waiting.delete(entry)
    },
  }
}

function paymentMessage({ item, ...payment }: Payment): Message {
  const { channelId, version, cumulativeAmount, amount, timestamp, signature } = payment
  return { type: 'payment', channelId, version, cumulativeAmount, amount, timestamp, ...item, signature }
}
