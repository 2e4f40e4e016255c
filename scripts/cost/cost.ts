import type { Prices } from './prices.ts'

/** What a batch takes: gas to run it, and bytes to write it down, as either kind of chain counts them. */
export type Batch = {
  readonly rows: number
  readonly gas: number
  readonly fastLzBytes: number
  readonly brotliBytes: number
}

/** What a batch costs on one chain, in wei. */
export type Fee = { readonly execution: number; readonly data: number; readonly operator: number }

const WEI_PER_GWEI = 1e9
const WEI_PER_ETH = 1e18
const MILLION = 1e6

/** Of the OP specification, Fjord: the line through sizes after FastLZ and sizes in a compressed batch, in millionths of a byte. */
const INTERCEPT = -42_585_600
const SLOPE = 836_500
const SIZE_MIN = 100 * MILLION

/** Of Nitro: what a byte counts, after brotli. */
const UNITS_PER_BYTE = 16

/** OP-type: execution, L1 data by Fjord's estimate of the compressed size with Ecotone's scalars, and Isthmus' operator fee. */
export function opFee({ gas, fastLzBytes }: Batch, prices: Prices): Fee {
  const l1BaseFee = prices.l1BaseFeeGwei * WEI_PER_GWEI
  const blobBaseFee = prices.blobBaseFeeGwei * WEI_PER_GWEI
  const scaledPrice = prices.opBaseFeeScalar * l1BaseFee * 16 + prices.opBlobBaseFeeScalar * blobBaseFee
  const scaledSize = Math.max(SIZE_MIN, INTERCEPT + SLOPE * fastLzBytes)
  return {
    execution: gas * prices.opBaseFeeGwei * WEI_PER_GWEI,
    data: (scaledSize * scaledPrice) / MILLION / MILLION,
    operator: (gas * prices.opOperatorFeeScalar) / MILLION + prices.opOperatorFeeConstant,
  }
}

/** Arbitrum-type: execution, and data by the size of the transaction alone after brotli. */
export function arbitrumFee({ gas, brotliBytes }: Batch, prices: Prices): Fee {
  return {
    execution: gas * prices.arbitrumBaseFeeGwei * WEI_PER_GWEI,
    data: brotliBytes * UNITS_PER_BYTE * prices.arbitrumDataFeeGwei * WEI_PER_GWEI,
    operator: 0,
  }
}

/** Yen for so many settled channels, in full batches. */
export function yenFor(
  channels: number,
  { rows }: Batch,
  { execution, data, operator }: Fee,
  { ethYen }: Prices,
): Fee & { readonly total: number } {
  const toYen = (wei: number) => (wei * Math.ceil(channels / rows) * ethYen) / WEI_PER_ETH
  const parts = { execution: toYen(execution), data: toYen(data), operator: toYen(operator) }
  return { ...parts, total: parts.execution + parts.data + parts.operator }
}

/** Yen that a card's fee would be, each channel being one payment. */
export function cardYen(payments: number, { cardPercent, cardFixedYen, paymentYen }: Prices): number {
  return payments * ((paymentYen * cardPercent) / 100 + cardFixedYen)
}
