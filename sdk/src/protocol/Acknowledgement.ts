import type { Hex } from 'viem'
import { acknowledgementTypehash } from '../generated/typedData.ts'
import * as ChannelMessage from './ChannelMessage.ts'

/** The payee's signature that it received a total. */
export type Acknowledgement = ChannelMessage.ChannelMessage
/** With the payee's signature, 64 bytes. */
export type SignedAcknowledgement = Acknowledgement & { readonly signature: Hex }

/** Makes the function that gives a channel's acknowledgement digests. */
export function hasher(options: ChannelMessage.hasher.Options): ChannelMessage.Hasher {
  return ChannelMessage.hasher(acknowledgementTypehash, options)
}
