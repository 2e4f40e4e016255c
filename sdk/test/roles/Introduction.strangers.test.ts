/**
 * introductions that strangers hold open
 * |-- given strangers that say nothing, ask and stop there, or name the good peer's channel
 * |   |-- when a good peer comes while they are quick ... it is refused with busy
 * |   |-- when a good peer comes after that ... it is served, and the slowest stranger is dropped
 * |   |-- when a good peer comes that was believed before ... it is served at once
 * |   `-- when nobody comes ... each is dropped at its deadline, and none of its challenges stays open
 * |-- given a stranger that opens one after the other ... it never has more than one peer's places, and others are served
 * |-- given a good peer and a stranger of one address ... the stranger is dropped first
 * |-- given a payer that is slow with its voucher, and was believed ... its place is free, and it is not dropped
 * `-- given strangers over WebSocket ... the payee counts them by their address, and the good peer trades
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import { dialWebSocket, listenWebSocket } from '../../src/adapters/transport/websocket.ts'
import { manualTimers } from '../../src/testing/manualTimers.ts'
import type { Connection } from '../../src/ports/Transport.ts'
import { Introductions } from '../../src/roles/Introductions.ts'
import { turns } from '../helpers/async.ts'
import { scene, serveAt, startAt } from '../helpers/introductions.ts'
import { itemOf, named } from '../helpers/roleWorld.ts'
import { scripted } from '../helpers/sessions.ts'

const LIMITS = { openMax: 4, knownPlaces: 1, openPerPeerMax: 3, quickMs: 3_000, deadlineMs: 15_000 }
/** What fills the house for whoever was not believed before. */
const STRANGERS = LIMITS.openMax - LIMITS.knownPlaces
const BUSY = { name: 'Session.RefusedError', reason: 'busy' }
const SLOW = 'Session.SlowIntroductionError'

/** As many challenges as places: one that stayed open would be missed. */
async function arrange() {
  const given = await scene({}, { challengesMax: LIMITS.openMax })
  const timers = manualTimers()
  const introductions = new Introductions({ timers, ...LIMITS })
  const { identity: ofPayee, known } = await given.identityOf(given.world.payee)
  const { identity: ofPayer } = await given.identityOf(given.world.payer)
  const identity = { ...ofPayee, introductions }
  /** The payee's end of a connection from an address. */
  const from = (peer: string) => {
    const pair = memoryPair()
    const { frames, closed } = pair.right
    const right = { frames, closed, peer, send: pair.right.send.bind(pair.right), close: () => pair.right.close() }
    return serveAt(given, identity, { ...pair, right })
  }
  const good = async (peer: string) => {
    const { served, pair } = from(peer)
    const session = startAt(given, ofPayer, pair)
    return { served, session }
  }
  const fill = async (count = STRANGERS, addressOf = (index: number) => `stranger ${index}`) => {
    const strangers: ReturnType<typeof from>[] = []
    for (let index = 0; index < count; index++) {
      const stranger = from(addressOf(index))
      strangers.push(stranger)
      // One that says nothing, and others that ask with the good peer's own channel: its id is public.
      if (index > 0) await ask(stranger.pair.left, given.channelId)
    }
    return strangers
  }
  return { ...given, ofPayer, identity, known, timers, from, good, fill }
}

async function ask(connection: Connection, channelId: `0x${string}`) {
  const peer = scripted(connection)
  await peer.say({ type: 'identify', channelId, challenge: named('of a stranger') })
  assert.equal((await peer.hear())?.type, 'identified')
  return peer
}

describe('introductions that strangers hold open', () => {
  describe("given strangers that say nothing, ask and stop there, or name the good peer's channel", () => {
    it('when a good peer comes while they are quick ... it is refused with busy', async () => {
      const { good, fill, timers } = await arrange()
      await fill()
      timers.advance(LIMITS.quickMs - 1)
      const { session, served } = await good('good')
      await assert.rejects(session, BUSY)
      const error = await served
      assert.deepEqual(
        [error?.name, (error as { expected?: unknown }).expected],
        ['Session.TooManyIntroductionsError', STRANGERS],
      )
    })

    it('when a good peer comes after that ... it is served, and the slowest stranger is dropped', async () => {
      const { good, fill, timers } = await arrange()
      const [first, ...others] = await fill()
      timers.advance(LIMITS.quickMs)
      const { session } = await good('good')
      await (await session).pay(itemOf(1n))
      assert.equal((await first!.served)?.name, SLOW)
      assert.equal(await first!.pair.left.closed, undefined)
      for (const other of others) assert.equal(await settled(other.served), false)
    })

    it('when a good peer comes that was believed before ... it is served at once', async () => {
      const { good, fill } = await arrange()
      const before = await good('good')
      await (await before.session).close()
      await before.served
      const strangers = await fill()
      const { session } = await good('good')
      await (await session).pay(itemOf(1n))
      for (const stranger of strangers) assert.equal(await settled(stranger.served), false)
    })

    it('when nobody comes ... each is dropped at its deadline, and none of its challenges stays open', async () => {
      const { fill, timers, identity } = await arrange()
      const strangers = await fill()
      timers.advance(LIMITS.deadlineMs)
      const errors = await Promise.all(strangers.map(({ served }) => served))
      for (const error of errors) assert.equal(error?.name, SLOW)
      for (let count = 0; count < LIMITS.openMax; count++) identity.identities.challenge(named(`room ${count}`))
    })
  })

  it("given a stranger that opens one after the other ... it never has more than one peer's places, and others are served", async () => {
    const { good, from, timers } = await arrange()
    const attempts = Array.from({ length: 50 }, () => from('stranger'))
    await turns()
    const open: unknown[] = []
    for (const attempt of attempts) if (!(await settled(attempt.served))) open.push(attempt)
    assert.equal(open.length, LIMITS.openPerPeerMax)
    timers.advance(LIMITS.quickMs)
    await (await (await good('good')).session).pay(itemOf(1n))
  })

  it('given a good peer and a stranger of one address ... the stranger is dropped first', async () => {
    const { good, fill, timers } = await arrange()
    const strangers = await fill(LIMITS.openPerPeerMax, () => 'shared')
    timers.advance(LIMITS.quickMs)
    await (await (await good('shared')).session).pay(itemOf(1n))
    assert.equal((await strangers[0]!.served)?.name, SLOW)
  })

  it('given a payer that is slow with its voucher, and was believed ... its place is free, and it is not dropped', async () => {
    const { good, fill, timers, known } = await arrange()
    const { session, served } = await good('good')
    const started = await session
    assert.equal(known.length, 1)
    await fill()
    timers.advance(LIMITS.deadlineMs)
    assert.equal(await settled(served), false)
    await started.pay(itemOf(1n))
  })

  it('given strangers over WebSocket ... the payee counts them by their address, and the good peer trades', async (t) => {
    const given = await arrange()
    const peers: unknown[] = []
    const served: Promise<unknown>[] = []
    const onConnection = (right: Connection) => {
      peers.push(right.peer)
      served.push(serveAt(given, given.identity, { left: right, right, cut: () => undefined }).served)
    }
    const listener = await listenWebSocket({ onConnection })
    t.after(() => listener.close())
    const dial = () => dialWebSocket(listener.url)
    for (let count = 0; count < LIMITS.openPerPeerMax; count++) await ask(await dial(), given.channelId)
    await assert.rejects(startAt(given, given.ofPayer, { left: await dial() }), BUSY)
    given.timers.advance(LIMITS.quickMs)
    const session = await startAt(given, given.ofPayer, { left: await dial() })
    await session.pay(itemOf(1n))
    assert.deepEqual(new Set(peers), new Set(['127.0.0.1']))
    assert.equal(((await served[0]) as Error).name, SLOW)
  })
})

/** Whether a promise has an end by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  let isOver = false
  const over = () => (isOver = true)
  promise.then(over, over)
  await turns()
  return isOver
}
