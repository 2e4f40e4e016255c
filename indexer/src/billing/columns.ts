import { hashJson } from '../hash.ts'
import { Patterns, TAX_CATEGORIES } from '../text/fields.ts'

export const SCHEMA_VERSION = 'musubi-billing-1'

const integer = Patterns.decimal
const or = (pattern: RegExp): RegExp => new RegExp(`^(?:${pattern.source})?$`, pattern.flags)
const oneOf = (...values: readonly string[]): RegExp => new RegExp(`^(?:${values.join('|')})$`)

/** The billing file's columns in their order, each with all that it can hold. */
export const COLUMNS = [
  ['schema_version', oneOf(SCHEMA_VERSION)],
  ['batch_id', Patterns.code],
  ['line_no', integer],
  ['line_id', Patterns.hex64],
  ['line_seq', integer],
  ['content_hash', Patterns.hex64],
  ['record_type', oneOf('CHARGE', 'CREDIT', 'STATEMENT')],
  ['related_line_id', or(Patterns.hex64)],
  ['case_id', or(Patterns.reference)],
  ['book_entity', Patterns.entity],
  ['rail', oneOf('ISSUER', 'PSP')],
  ['funding', oneOf('credit', 'prepaid')],
  ['charge_id', /^(?:[A-Z0-9][A-Z0-9-]{0,26})?$/],
  ['attempt', or(integer)],
  ['liable_party_ref', Patterns.hash],
  ['billing_account', Patterns.account],
  ['card_ref_type', or(oneOf('PSP_TOKEN', 'MEMBER_ID'))],
  ['card_ref', or(Patterns.reference)],
  ['card_seq', Patterns.cardSequence],
  ['par', Patterns.par],
  ['consent_ref', or(Patterns.reference)],
  ['initial_network_ref', or(Patterns.reference)],
  ['original_acquirer_ref', or(Patterns.reference)],
  ['merchant_id', Patterns.merchantId],
  ['mcc', Patterns.mcc],
  ['descriptor', Patterns.descriptor],
  ['descriptor_kana', Patterns.descriptorKana],
  ['payee_merchant_ref', Patterns.reference],
  ['payee_name', Patterns.text],
  ['item', Patterns.text],
  ['period_from', Patterns.time],
  ['period_to', Patterns.time],
  ['cutoff_date', Patterns.date],
  ['charge_date', or(Patterns.date)],
  ['currency', Patterns.currency],
  ['exponent', integer],
  ['amount_minor', integer],
  ['tax_category', oneOf(...TAX_CATEGORIES)],
  ['tax_rate_bp', integer],
  ['taxable_minor', integer],
  ['tax_minor', integer],
  ['invoice_no', or(Patterns.reference)],
  ['invoice_reg_no', Patterns.invoiceRegistration],
  ['asset', Patterns.reference],
  ['asset_decimals', integer],
  ['source_atomic', integer],
  ['fx_rate', /^(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?$/],
  ['fx_source', Patterns.code],
  ['fx_as_of', Patterns.time],
  ['carry_in_e18', integer],
  ['carry_out_e18', integer],
  ['payment_count', integer],
  ['device_count', integer],
  ['settlement_count', integer],
  ['proof_root', Patterns.hex64],
] as const satisfies readonly (readonly [string, RegExp])[]

export type Column = (typeof COLUMNS)[number][0]
/** One row of a billing file, as text. */
export type BillingRow = { readonly [C in Column]: string }

export const COLUMN_NAMES: readonly Column[] = COLUMNS.map(([name]) => name)

/** Names the schema: SHA-256 of the columns and what each can hold. */
export const SCHEMA_HASH = hashJson([SCHEMA_VERSION, ...COLUMNS.map(([name, pattern]) => [name, pattern.source])])

/** What may change when the same line travels again, and the hash itself. */
const OUTSIDE_CONTENT: ReadonlySet<Column> = new Set<Column>([
  ...(['batch_id', 'line_no', 'attempt', 'cutoff_date', 'charge_date'] as const),
  ...(['line_id', 'line_seq', 'content_hash'] as const),
])

/** SHA-256 of a row's content as canonical JSON of its columns' texts. */
export function contentHash(row: Omit<BillingRow, 'content_hash'>): string {
  const texts: ReadonlyMap<string, string> = new Map(Object.entries(row))
  return hashJson([
    'content',
    ...COLUMN_NAMES.filter((name) => !OUTSIDE_CONTENT.has(name)).map((name) => [name, texts.get(name) ?? '']),
  ])
}
