import { sql } from 'kysely'
import type { Database } from '../database/open.ts'

export type AccountTotal = { readonly account: string; readonly asset: string; readonly amount: bigint }

/** What each account holds, summed over its sub-accounts. */
export async function accountTotals(db: Database): Promise<readonly AccountTotal[]> {
  return db
    .selectFrom('posting')
    .select(['account', 'asset', sql<bigint>`sum(amount)`.as('amount')])
    .groupBy(['account', 'asset'])
    .orderBy('account')
    .orderBy('asset')
    .execute()
}

/** Per asset the sum of all postings, which must be zero. */
export function trialBalance(totals: readonly AccountTotal[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { asset, amount } of totals) sums.set(asset, (sums.get(asset) ?? 0n) + amount)
  return sums
}
