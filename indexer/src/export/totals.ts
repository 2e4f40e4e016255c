import type { BillingRow } from '../billing/columns.ts'
import type { Manifest } from './Manifest.ts'

const HASH_SPACE = 2n ** 256n

/** Control totals over the rows of a delivery. */
export function totalsOf(rows: readonly BillingRow[]): Manifest['totals'] {
  const currencies = new Map<string, { debit: bigint; credit: bigint; statement: bigint }>()
  const taxes = new Map<string, { row: BillingRow; taxable: bigint; tax: bigint }>()
  let carryIn = 0n
  let carryOut = 0n
  let ids = 0n
  for (const row of rows) {
    const amount = BigInt(row.amount_minor)
    const sums = currencies.get(row.currency) ?? { debit: 0n, credit: 0n, statement: 0n }
    if (row.record_type === 'CHARGE') sums.debit += amount
    else if (row.record_type === 'CREDIT') sums.credit += amount
    else sums.statement += amount
    currencies.set(row.currency, sums)
    const taxKey = [row.record_type, row.currency, row.tax_category, row.tax_rate_bp.padStart(5, '0')].join('\n')
    const tax = taxes.get(taxKey) ?? { row, taxable: 0n, tax: 0n }
    tax.taxable += BigInt(row.taxable_minor)
    tax.tax += BigInt(row.tax_minor)
    taxes.set(taxKey, tax)
    carryIn += BigInt(row.carry_in_e18)
    carryOut += BigInt(row.carry_out_e18)
    ids = (ids + BigInt(`0x${row.line_id}`)) % HASH_SPACE
  }
  return {
    rows: String(rows.length),
    currencies: sorted(currencies).map(([currency, { debit, credit, statement }]) => ({
      currency,
      debitMinor: String(debit),
      creditMinor: String(credit),
      statementMinor: String(statement),
    })),
    taxes: sorted(taxes).map(([, { row, taxable, tax }]) => ({
      recordType: row.record_type,
      currency: row.currency,
      taxCategory: row.tax_category,
      taxRateBp: row.tax_rate_bp,
      taxableMinor: String(taxable),
      taxMinor: String(tax),
    })),
    carryInE18: String(carryIn),
    carryOutE18: String(carryOut),
    lineIdTotal: ids.toString(16).padStart(64, '0'),
  }
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
