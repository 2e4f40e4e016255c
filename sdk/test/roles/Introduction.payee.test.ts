/**
 * introduction, the payee's side
 * |-- given a payer that says hello first ... it refuses with not-identified, and offers nothing
 * |-- given a payer that shows no presentation of its device ... it refuses with not-identified (...)
 * |-- given a payer that shows another binding of its device ... it refuses with not-identified
 * |-- given an identity before identify, or twice ... it refuses with bad-message
 * |-- given identify twice, or after hello ... it refuses with bad-message
 * |-- given identify of a channel that it does not serve ... it refuses with unknown-channel
 * |-- given hello of another channel than was introduced ... it refuses with not-identified
 * |-- given an identity that was recorded in an earlier session ... it refuses with not-identified
 * |-- given a payer that its caller refuses ... it refuses with not-identified
 * |-- given as many open challenges as its verifier keeps ... it refuses with busy, and serves the payer later
 * |-- given a payer that takes no refusal ... its challenge is withdrawn at once
 * `-- given no identity of its own ... it refuses identify with bad-message
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Hex } from 'viem'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import * as Bindings from '../../src/protocol/Binding.ts'
import { toHex } from '../../src/protocol/Bytes.ts'
import type { Credential } from '../../src/protocol/Credential.ts'
import type { Message, Refusal } from '../../src/protocol/Message.ts'
import * as Wire from '../../src/protocol/Message.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import type { SessionIdentity } from '../../src/roles/Introduction.ts'
import { sessionPurpose } from '../../src/roles/Introduction.ts'
import { present } from '../../src/roles/present.ts'
import type { Verdict } from '../../src/roles/verifyPresentation.ts'
import { credentialOf } from '../helpers/identities.ts'
import { FRESH, scene, serveAt, startAt } from '../helpers/introductions.ts'
import { named, secp256k1Machine } from '../helpers/roleWorld.ts'
import { scripted } from '../helpers/sessions.ts'

/** A payee that demands identity, and a payer by hand. */
async function asked(overrides: Partial<SessionIdentity> = {}) {
  const given = await scene()
  const { identity } = await given.identityOf(given.world.payee)
  const { served, pair } = serveAt(given, { ...identity, ...overrides })
  const peer = scripted(pair.left)
  const { channelId } = given
  const ask = async () => {
    await peer.say({ type: 'identify', channelId, challenge: named('of the payer') })
    const answer = await peer.hear()
    assert(answer?.type === 'identified')
    return answer.challenge
  }
  const show = async (challenge: Hex, changed: Partial<present.Options> = {}, credential?: Credential) => {
    const { payer, payee } = given.world
    const purpose = sessionPurpose({ role: 'payer', channelId })
    const showing = { verifierDeviceId: SignerId.of(payee.signer), challenge, purpose }
    const shown = credential ?? (await credentialOf(changed.signer ?? payer, FRESH))
    const expiresAt = given.world.clock.now() + 60
    const bytes = await present(shown, { ...showing, expiresAt, signer: payer, ...changed })
    const identityMessage: Message = { type: 'identity', channelId, presentation: toHex(bytes) }
    await peer.say(identityMessage)
    return identityMessage
  }
  const requireRefused = async (reason: Refusal, name: string, cause?: string) => {
    const heard = await peer.hear()
    assert.deepEqual(heard, { ...heard, type: 'refused', version: 0n, reason })
    assert.equal(await peer.hear(), undefined)
    const error = await served
    assert(error?.name === name)
    if (cause !== undefined) assert.equal((error.cause as Error).name, cause)
    return error
  }
  return { ...given, identity, peer, ask, show, requireRefused }
}

const NOT_IDENTIFIED = 'Session.NotIdentifiedError'
const UNEXPECTED = 'Session.UnexpectedMessageError'

describe("introduction, the payee's side", async () => {
  it('given a payer that says hello first ... it refuses with not-identified, and offers nothing', async () => {
    const { peer, channelId, requireRefused } = await asked()
    await peer.say({ type: 'hello', channelId, version: 0n })
    await requireRefused('not-identified', NOT_IDENTIFIED)
    const given = await scene()
    const { served, pair } = serveAt(given, (await given.identityOf(given.world.payee)).identity)
    const refused = { name: 'Session.RefusedError', reason: 'not-identified' }
    await assert.rejects(startAt(given, undefined, pair), refused)
    assert.equal((await served)?.name, NOT_IDENTIFIED)
  })

  const other = secp256k1Machine('another car')
  const purposeOf = (role: 'payer' | 'payee', channelId: Hex) => sessionPurpose({ role, channelId })
  const { channelId: CHANNEL } = (await scene()).world.record
  const wrong: readonly (readonly [string, Partial<present.Options>, string | undefined])[] = [
    ['another device', { signer: other }, undefined],
    ['another challenge', { challenge: named('other') }, 'Presentation.WrongChallengeError'],
    ['another verifier', { verifierDeviceId: named('other') }, 'Presentation.WrongVerifierError'],
    ['another purpose', { purpose: named('other') }, 'Presentation.WrongPurposeError'],
    ['the other role', { purpose: purposeOf('payee', CHANNEL) }, 'Presentation.WrongPurposeError'],
    ['another channel', { purpose: purposeOf('payer', named('other')) }, 'Presentation.WrongPurposeError'],
  ]
  for (const [name, changed, cause] of wrong) {
    it(`given a payer that shows no presentation of its device ... it refuses with not-identified (${name})`, async () => {
      const { ask, show, requireRefused } = await asked()
      await show(await ask(), changed)
      await requireRefused('not-identified', NOT_IDENTIFIED, cause)
    })
  }

  it('given a payer that shows no presentation of its device ... it refuses with not-identified (stale, garbage)', async () => {
    const stale = await asked()
    await stale.show(await stale.ask(), {}, await credentialOf(stale.world.payer))
    await stale.requireRefused('not-identified', NOT_IDENTIFIED, 'Presentation.MissingFreshnessError')
    const garbage = await asked()
    await garbage.ask()
    await garbage.peer.say({ type: 'identity', channelId: garbage.channelId, presentation: '0x0102' })
    await garbage.requireRefused('not-identified', NOT_IDENTIFIED, 'Presentation.BadLayoutError')
  })

  it('given a payer that shows another binding of its device ... it refuses with not-identified', async () => {
    // The same device, and another party that answers for it: not the one that pays on this channel.
    const known: Verdict[] = []
    const { ask, show, world, requireRefused } = await asked({ onIdentified: (verdict) => void known.push(verdict) })
    const lessor = secp256k1Machine('another party')
    const binding = { partyId: SignerId.of(lessor.signer) }
    const lent = await credentialOf(world.payer, { ...FRESH, party: lessor, binding })
    await show(await ask(), {}, lent)
    const error = await requireRefused('not-identified', NOT_IDENTIFIED, 'Session.WrongBindingError')
    const { given, expected } = error.cause as Error & { given: Hex; expected: Hex }
    assert.deepEqual([given, expected], [Bindings.id(lent.binding), world.record.channel.terms.payerBinding])
    assert.deepEqual(known, [])
  })

  it('given an identity before identify, or twice ... it refuses with bad-message', async () => {
    const early = await asked()
    await early.show(named('made up'))
    await early.requireRefused('bad-message', UNEXPECTED)
    const twice = await asked()
    const challenge = await twice.ask()
    await twice.show(challenge)
    await twice.show(challenge)
    await twice.requireRefused('bad-message', UNEXPECTED)
  })

  it('given identify twice, or after hello ... it refuses with bad-message', async () => {
    const twice = await asked()
    await twice.ask()
    const question: Message = { type: 'identify', channelId: twice.channelId, challenge: named('again') }
    await twice.peer.say(question)
    await twice.requireRefused('bad-message', UNEXPECTED)
    const late = await asked()
    await late.show(await late.ask())
    await late.peer.say({ type: 'hello', channelId: late.channelId, version: 0n })
    assert.equal((await late.peer.hear())?.type, 'offer')
    await late.peer.say(question)
    await late.requireRefused('bad-message', UNEXPECTED)
  })

  it('given identify of a channel that it does not serve ... it refuses with unknown-channel', async () => {
    const { peer, requireRefused } = await asked()
    await peer.say({ type: 'identify', channelId: named('another channel'), challenge: named('c') })
    await requireRefused('unknown-channel', 'Payment.ChannelNotOpenError')
  })

  it('given hello of another channel than was introduced ... it refuses with not-identified', async () => {
    const { peer, ask, show, requireRefused } = await asked()
    await show(await ask())
    await peer.say({ type: 'hello', channelId: named('another channel'), version: 0n })
    await requireRefused('not-identified', NOT_IDENTIFIED)
  })

  it('given an identity that was recorded in an earlier session ... it refuses with not-identified', async () => {
    const first = await asked()
    const recorded = await first.show(await first.ask())
    await first.peer.close()
    const { served, pair } = serveAt(first, first.identity)
    const peer = scripted(pair.left)
    await peer.say({ type: 'identify', channelId: first.channelId, challenge: named('of the payer') })
    assert.equal((await peer.hear())?.type, 'identified')
    await peer.say(recorded)
    const heard = await peer.hear()
    assert(heard?.type === 'refused' && heard.reason === 'not-identified')
    assert.equal(((await served)?.cause as Error).name, 'Presentation.WrongChallengeError')
  })

  it('given a payer that its caller refuses ... it refuses with not-identified', async () => {
    const onIdentified = () => {
      throw new TypeError('not one of ours')
    }
    const { ask, show, requireRefused } = await asked({ onIdentified })
    await show(await ask())
    await requireRefused('not-identified', NOT_IDENTIFIED, 'TypeError')
  })

  it('given as many open challenges as its verifier keeps ... it refuses with busy, and serves the payer later', async () => {
    const given = await scene({}, { challengesMax: 1 })
    const [ofPayer, ofPayee] = [await given.identityOf(given.world.payer), await given.identityOf(given.world.payee)]
    const stranger = serveAt(given, ofPayee.identity)
    const peer = scripted(stranger.pair.left)
    await peer.say({ type: 'identify', channelId: given.channelId, challenge: named('c') })
    assert.equal((await peer.hear())?.type, 'identified')
    const honest = serveAt(given, ofPayee.identity)
    const busy = { name: 'Session.RefusedError', reason: 'busy' }
    await assert.rejects(startAt(given, ofPayer.identity, honest.pair), busy)
    assert.equal((await honest.served)?.name, 'IdentityVerifier.TooManyChallengesError')
    await peer.close()
    await stranger.served
    const again = serveAt(given, ofPayee.identity)
    await (await startAt(given, ofPayer.identity, again.pair)).close()
    assert.equal(await again.served, undefined)
  })

  it('given a payer that takes no refusal ... its challenge is withdrawn at once', async () => {
    const given = await scene({}, { challengesMax: 1 })
    const { identity } = await given.identityOf(given.world.payee)
    const pair = memoryPair()
    let beginRefusal: () => void = () => undefined
    let takeRefusal: () => void = () => undefined
    const refusing = new Promise<void>((resolve) => (beginRefusal = resolve))
    const taken = new Promise<void>((resolve) => (takeRefusal = resolve))
    const send = async (frame: Uint8Array) => {
      if (Wire.decode(frame).type !== 'refused') return pair.right.send(frame)
      beginRefusal()
      return taken
    }
    const { frames, closed } = pair.right
    const right = { frames, closed, send, close: () => pair.right.close() }
    const { served } = serveAt(given, identity, { ...pair, right })
    const peer = scripted(pair.left)
    await peer.say({ type: 'identify', channelId: given.channelId, challenge: named('c') })
    assert.equal((await peer.hear())?.type, 'identified')
    await peer.say({ type: 'hello', channelId: given.channelId, version: 0n })
    await refusing
    try {
      // With one left open there would be no room for another.
      assert.ok(identity.identities.challenge(named('another conversation')))
    } finally {
      takeRefusal()
      await served
    }
  })

  it('given no identity of its own ... it refuses identify with bad-message', async () => {
    const given = await scene()
    const { served, pair } = serveAt(given)
    const peer = scripted(pair.left)
    await peer.say({ type: 'identify', channelId: given.channelId, challenge: named('c') })
    const heard = await peer.hear()
    assert(heard?.type === 'refused' && heard.reason === 'bad-message')
    assert.equal((await served)?.name, UNEXPECTED)
  })
})
