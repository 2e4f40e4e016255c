import type { Hex } from 'viem'
import type { SignedAgreement } from '../../protocol/Agreement.ts'
import type { ChannelView } from '../../protocol/ChannelView.ts'
import type { CooperativeClose } from '../../protocol/CooperativeClose.ts'
import type { Payment } from '../../protocol/Payment.ts'
import type { SignedVoucher } from '../../protocol/Voucher.ts'
import type { ChannelRecord, Store } from '../../ports/Store.ts'
import { StoreDisposedError } from '../../ports/StoreErrors.ts'
import * as rules from './rules.ts'

/** Payments of all channels that are kept at most. */
export const PAYMENTS_MAX = 1_000_000

type Kept = {
  readonly record: ChannelRecord
  readonly agreements: Map<string, SignedAgreement>
  /** In order of versions. */
  readonly payments: Payment[]
  readonly adopted: SignedVoucher[]
  dropped: readonly rules.Dropped[]
  view: ChannelView | undefined
  newest: SignedVoucher | undefined
  close: CooperativeClose | undefined
}

/**
 * A store that lasts as long as the process: for tests and simulations. A device that is paid, or pays, needs one that
 * survives.
 */
export class MemoryStore implements Store {
  readonly #channels = new Map<string, Kept>()
  readonly #paymentsMax: number
  #paymentCount = 0
  #isDisposed = false

  constructor({ paymentsMax = PAYMENTS_MAX }: MemoryStore.Options = {}) {
    this.#paymentsMax = paymentsMax
  }

  async addChannel(record: ChannelRecord): Promise<void> {
    const kept = this.#find(record.channelId)
    if (kept !== undefined) {
      rules.requireSameRecord(record, kept.record)
      return
    }
    rules.requireBelow('number of channels', this.#channels.size, rules.CHANNELS_MAX)
    const lists = { agreements: new Map(), payments: [], adopted: [], dropped: [] }
    const empty = { ...lists, view: undefined, newest: undefined, close: undefined }
    this.#channels.set(record.channelId.toLowerCase(), { record, ...empty })
  }

  async channels(): Promise<readonly ChannelRecord[]> {
    this.#requireOpen()
    return [...this.#channels.values()].map(({ record }) => record)
  }

  async saveView(channelId: Hex, view: ChannelView): Promise<void> {
    this.#require(channelId).view = view
  }

  async view(channelId: Hex): Promise<ChannelView | undefined> {
    return this.#find(channelId)?.view
  }

  async saveAgreement(channelId: Hex, agreementHash: Hex, signed: SignedAgreement): Promise<void> {
    const { agreements } = this.#require(channelId)
    const kept = agreements.get(agreementHash)
    if (kept !== undefined) {
      rules.requireSameAgreement(agreementHash, signed, kept)
      return
    }
    rules.requireBelow('number of agreements of a channel', agreements.size, rules.AGREEMENTS_MAX)
    agreements.set(agreementHash, signed)
  }

  async agreements(channelId: Hex): Promise<readonly SignedAgreement[]> {
    return [...(this.#find(channelId)?.agreements.values() ?? [])]
  }

  async append(payment: Payment): Promise<void> {
    const kept = this.#requireNext(payment)
    rules.requireBelow('number of payments', this.#paymentCount, this.#paymentsMax)
    kept.payments.push(payment)
    kept.newest = voucherOf(payment)
    this.#paymentCount++
  }

  async adopt(voucher: SignedVoucher): Promise<void> {
    const kept = this.#requireNext(voucher)
    kept.dropped = rules.withDropped(kept.dropped, { after: baseOf(voucher, kept), version: voucher.version })
    kept.adopted.push(voucherOf(voucher))
    kept.newest = voucherOf(voucher)
  }

  async newest(channelId: Hex): Promise<SignedVoucher | undefined> {
    return this.#find(channelId)?.newest
  }

  async *payments(channelId: Hex, afterVersion: bigint): AsyncGenerator<Payment> {
    const kept = this.#find(channelId)
    const payments = kept?.payments ?? []
    const start = payments.findIndex(({ version }) => version > afterVersion)
    if (start === -1) return
    for (let index = start; index < payments.length; index++) {
      const payment = payments[index]
      if (payment !== undefined && !rules.isDropped(payment.version, kept?.dropped ?? [])) yield payment
    }
  }

  async saveClose(close: CooperativeClose): Promise<void> {
    const kept = this.#require(close.channelId)
    if (kept.close !== undefined) rules.requireSameClose(close, kept.close)
    kept.close ??= close
  }

  async close(channelId: Hex): Promise<CooperativeClose | undefined> {
    return this.#find(channelId)?.close
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    this.#channels.clear()
  }

  #requireNext({ channelId, version }: SignedVoucher): Kept {
    const kept = this.#require(channelId)
    rules.requireNext({ channelId, version, newest: kept.newest?.version ?? 0n, closed: kept.close !== undefined })
    return kept
  }

  #require(channelId: Hex): Kept {
    const kept = this.#find(channelId)
    if (kept === undefined) throw rules.unknownChannel(channelId)
    return kept
  }

  #find(channelId: Hex): Kept | undefined {
    this.#requireOpen()
    return this.#channels.get(channelId.toLowerCase())
  }

  #requireOpen(): void {
    if (this.#isDisposed) throw new StoreDisposedError({ given: 'in memory' })
  }
}
export declare namespace MemoryStore {
  type Options = { readonly paymentsMax?: number | undefined }
}

/** The version that an adopted voucher goes on from. */
function baseOf(voucher: SignedVoucher, { payments, adopted }: Kept): bigint {
  const earlier = [...payments, ...adopted].sort((a, b) => (a.version < b.version ? 1 : -1))
  const same = earlier.find(({ receiptsRoot }) => receiptsRoot === voucher.receiptsRoot)
  const base = same ?? earlier.find(({ cumulativeAmount }) => cumulativeAmount <= voucher.cumulativeAmount)
  return base?.version ?? 0n
}

/** The voucher alone: a payment carries more. */
function voucherOf({ channelId, cumulativeAmount, version, receiptsRoot, signature }: SignedVoucher): SignedVoucher {
  return { channelId, cumulativeAmount, version, receiptsRoot, signature }
}
