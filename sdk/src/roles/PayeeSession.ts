import type { Hex } from 'viem'
import * as Agreement from '../protocol/Agreement.ts'
import type { Message } from '../protocol/Message.ts'
import * as Wire from '../protocol/Message.ts'
import type { Payment } from '../protocol/Payment.ts'
import * as Errors from '../protocol/PaymentErrors.ts'
import { UnexpectedMessageError } from '../protocol/SessionErrors.ts'
import type { Timers } from '../ports/Timers.ts'
import type { Connection } from '../ports/Transport.ts'
import { ConnectionLostError } from '../ports/TransportErrors.ts'
import type { PayeeIdentity } from './Introduction.ts'
import { PayeeIntroduction } from './Introduction.ts'
import { ANSWER_TIMEOUT_MS, Patience } from './Patience.ts'
import type { OfferedPayment, Payee } from './Payee.ts'
import { UnknownChannelError, refusalOf } from './refusalOf.ts'

/** Payments of one connection that may wait for the disk at a time. More of them wait in the network. */
const IN_FLIGHT_MAX = 256
/** How long a payer may stay connected without paying, unless told otherwise: it can always connect again. */
const IDLE_TIMEOUT_MS = 600_000

/**
 * Serves one payer's connection until it ends: offers the agreement, tells what it holds to whoever signs that with the
 * payer's key, and takes payments.
 * Resolves when the connection has ended, with the error that ended it, if any: a peer's fault is no exception here.
 */
export async function servePayer(options: servePayer.Options): Promise<Error | undefined> {
  const session = new PayeeSession(options)
  return session.run()
}
export declare namespace servePayer {
  type Options = {
    readonly connection: Connection
    /** The payee of a channel; undefined for a channel that this machine does not serve. */
    readonly payeeOf: (channelId: Hex) => Promise<Payee | undefined>
    /** Called after a payment is verified and on disk, and before the payer hears of it: serve here. */
    readonly onAccepted?: (payment: Payment) => void
    readonly timers: Timers
    /** Given, a payer must show who answers for it before it says hello, and is shown who answers for the payee. */
    readonly identity?: PayeeIdentity
    /** How long the payer may take to say hello, to agree, and to take an answer, in milliseconds. */
    readonly answerTimeoutMs?: number
    /** How long it may say nothing after that, in milliseconds. */
    readonly idleTimeoutMs?: number
  }
}

class PayeeSession {
  readonly #options: servePayer.Options
  readonly #introduction: PayeeIntroduction | undefined
  #payee: Payee | undefined
  #offered: Agreement.OfferedAgreement | undefined
  /** The version that the payer was told when it had agreed, or was answered since. Until it has agreed it is told nothing. */
  #told: bigint | undefined
  readonly #inFlight = new Set<Promise<void>>()
  /** Of the newest message: what a refusal is about. */
  #channelId: Hex = NO_CHANNEL
  #failure: { readonly error: Error; readonly channelId: Hex } | undefined
  /** For what the payer owes at once. */
  readonly #patience: Patience
  /** For its next payment. */
  readonly #idling: Patience
  readonly #failed: Promise<void>
  #resolveFailed: () => void = () => undefined

  constructor(options: servePayer.Options) {
    this.#options = options
    this.#failed = new Promise((resolve) => (this.#resolveFailed = resolve))
    const { identity } = options
    this.#introduction = identity === undefined ? undefined : new PayeeIntroduction(identity)
    const { timers, answerTimeoutMs = ANSWER_TIMEOUT_MS, idleTimeoutMs = IDLE_TIMEOUT_MS } = options
    const onSilence = (error: Error) => this.#giveUp(error)
    this.#patience = new Patience({ timers, timeoutMs: answerTimeoutMs, onSilence })
    this.#idling = new Patience({ timers, timeoutMs: idleTimeoutMs, onSilence })
  }

  async run(): Promise<Error | undefined> {
    const { connection } = this.#options
    this.#beginIntroduction()
    // A failed payment must not wait for the next frame.
    await Promise.race([this.#read(), this.#failed])
    this.#idling.end()
    // At once: a peer that takes no refusal must not keep others from introducing themselves.
    this.#introduction?.end()
    // What was accepted before the end is written, served and answered, also before a refusal.
    await Promise.all(this.#inFlight)
    if (this.#failure !== undefined) await this.#refuse(this.#failure)
    this.#patience.end()
    await connection.close()
    return this.#failure?.error ?? (await connection.closed)
  }

  #beginIntroduction(): void {
    try {
      this.#introduction?.begin({ peer: this.#options.connection.peer, onOver: (error) => this.#giveUp(error) })
    } catch (error) {
      this.#fail(error)
    }
  }

  async #read(): Promise<void> {
    try {
      let heard = this.#awaitPayer()
      for await (const frame of this.#options.connection.frames) {
        heard()
        if (this.#failure !== undefined) return
        const message = Wire.decode(frame)
        this.#channelId = message.channelId
        await this.#handle(message)
        heard = this.#awaitPayer()
      }
      heard()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Begins to wait for the payer's next message. */
  #awaitPayer(): () => void {
    if (this.#told !== undefined) return this.#idling.owe('a payment')
    return this.#patience.owe(this.#offered === undefined ? 'hello' : 'agree')
  }

  async #handle(message: Message): Promise<void> {
    switch (message.type) {
      case 'identify':
        return this.#identify(message)
      case 'identity':
        return this.#requireIntroduction(message).believe(message)
      case 'hello':
        return this.#welcome(message.channelId)
      case 'agree':
        return this.#agree(message)
      case 'payment':
        return this.#pay(message)
      case 'acknowledge':
        return this.#acknowledge(message.channelId)
      default:
        throw new UnexpectedMessageError({ given: message.type, expected: 'hello, agree, payment or acknowledge' })
    }
  }

  async #identify(message: Message & { readonly type: 'identify' }): Promise<void> {
    const introduction = this.#requireIntroduction(message)
    const { record } = await this.#served(message.channelId)
    await this.#send(await introduction.answer(message, record))
  }

  async #welcome(channelId: Hex): Promise<void> {
    if (this.#payee !== undefined) throw new UnexpectedMessageError({ given: 'hello', expected: 'one a session' })
    this.#introduction?.require(channelId)
    const payee = await this.#served(channelId)
    this.#payee = payee
    this.#offered = await payee.offer()
    await this.#send({ type: 'offer', channelId, offered: this.#offered })
  }

  /** Channel ids are public: what was paid is told to nobody who has not signed with the payer's key. */
  async #agree(message: Message & { readonly type: 'agree' }): Promise<void> {
    const payee = this.#requireGreeted(message.channelId)
    if (this.#offered === undefined) throw new UnexpectedMessageError({ given: 'agree', expected: 'hello' })
    const expected = Agreement.hash(this.#offered.agreement)
    if (message.agreementHash !== expected) {
      throw new Errors.NotAgreedError({ given: `${message.agreementHash} is signed, and ${expected} is offered` })
    }
    await payee.agree(this.#offered, message.signature)
    const { newest } = payee
    const { channelId } = message
    this.#told = payee.progress.version
    await this.#send(newest === undefined ? { type: 'empty', channelId } : { type: 'newest', ...newest })
  }

  /** Verifies now, in order; the disk may take several payments at once. */
  async #pay(message: Message & { readonly type: 'payment' }): Promise<void> {
    const { type: _, reference, quantity, ...payment } = message
    const payee = this.#require(message.channelId)
    const offered = { ...payment, item: { reference, quantity } }
    const accepting = this.#take(payee, offered).catch((error: unknown) => this.#fail(error))
    this.#inFlight.add(accepting)
    void accepting.finally(() => this.#inFlight.delete(accepting))
    if (this.#inFlight.size >= IN_FLIGHT_MAX) await Promise.race(this.#inFlight)
  }

  async #take(payee: Payee, offered: OfferedPayment): Promise<void> {
    try {
      const payment = await payee.accept(offered)
      this.#options.onAccepted?.(payment)
    } catch (error) {
      if (!(error instanceof Errors.StaleVoucherError) || !(await this.#isRepeated(payee, offered))) throw error
    }
    const { channelId, version, cumulativeAmount } = offered
    if (version > (this.#told ?? 0n)) this.#told = version
    await this.#answer({ type: 'accepted', channelId, version, cumulativeAmount })
  }

  /**
   * Whether a payment came over the payer's last connection as well: what lay in it may have been read after this one's
   * hello was answered. Then it is accepted, and was served. Once for each version: nobody may ask the store for ever.
   */
  async #isRepeated(payee: Payee, offered: OfferedPayment): Promise<boolean> {
    return offered.version > (this.#told ?? 0n) && (await payee.holds(offered))
  }

  /** Remembers the first failure, and ends the session with it. */
  #fail(error: unknown): void {
    if (this.#failure !== undefined) return
    this.#failure = { error: error instanceof Error ? error : new Error(String(error)), channelId: this.#channelId }
    this.#resolveFailed()
  }

  /** The payer is connected, and owes something for too long. What is sent to it waits no longer, either. */
  #giveUp(error: Error): void {
    this.#fail(error)
    void this.#options.connection.close()
  }

  /** Tells a payer that may be gone: then the end of the connection says why, and the next session tells it again. */
  async #answer(message: Message): Promise<void> {
    try {
      await this.#send(message)
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error
    }
  }

  async #acknowledge(channelId: Hex): Promise<void> {
    const payee = this.#require(channelId)
    // All that came before the question belongs into the answer.
    await Promise.all(this.#inFlight)
    await this.#send({ type: 'acknowledgement', ...(await payee.acknowledge()) })
  }

  #require(channelId: Hex): Payee {
    const payee = this.#requireGreeted(channelId)
    if (this.#told === undefined) throw new UnexpectedMessageError({ given: 'a message', expected: 'agree' })
    return payee
  }

  async #served(channelId: Hex): Promise<Payee> {
    const payee = await this.#options.payeeOf(channelId)
    if (payee === undefined) throw new UnknownChannelError(channelId)
    return payee
  }

  #requireIntroduction({ type }: Message): PayeeIntroduction {
    if (this.#introduction === undefined || this.#payee !== undefined) {
      throw new UnexpectedMessageError({ given: type, expected: 'hello, agree, payment or acknowledge' })
    }
    return this.#introduction
  }

  #requireGreeted(channelId: Hex): Payee {
    const payee = this.#payee
    if (payee === undefined) throw new UnexpectedMessageError({ given: 'a message', expected: 'hello' })
    const expected = payee.record.channelId
    if (channelId !== expected) throw new Errors.WrongChannelError({ given: channelId, expected })
    return payee
  }

  async #send(message: Message): Promise<void> {
    const taken = this.#patience.owe(`its taking of ${message.type}`)
    try {
      await this.#options.connection.send(Wire.encode(message))
    } finally {
      taken()
    }
  }

  /** Tells the peer why, when it can still be told. */
  async #refuse({ error, channelId }: { readonly error: Error; readonly channelId: Hex }): Promise<void> {
    const version = this.#told === undefined ? 0n : (this.#payee?.progress.version ?? 0n)
    const refused: Message = { type: 'refused', channelId, version, reason: refusalOf(error) }
    await this.#send(refused).catch(() => undefined)
  }
}

/** For messages so broken that they name no channel. */
const NO_CHANNEL: Hex = `0x${'00'.repeat(32)}`
