import type { Selectable } from 'kysely'
import type { Database } from '../database/open.ts'
import type { Tables } from '../database/types.ts'

type Row<T extends keyof Tables> = Selectable<Tables[T]>

/** The dated registers in memory, asked for a day. */
export type Registers = {
  funder(address: string, day: string): Row<'funder'> | undefined
  billingReference(ref: string, day: string): Row<'billing_reference'> | undefined
  account(billingAccount: string, day: string): Row<'account'> | undefined
  merchantOf(payeeBinding: string, day: string): Row<'merchant'> | undefined
  merchant(merchantRef: string, day: string): Row<'merchant'> | undefined
}

export async function loadRegisters(db: Database): Promise<Registers> {
  const funders = group(await db.selectFrom('funder').selectAll().execute(), (row) => row.address)
  const references = group(await db.selectFrom('billing_reference').selectAll().execute(), (row) => row.billing_ref)
  const accounts = group(await db.selectFrom('account').selectAll().execute(), (row) => row.billing_account)
  const merchantRows = await db.selectFrom('merchant').selectAll().orderBy('payee_binding').execute()
  const byBinding = group(merchantRows, (row) => row.payee_binding)
  const byRef = group(merchantRows, (row) => row.merchant_ref)
  return {
    funder: (address, day) => inForce(funders.get(address), day),
    billingReference: (ref, day) => inForce(references.get(ref), day),
    account: (name, day) => inForce(accounts.get(name), day),
    merchantOf: (binding, day) => inForce(byBinding.get(binding), day),
    merchant: (ref, day) => inForce(byRef.get(ref), day),
  }
}

function group<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const known = groups.get(keyOf(row))
    if (known === undefined) groups.set(keyOf(row), [row])
    else known.push(row)
  }
  return groups
}

/** The row with the latest start that is not after the day. */
function inForce<T extends { valid_from: string }>(rows: readonly T[] | undefined, day: string): T | undefined {
  let found: T | undefined
  for (const row of rows ?? []) {
    if (row.valid_from > day) continue
    if (found === undefined || row.valid_from > found.valid_from) found = row
  }
  return found
}
