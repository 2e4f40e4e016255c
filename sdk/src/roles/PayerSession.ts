import type { SignedAcknowledgement } from '../protocol/Acknowledgement.ts'
import type { Item } from '../protocol/Item.ts'
import type { Message, Refusal } from '../protocol/Message.ts'
import * as Wire from '../protocol/Message.ts'
import type { Payment, Progress } from '../protocol/Payment.ts'
import { progressOf, start } from '../protocol/Payment.ts'
import { WrongChannelError } from '../protocol/PaymentErrors.ts'
import { RefusedError, SessionEndedError, UnexpectedMessageError } from '../protocol/SessionErrors.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { Timers } from '../ports/Timers.ts'
import type { Connection } from '../ports/Transport.ts'
import type { Domain } from '../protocol/Domain.ts'
import type { SessionIdentity } from './Introduction.ts'
import { introducePayer } from './Introduction.ts'
import { ANSWER_TIMEOUT_MS, Patience } from './Patience.ts'
import type { Meeting, Payer } from './Payer.ts'
import { paymentFrame } from './paymentFrame.ts'
import { requireAcknowledged } from './requireAcknowledged.ts'

/**
 * A payer's conversation with its payee over one connection: hello, the agreement, what the payee holds, what it missed;
 * then payments. When the connection is lost, start a new session on a new one.
 */
export class PayerSession {
  readonly #payer: Payer
  readonly #connection: Connection
  readonly #options: PayerSession.Options
  readonly #frames: AsyncIterator<Uint8Array>
  readonly #waiting = new Map<bigint, Waiter & { readonly progress: Progress }>()
  readonly #acknowledging: Waiter<SignedAcknowledgement>[] = []
  /** Where the payee stands by what it said last. */
  #held: Progress
  /** Where it stands once it has all that was sent. */
  #sent: Progress
  #meeting: Meeting = 0
  /** One message after the other: the network may hold each of them up, and payments must not overtake each other. */
  #sending: Promise<void> = Promise.resolve()
  readonly #patience: Patience
  #ended: Error | undefined

  /** Says hello, agrees, and sends again what the payee has not accepted yet. */
  static async start(options: PayerSession.Options): Promise<PayerSession> {
    const session = new PayerSession(options)
    try {
      await session.#introduce()
      await session.#shakeHands()
      void session.#listen()
      await session.#catchUp()
      return session
    } catch (error) {
      session.#patience.end()
      await options.connection.close()
      throw error
    }
  }

  private constructor(options: PayerSession.Options) {
    this.#options = options
    this.#payer = options.payer
    this.#held = start(options.payer.record.channelId)
    this.#sent = this.#held
    this.#connection = options.connection
    this.#frames = options.connection.frames[Symbol.asyncIterator]()
    const { timers, answerTimeoutMs = ANSWER_TIMEOUT_MS } = options
    this.#patience = new Patience({ timers, timeoutMs: answerTimeoutMs, onSilence: (error) => this.#giveUp(error) })
  }

  /**
   * Pays for an item. Resolves once the payee has verified and stored the payment. When it rejects with
   * `SessionEndedError`, the payment may be signed: the payer's progress tells, and the next session sends it. When it
   * rejects with `RefusedError`, the next session sends it again, unless it is one of those that are refused for ever
   * ({@link DROPPED}): then it is dropped, and what it was for can be paid anew.
   */
  async pay(item: Item): Promise<Payment> {
    // Nothing is signed for nobody: what a payer has signed it owes.
    this.#requireOpen()
    const payment = await this.#payer.pay(item)
    await this.#deliver(payment)
    return payment
  }

  /** Asks the payee to sign what it received, and checks that it is all that was sent before. */
  async acknowledge(): Promise<SignedAcknowledgement> {
    this.#requireOpen()
    const expected = this.#sent
    const answer = this.#owed<SignedAcknowledgement>('acknowledgement', (waiter) => {
      this.#acknowledging.push(waiter)
    })
    await this.#send({ type: 'acknowledge', channelId: this.#channelId })
    const { verifier, escrowDomain } = this.#options
    return requireAcknowledged(await answer, { record: this.#payer.record, expected, verifier, escrowDomain })
  }

  async close(): Promise<void> {
    this.#end(new SessionEndedError({ cause: undefined }))
    await this.#connection.close()
  }

  /** Who is there, before anything is said about money. */
  async #introduce(): Promise<void> {
    const { identity } = this.#options
    if (identity === undefined) return
    const ask = (message: Message) => this.#ask('identified', message)
    const send = (message: Message) => this.#send(message)
    await introducePayer({ identity, record: this.#payer.record, ask, send })
  }

  async #shakeHands(): Promise<void> {
    const { version } = this.#payer.progress
    const offer = await this.#ask('offer', { type: 'hello', channelId: this.#channelId, version })
    if (offer.type !== 'offer') throw new UnexpectedMessageError({ given: offer.type, expected: 'offer' })
    const agreed = await this.#payer.agree(offer.offered)
    const state = await this.#ask('newest or empty', { type: 'agree', channelId: this.#channelId, ...agreed })
    if (state.type !== 'newest' && state.type !== 'empty') {
      throw new UnexpectedMessageError({ given: state.type, expected: 'newest or empty' })
    }
    const newest = state.type === 'newest' ? state : undefined
    this.#meeting = await this.#payer.reconcile(newest)
    if (newest !== undefined) this.#held = progressOf(newest)
    this.#sent = this.#held
  }

  async #catchUp(): Promise<void> {
    for await (const payment of this.#payer.paymentsAfter(this.#sent.version)) await this.#deliver(payment)
  }

  async #deliver(payment: Payment): Promise<void> {
    this.#requireOpen()
    const before = this.#sent.version
    this.#sent = progressOf(payment)
    const accepted = this.#expectAnswer(payment)
    await this.#inTurn(async () => {
      if (payment.version > before + 1n) await this.#sendBetween(before, payment.version)
      await this.#connection.send(paymentFrame(payment))
    })
    await accepted
  }

  /** Payments that were signed for the session before this one, and stored after this one had caught up. */
  async #sendBetween(afterVersion: bigint, version: bigint): Promise<void> {
    for await (const missed of this.#payer.paymentsAfter(afterVersion)) {
      if (missed.version >= version) return
      void this.#expectAnswer(missed)
      await this.#connection.send(paymentFrame(missed))
    }
  }

  #expectAnswer(payment: Payment): Promise<void> {
    const { version } = payment
    return this.#owed(`accepted ${version}`, (waiter) => {
      this.#waiting.set(version, { ...waiter, progress: progressOf(payment) })
    })
  }

  /** What the payee owes from now on; `keep` puts away who waits for it. */
  #owed<T = void>(what: string, keep: (waiter: Waiter<T>) => void): Promise<T> {
    const settled = this.#patience.owe(what)
    const answer = new Promise<T>((resolve, reject) => keep({ resolve, reject })).finally(settled)
    // It may fail before the sending does: whoever waits for it hears of it, but until then it is nobody's.
    answer.catch(() => undefined)
    return answer
  }

  /** Hands answers to those who wait for them, until the connection ends or the payee refuses. */
  async #listen(): Promise<void> {
    try {
      for (;;) this.#dispatch(await this.#next())
    } catch (error) {
      const failure = error instanceof Error ? error : new SessionEndedError({ cause: error })
      this.#ended ??= failure
      this.#patience.end()
      this.#end(await this.#dropRefused(failure))
      await this.#connection.close()
    }
  }

  /** What is refused for ever must not stand before all later payments. Gives what ends the session. */
  async #dropRefused(failure: Error): Promise<Error> {
    if (!(failure instanceof RefusedError) || !DROPPED.includes(failure.reason)) return failure
    // Another version than was heard of last: the payee took payments over another connection, perhaps these.
    if (failure.version !== this.#held.version) return failure
    try {
      await this.#payer.drop(this.#held, this.#meeting)
      return failure
    } catch (error) {
      return error as Error
    }
  }

  #dispatch(message: Message): void {
    if (message.type === 'accepted') {
      const { version, cumulativeAmount } = message
      const waiter = this.#waiting.get(version)
      if (waiter?.progress.cumulativeAmount !== cumulativeAmount) {
        const given = `accepted ${version} with the total ${cumulativeAmount}`
        throw new UnexpectedMessageError({ given, expected: 'a payment that was sent and not answered' })
      }
      this.#waiting.delete(version)
      if (version > this.#held.version) this.#held = waiter.progress
      waiter.resolve()
    } else if (message.type === 'acknowledgement' && this.#acknowledging.length > 0) {
      this.#acknowledging.shift()?.resolve(message)
    } else {
      throw new UnexpectedMessageError({ given: message.type, expected: 'an answer to what was sent' })
    }
  }

  #giveUp(error: Error): void {
    this.#end(error)
    void this.#connection.close()
  }

  #end(cause: Error): void {
    this.#ended ??= cause
    this.#patience.end()
    const ended = cause instanceof RefusedError || cause instanceof SessionEndedError
    const error = ended ? cause : new SessionEndedError({ cause })
    for (const { reject } of this.#waiting.values()) reject(error)
    for (const { reject } of this.#acknowledging) reject(error)
    this.#waiting.clear()
    this.#acknowledging.length = 0
  }

  async #next(): Promise<Message> {
    const next = await this.#frames.next()
    if (next.done === true) throw new SessionEndedError({ cause: this.#ended ?? (await this.#connection.closed) })
    const message = Wire.decode(next.value)
    if (message.type === 'refused') throw new RefusedError(message)
    if (message.channelId !== this.#channelId)
      throw new WrongChannelError({ given: message.channelId, expected: this.#channelId })
    return message
  }

  async #ask(expected: string, message: Message): Promise<Message> {
    const settled = this.#patience.owe(expected)
    await this.#send(message).catch(async (error: unknown) => {
      // A payee that has no place says so, and closes before it is asked: its word is there to be read.
      await this.#next()
      throw error
    })
    const answer = await this.#next()
    settled()
    return answer
  }

  async #send(message: Message): Promise<void> {
    await this.#inTurn(() => this.#connection.send(Wire.encode(message)))
  }

  async #inTurn(send: () => Promise<void>): Promise<void> {
    const sent = this.#sending.then(send)
    this.#sending = sent
    try {
      await sent
    } catch (cause) {
      throw new SessionEndedError({ cause: this.#ended ?? cause })
    }
  }

  #requireOpen(): void {
    if (this.#ended === undefined) return
    throw this.#ended instanceof SessionEndedError ? this.#ended : new SessionEndedError({ cause: this.#ended })
  }

  get #channelId() {
    return this.#payer.record.channelId
  }
}
export declare namespace PayerSession {
  type Options = {
    readonly payer: Payer
    readonly connection: Connection
    readonly verifier: SignatureVerifier
    readonly escrowDomain: Domain
    readonly timers: Timers
    /** Given, the payee must show who answers for it, and is shown who answers for the payer. */
    readonly identity?: SessionIdentity
    /** How long the payee may owe an answer, in milliseconds. */
    readonly answerTimeoutMs?: number
  }
}

/** Refusals of a payment that no later session takes back: by its time, its price, its agreement, or its total. */
const DROPPED: readonly Refusal[] = [
  'wrong-time',
  'wrong-amount',
  'wrong-agreement',
  'wrong-signer',
  'deposit-exceeded',
]

type Waiter<T = void> = { readonly resolve: (value: T) => void; readonly reject: (error: Error) => void }
