/**
 * introduction, the payer's side
 * |-- given a payee that does not introduce itself ... it throws NotIdentifiedError
 * |-- given a payee that answers with something else ... it throws UnexpectedMessageError
 * |-- given a payee that shows another device's presentation ... it throws NotIdentifiedError, and shows nothing
 * |-- given a payee that shows another binding of its device ... it throws NotIdentifiedError, and shows nothing
 * |-- given a payee that shows what is for another role or channel ... it throws NotIdentifiedError
 * `-- given a payee that is silent ... it throws SilentPeerError
 * introduction of both
 * |-- given both identities ... each learns who answers for the other, and they trade
 * |-- given a presentation that a payee passes on to a third machine ... that one refuses it
 * `-- when sessions end, however they end ... no challenge stays open
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import * as Bindings from '../../src/protocol/Binding.ts'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import { sessionPurpose } from '../../src/roles/Introduction.ts'
import { present } from '../../src/roles/present.ts'
import { manualTimers } from '../../src/testing/manualTimers.ts'
import { credentialOf } from '../helpers/identities.ts'
import { FRESH, scene, serveAt, startAt } from '../helpers/introductions.ts'
import { itemOf, named, secp256k1Machine } from '../helpers/roleWorld.ts'
import { scripted } from '../helpers/sessions.ts'

const NOT_IDENTIFIED = 'Session.NotIdentifiedError'
const UNEXPECTED = 'Session.UnexpectedMessageError'

describe("introduction, the payer's side", () => {
  it('given a payee that does not introduce itself ... it throws NotIdentifiedError', async () => {
    const given = await scene()
    const { served, pair } = serveAt(given)
    const { identity } = await given.identityOf(given.world.payer)
    await assert.rejects(startAt(given, identity, pair), { name: NOT_IDENTIFIED })
    assert.equal((await served)?.name, UNEXPECTED)
  })

  it('given a payee that answers with something else ... it throws UnexpectedMessageError', async () => {
    const given = await scene()
    const pair = memoryPair()
    const peer = scripted(pair.right)
    const { identity } = await given.identityOf(given.world.payer)
    const started = startAt(given, identity, pair)
    assert.equal((await peer.hear())?.type, 'identify')
    await peer.say({ type: 'offer', channelId: given.channelId, offered: await given.payee.offer() })
    await assert.rejects(started, { name: UNEXPECTED, given: 'offer', expected: 'identified' })
  })

  it("given a payee that shows another device's presentation ... it throws NotIdentifiedError, and shows nothing", async () => {
    const given = await scene()
    const impostor = secp256k1Machine('another charger')
    const { served, pair } = serveAt(given, (await given.identityOf(impostor)).identity)
    const { identity, known } = await given.identityOf(given.world.payer)
    await assert.rejects(startAt(given, identity, pair), { name: NOT_IDENTIFIED })
    assert.deepEqual(known, [])
    // The payer has left without a word about itself.
    assert.equal(await served, undefined)
  })

  it('given a payee that shows another binding of its device ... it throws NotIdentifiedError, and shows nothing', async () => {
    const given = await scene()
    const { payee, payer, record } = given.world
    // A renewal: the same party, and another binding than the channel names.
    const renewed = await credentialOf(payee, { ...FRESH, binding: { previous: record.channel.terms.payeeBinding } })
    const { served, pair } = serveAt(given, (await given.identityOf(payee, renewed)).identity)
    const { identity, known } = await given.identityOf(payer)
    await assert.rejects(startAt(given, identity, pair), (error: Error) => {
      const { name, given: shown, expected } = error.cause as Error & { given: unknown; expected: unknown }
      assert.deepEqual([shown, expected], [Bindings.id(renewed.binding), record.channel.terms.payeeBinding])
      return error.name === NOT_IDENTIFIED && name === 'Session.WrongBindingError'
    })
    assert.deepEqual(known, [])
    assert.equal(await served, undefined)
  })

  it('given a payee that shows what is for another role or channel ... it throws NotIdentifiedError', async () => {
    const wrong = [
      ['payer', (await scene()).channelId],
      ['payee', named('another channel')],
    ] as const
    for (const [role, ofChannel] of wrong) {
      const given = await scene()
      const { payee, payer, clock } = given.world
      const { identity } = await given.identityOf(payer)
      const pair = memoryPair()
      const peer = scripted(pair.right)
      const started = startAt(given, identity, pair)
      const question = await peer.hear()
      assert(question?.type === 'identify')
      const { challenge, channelId } = question
      const purpose = sessionPurpose({ role, channelId: ofChannel })
      const showing = { verifierDeviceId: SignerId.of(payer.signer), challenge, purpose, expiresAt: clock.now() + 60 }
      const presentation = toHex(await present(await credentialOf(payee, FRESH), { ...showing, signer: payee }))
      await peer.say({ type: 'identified', channelId, challenge: named('c'), presentation })
      await assert.rejects(started, (error: Error) => {
        assert.equal((error.cause as Error).name, 'Presentation.WrongPurposeError')
        return error.name === NOT_IDENTIFIED
      })
    }
  })

  it('given a payee that is silent ... it throws SilentPeerError', async () => {
    const given = await scene()
    const timers = manualTimers()
    const { identity } = await given.identityOf(given.world.payer)
    const pair = memoryPair()
    const started = startAt(given, identity, pair, timers)
    assert.equal((await scripted(pair.right).hear())?.type, 'identify')
    timers.advance(30_000)
    await assert.rejects(started, (error: Error) => {
      const { name, expected } = error.cause as Error & { expected: unknown }
      assert.deepEqual({ name, expected }, { name: 'Session.SilentPeerError', expected: 'identified' })
      return error.name === 'Session.SessionEndedError'
    })
  })
})

describe('introduction of both', () => {
  const KINDS = ['secp256k1', 'p256'] as const
  for (const kind of KINDS) {
    it(`given both identities ... each learns who answers for the other, and they trade (${kind})`, async () => {
      const given = await scene({ payerKind: kind, payeeKind: kind })
      const [ofPayer, ofPayee] = [await given.identityOf(given.world.payer), await given.identityOf(given.world.payee)]
      for (let session = 1; session <= 2; session++) {
        const { served, pair } = serveAt(given, ofPayee.identity)
        const started = await startAt(given, ofPayer.identity, pair)
        await started.pay(itemOf(1n))
        await started.close()
        assert.equal(await served, undefined)
      }
      const { channel } = given.world.record
      assert.deepEqual(
        ofPayer.known.map(({ deviceId, keyType }) => [deviceId, keyType]),
        Array(2).fill([channel.terms.payee, kind]),
      )
      assert.deepEqual(
        ofPayee.known.map(({ deviceId, keyType }) => [deviceId, keyType]),
        Array(2).fill([channel.payer, kind]),
      )
      assert.equal(given.payee.progress.version, 2n)
    })
  }

  it('given a presentation that a payee passes on to a third machine ... that one refuses it', async () => {
    // The payer shows itself to a charger that it trusts; the charger tries to be that payer elsewhere.
    const given = await scene()
    const victim = await given.identityOf(given.world.payer)
    const third = await given.identityOf(secp256k1Machine('third machine'))
    const { channelId } = given
    const challenge = third.identity.identities.challenge(sessionPurpose({ role: 'payer', channelId }))
    const pair = memoryPair()
    const peer = scripted(pair.right)
    const started = startAt(given, victim.identity, pair)
    const question = await peer.hear()
    assert(question?.type === 'identify')
    const { payer, payee } = given.world
    const showing = {
      verifierDeviceId: SignerId.of(payer.signer),
      challenge: question.challenge,
      purpose: sessionPurpose({ role: 'payee', channelId }),
    }
    const own = await present(await credentialOf(payee, FRESH), {
      ...showing,
      expiresAt: given.world.clock.now() + 60,
      signer: payee,
    })
    await peer.say({ type: 'identified', channelId, challenge, presentation: toHex(own) })
    const answer = await peer.hear()
    assert(answer?.type === 'identity')
    const passedOn = third.identity.identities.verify(fromHex(answer.presentation))
    await assert.rejects(passedOn, { name: 'Presentation.WrongVerifierError' })
    await peer.close()
    await assert.rejects(started)
  })

  it('when sessions end, however they end ... no challenge stays open', async () => {
    const given = await scene({}, { challengesMax: 1 })
    const [ofPayer, ofPayee] = [await given.identityOf(given.world.payer), await given.identityOf(given.world.payee)]
    for (const last of ['leaves', 'refused', 'trades']) {
      const { served, pair } = serveAt(given, ofPayee.identity)
      if (last === 'trades') {
        await (await startAt(given, ofPayer.identity, pair)).close()
      } else {
        const peer = scripted(pair.left)
        await peer.say({ type: 'identify', channelId: given.channelId, challenge: named('c') })
        assert.equal((await peer.hear())?.type, 'identified')
        if (last === 'refused') await peer.say({ type: 'hello', channelId: given.channelId, version: 0n })
        else await peer.close()
      }
      await served
      const unknown = serveAt(given)
      await assert.rejects(startAt(given, ofPayer.identity, unknown.pair), { name: NOT_IDENTIFIED })
      await unknown.served
      // With one left open there would be no room for another.
      for (const { identities } of [ofPayer.identity, ofPayee.identity]) {
        identities.withdraw(identities.challenge(named('room for one')))
      }
    }
  })
})
