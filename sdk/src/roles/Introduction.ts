import type { Hex } from 'viem'
import { keccak256, stringToHex } from 'viem'
import { fromHex, toHex } from '../protocol/Bytes.ts'
import type { Credential } from '../protocol/Credential.ts'
import type { Message } from '../protocol/Message.ts'
import { NotIdentifiedError, RefusedError, UnexpectedMessageError } from '../protocol/SessionErrors.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Signer } from '../ports/Signer.ts'
import type { ChannelRecord } from '../ports/Store.ts'
import type { IdentityVerifier } from './IdentityVerifier.ts'
import { present } from './present.ts'
import type { Verdict } from './verifyPresentation.ts'

/** What the machines of a session show themselves for. */
export const SESSION_PURPOSE = keccak256(stringToHex('musubi/session/1'))

/** How long a presentation is good for: the peer checks it at once. */
const SHOWN_SECONDS = 60

/** What a machine needs to show who answers for it, and to learn who answers for its peer. */
export type SessionIdentity = {
  /** Its own credential, with the newest freshness. Asked for once a session. */
  readonly credential: () => Credential
  readonly signer: Signer
  readonly identities: IdentityVerifier
  readonly clock: Clock
  /** Hears who the peer is before anything is signed or served; refuses it by throwing. */
  readonly onIdentified?: (verdict: Verdict) => void
}

type Of<T extends Message['type']> = Message & { readonly type: T }

/** The payer's part: asks, believes the payee, and only then shows itself. */
export async function introducePayer(options: introducePayer.Options): Promise<Verdict> {
  const { identity, record, ask, send } = options
  const { channelId, channel } = record
  const payee = channel.terms.payee
  const challenge = identity.identities.challenge(SESSION_PURPOSE)
  try {
    const answer = await askToIdentify(ask, { type: 'identify', channelId, challenge })
    const verdict = await believe(identity, { presentation: answer.presentation, challenge, deviceId: payee })
    const presentation = await show(identity, { challenge: answer.challenge, verifierDeviceId: payee })
    await send({ type: 'identity', channelId, presentation })
    return verdict
  } finally {
    identity.identities.withdraw(challenge)
  }
}
export declare namespace introducePayer {
  type Options = {
    readonly identity: SessionIdentity
    readonly record: ChannelRecord
    /** Sends, and gives the payee's next message. */
    readonly ask: (message: Message) => Promise<Message>
    readonly send: (message: Message) => Promise<void>
  }
}

/** The payee's part: answers the payer's question, and then believes it or not. */
export class PayeeIntroduction {
  readonly #identity: SessionIdentity
  #asked: { readonly record: ChannelRecord; readonly challenge: Hex } | undefined
  #identified: Verdict | undefined

  constructor(identity: SessionIdentity) {
    this.#identity = identity
  }

  async answer({ channelId, challenge }: Of<'identify'>, record: ChannelRecord): Promise<Of<'identified'>> {
    if (this.#asked !== undefined) throw new UnexpectedMessageError({ given: 'identify', expected: 'one a session' })
    const own = this.#identity.identities.challenge(SESSION_PURPOSE)
    this.#asked = { record, challenge: own }
    const presentation = await show(this.#identity, { challenge, verifierDeviceId: record.channel.payer })
    return { type: 'identified', channelId, challenge: own, presentation }
  }

  async believe({ channelId, presentation }: Of<'identity'>): Promise<void> {
    const asked = this.#asked
    if (asked?.record.channelId !== channelId || this.#identified !== undefined) {
      throw new UnexpectedMessageError({ given: 'identity', expected: 'one, after identify on this channel' })
    }
    const { record, challenge } = asked
    this.#identified = await believe(this.#identity, { presentation, challenge, deviceId: record.channel.payer })
  }

  /** Before a channel is talked about: its payer is known. */
  require(channelId: Hex): void {
    if (this.#identified !== undefined && this.#asked?.record.channelId === channelId) return
    throw new NotIdentifiedError({ given: 'it said hello first' })
  }

  /** The session is over. */
  end(): void {
    if (this.#asked !== undefined) this.#identity.identities.withdraw(this.#asked.challenge)
  }
}

/** A payee that knows no introductions refuses the question as it refuses any message that it does not know. */
async function askToIdentify(ask: introducePayer.Options['ask'], question: Message): Promise<Of<'identified'>> {
  try {
    const answer = await ask(question)
    if (answer.type === 'identified') return answer
    throw new UnexpectedMessageError({ given: answer.type, expected: 'identified' })
  } catch (cause) {
    if (!(cause instanceof RefusedError) || cause.reason !== 'bad-message') throw cause
    throw new NotIdentifiedError({ given: 'it does not introduce itself', cause })
  }
}

type Showing = { readonly challenge: Hex; readonly verifierDeviceId: Hex }

async function show({ credential, signer, clock }: SessionIdentity, showing: Showing): Promise<Hex> {
  const expiresAt = clock.now() + SHOWN_SECONDS
  return toHex(await present(credential(), { ...showing, purpose: SESSION_PURPOSE, expiresAt, signer }))
}

type Shown = { readonly presentation: Hex; readonly challenge: Hex; readonly deviceId: Hex }

/** Only the device of this channel will do: another one's presentation, however good, is passed on. */
async function believe(identity: SessionIdentity, { presentation, challenge, deviceId }: Shown): Promise<Verdict> {
  try {
    const verdict = await identity.identities.verify(fromHex(presentation), { answering: challenge })
    if (verdict.deviceId !== deviceId.toLowerCase()) {
      throw new NotIdentifiedError({ given: `it is ${verdict.deviceId}, and the channel is of ${deviceId}` })
    }
    identity.onIdentified?.(verdict)
    return verdict
  } catch (cause) {
    if (cause instanceof NotIdentifiedError) throw cause
    throw new NotIdentifiedError({ given: 'what it shows is not believed', cause })
  }
}
