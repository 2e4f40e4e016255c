import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Hex } from 'viem'
import { fromHex, writeUint } from './Bytes.ts'
import type { Domain } from './Domain.ts'
import { separator } from './Domain.ts'

/** What vouchers, acknowledgements and cooperative closes say: a total of one channel, at one version. */
export type ChannelMessage = {
  readonly channelId: Hex
  /** Token base units; the total, never a difference. */
  readonly cumulativeAmount: bigint
  /** Orders the messages of one channel; rises strictly. */
  readonly version: bigint
  /** Root of the receipt chain up to this version. */
  readonly receiptsRoot: Hex
}

/** Digests of one message type on one channel. */
export type Hasher = (message: Omit<ChannelMessage, 'channelId'>) => Uint8Array

const WORD = 32
/** typehash || channelId || cumulativeAmount || version || receiptsRoot */
const STRUCT_BYTES = 5 * WORD
/** 0x19 0x01 || domain separator || struct hash */
const DIGEST_BYTES = 2 + 2 * WORD

/**
 * Makes the EIP-712 hasher of a message type on one channel. All that is the same for every payment (type, channel,
 * domain) is laid out once: hashing a payment is two keccaks and no allocation but the result's.
 */
export function hasher(typehash: Hex, { channelId, domain }: hasher.Options): Hasher {
  const struct = new Uint8Array(STRUCT_BYTES)
  struct.set(fromHex(typehash, WORD), 0)
  struct.set(fromHex(channelId, WORD), WORD)
  const digest = new Uint8Array(DIGEST_BYTES)
  digest.set([0x19, 0x01], 0)
  digest.set(separator(domain), 2)

  return ({ cumulativeAmount, version, receiptsRoot }) => {
    // Twelve and eight bytes of their words: the rest stays zero, and a larger value is refused.
    writeUint(struct, cumulativeAmount, { offset: 3 * WORD - 12, size: 12 })
    writeUint(struct, version, { offset: 4 * WORD - 8, size: 8 })
    struct.set(fromHex(receiptsRoot, WORD), 4 * WORD)
    digest.set(keccak_256(struct), 2 + WORD)
    return keccak_256(digest)
  }
}
export declare namespace hasher {
  type Options = { readonly channelId: Hex; readonly domain: Domain }
}
