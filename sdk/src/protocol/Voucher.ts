import type { Hex } from 'viem'
import { voucherTypehash } from '../generated/typedData.ts'
import * as ChannelMessage from './ChannelMessage.ts'

/** The total a payer promises on one channel. A later voucher replaces every earlier one. */
export type Voucher = ChannelMessage.ChannelMessage

/** A voucher with its payer's signature: 64 bytes, `r || vs` (secp256k1, ERC-2098) or `r || s` (P-256, low s). */
export type SignedVoucher = Voucher & { readonly signature: Hex }

/** Makes the function that gives a channel's voucher digests. */
export function hasher(options: ChannelMessage.hasher.Options): ChannelMessage.Hasher {
  return ChannelMessage.hasher(voucherTypehash, options)
}

/** The signed voucher alone: messages and payments carry more. */
export function signedPart({
  channelId,
  cumulativeAmount,
  version,
  receiptsRoot,
  signature,
}: SignedVoucher): SignedVoucher {
  return { channelId, cumulativeAmount, version, receiptsRoot, signature }
}
