import type { Hex } from 'viem'
import { hashTypedData } from 'viem'
import { fundingOrderTypes } from '../generated/typedData.ts'
import type { Domain } from './Domain.ts'

/** Moves money of the funder's balance into one channel. Signed by the funder; usable once, since a deposit only grows. */
export type FundingOrder = {
  readonly channelId: Hex
  /** Token base units that are added. */
  readonly amount: bigint
  /** Token base units; the channel's deposit when the order takes effect, 0 to open. */
  readonly depositBefore: bigint
  /** Last second in which it can be relayed. */
  readonly deadline: number
}
/** With the funder's signature: ECDSA in 65 or 64 bytes, or whatever its ERC-1271 account takes. */
export type SignedFundingOrder = FundingOrder & { readonly signature: Hex }

/** What the funder signs, in the escrow's domain; for wallets that show what they sign. */
export function typedData({ channelId, amount, depositBefore, deadline }: FundingOrder, domain: Domain) {
  const message = { channelId, amount, depositBefore, deadline }
  return { domain, types: fundingOrderTypes, primaryType: 'FundingOrder', message } as const
}

/** The EIP-712 digest of the same. */
export function digest(order: FundingOrder, domain: Domain): Hex {
  return hashTypedData(typedData(order, domain))
}
