import type { Hex } from 'viem'
import type { Binding } from '../../../protocol/Binding.ts'
import type { Channel } from '../../../protocol/Channel.ts'
import type { SignedCooperativeClose } from '../../../protocol/CooperativeClose.ts'
import type { SignedRequestClose } from '../../../protocol/RequestClose.ts'
import type { SignedVoucher } from '../../../protocol/Voucher.ts'
import type { ChannelRecord } from '../../../ports/Store.ts'
import type { SignatureParts } from '../settleRows.ts'
import { toSignatureParts } from '../settleRows.ts'
import { requireAbout } from './aboutChannel.ts'
import type { EscrowSend } from './escrowSend.ts'

/** The payee's last word on a channel, and the voucher behind it; none when nothing above the settled total is asked. */
export type Closing = {
  readonly record: ChannelRecord
  readonly close: SignedCooperativeClose
  readonly voucher?: SignedVoucher | undefined
}

/** A signed request to close, and the channel that it is about. */
export type Requesting = { readonly record: ChannelRecord; readonly request: SignedRequestClose }

/** The same, with the binding whose party has signed. */
export type RequestingByParty = Requesting & { readonly payerBinding: Binding; readonly partySigner: Hex }

/** Every way to close a channel. */
export function closingCalls<result>(send: EscrowSend<result>) {
  return {
    close: (closing: Closing) => send('close', closeArguments(closing)),
    /** The funder's own request. */
    requestClose: ({ channel }: { channel: Channel }) => send('requestClose', [channel]),
    /** On the payer's word: what a device does that cannot agree with its payee any more. Anybody relays it. */
    requestCloseByPayer: ({ record, request }: Requesting) =>
      send('requestCloseByPayer', [
        record.channel,
        deadlineOf(record, request),
        toSignatureParts(request.signature, record.payerSigner),
      ]),
    /** On the funder's word, which may be an ERC-1271 account's. Anybody relays it. */
    requestCloseByFunder: ({ record, request }: Requesting) =>
      send('requestCloseByFunder', [record.channel, deadlineOf(record, request), request.signature]),
    /** On the word of the party that answers for the payer. Anybody relays it. */
    requestCloseByParty: ({ record, request, payerBinding, partySigner }: RequestingByParty) =>
      send('requestCloseByParty', [
        record.channel,
        payerBinding,
        deadlineOf(record, request),
        partySigner,
        request.signature,
      ]),
    /** For anybody, once the payer's binding has ended. */
    requestCloseOfEndedBinding: ({ channel }: { channel: Channel }) => send('requestCloseOfEndedBinding', [channel]),
    finalizeClose: ({ channel }: { channel: Channel }) => send('finalizeClose', [channel]),
  }
}

function deadlineOf(record: ChannelRecord, request: SignedRequestClose): number {
  requireAbout(record, request)
  return request.deadline
}

function closeArguments({ record, close, voucher }: Closing) {
  const { channel, payerSigner, payeeSigner } = record
  for (const message of voucher === undefined ? [close] : [close, voucher]) requireAbout(record, message)
  const payerParts = voucher === undefined ? NO_SIGNATURE : toSignatureParts(voucher.signature, payerSigner)
  return [
    channel,
    close.cumulativeAmount,
    close.version,
    close.receiptsRoot,
    toSignatureParts(close.signature, payeeSigner),
    voucher?.cumulativeAmount ?? 0n,
    payerParts,
  ] as const
}

const ZERO = `0x${'00'.repeat(32)}` as const
const NO_SIGNATURE: SignatureParts = { r: ZERO, vs: ZERO, signer: '0x' }
