import type { Address } from 'viem'
import type { EscrowSend } from './escrowSend.ts'

/** The ways out of the escrow. */
export function withdrawalCalls<result>(send: EscrowSend<result>) {
  return {
    /** Pays `account` its payouts; anybody may send it. */
    withdraw: ({ account, token }: { account: Address; token: Address }) => send('withdraw', [account, token]),
    /** Takes token base units out of the account's own balance. */
    withdrawBalance: ({ token, amount }: { token: Address; amount: bigint }) =>
      send('withdrawBalance', [token, amount]),
  }
}
