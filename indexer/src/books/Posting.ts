import { insertRows } from '../database/bulk.ts'
import type { Database } from '../database/open.ts'

/** Accounts of the books. What follows the account name in `key` tells one sub-account from another. */
export type AccountName =
  | 'FLOAT' // what a funder's address pays in from outside and takes out again; key: the address
  | 'ESCROW_BALANCE' // what the address holds in the escrow, as the chain says; key: the address
  | 'ESCROW_DEPOSIT' // deposits of open credit channels; key: the channel
  | 'UNBILLED' // spent and not billed; key: `party:<id>` until a cycle takes it, then the carry key
  | 'SUSPENSE' // spent and held; key: the exception's code
  | 'CARD_RECEIVABLE' // requested from the card rail; key: the billing account
  | 'MEMO_PREPAID_DEPOSIT' // deposits of open prepaid channels; key: the channel
  | 'MEMO_PREPAID_SPEND' // spent out of them; key: the liable party
  | 'MEMO_OWN_DEPOSIT' // the same of a hub's own channels
  | 'MEMO_OWN_SPEND'

/** Debit is positive, credit negative, in base units of the asset. */
export type Posting = {
  readonly account: AccountName
  readonly key: string
  readonly asset: string
  readonly amount: bigint
}
export type Entry = {
  readonly id: string
  readonly rule: string
  readonly atSeconds: bigint
  readonly cause: string
  readonly postings: readonly Posting[]
}

/** A place in the books. */
export type Place = { readonly account: AccountName; readonly key: string }

/** Moves an amount from the credited to the debited place. Nothing at all for zero. */
export function transfer(asset: string, amount: bigint, places: { debit: Place; credit: Place }): readonly Posting[] {
  if (amount === 0n) return []
  return [
    { ...places.debit, asset, amount },
    { ...places.credit, asset, amount: -amount },
  ]
}

/** Writes entries. The database refuses one that does not sum to zero. */
export async function writeEntries(db: Database, entries: readonly Entry[]): Promise<void> {
  const written = entries.filter((entry) => entry.postings.length > 0)
  await insertRows(
    db,
    'entry',
    written.map(({ id, rule, atSeconds, cause }) => ({ entry_id: id, rule, at_seconds: atSeconds, cause })),
  )
  await insertRows(
    db,
    'posting',
    written.flatMap(({ id, postings }) =>
      postings.map(({ account, key, asset, amount }, index) => ({
        entry_id: id,
        posting_no: index + 1,
        account,
        account_key: key,
        asset,
        amount,
      })),
    ),
  )
}
