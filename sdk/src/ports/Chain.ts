import type { Hex } from 'viem'
import type { Channel } from '../protocol/Channel.ts'
import type { ChannelView } from '../protocol/ChannelView.ts'

/** What a role asks the chain. Throws when the chain cannot be reached; a role then goes on with what it saw last. */
export type Chain = {
  /** The channel in the newest finalized block; a pending close also when it is not final yet. */
  view(channelId: Hex, channel: Channel): Promise<ChannelView>
}
