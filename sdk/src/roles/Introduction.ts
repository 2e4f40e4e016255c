import type { Hex } from 'viem'
import { concatHex, keccak256, stringToHex } from 'viem'
import { fromHex, toHex } from '../protocol/Bytes.ts'
import type { Credential } from '../protocol/Credential.ts'
import type { Message } from '../protocol/Message.ts'
import {
  NotIdentifiedError,
  RefusedError,
  UnexpectedMessageError,
  WrongBindingError,
} from '../protocol/SessionErrors.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Signer } from '../ports/Signer.ts'
import type { ChannelRecord } from '../ports/Store.ts'
import type { IdentityVerifier } from './IdentityVerifier.ts'
import type { Introductions } from './Introductions.ts'
import { present } from './present.ts'
import type { Verdict } from './verifyPresentation.ts'

/**
 * What a machine shows itself for in a session: as payer or as payee, on one channel. So what is shown in one role or on one
 * channel is of no use in another.
 */
export function sessionPurpose({ role, channelId }: sessionPurpose.Options): Hex {
  return keccak256(concatHex([stringToHex(`musubi/session/1/${role}`), channelId]))
}
export declare namespace sessionPurpose {
  type Options = {
    /** Of the machine that shows itself. */
    readonly role: 'payer' | 'payee'
    readonly channelId: Hex
  }
}

/** How long a presentation is good for: the peer checks it at once. */
const SHOWN_SECONDS = 60

/**
 * What a machine needs to show who answers for it, and to learn who answers for its peer. Both show the very bindings that
 * the channel names: who pays for it is liable for it. A binding that is renewed, or given a new key, needs a new channel.
 */
export type SessionIdentity = {
  /** Its own credential, with the newest freshness. Asked for once a session. */
  readonly credential: () => Credential
  readonly signer: Signer
  readonly identities: IdentityVerifier
  readonly clock: Clock
  /** Hears who the peer is before anything is signed or served; refuses it by throwing. */
  readonly onIdentified?: (verdict: Verdict) => void
}

/** What a payee needs beside that: places for those who are introducing themselves, shared by all of its sessions. */
export type PayeeIdentity = SessionIdentity & { readonly introductions: Introductions }

type Of<T extends Message['type']> = Message & { readonly type: T }

/** The payer's part: asks, believes the payee, and only then shows itself. */
export async function introducePayer(options: introducePayer.Options): Promise<Verdict> {
  const { identity, record, ask, send } = options
  const { channelId, channel } = record
  const { payee, payeeBinding } = channel.terms
  const challenge = identity.identities.challenge(sessionPurpose({ role: 'payee', channelId }))
  try {
    const answer = await askToIdentify(ask, { type: 'identify', channelId, challenge })
    const expected = { deviceId: payee, bindingId: payeeBinding }
    const verdict = await believe(identity, { presentation: answer.presentation, challenge, expected })
    const purpose = sessionPurpose({ role: 'payer', channelId })
    const presentation = await show(identity, { challenge: answer.challenge, verifierDeviceId: payee, purpose })
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
  readonly #identity: PayeeIdentity
  #place: Introductions.Begun | undefined
  #asked: { readonly record: ChannelRecord; readonly challenge: Hex } | undefined
  #identified: Verdict | undefined

  constructor(identity: PayeeIdentity) {
    this.#identity = identity
  }

  /** From the first moment: who connects and says nothing takes a place, too. Throws when there is none. */
  begin({ peer, onOver }: Introductions.Beginning): void {
    this.#place = this.#identity.introductions.begin({
      peer,
      onOver: (error) => {
        this.end()
        onOver(error)
      },
    })
  }

  async answer({ channelId, challenge }: Of<'identify'>, record: ChannelRecord): Promise<Of<'identified'>> {
    if (this.#asked !== undefined) throw new UnexpectedMessageError({ given: 'identify', expected: 'one a session' })
    const own = this.#identity.identities.challenge(sessionPurpose({ role: 'payer', channelId }))
    this.#asked = { record, challenge: own }
    const purpose = sessionPurpose({ role: 'payee', channelId })
    const presentation = await show(this.#identity, { challenge, verifierDeviceId: record.channel.payer, purpose })
    return { type: 'identified', channelId, challenge: own, presentation }
  }

  async believe({ channelId, presentation }: Of<'identity'>): Promise<void> {
    const asked = this.#asked
    if (asked?.record.channelId !== channelId || this.#identified !== undefined) {
      throw new UnexpectedMessageError({ given: 'identity', expected: 'one, after identify on this channel' })
    }
    const { record, challenge } = asked
    const { payer, terms } = record.channel
    const expected = { deviceId: payer, bindingId: terms.payerBinding }
    this.#identified = await believe(this.#identity, { presentation, challenge, expected })
    this.#place?.succeed()
  }

  /** Before a channel is talked about: its payer is known. */
  require(channelId: Hex): void {
    if (this.#identified !== undefined && this.#asked?.record.channelId === channelId) return
    throw new NotIdentifiedError({ given: 'it said hello first' })
  }

  /** The session is over. */
  end(): void {
    this.#place?.leave()
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

type Showing = { readonly challenge: Hex; readonly verifierDeviceId: Hex; readonly purpose: Hex }

async function show({ credential, signer, clock }: SessionIdentity, showing: Showing): Promise<Hex> {
  const expiresAt = clock.now() + SHOWN_SECONDS
  return toHex(await present(credential(), { ...showing, expiresAt, signer }))
}

type Shown = {
  readonly presentation: Hex
  readonly challenge: Hex
  /** Of the channel. */
  readonly expected: Pick<Verdict, 'deviceId' | 'bindingId'>
}

/** Only the device of this channel will do, under the binding of this channel: a device can have bindings to several parties. */
async function believe(identity: SessionIdentity, { presentation, challenge, expected }: Shown): Promise<Verdict> {
  try {
    const verdict = await identity.identities.verify(fromHex(presentation), { answering: challenge })
    requireOfChannel(verdict, expected)
    identity.onIdentified?.(verdict)
    return verdict
  } catch (cause) {
    if (cause instanceof NotIdentifiedError) throw cause
    throw new NotIdentifiedError({ given: 'what it shows is not believed', cause })
  }
}

function requireOfChannel({ deviceId, bindingId }: Verdict, expected: Shown['expected']): void {
  if (deviceId !== expected.deviceId.toLowerCase()) {
    throw new NotIdentifiedError({ given: `it is ${deviceId}, and the channel is of ${expected.deviceId}` })
  }
  if (bindingId !== expected.bindingId.toLowerCase()) {
    throw new WrongBindingError({ given: bindingId, expected: expected.bindingId })
  }
}
