import type { Address } from 'viem'
import { erc20Abi } from 'viem'
import type { ChainClients } from './chainClients.ts'
import { contractCalls } from './contractCalls.ts'
import { asking } from './failures.ts'

/** What a funder needs of the settlement token: to let the escrow collect, and to see what is there. Token base units. */
export function tokenClient({ clients, token }: { clients: ChainClients; token: Address }) {
  const { reader } = clients
  const contract = { address: token, abi: erc20Abi } as const
  const send = contractCalls({ clients, ...contract })
  return {
    approve: ({ spender, amount }: { spender: Address; amount: bigint }) => send('approve', [spender, amount]),
    balanceOf: (account: Address) =>
      asking(reader, 'balanceOf', () =>
        reader.readContract({ ...contract, functionName: 'balanceOf', args: [account] }),
      ),
    allowance: ({ owner, spender }: { owner: Address; spender: Address }) =>
      asking(reader, 'allowance', () =>
        reader.readContract({ ...contract, functionName: 'allowance', args: [owner, spender] }),
      ),
  }
}
