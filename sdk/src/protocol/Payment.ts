import type { Hex } from 'viem'
import * as Item from './Item.ts'
import * as Receipt from './Receipt.ts'
import type { SignedVoucher } from './Voucher.ts'

/**
 * One payment as it travels and as it is stored: a signed total, and what was paid for. The receipt is not part of it:
 * both sides compute it, so there is nothing to disagree about but a signature.
 */
export type Payment = SignedVoucher & {
  /** Token base units, of this payment. */
  readonly amount: bigint
  readonly agreementHash: Hex
  readonly item: Item.Item
  /** Seconds, by the payer's clock. */
  readonly timestamp: number
}

/** Where a channel's chain of payments stands. */
export type Progress = {
  readonly version: bigint
  /** Token base units. */
  readonly cumulativeAmount: bigint
  readonly receiptsRoot: Hex
}

/** The progress of a channel on which nothing was paid. */
export function start(channelId: Hex): Progress {
  return { version: 0n, cumulativeAmount: 0n, receiptsRoot: Receipt.firstRoot(channelId) }
}

/** The progress that a voucher, or a payment, has signed: without what else it carries. */
export function progressOf({ version, cumulativeAmount, receiptsRoot }: Progress): Progress {
  return { version, cumulativeAmount, receiptsRoot }
}

/** What a payment adds. */
export type Step = {
  readonly amount: bigint
  readonly agreementHash: Hex
  readonly item: Item.Item
  readonly timestamp: number
}

/** The progress after one more payment: what the payer signs, and what the payee expects to have been signed. */
export function advance(progress: Progress, options: advance.Options): Progress {
  const { channelId, step, version = progress.version + 1n } = options
  const cumulativeAmount = progress.cumulativeAmount + step.amount
  const receipt = receiptOf({ ...step, channelId, version, cumulativeAmount })
  return { version, cumulativeAmount, receiptsRoot: Receipt.nextRoot(progress.receiptsRoot, receipt) }
}

export declare namespace advance {
  type Options = {
    readonly channelId: Hex
    readonly step: Step
    /** The next one, unless versions in between were dropped. */
    readonly version?: bigint
  }
}

/** The receipt that a payment implies. */
export function receiptOf(payment: Omit<Payment, 'receiptsRoot' | 'signature'>): Receipt.Receipt {
  const { channelId, version, amount, cumulativeAmount, agreementHash, item, timestamp } = payment
  return { channelId, version, amount, cumulativeAmount, agreementHash, itemHash: Item.hash(item), timestamp }
}
