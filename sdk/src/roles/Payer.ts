import type { Hex } from 'viem'
import { isAddressEqual } from 'viem'
import * as Agreement from '../protocol/Agreement.ts'
import { fromHex, toHex } from '../protocol/Bytes.ts'
import type * as ChannelMessage from '../protocol/ChannelMessage.ts'
import type { ChannelView } from '../protocol/ChannelView.ts'
import { isBehind } from '../protocol/ChannelView.ts'
import type { Domain } from '../protocol/Domain.ts'
import type { Item } from '../protocol/Item.ts'
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

/** What a payer signs at most, whatever its peer says. All amounts in token base units. */
export type PayerLimits = {
  readonly maxPerPayment: bigint
  /** On this channel in all; at most its deposit. */
  readonly maxTotal: bigint
  /** End of the payer's binding, in seconds, exclusive. */
  readonly validUntilSeconds: number
  /** The tariffs it accepts. */
  readonly tariff: { readonly currency: string; readonly unit: string; readonly maxPricePerUnit: bigint }
}

/**
 * The side that owes, on one channel. Checks its own limits, persists, and only then hands out what it signed; signs one
 * voucher a version, for ever.
 */
export class Payer {
  readonly #options: Payer.Options
  readonly #voucherDigest: ChannelMessage.Hasher
  #progress: Payment.Progress
  #view: ChannelView | undefined
  /** With its hash, which every payment names. */
  #agreed: { readonly signed: Agreement.SignedAgreement; readonly hash: Hex } | undefined
  readonly #guard = new WriteGuard()
  /** Signing is asynchronous, and versions must not overtake each other. */
  #turn: Promise<unknown> = Promise.resolve()
  /** Times that a payee was met: a refusal counts only while nobody was met since. */
  #meetings = 0

  /** Continues a channel where the store left it. */
  static async open(options: Payer.Options): Promise<Payer> {
    const { record, store, domains, signer } = options
    const { channelId, channel } = record
    requireRecord(record, { domain: domains.escrow, own: signer.signer, ownId: channel.payer })
    await store.addChannel(record)
    const newest = await store.newest(channelId)
    const progress = newest === undefined ? Payment.start(channelId) : Payment.progressOf(newest)
    const payer = new Payer(options, progress, Voucher.hasher({ channelId, domain: domains.escrow }))
    payer.#view = await store.view(channelId)
    return payer
  }

  private constructor(options: Payer.Options, progress: Payment.Progress, voucherDigest: ChannelMessage.Hasher) {
    this.#options = options
    this.#progress = progress
    this.#voucherDigest = voucherDigest
  }

  get record(): ChannelRecord {
    return this.#options.record
  }

  /** What was signed so far. */
  get progress(): Payment.Progress {
    return this.#progress
  }

  get view(): ChannelView | undefined {
    return this.#view
  }

  /**
   * Looks at the chain, and keeps what it saw: what is settled there this payer has signed, whatever its store and its payee
   * say. For a device that has a way to the chain; do it above all after a backup was restored.
   */
  async refresh(chain: Chain): Promise<ChannelView> {
    const { record, store } = this.#options
    const view = await chain.view(record.channelId, record.channel)
    if (this.#view !== undefined && isBehind(view, this.#view)) return this.#view
    await this.#guard.keep(store.saveView(record.channelId, view))
    this.#view = view
    return view
  }

  /** The payments that a payee at `afterVersion` has not seen. */
  paymentsAfter(afterVersion: bigint): AsyncIterable<Payment.Payment> {
    return this.#options.store.payments(this.record.channelId, afterVersion)
  }

  /**
   * Compares the payee's newest voucher with what this side remembers. A payee that is behind is sent the rest; one that
   * is ahead proves by this payer's own signature what a restored backup forgot, and the payer continues from there.
   */
  async reconcile(newest: Voucher.SignedVoucher | undefined): Promise<Meeting> {
    if (newest === undefined) return ++this.#meetings
    this.#requireChannel(newest.channelId)
    this.#requireOwnSignature(newest)
    // A payment that is signed meanwhile could take a version that the payee's newest voucher has already.
    return this.#inTurn(async () => {
      await this.#catchUpWith(newest)
      return ++this.#meetings
    })
  }

  async #catchUpWith(newest: Voucher.SignedVoucher): Promise<void> {
    const own = this.#progress
    if (newest.version > own.version) {
      // Its total may be smaller than the own one: what was dropped after the backup had a version, too.
      await this.#guard.keep(this.#options.store.adopt(Voucher.signedPart(newest)))
      this.#progress = Payment.progressOf(newest)
      return
    }
    const kept = newest.version === own.version ? own : await this.#paymentAt(newest.version)
    if (kept === undefined) return
    requireSame(newest.cumulativeAmount, kept.cumulativeAmount)
    requireSame(newest.receiptsRoot, kept.receiptsRoot)
  }

  /** The payment of a version; undefined when it was lost, or dropped. */
  async #paymentAt(version: bigint): Promise<Payment.Payment | undefined> {
    for await (const payment of this.paymentsAfter(version - 1n))
      return payment.version === version ? payment : undefined
    return undefined
  }

  /**
   * Gives up what the payee refused behind what it holds, so that the next payment goes on from there. The versions stay
   * used: a voucher of a new one repeats what the payee holds. It is kept, and sent to nobody: the next payment says more.
   * What was signed may still be settled; the largest single total pays, so this promises nothing on top of it.
   */
  async drop(held: Payment.Progress, meeting: Meeting): Promise<void> {
    await this.#inTurn(async () => {
      if (meeting !== this.#meetings || held.version === this.#progress.version) return
      this.#guard.requireSound()
      this.#requireAboveSettled(held.cumulativeAmount)
      const { store, signer } = this.#options
      const next = { ...held, version: this.#progress.version + 1n }
      const signature = toHex(await signer.sign(this.#voucherDigest(next)))
      this.#progress = next
      await this.#guard.keep(store.adopt({ channelId: this.record.channelId, ...next, signature }))
    })
  }

  /** Signs the payee's offer, when it is within the limits. Signing it again gives the signature that was kept. */
  async agree(offered: Agreement.OfferedAgreement): Promise<{ agreementHash: Hex; signature: Hex }> {
    const { record, store, signer, domains } = this.#options
    const { agreement } = offered
    const agreementHash = Agreement.hash(agreement)
    this.#requireAcceptable(offered)
    const kept = (await store.agreements(record.channelId)).find(
      (signed) => Agreement.hash(signed.agreement) === agreementHash,
    )
    if (kept !== undefined) {
      this.#agreed = { signed: kept, hash: agreementHash }
      return { agreementHash, signature: kept.payerSignature }
    }

    const signature = toHex(await signer.sign(fromHex(Agreement.digest(agreement, domains.registry))))
    const signed = { ...offered, payerSignature: signature }
    await this.#guard.keep(store.saveAgreement(record.channelId, agreementHash, signed))
    this.#agreed = { signed, hash: agreementHash }
    return { agreementHash, signature }
  }

  /** Signs the next payment: what the agreed tariff asks for the item, and nothing else. Resolves once it is on disk. */
  async pay(item: Item): Promise<Payment.Payment> {
    const { payment, stored } = await this.#inTurn(() => this.#signNext(item))
    await stored
    return payment
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async #signNext(item: Item): Promise<{ payment: Payment.Payment; stored: Promise<void> }> {
    const { record, store, signer, clock } = this.#options
    const channelId = record.channelId
    this.#guard.requireSound()
    if (this.#view?.status === 'closed') throw new Errors.ChannelNotOpenError({ given: 'closed' })
    this.#requireAboveSettled(this.#progress.cumulativeAmount)
    const timestamp = clock.now()
    const { signed, hash: agreementHash } = this.#requireAgreed(timestamp)
    const amount = Tariff.price(signed.tariff, item.quantity)
    const step = { amount, agreementHash, item, timestamp }
    const next = Payment.advance(this.#progress, { channelId, step })
    this.#requireWithinLimits(amount, next.cumulativeAmount, timestamp)

    const signature = toHex(await signer.sign(this.#voucherDigest(next)))
    const payment = { channelId, ...step, ...next, signature }
    // Advanced before it is on disk: should the write fail, the version stays used, and the channel is frozen.
    this.#progress = next
    return { payment, stored: this.#guard.keep(store.append(payment)) }
  }

  /** Nothing is signed on a total that the chain has left behind: its version may be used already. */
  #requireAboveSettled(given: bigint): void {
    const settled = this.#view?.settled ?? 0n
    if (given < settled) throw new Errors.BehindChainError({ given, settled })
  }

  #requireAgreed(atSeconds: number): { readonly signed: Agreement.SignedAgreement; readonly hash: Hex } {
    if (this.#agreed === undefined) throw new Errors.NotAgreedError({ given: 'none was signed in this session' })
    Agreement.requireValid(this.#agreed.signed.agreement, atSeconds)
    return this.#agreed
  }

  #requireWithinLimits(amount: bigint, total: bigint, atSeconds: number): void {
    const { maxPerPayment, maxTotal, validUntilSeconds } = this.#options.limits
    if (amount <= 0n) throw new Errors.WrongAmountError({ what: 'amount', given: amount, expected: 1n })
    if (amount > maxPerPayment) {
      throw new Errors.LimitExceededError({ limit: 'maxPerPayment', given: amount, allowed: maxPerPayment })
    }
    if (total > maxTotal) throw new Errors.LimitExceededError({ limit: 'maxTotal', given: total, allowed: maxTotal })
    if (atSeconds >= validUntilSeconds)
      throw new Errors.ChannelClosingError({ given: atSeconds, until: validUntilSeconds })
  }

  #requireAcceptable(offered: Agreement.OfferedAgreement): void {
    const { record, verifier, domains, clock, limits } = this.#options
    const { agreement, tariff, payeeSignature } = offered
    const { payer, terms, token } = record.channel
    Agreement.requireTariff(offered)
    if (agreement.payer !== payer || agreement.payee !== terms.payee) {
      throw new Errors.NotAgreedError({ given: `it is between ${agreement.payer} and ${agreement.payee}` })
    }
    Agreement.requireValid(agreement, clock.now())
    const { currency, unit, maxPricePerUnit } = limits.tariff
    if (tariff.currency !== currency || tariff.unit !== unit || !isAddressEqual(tariff.token, token)) {
      throw new Errors.NotAgreedError({ given: `it sells ${tariff.unit} for ${tariff.currency} in ${tariff.token}` })
    }
    if (tariff.pricePerUnit > maxPricePerUnit) {
      throw new Errors.LimitExceededError({
        limit: 'maxPricePerUnit',
        given: tariff.pricePerUnit,
        allowed: maxPricePerUnit,
      })
    }
    const digest = fromHex(Agreement.digest(agreement, domains.registry))
    if (!verifier.verify(record.payeeSigner, digest, fromHex(payeeSignature))) {
      throw new Errors.WrongSignerError({ what: 'agreement', expected: record.payeeSigner })
    }
  }

  #requireOwnSignature(newest: Voucher.SignedVoucher): void {
    const { record, verifier } = this.#options
    if (!verifier.verify(record.payerSigner, this.#voucherDigest(newest), fromHex(newest.signature))) {
      throw new Errors.WrongSignerError({ what: 'voucher that the payee shows', expected: record.payerSigner })
    }
  }

  #requireChannel(given: Hex): void {
    const expected = this.record.channelId
    if (given !== expected) throw new Errors.WrongChannelError({ given, expected })
  }
}
/** One comparison with the payee's newest voucher. */
export type Meeting = number

export declare namespace Payer {
  type Options = {
    readonly record: ChannelRecord
    readonly domains: { readonly escrow: Domain; readonly registry: Domain }
    readonly store: Store
    readonly signer: Signer
    readonly verifier: SignatureVerifier
    readonly clock: Clock
    readonly limits: PayerLimits
  }
}

function requireSame<T extends Hex | bigint>(given: T, expected: T): void {
  if (given !== expected) throw new Errors.HistoryMismatchError({ given, expected })
}
