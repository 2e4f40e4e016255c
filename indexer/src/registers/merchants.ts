import { z } from 'zod'
import { insertRows } from '../database/bulk.ts'
import type { Database } from '../database/open.ts'
import {
  dateField,
  hashField,
  isTaxConsistent,
  Patterns,
  TAX_CATEGORIES,
  taxRateField,
  textField,
} from '../text/fields.ts'
import { newRows } from './merge.ts'

/** Which merchant a payee's binding belongs to, and how it appears on a bill. */
export const MERCHANT_COLUMNS = [
  ...['payee_binding', 'merchant_ref', 'payee_name', 'invoice_reg_no'],
  ...['tax_category', 'tax_rate_bp', 'item', 'valid_from'],
] as const

export const merchantRow = z
  .strictObject({
    payee_binding: hashField,
    merchant_ref: textField(Patterns.reference, 'expected 1 to 64 letters, digits and . _ : / -'),
    payee_name: textField(Patterns.text, 'expected 1 to 64 characters that start no formula'),
    // Thirteen digits by law: the pattern types the field, so the card number check does not apply.
    invoice_reg_no: z.string().regex(Patterns.invoiceRegistration, 'expected nothing, or T and 13 digits'),
    tax_category: z.enum(TAX_CATEGORIES, `expected one of ${TAX_CATEGORIES.join(', ')}`),
    tax_rate_bp: taxRateField,
    item: textField(Patterns.text, 'expected 1 to 64 characters that start no formula'),
    valid_from: dateField,
  })
  .refine((row) => isTaxConsistent(row.tax_category, row.tax_rate_bp), {
    path: ['tax_rate_bp'],
    error: 'expected above 0 for STANDARD and REDUCED, 0 for every other category',
  })
export type MerchantRow = z.output<typeof merchantRow>

/** Adds rows to the register; answers how many were new. */
export async function registerMerchants(db: Database, rows: readonly MerchantRow[], seq: bigint): Promise<number> {
  const known = (await db.selectFrom('merchant').selectAll().execute()).map(({ journal_seq: _, ...row }) => row)
  const added = newRows(
    rows.map((row) => ({ ...row, tax_category: row.tax_category })),
    known,
    (row) => `${row.payee_binding} from ${row.valid_from}`,
  )
  // One merchant has one name, number and item at a time, whichever of its machines the row is about.
  newRows([...known, ...added].map(merchantOnly), [], (row) => `${row.merchant_ref} from ${row.valid_from}`)
  await insertRows(
    db,
    'merchant',
    added.map((row) => ({ ...row, journal_seq: seq })),
  )
  return added.length
}

function merchantOnly(row: Omit<MerchantRow, 'tax_category'>) {
  const { merchant_ref, payee_name, invoice_reg_no, item, valid_from } = row
  return { merchant_ref, payee_name, invoice_reg_no, item, valid_from }
}
