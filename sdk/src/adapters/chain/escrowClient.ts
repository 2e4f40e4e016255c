import type { Address, Hex } from 'viem'
import { channelEscrowAbi } from '../../generated/abis.ts'
import type { Binding } from '../../protocol/Binding.ts'
import type { Channel } from '../../protocol/Channel.ts'
import type { SignedCooperativeClose } from '../../protocol/CooperativeClose.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import { WrongChannelError } from '../../protocol/PaymentErrors.ts'
import type { SignedRequestClose } from '../../protocol/RequestClose.ts'
import type { SignedVoucher } from '../../protocol/Voucher.ts'
import type { ChannelRecord } from '../../ports/Store.ts'
import type { ChainClients } from './chainClients.ts'
import type { Outcome } from './contractCalls.ts'
import { contractCalls } from './contractCalls.ts'
import { asking } from './failures.ts'
import type { BatchLimits } from './settleBatches.ts'
import { sendBatches, toSettleBatches } from './settleBatches.ts'
import type { SettleGroup, Settleable, SignatureParts } from './settleRows.ts'
import { toSignatureParts } from './settleRows.ts'

export type EscrowOutcome = Outcome<typeof channelEscrowAbi>
export type EscrowClient = ReturnType<typeof escrowClient>

/** Money of a channel that opens or grows. `amount` in token base units. */
export type Deposit = { readonly channel: Channel; readonly payerBinding: Binding; readonly amount: bigint }

/** The escrow's functions, sent by the account of `clients`. See the contract for who may call what. */
export function escrowClient({ clients, deployment }: { clients: ChainClients; deployment: Deployment }) {
  const { reader } = clients
  const escrow = { address: deployment.channelEscrow, abi: channelEscrowAbi } as const
  const send = contractCalls({ clients, ...escrow })
  return {
    /** Pays into the account's balance. The token must have been approved for the escrow. */
    depositBalance: ({ token, amount }: { token: Address; amount: bigint }) => send('depositBalance', [token, amount]),
    open: ({ channel, payerBinding, amount }: Deposit) => send('open', [channel, payerBinding, amount]),
    openFromBalance: ({ channel, payerBinding, amount }: Deposit) =>
      send('openFromBalance', [channel, payerBinding, amount]),
    topUp: ({ channel, payerBinding, amount }: Deposit) => send('topUp', [channel, payerBinding, amount]),
    topUpFromBalance: ({ channel, payerBinding, amount }: Deposit) =>
      send('topUpFromBalance', [channel, payerBinding, amount]),

    /** One transaction. Bad rows are skipped: the outcome has an event for each row. */
    settle: (groups: readonly SettleGroup[]) => send('settle', [groups]),
    /** As many transactions as the vouchers need, one after another, each below the limits of a block and of a pool. */
    settleVouchers: (entries: Iterable<Settleable>, limits: BatchLimits = {}): Promise<EscrowOutcome[]> =>
      sendBatches(toSettleBatches(entries, limits), (groups) => send('settle', [groups])),

    close: async (closing: Closing) => send('close', closeArguments(closing)),
    /** The funder's own request. */
    requestClose: ({ channel }: { channel: Channel }) => send('requestClose', [channel]),
    /** On the payer's word: what a device does that cannot agree with its payee any more. Anybody relays it. */
    requestCloseByPayer: async ({ record, request }: Requesting) =>
      send('requestCloseByPayer', [
        record.channel,
        deadlineOf(record, request),
        toSignatureParts(request.signature, record.payerSigner),
      ]),
    /** On the funder's word, which may be an ERC-1271 account's. Anybody relays it. */
    requestCloseByFunder: async ({ record, request }: Requesting) =>
      send('requestCloseByFunder', [record.channel, deadlineOf(record, request), request.signature]),
    /** On the word of the party that answers for the payer. Anybody relays it. */
    requestCloseByParty: async ({ record, request, payerBinding, partySigner }: RequestingByParty) =>
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

    /** Pays `account` its payouts; anybody may send it. */
    withdraw: ({ account, token }: { account: Address; token: Address }) => send('withdraw', [account, token]),
    withdrawBalance: ({ token, amount }: { token: Address; amount: bigint }) =>
      send('withdrawBalance', [token, amount]),

    channelOf: (channelId: Hex) =>
      asking(reader, 'channelOf', () =>
        reader.readContract({ ...escrow, functionName: 'channelOf', args: [channelId] }),
      ),
    balanceOf: ({ account, token }: { account: Address; token: Address }) =>
      asking(reader, 'balanceOf', () =>
        reader.readContract({ ...escrow, functionName: 'balanceOf', args: [account, token] }),
      ),
    payoutOf: ({ account, token }: { account: Address; token: Address }) =>
      asking(reader, 'payoutOf', () =>
        reader.readContract({ ...escrow, functionName: 'payoutOf', args: [account, token] }),
      ),
  }
}

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

function deadlineOf(record: ChannelRecord, request: SignedRequestClose): number {
  requireAbout(record, request)
  return request.deadline
}

/** What was signed is about the channel that it is sent for. */
function requireAbout({ channelId: expected }: ChannelRecord, { channelId: given }: { readonly channelId: Hex }): void {
  if (given !== expected) throw new WrongChannelError({ given, expected })
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
