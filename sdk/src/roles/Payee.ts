import type { Address, Hex } from 'viem'
import { isAddressEqual } from 'viem'
import * as Acknowledgement from '../protocol/Acknowledgement.ts'
import * as Agreement from '../protocol/Agreement.ts'
import { fromHex, toHex } from '../protocol/Bytes.ts'
import type * as ChannelMessage from '../protocol/ChannelMessage.ts'
import type { ChannelView } from '../protocol/ChannelView.ts'
import { isBehind, trustedUntil } from '../protocol/ChannelView.ts'
import * as CooperativeClose from '../protocol/CooperativeClose.ts'
import type { Domain } from '../protocol/Domain.ts'
import * as Payment from '../protocol/Payment.ts'
import * as Errors from '../protocol/PaymentErrors.ts'
import * as Tariff from '../protocol/Tariff.ts'
import * as Voucher from '../protocol/Voucher.ts'
import type { Chain } from '../ports/Chain.ts'
import type { Clock } from '../ports/Clock.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { Signer } from '../ports/Signer.ts'
import type { ChannelRecord, Store } from '../ports/Store.ts'
import { requireRecord } from './requireRecord.ts'
import { WriteGuard } from './WriteGuard.ts'

/** What a payee decides for itself. */
export type PayeeTerms = {
  /** Where it wants to be paid: a channel of another beneficiary is refused. */
  readonly beneficiary: Address
  readonly tariff: Tariff.Tariff
  /** Validity of the agreements that it offers, in seconds. */
  readonly validFrom: number
  readonly validUntil: number
  /** What it needs to get a voucher onto the chain before a close, in seconds. */
  readonly settleMarginSeconds: number
  /** Largest difference between a payment's time and its own clock, in seconds. */
  readonly clockSkewMaxSeconds: number
}

/** A payment as the payer sends it: without what the payee computes itself. */
export type OfferedPayment = Omit<Payment.Payment, 'receiptsRoot' | 'agreementHash'>

/** The side that is owed, on one channel. Verifies, persists, and only then says "accepted": serve after that. */
export class Payee {
  readonly #options: Payee.Options
  readonly #digests: Digests
  #progress: Payment.Progress
  /** The newest acknowledgement that was signed. */
  #acknowledged: Acknowledgement.SignedAcknowledgement | undefined
  #newest: Voucher.SignedVoucher | undefined
  #view: ChannelView | undefined
  #agreed: { readonly signed: Agreement.SignedAgreement; readonly hash: Hex } | undefined
  /** Set as soon as it begins to close, so that nothing is accepted meanwhile. Resolves once the close is stored. */
  #closing: Promise<CooperativeClose.CooperativeClose> | undefined
  readonly #guard = new WriteGuard()

  /** Continues a channel where the store left it. Call {@link refresh} before serving a channel never seen on chain. */
  static async open(options: Payee.Options): Promise<Payee> {
    const { record, store, terms, signer, domains } = options
    const { channelId, channel } = record
    requireRecord(record, { domain: domains.escrow, own: signer.signer, ownId: channel.terms.payee })
    if (!isAddressEqual(channel.beneficiary, terms.beneficiary)) {
      throw new Errors.ChannelNotOpenError({ given: `it pays ${channel.beneficiary}, not ${terms.beneficiary}` })
    }
    await store.addChannel(record)
    const payee = new Payee(options)
    payee.#newest = await store.newest(channelId)
    if (payee.#newest !== undefined) payee.#progress = Payment.progressOf(payee.#newest)
    payee.#view = await store.view(channelId)
    const closed = await store.close(channelId)
    if (closed !== undefined) payee.#closing = Promise.resolve(closed)
    await payee.#resumeAgreement()
    return payee
  }

  private constructor(options: Payee.Options) {
    const { record, domains } = options
    const of = { channelId: record.channelId, domain: domains.escrow }
    this.#options = options
    this.#progress = Payment.start(record.channelId)
    this.#digests = {
      voucher: Voucher.hasher(of),
      acknowledgement: Acknowledgement.hasher(of),
      close: CooperativeClose.hasher(of),
    }
  }

  get record(): ChannelRecord {
    return this.#options.record
  }

  /** What was accepted so far. */
  get progress(): Payment.Progress {
    return this.#progress
  }

  get newest(): Voucher.SignedVoucher | undefined {
    return this.#newest
  }

  get view(): ChannelView | undefined {
    return this.#view
  }

  /** Looks at the chain, and keeps what it saw. Throws when the chain cannot be reached; what was seen before stands. */
  async refresh(): Promise<ChannelView> {
    const { record, store, chain } = this.#options
    const view = await chain.view(record.channelId, record.channel)
    if (this.#view !== undefined && isBehind(view, this.#view)) return this.#view
    await this.#guard.keep(store.saveView(record.channelId, view))
    this.#view = view
    return view
  }

  /** The contract under which this payee sells on this channel. */
  async offer(): Promise<Agreement.OfferedAgreement> {
    if (this.#agreed !== undefined) return this.#agreed.signed
    const { signer, domains, terms } = this.#options
    const agreement = this.#agreementOf()
    const payeeSignature = toHex(await signer.sign(fromHex(Agreement.digest(agreement, domains.registry))))
    return { agreement, tariff: terms.tariff, payeeSignature }
  }

  /** Takes the payer's signature under an offer. */
  async agree(offered: Agreement.OfferedAgreement, payerSignature: Hex): Promise<void> {
    const { record, store, verifier, domains } = this.#options
    const digest = fromHex(Agreement.digest(offered.agreement, domains.registry))
    if (!verifier.verify(record.payerSigner, digest, fromHex(payerSignature))) {
      throw new Errors.WrongSignerError({ what: 'agreement', expected: record.payerSigner })
    }
    const hash = Agreement.hash(offered.agreement)
    if (this.#agreed?.hash === hash) return
    const signed = { ...offered, payerSignature }
    await this.#guard.keep(store.saveAgreement(record.channelId, hash, signed))
    this.#agreed = { signed, hash }
  }

  /**
   * Verifies a payment and stores it. Resolves once it is on disk: serve after that, and not before.
   *
   * Cheap tests come first: nobody can make this side check signatures of old, foreign or overdrawn payments.
   */
  async accept(offered: OfferedPayment): Promise<Payment.Payment> {
    const { record, verifier, store } = this.#options
    const { channelId } = record
    if (offered.channelId !== channelId)
      throw new Errors.WrongChannelError({ given: offered.channelId, expected: channelId })
    this.#guard.requireSound()
    if (this.#closing !== undefined) throw new Errors.ChannelNotOpenError({ given: 'this payee signed its close' })
    const agreementHash = this.#requireAgreed(offered)
    const next = this.#expect(offered, agreementHash)
    this.#requireCovered(next.cumulativeAmount, offered.timestamp)
    const signature = fromHex(offered.signature)
    if (!verifier.verify(record.payerSigner, this.#digests.voucher(next), signature)) {
      throw new Errors.WrongSignerError({ what: 'payment', expected: record.payerSigner })
    }

    const payment = { ...offered, agreementHash, receiptsRoot: next.receiptsRoot }
    // Advanced before it is on disk, so that the next payment can be verified meanwhile; a failed write freezes both.
    this.#progress = next
    this.#newest = { channelId, ...next, signature: offered.signature }
    await this.#guard.keep(store.append(payment))
    return payment
  }

  /** Whether this very payment was accepted before, and is on disk. */
  async holds({ version, signature }: OfferedPayment): Promise<boolean> {
    if (version < 1n || version > this.#progress.version) return false
    await this.#guard.flushed()
    for await (const kept of this.#options.store.payments(this.record.channelId, version - 1n)) {
      return kept.version === version && kept.signature === signature
    }
    return false
  }

  /** Signs that it received what it accepted so far: what is on disk, or will be when the signature is given. */
  async acknowledge(): Promise<Acknowledgement.SignedAcknowledgement> {
    const message = { channelId: this.record.channelId, ...this.#progress }
    await this.#guard.flushed()
    // Once a version: a peer that asks again and again must not keep a secure element busy.
    if (this.#acknowledged?.version === message.version) return this.#acknowledged
    const signature = toHex(await this.#options.signer.sign(this.#digests.acknowledgement(message)))
    return (this.#acknowledged = { ...message, signature })
  }

  /**
   * The payee's last act: closes at what it accepted. Stored before it is signed; afterwards nothing is accepted. Asking
   * again gives a signature over the same close.
   */
  async close(): Promise<CooperativeClose.SignedCooperativeClose> {
    this.#closing ??= this.#storeClose()
    const close = await this.#closing
    return { ...close, signature: toHex(await this.#options.signer.sign(this.#digests.close(close))) }
  }

  async #storeClose(): Promise<CooperativeClose.CooperativeClose> {
    const { record, store } = this.#options
    const close = { channelId: record.channelId, ...this.#progress }
    // A payment that is being written belongs to the close, but one that was lost does not: nobody could settle it.
    await this.#guard.flushed()
    await this.#guard.keep(store.saveClose(close))
    return close
  }

  #requireAgreed({ timestamp }: OfferedPayment): Hex {
    if (this.#agreed === undefined) throw new Errors.NotAgreedError({ given: 'the payer has signed none' })
    const { clock, terms } = this.#options
    const now = clock.now()
    Agreement.requireValid(this.#agreed.signed.agreement, timestamp)
    const skewMax = terms.clockSkewMaxSeconds
    if (Math.abs(timestamp - now) > skewMax)
      throw new Errors.WrongTimeError({ given: timestamp, expected: now, skewMax })
    return this.#agreed.hash
  }

  /** The progress that the payment must have signed, by this side's own arithmetic. */
  #expect(offered: OfferedPayment, agreementHash: Hex): Payment.Progress {
    const { terms, record } = this.#options
    const { version, cumulativeAmount, amount, item, timestamp } = offered
    const next = this.#progress.version + 1n
    // Versions in between are those of payments that this side refused, and the payer dropped.
    if (version < next) throw new Errors.StaleVoucherError({ given: version, expected: next })
    const price = Tariff.price(terms.tariff, item.quantity)
    if (price === 0n) throw new Errors.WrongAmountError({ what: 'amount', given: price, expected: 1n })
    if (amount !== price) throw new Errors.WrongAmountError({ what: 'amount', given: amount, expected: price })
    const total = this.#progress.cumulativeAmount + amount
    if (cumulativeAmount !== total)
      throw new Errors.WrongAmountError({ what: 'total', given: cumulativeAmount, expected: total })
    return Payment.advance(this.#progress, {
      channelId: record.channelId,
      step: { amount, agreementHash, item, timestamp },
      version,
    })
  }

  /** Money behind it: deposited at finality, and not about to be closed away. */
  #requireCovered(total: bigint, timestamp: number): void {
    const { terms, record, clock } = this.#options
    const view = this.#view
    if (view === undefined) throw new Errors.ChannelNotOpenError({ given: 'it was never seen in a finalized block' })
    if (view.status !== 'open') throw new Errors.ChannelNotOpenError({ given: view.status })
    if (total > view.deposit) throw new Errors.DepositExceededError({ given: total, deposit: view.deposit })
    const { closeDelaySeconds } = record.channel.terms
    const until = trustedUntil(view, { closeDelaySeconds, settleMarginSeconds: terms.settleMarginSeconds })
    // By either clock: nobody answers for a receipt from after the end of the payer's binding.
    const latest = Math.max(clock.now(), timestamp)
    if (latest >= until) throw new Errors.ChannelClosingError({ given: latest, until })
  }

  #agreementOf(): Agreement.Agreement {
    const { record, terms } = this.#options
    const { payer, terms: channelTerms } = record.channel
    const { tariff, validFrom, validUntil } = terms
    // The channel's id as salt: the same offer again after a crash, and another one on every other channel.
    return {
      payer,
      payee: channelTerms.payee,
      tariffHash: Tariff.hash(tariff),
      validFrom,
      validUntil,
      salt: record.channelId,
    }
  }

  async #resumeAgreement(): Promise<void> {
    const { record, store } = this.#options
    const hash = Agreement.hash(this.#agreementOf())
    const signed = (await store.agreements(record.channelId)).find(
      ({ agreement }) => Agreement.hash(agreement) === hash,
    )
    this.#agreed = signed === undefined ? undefined : { signed, hash }
  }
}
export declare namespace Payee {
  type Options = {
    readonly record: ChannelRecord
    readonly domains: { readonly escrow: Domain; readonly registry: Domain }
    readonly store: Store
    readonly signer: Signer
    readonly verifier: SignatureVerifier
    readonly clock: Clock
    readonly chain: Chain
    readonly terms: PayeeTerms
  }
}

type Digests = {
  readonly voucher: ChannelMessage.Hasher
  readonly acknowledgement: ChannelMessage.Hasher
  readonly close: ChannelMessage.Hasher
}
