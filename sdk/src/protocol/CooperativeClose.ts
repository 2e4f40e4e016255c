import type { Hex } from 'viem'
import { cooperativeCloseTypehash } from '../generated/typedData.ts'
import * as ChannelMessage from './ChannelMessage.ts'

/** The payee's last act on a channel: what it keeps of the deposit (`cumulativeAmount`). */
export type CooperativeClose = ChannelMessage.ChannelMessage
/** With the payee's signature, 64 bytes. */
export type SignedCooperativeClose = CooperativeClose & { readonly signature: Hex }

/** Makes the function that gives a channel's close digests. */
export function hasher(options: ChannelMessage.hasher.Options): ChannelMessage.Hasher {
  return ChannelMessage.hasher(cooperativeCloseTypehash, options)
}
