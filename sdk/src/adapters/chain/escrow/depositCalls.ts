import type { Address } from 'viem'
import type { Binding } from '../../../protocol/Binding.ts'
import type { Channel } from '../../../protocol/Channel.ts'
import type { SignedFundingOrder } from '../../../protocol/FundingOrder.ts'
import type { Authorization, Permit } from '../../../protocol/TokenConsent.ts'
import type { EscrowSend } from './escrowSend.ts'

/** Money of a channel that opens or grows. `amount` in token base units. */
export type Deposit = { readonly channel: Channel; readonly payerBinding: Binding; readonly amount: bigint }
/** The same on the funder's signed order, which names the amount. */
export type OrderedDeposit = Omit<Deposit, 'amount'> & { readonly order: SignedFundingOrder }
/** The same after the funder's ERC-2612 permit. */
export type PermittedDeposit = Deposit & { readonly permit: Permit }
/** The same with the funder's ERC-3009 authorization. */
export type AuthorizedDeposit = Deposit & { readonly authorization: Authorization }

type Amount = { readonly token: Address; readonly amount: bigint }

/** Every way in. The funder sends them itself, but for orders and authorizations, which anybody relays. */
export function depositCalls<result>(send: EscrowSend<result>) {
  return {
    /** Pays into the account's balance. The token must have been approved for the escrow. */
    depositBalance: ({ token, amount }: Amount) => send('depositBalance', [token, amount]),
    open: ({ channel, payerBinding, amount }: Deposit) => send('open', [channel, payerBinding, amount]),
    openFromBalance: ({ channel, payerBinding, amount }: Deposit) =>
      send('openFromBalance', [channel, payerBinding, amount]),
    /** A fleet in one transaction, out of the account's balance. Refused rows are skipped: see `OpeningSkipped`. */
    openMany: (openings: readonly Deposit[]) => send('openMany', [openings]),
    openWithOrder: ({ channel, payerBinding, order: { signature, deadline, amount } }: OrderedDeposit) =>
      send('openWithOrder', [channel, payerBinding, signature, deadline, amount]),
    openWithPermit: ({ channel, payerBinding, permit, amount }: PermittedDeposit) =>
      send('openWithPermit', [channel, payerBinding, permit, amount]),
    openWithAuthorization: ({ channel, payerBinding, authorization, amount }: AuthorizedDeposit) =>
      send('openWithAuthorization', [channel, payerBinding, authorization, amount]),
    topUp: ({ channel, payerBinding, amount }: Deposit) => send('topUp', [channel, payerBinding, amount]),
    topUpFromBalance: ({ channel, payerBinding, amount }: Deposit) =>
      send('topUpFromBalance', [channel, payerBinding, amount]),
    topUpWithOrder: ({ channel, payerBinding, order: { signature, deadline, amount } }: OrderedDeposit) =>
      send('topUpWithOrder', [channel, payerBinding, signature, deadline, amount]),
    topUpWithPermit: ({ channel, payerBinding, permit, amount }: PermittedDeposit) =>
      send('topUpWithPermit', [channel, payerBinding, permit, amount]),
    topUpWithAuthorization: ({ channel, payerBinding, authorization, amount }: AuthorizedDeposit) =>
      send('topUpWithAuthorization', [channel, payerBinding, authorization, amount]),
  }
}
