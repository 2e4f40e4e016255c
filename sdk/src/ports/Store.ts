import type { Hex } from 'viem'
import type { SignedAgreement } from '../protocol/Agreement.ts'
import type { Channel } from '../protocol/Channel.ts'
import type { ChannelView } from '../protocol/ChannelView.ts'
import type { CooperativeClose } from '../protocol/CooperativeClose.ts'
import type { Payment } from '../protocol/Payment.ts'
import type { SignedVoucher } from '../protocol/Voucher.ts'

/** What never changes about a channel that a device takes part in. */
export type ChannelRecord = {
  readonly channelId: Hex
  readonly channel: Channel
  /** ERC-7913 signers of the two machines. */
  readonly payerSigner: Hex
  readonly payeeSigner: Hex
}

/** Whose file this is. A store refuses a file of another chain, escrow or device. */
export type StoreOwner = {
  readonly chainId: number
  readonly escrow: Hex
  readonly deviceId: Hex
}

/**
 * What a device keeps. A resolved promise means that the data is on disk and survives the loss of power; a rejected one
 * that nothing was kept. Many calls at once are committed together.
 */
export type Store = {
  /** Adds a channel; the same record again changes nothing, another one under the same id is refused. */
  addChannel(record: ChannelRecord): Promise<void>
  channels(): Promise<readonly ChannelRecord[]>

  /** The newest view of the chain. */
  saveView(channelId: Hex, view: ChannelView): Promise<void>
  view(channelId: Hex): Promise<ChannelView | undefined>

  /** An agreement that both have signed, by its hash. Kept for ever: receipts name it. */
  saveAgreement(channelId: Hex, agreementHash: Hex, signed: SignedAgreement): Promise<void>
  /** In the order in which they were saved. */
  agreements(channelId: Hex): Promise<readonly SignedAgreement[]>

  /** Adds a payment. Refused unless its version is above every earlier one of the channel, or when the channel is closed. */
  append(payment: Payment): Promise<void>
  /**
   * Takes a voucher of this payer that pays for nothing of its own: one that the store has lost the payments of, or one
   * that drops what the payee never took. It goes on from the newest voucher with its root, else from the newest with no
   * larger total; payments behind that count no more. The same rule for its version.
   */
  adopt(voucher: SignedVoucher): Promise<void>
  /** The voucher of the highest version, appended or adopted. */
  newest(channelId: Hex): Promise<SignedVoucher | undefined>
  /** Payments above a version that count, in order of versions. */
  payments(channelId: Hex, afterVersion: bigint): AsyncIterable<Payment>

  /** Stores the payee's last word on a channel, before it is signed. Afterwards nothing can be appended. */
  saveClose(close: CooperativeClose): Promise<void>
  close(channelId: Hex): Promise<CooperativeClose | undefined>

  /** Ends all writing, and lets others open the file. */
  dispose(): Promise<void>
}
