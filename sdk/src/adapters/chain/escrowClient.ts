import type { Address, Hex } from 'viem'
import { channelEscrowAbi } from '../../generated/abis.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import type { ChainClients } from './chainClients.ts'
import { contractCalls } from './contractCalls.ts'
import { closingCalls } from './escrow/closingCalls.ts'
import { depositCalls } from './escrow/depositCalls.ts'
import type { EscrowOutcome } from './escrow/escrowSend.ts'
import { settlementCalls } from './escrow/settlementCalls.ts'
import { withdrawalCalls } from './escrow/withdrawalCalls.ts'
import { asking } from './failures.ts'
import type { BatchLimits } from './settleBatches.ts'
import { sendBatches, toSettleBatches } from './settleBatches.ts'
import type { Settleable } from './settleRows.ts'

export type EscrowClient = ReturnType<typeof escrowClient>

/** The escrow's functions, sent by the account of `clients`. See the contract for who may call what. */
export function escrowClient({ clients, deployment }: { clients: ChainClients; deployment: Deployment }) {
  const { reader } = clients
  const escrow = { address: deployment.channelEscrow, abi: channelEscrowAbi } as const
  const send = contractCalls({ clients, ...escrow })
  return {
    ...depositCalls<Promise<EscrowOutcome>>(send),
    ...rejecting(settlementCalls<Promise<EscrowOutcome>>(send)),
    ...rejecting(closingCalls<Promise<EscrowOutcome>>(send)),
    ...withdrawalCalls<Promise<EscrowOutcome>>(send),

    /** As many transactions as the vouchers need, one after another, each below the limits of a block and of a pool. */
    settleVouchers: (entries: Iterable<Settleable>, limits: BatchLimits = {}): Promise<EscrowOutcome[]> =>
      sendBatches(toSettleBatches(entries, limits), (groups) => send('settle', [groups])),

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

type Calls = Readonly<Record<string, (argument: never) => Promise<EscrowOutcome>>>

/** The same functions, whose promise is rejected with what they refuse before they send anything. */
function rejecting<calls extends Calls>(calls: calls): calls {
  const wrapped = Object.entries(calls).map(([name, call]) => [name, async (argument: never) => await call(argument)])
  return Object.fromEntries(wrapped) as calls
}
