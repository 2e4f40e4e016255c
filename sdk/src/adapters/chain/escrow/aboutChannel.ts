import type { Hex } from 'viem'
import { WrongChannelError } from '../../../protocol/PaymentErrors.ts'
import type { ChannelRecord } from '../../../ports/Store.ts'

/** Insists that what was signed is about the channel that it is sent for. */
export function requireAbout(
  { channelId: expected }: ChannelRecord,
  { channelId: given }: { readonly channelId: Hex },
): void {
  if (given !== expected) throw new WrongChannelError({ given, expected })
}
