/**
 * PayerSession.start
 * |-- says hello with the version that it has signed
 * |-- given something else than an offer ... it throws UnexpectedMessageError
 * |-- given an answer that is neither newest nor empty ... it throws UnexpectedMessageError
 * |-- given a refusal ... it throws RefusedError with the reason
 * |-- given an answer of another channel ... it throws WrongChannelError
 * |-- given bytes that are no message ... it throws BadMessageError
 * |-- given a newest voucher that it never signed ... it throws WrongSignerError
 * |-- given an offer outside its policy ... it throws LimitExceededError
 * |-- given a connection that ends ... it throws SessionEndedError
 * |-- closes the connection whenever it throws
 * `-- given a payee that is behind ... it sends what is missing, in order, before anything else
 * PayerSession.pay
 * |-- given an accepted version that was never sent, or twice ... the session ends
 * |-- given an accepted total that it did not sign ... the session ends
 * |-- given bytes that are no message, or a message that does not belong here ... the session ends
 * |-- given a refusal ... it throws RefusedError
 * |-- given a session that has ended ... it throws SessionEndedError, and signs nothing
 * `-- given its own limits ... it throws LimitExceededError, and the session goes on
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Hex } from 'viem'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import type { Message } from '../../src/protocol/Message.ts'
import { turns } from '../helpers/async.ts'
import { PRICE, agreedRoles, itemOf, named, roleWorld } from '../helpers/roleWorld.ts'
import { greetAsPayee, meet, scripted, serve, startSession } from '../helpers/sessions.ts'

/** A payer that begins a session with a peer that says what the test tells it to. */
async function starting() {
  const world = roleWorld()
  const { payer, payee } = await agreedRoles(world)
  const pair = memoryPair()
  const peer = scripted(pair.right)
  const { channelId } = world.record
  const empty: Message = { type: 'empty', channelId }
  const offer: Message = { type: 'offer', channelId, offered: await payee.offer() }
  return { world, payer, payee, pair, peer, channelId, empty, offer }
}

/** The same, with the handshake done. */
async function started() {
  const scene = await starting()
  const session = startSession(scene.payer, scene.pair)
  await greetAsPayee(scene.peer, scene.payee)
  return { ...scene, session: await session }
}

describe('PayerSession.start', () => {
  it('says hello with the version that it has signed', async () => {
    const { payer, pair, peer, channelId } = await starting()
    await payer.pay(itemOf(1n))
    const session = startSession(payer, pair)
    assert.deepEqual(await peer.hear(), { type: 'hello', channelId, version: 1n })
    await peer.close()
    await assert.rejects(session, { name: 'Session.SessionEndedError' })
  })

  type Scene = Awaited<ReturnType<typeof starting>>
  const refused: [string, (scene: Scene) => Promise<void>, object][] = [
    [
      'given an answer that is neither newest nor empty ... it throws UnexpectedMessageError',
      async ({ peer, offer }) => {
        await peer.say(offer)
        await peer.say(offer)
      },
      { name: 'Session.UnexpectedMessageError', given: 'offer', expected: 'newest or empty' },
    ],
    [
      "given an answer that is neither newest nor empty ... it throws UnexpectedMessageError (a payer's message)",
      async ({ peer, offer, channelId }) => {
        await peer.say(offer)
        await peer.say({ type: 'hello', channelId, version: 0n })
      },
      { name: 'Session.UnexpectedMessageError', given: 'hello' },
    ],
    [
      'given something else than an offer ... it throws UnexpectedMessageError',
      ({ peer, empty }) => peer.say(empty),
      { name: 'Session.UnexpectedMessageError', given: 'empty', expected: 'offer' },
    ],
    [
      'given a refusal ... it throws RefusedError with the reason',
      ({ peer, channelId }) => peer.say({ type: 'refused', channelId, version: 0n, reason: 'unknown-channel' }),
      { name: 'Session.RefusedError', reason: 'unknown-channel' },
    ],
    [
      'given an answer of another channel ... it throws WrongChannelError',
      ({ peer }) => peer.say({ type: 'empty', channelId: named('another channel') }),
      { name: 'Payment.WrongChannelError', given: named('another channel') },
    ],
    [
      'given bytes that are no message ... it throws BadMessageError',
      ({ peer }) => peer.sayBytes(Uint8Array.of(1, 2, 3)),
      { name: 'Codec.BadMessageError' },
    ],
    [
      'given a newest voucher that it never signed ... it throws WrongSignerError',
      async ({ peer, offer, channelId }) => {
        await peer.say(offer)
        const forged = { version: 9n, cumulativeAmount: 9n * PRICE, receiptsRoot: named('receipts') }
        await peer.say({ type: 'newest', channelId, ...forged, signature: `0x${'11'.repeat(64)}` })
      },
      { name: 'Payment.WrongSignerError' },
    ],
    [
      'given an offer outside its policy ... it throws LimitExceededError',
      async ({ world, peer, channelId }) => {
        const terms = { ...world.terms, tariff: { ...world.terms.tariff, pricePerUnit: PRICE + 1n } }
        await peer.say({ type: 'offer', channelId, offered: await (await world.openPayee({ terms })).offer() })
      },
      { name: 'Payment.LimitExceededError', given: PRICE + 1n, expected: PRICE },
    ],
    [
      'given a connection that ends ... it throws SessionEndedError (in peace)',
      ({ peer }) => peer.close(),
      { name: 'Session.SessionEndedError' },
    ],
    [
      'given a connection that ends ... it throws SessionEndedError (lost)',
      async ({ pair }) => pair.cut(),
      { name: 'Session.SessionEndedError' },
    ],
  ]
  for (const [title, act, expected] of refused) {
    it(title, async () => {
      const scene = await starting()
      const session = startSession(scene.payer, scene.pair)
      await scene.peer.hear()
      await act(scene)
      await assert.rejects(session, expected)
      // Closes the connection whenever it throws.
      while ((await scene.peer.hear()) !== undefined);
      await scene.pair.left.closed
      assert.equal(scene.payer.progress.version, 0n)
    })
  }

  it('given a connection that ended before ... it throws SessionEndedError', async () => {
    const { payer, pair } = await starting()
    pair.cut()
    await assert.rejects(startSession(payer, pair), { name: 'Session.SessionEndedError' })
  })

  it('given a payee that is behind ... it sends what is missing, in order, before anything else', async () => {
    const world = roleWorld()
    const { payer, payee } = await agreedRoles(world)
    const payments = []
    for (const units of [1n, 2n, 3n, 4n]) payments.push(await payer.pay(itemOf(units)))
    await payee.accept(payments[0]!)
    const accepted: bigint[] = []
    const pair = memoryPair()
    const served = serve(payee, pair, ({ version }) => accepted.push(version))
    const session = await startSession(payer, pair)
    assert.deepEqual(accepted, [2n, 3n, 4n])
    assert.deepEqual(payee.progress, payer.progress)
    assert.equal((await session.pay(itemOf(1n))).version, 5n)
    await session.close()
    assert.equal(await served, undefined)
  })
})

describe('PayerSession.pay', () => {
  type Started = Awaited<ReturnType<typeof started>>
  const accepted = (channelId: Hex, version: bigint, cumulativeAmount: bigint): Message => ({
    type: 'accepted',
    channelId,
    version,
    cumulativeAmount,
  })
  const endings: [string, (scene: Started) => Promise<void>, object][] = [
    [
      'given an accepted version that was never sent, or twice ... the session ends (never sent)',
      ({ peer, channelId }) => peer.say(accepted(channelId, 2n, PRICE)),
      { name: 'Session.UnexpectedMessageError', given: `accepted 2 with the total ${PRICE}` },
    ],
    [
      'given an accepted total that it did not sign ... the session ends',
      ({ peer, channelId }) => peer.say(accepted(channelId, 1n, PRICE + 1n)),
      { name: 'Session.UnexpectedMessageError' },
    ],
    [
      'given bytes that are no message, or a message that does not belong here ... the session ends (bytes)',
      ({ peer }) => peer.sayBytes(new Uint8Array(4096).fill(1)),
      { name: 'Codec.BadMessageError' },
    ],
    [
      'given bytes that are no message, or a message that does not belong here ... the session ends (offer)',
      ({ peer, offer }) => peer.say(offer),
      { name: 'Session.UnexpectedMessageError', given: 'offer' },
    ],
    [
      'given bytes that are no message, or a message that does not belong here ... the session ends (another channel)',
      ({ peer }) => peer.say(accepted(named('another channel'), 1n, PRICE)),
      { name: 'Payment.WrongChannelError' },
    ],
    [
      'given bytes that are no message, or a message that does not belong here ... the session ends (acknowledgement)',
      async ({ peer, payee }) => peer.say({ type: 'acknowledgement', ...(await payee.acknowledge()) }),
      { name: 'Session.UnexpectedMessageError', given: 'acknowledgement' },
    ],
  ]
  for (const [title, act, cause] of endings) {
    it(title, async () => {
      const scene = await started()
      const paying = scene.session.pay(itemOf(1n))
      assert.equal((await scene.peer.hear())?.type, 'payment')
      await act(scene)
      await assert.rejects(paying, (error: Error) => {
        assert.equal(error.name, 'Session.SessionEndedError')
        assert.throws(() => {
          throw error.cause
        }, cause)
        return true
      })
      assert.equal(await scene.peer.hear(), undefined)
      assert.equal(scene.payer.progress.version, 1n)
    })
  }

  it('given an accepted version that was never sent, or twice ... the session ends (twice)', async () => {
    const { session, peer, channelId } = await started()
    const paying = session.pay(itemOf(1n))
    await peer.hear()
    await peer.say(accepted(channelId, 1n, PRICE))
    await paying
    await peer.say(accepted(channelId, 1n, PRICE))
    assert.equal(await peer.hear(), undefined)
  })

  it('given a refusal ... it throws RefusedError', async () => {
    const { session, peer, channelId } = await started()
    const paying = [session.pay(itemOf(1n)), session.pay(itemOf(1n))]
    await peer.hear()
    await peer.say({ type: 'refused', channelId, version: 0n, reason: 'deposit-exceeded' })
    for (const each of paying) {
      await assert.rejects(each, { name: 'Session.RefusedError', reason: 'deposit-exceeded' })
    }
  })

  it('given a session that has ended ... it throws SessionEndedError, and signs nothing', async () => {
    for (const end of [(scene: Started) => scene.session.close(), async (scene: Started) => scene.pair.cut()]) {
      const scene = await started()
      await end(scene)
      await turns()
      await assert.rejects(scene.session.pay(itemOf(1n)), { name: 'Session.SessionEndedError' })
      assert.equal(scene.payer.progress.version, 0n)
    }
  })

  it('given its own limits ... it throws LimitExceededError, and the session goes on', async () => {
    const world = roleWorld()
    const { session, served } = await meet(await agreedRoles(world))
    await assert.rejects(session.pay(itemOf(101n)), { name: 'Payment.LimitExceededError' })
    assert.equal((await session.pay(itemOf(100n))).version, 1n)
    await session.close()
    assert.equal(await served, undefined)
  })
})
