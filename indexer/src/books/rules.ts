import { type AccountName, type Place, type Posting, transfer } from './Posting.ts'

/** How a binding says that its spending is billed, as the contract numbers it. */
export const FUNDING = { CREDIT: 1, PREPAID: 2, OWN: 3 } as const

type Movement = { readonly asset: string; readonly amount: bigint }
type ChannelMovement = Movement & { readonly funding: number; readonly channelId: string; readonly funder: string }

const float = (address: string): Place => ({ account: 'FLOAT', key: address })
const balance = (address: string): Place => ({ account: 'ESCROW_BALANCE', key: address })

/** Money of a funder comes into the escrow. */
export function balanceDeposited(of: Movement & { readonly account: string }): readonly Posting[] {
  return transfer(of.asset, of.amount, { debit: balance(of.account), credit: float(of.account) })
}

/** Money of a funder leaves the escrow. */
export function balanceWithdrawn(of: Movement & { readonly account: string }): readonly Posting[] {
  return transfer(of.asset, of.amount, { debit: float(of.account), credit: balance(of.account) })
}

/** A channel opens, or its deposit grows. */
export function deposited(of: ChannelMovement & { readonly source: 'BALANCE' | 'OUTSIDE' }): readonly Posting[] {
  const credit = of.source === 'BALANCE' ? balance(of.funder) : float(of.funder)
  return transfer(of.asset, of.amount, { debit: depositPlace(of), credit })
}

/** Value is settled. Whose bill it goes to is decided when a cycle freezes; until then it waits under its party. */
export function settled(of: ChannelMovement & { readonly partyId: string }): readonly Posting[] {
  return transfer(of.asset, of.amount, { debit: spendPlace(of.funding, of.partyId), credit: depositPlace(of) })
}

/** What a closed channel did not spend goes back to its funder's balance. */
export function refunded(of: ChannelMovement): readonly Posting[] {
  return transfer(of.asset, of.amount, { debit: balance(of.funder), credit: depositPlace(of) })
}

/** Settled value of a party that no cycle has taken yet. */
export function pending(partyId: string): Place {
  return { account: 'UNBILLED', key: `party:${partyId}` }
}

/** Settled value that a cycle took, by carry key: what stays here after the seal is the carry. */
export function unbilled(carryKey: string): Place {
  return { account: 'UNBILLED', key: carryKey }
}

export function suspense(code: string): Place {
  return { account: 'SUSPENSE', key: code }
}

export function cardReceivable(billingAccount: string): Place {
  return { account: 'CARD_RECEIVABLE', key: billingAccount }
}

function depositPlace(of: { readonly funding: number; readonly channelId: string }): Place {
  const account: AccountName =
    of.funding === FUNDING.CREDIT
      ? 'ESCROW_DEPOSIT'
      : of.funding === FUNDING.PREPAID
        ? 'MEMO_PREPAID_DEPOSIT'
        : 'MEMO_OWN_DEPOSIT'
  return { account, key: of.channelId }
}

function spendPlace(funding: number, partyId: string): Place {
  if (funding === FUNDING.CREDIT) return pending(partyId)
  return { account: funding === FUNDING.PREPAID ? 'MEMO_PREPAID_SPEND' : 'MEMO_OWN_SPEND', key: partyId }
}
