import type { Hex } from 'viem'
import * as Channel from '../../../protocol/Channel.ts'
import type { SignedHashlockVoucher } from '../../../protocol/HashlockVoucher.ts'
import type { SignedStreamVoucher } from '../../../protocol/StreamVoucher.ts'
import type { ChannelRecord } from '../../../ports/Store.ts'
import type { SettleGroup } from '../settleRows.ts'
import { toSignatureParts } from '../settleRows.ts'
import { requireAbout } from './aboutChannel.ts'
import type { EscrowSend } from './escrowSend.ts'

/** A stream, and the newest pre-image that its payer revealed: the one of tick number `ticks`. */
export type RevealedStream = {
  readonly record: ChannelRecord
  readonly voucher: SignedStreamVoucher
  readonly ticks: number
  readonly preimage: Hex
}

/** A hash lock, and its secret. */
export type RevealedHashlock = {
  readonly record: ChannelRecord
  readonly voucher: SignedHashlockVoucher
  readonly preimage: Hex
}

/** What makes promises into payouts. Anybody relays it. */
export function settlementCalls<result>(send: EscrowSend<result>) {
  return {
    /** One transaction. Bad rows are skipped: the outcome has an event for each row. */
    settle: (groups: readonly SettleGroup[]) => send('settle', [groups]),
    settleStream: ({ record, voucher, ticks, preimage }: RevealedStream) =>
      send('settleStream', [hashedChannel(record), partsOf(record, voucher), voucher, ticks, preimage]),
    settleHashlock: ({ record, voucher, preimage }: RevealedHashlock) =>
      send('settleHashlock', [hashedChannel(record), partsOf(record, voucher), voucher, preimage]),
  }
}

/** All that settling needs of a channel. */
function hashedChannel({ channel: { payer, beneficiary, token, terms } }: ChannelRecord) {
  return { payer, beneficiary, token, termsHash: Channel.termsHash(terms) }
}

function partsOf(record: ChannelRecord, voucher: { readonly channelId: Hex; readonly signature: Hex }) {
  requireAbout(record, voucher)
  return toSignatureParts(voucher.signature, record.payerSigner)
}
