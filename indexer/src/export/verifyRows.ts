import { ProgramError } from '@musubi/cli'
import { parse } from 'csv-parse/sync'
import { minorUnitE18, valueE18 } from '../billing/Carry.ts'
import { type BillingRow, COLUMN_NAMES, COLUMNS, contentHash } from '../billing/columns.ts'
import { exponentOf } from '../billing/Currency.ts'
import { lineId } from '../billing/LineKey.ts'
import { splitTax } from '../billing/Tax.ts'
import type { Manifest } from './Manifest.ts'

type Expected = {
  readonly batchId: string
  readonly role: 'charges' | 'statements'
  readonly manifest: Manifest
  readonly onRow: (done: number) => void
}
type Check = { readonly column: string; readonly given: string; readonly expected: string }

/** Re-reads a file row by row with a parser that is not the writer, and recomputes what each row says of itself. */
export function readRows(file: string, text: string, expected: Expected): readonly BillingRow[] {
  let table: readonly (readonly string[])[]
  try {
    table = parse(text, { record_delimiter: '\r\n' })
  } catch (error) {
    throw badRow(file, 0, { column: 'file', given: error instanceof Error ? error.message : '', expected: 'RFC 4180' })
  }
  const header = (table[0] ?? []).join(',')
  if (header !== COLUMN_NAMES.join(',')) {
    throw badRow(file, 0, { column: 'header', given: header, expected: COLUMN_NAMES.join(',') })
  }
  return table.slice(1).map((fields, index) => {
    const row = typed(file, index + 1, fields)
    for (const check of checks(row, index + 1, expected)) {
      if (check.given !== check.expected) throw badRow(file, index + 1, check)
    }
    expected.onRow(index + 1)
    return row
  })
}

function typed(file: string, number: number, fields: readonly string[]): BillingRow {
  COLUMNS.forEach(([column, pattern], index) => {
    const given = fields[index] ?? ''
    if (!pattern.test(given)) throw badRow(file, number, { column, given, expected: pattern.source })
  })
  // Every column was just found to be there and to hold its own type.
  return Object.fromEntries(COLUMN_NAMES.map((name, index) => [name, fields[index]])) as BillingRow
}

function checks(row: BillingRow, number: number, { batchId, role, manifest }: Expected): readonly Check[] {
  const check = (column: keyof BillingRow, expected: string): Check => ({ column, given: row[column], expected })
  const statement = role === 'statements'
  return [
    check('batch_id', batchId),
    check('line_no', String(number)),
    check('book_entity', manifest.bookEntity),
    check('rail', manifest.rail),
    check('record_type', statement ? 'STATEMENT' : 'CHARGE'),
    ...(statement
      ? (['charge_id', 'attempt', 'card_ref', 'card_ref_type', 'consent_ref'] as const).map((name) => check(name, ''))
      : [check('funding', 'credit'), check('charge_date', manifest.cycle.chargeDate)]),
    check('line_id', lineId(keyOf(row), manifest.cycle.name, Number(row.line_seq))),
    check('content_hash', contentHash(row)),
    check('exponent', String(exponentOf(row.currency))),
    ...moneyChecks(row),
  ]
}

function keyOf(row: BillingRow) {
  return {
    bookEntity: row.book_entity,
    funding: row.funding === 'credit' ? ('credit' as const) : ('prepaid' as const),
    liablePartyRef: row.liable_party_ref,
    billingAccount: row.billing_account,
    payeeMerchantRef: row.payee_merchant_ref,
    taxCategory: row.tax_category,
    taxRateBp: Number(row.tax_rate_bp),
    asset: row.asset,
    currency: row.currency,
  }
}

function moneyChecks(row: BillingRow): readonly Check[] {
  const unit = minorUnitE18(Number(row.exponent))
  const amount = BigInt(row.amount_minor)
  const carryOut = BigInt(row.carry_out_e18)
  const spent = valueE18(BigInt(row.source_atomic), Number(row.asset_decimals))
  const tax = splitTax(amount, Number(row.tax_rate_bp))
  return [
    {
      column: 'carry_out_e18',
      given: String(amount * unit + carryOut),
      expected: String(BigInt(row.carry_in_e18) + spent),
    },
    {
      column: 'carry_out_e18',
      given: carryOut < unit ? 'below one unit' : row.carry_out_e18,
      expected: 'below one unit',
    },
    { column: 'tax_minor', given: row.tax_minor, expected: String(tax.taxMinor) },
    { column: 'taxable_minor', given: row.taxable_minor, expected: String(tax.taxableMinor) },
  ]
}

function badRow(file: string, row: number, { column, given, expected }: Check): ProgramError {
  return new ProgramError('Verify.RefusedError', `${file}, row ${String(row)}, column ${column} is refused.`, {
    given,
    expected,
    next: 'Do not use these files; fetch them again from the one who sealed them.',
  })
}
