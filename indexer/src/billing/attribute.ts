import { FUNDING } from '../books/rules.ts'
import type { Registers } from '../registers/lookup.ts'
import type { CarryKey } from './LineKey.ts'
import type { Hold } from './split.ts'

/** All that decides whose bill a channel's spending belongs to. */
export type Spending = {
  readonly funding: number
  readonly funder: string
  readonly partyId: string
  readonly billingRef: string
  readonly payeeBinding: string
  readonly asset: { readonly asset: string; readonly currency: string; readonly billable: boolean }
  /** The day of the settlement, in the cycle's time zone. */
  readonly day: string
  readonly chargeDate: string
}
export type Owner = Omit<CarryKey, 'taxCategory' | 'taxRateBp'>

/** The one whose bill it is, or why nobody's can be told. A hub's own channel never gets here. */
export function attribute(spending: Spending, registers: Registers): Owner | Hold {
  const funding = spending.funding === FUNDING.CREDIT ? 'credit' : 'prepaid'
  const reference = registers.billingReference(spending.billingRef, spending.day)
  if (reference === undefined) return hold('NO_LIABLE_PARTY', 'the billing reference of the binding is not registered')
  // The reference is public on chain: a binding of another party that copies it must not reach the account.
  if (reference.liable_party_ref !== spending.partyId) {
    return hold('NO_LIABLE_PARTY', 'the billing reference belongs to another party than the binding')
  }
  const account = registers.account(reference.billing_account, spending.chargeDate)
  if (account === undefined) return hold('NO_LIABLE_PARTY', 'the billing account is not in force on the charge date')
  const funder = registers.funder(spending.funder, spending.day)
  const problem = funding === 'credit' ? creditProblem(funder, account) : prepaidProblem(funder, spending.partyId)
  if (problem !== undefined) return problem
  if (!spending.asset.billable) return hold('STALE_FX', 'no rate is known for the token')
  const merchant = registers.merchantOf(spending.payeeBinding, spending.day)
  if (merchant === undefined) return hold('TAX_UNKNOWN', 'the payee’s binding is not in the merchant register')
  return {
    bookEntity: account.book_entity,
    funding,
    liablePartyRef: account.liable_party_ref,
    billingAccount: account.billing_account,
    payeeMerchantRef: merchant.merchant_ref,
    asset: spending.asset.asset,
    currency: spending.asset.currency,
  }
}

type FunderRow = ReturnType<Registers['funder']>

function creditProblem(
  funder: FunderRow,
  account: { readonly book_entity: string; readonly card_ref: string },
): Hold | undefined {
  if (funder === undefined) return hold('UNKNOWN_FUNDER', 'the funder is not registered')
  if (funder.party_ref !== '')
    return hold('UNKNOWN_FUNDER', 'the funder is registered to a party, and the binding says credit')
  if (funder.book_entity !== account.book_entity) {
    return hold('UNKNOWN_FUNDER', 'the funder is the float of another book entity than the account’s')
  }
  if (account.card_ref === '') return hold('NO_CARD_REF', 'the account has no card on the charge date')
  return undefined
}

function prepaidProblem(funder: FunderRow, partyId: string): Hold | undefined {
  if (funder === undefined) return hold('UNKNOWN_FUNDER', 'the funder is not registered')
  if (funder.party_ref === partyId) return undefined
  return hold('UNKNOWN_FUNDER', 'the funder is not registered to the party, and the binding says prepaid')
}

function hold(code: Hold['code'], detail: string): Hold {
  return { code, detail }
}
