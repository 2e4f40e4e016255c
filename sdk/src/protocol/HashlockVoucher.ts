import type { Hex } from 'viem'
import { hashTypedData } from 'viem'
import { hashlockVoucherTypes } from '../generated/typedData.ts'
import type { ChannelMessage } from './ChannelMessage.ts'
import type { Domain } from './Domain.ts'

/**
 * Promise of a total that grows once, by `lockedAmount`, when a secret is revealed in time. `cumulativeAmount` is the total
 * without it. Signed by the payer's device.
 */
export type HashlockVoucher = ChannelMessage & {
  /** Token base units, paid for the pre-image. */
  readonly lockedAmount: bigint
  /** SHA-256 of a secret of 32 bytes. */
  readonly hashlock: Hex
  /** Seconds; from then on nothing is paid. */
  readonly expiresAt: number
}
/** With the payer's signature, 64 bytes. */
export type SignedHashlockVoucher = HashlockVoucher & { readonly signature: Hex }

/** What the payer signs, in the escrow's domain. */
export function digest(voucher: HashlockVoucher, domain: Domain): Hex {
  const { channelId, cumulativeAmount, version, receiptsRoot, lockedAmount, hashlock, expiresAt } = voucher
  const message = { channelId, cumulativeAmount, version, receiptsRoot, lockedAmount, hashlock, expiresAt }
  return hashTypedData({ domain, types: hashlockVoucherTypes, primaryType: 'HashlockVoucher', message })
}

/** Total that is owed once the secret is revealed, token base units. */
export function totalRevealed({ cumulativeAmount, lockedAmount }: HashlockVoucher): bigint {
  return cumulativeAmount + lockedAmount
}
