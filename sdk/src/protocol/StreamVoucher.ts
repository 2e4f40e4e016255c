import type { Hex } from 'viem'
import { hashTypedData } from 'viem'
import { streamVoucherTypes } from '../generated/typedData.ts'
import type { ChannelMessage } from './ChannelMessage.ts'
import type { Domain } from './Domain.ts'

/**
 * Promise of a total that grows with every tick revealed (PayWord, Rivest and Shamir 1996). `cumulativeAmount` is the total
 * before the first tick. Signed once by the payer's device.
 */
export type StreamVoucher = ChannelMessage & {
  /** Token base units for each tick. */
  readonly tickAmount: bigint
  /** Most ticks that can be paid. */
  readonly tickCount: number
  /** SHA-256 applied `tickCount` times to the payer's secret. */
  readonly tickRoot: Hex
}
/** With the payer's signature, 64 bytes. */
export type SignedStreamVoucher = StreamVoucher & { readonly signature: Hex }

/** What the payer signs, in the escrow's domain. */
export function digest(voucher: StreamVoucher, domain: Domain): Hex {
  const { channelId, cumulativeAmount, version, receiptsRoot, tickAmount, tickCount, tickRoot } = voucher
  const message = { channelId, cumulativeAmount, version, receiptsRoot, tickAmount, tickCount, tickRoot }
  return hashTypedData({ domain, types: streamVoucherTypes, primaryType: 'StreamVoucher', message })
}

/** Total that is owed once `ticks` are revealed, token base units. */
export function totalAfter({ cumulativeAmount, tickAmount }: StreamVoucher, ticks: number): bigint {
  return cumulativeAmount + tickAmount * BigInt(ticks)
}
