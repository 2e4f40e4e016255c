/** Rows of what the chain does not hold, of the books and of billing. */

export type AgreementTable = {
  agreement_hash: string
  payer: string
  payee: string
  valid_from: bigint
  valid_until: bigint
  salt: string
  tariff_hash: string
  token: string
  currency: string
  unit: string
  price_per_unit: bigint
  tax_category: string
  tax_rate_bp: number
  merchant_ref: string
  payer_signature: string
  payee_signature: string
  journal_seq: bigint
}
export type ReceiptTable = {
  channel_id: string
  version: bigint
  amount: bigint
  cumulative_amount: bigint
  agreement_hash: string
  item_hash: string
  root: string
  at_seconds: bigint
  journal_seq: bigint
}
export type VoucherTable = {
  channel_id: string
  version: bigint
  cumulative_amount: bigint
  receipts_root: string
  signature: string
  journal_seq: bigint
}

export type JournalTable = { seq: bigint; kind: string; content: string; previous_hash: string; hash: string }

export type FunderTable = {
  address: string
  valid_from: string
  book_entity: string
  party_ref: string
  journal_seq: bigint
}
export type BillingReferenceTable = {
  billing_ref: string
  billing_account: string
  liable_party_ref: string
  valid_from: string
  journal_seq: bigint
}
export type AccountTable = {
  billing_account: string
  valid_from: string
  liable_party_ref: string
  book_entity: string
  rail: 'ISSUER' | 'PSP'
  card_ref_type: string
  card_ref: string
  card_seq: string
  par: string
  consent_ref: string
  initial_network_ref: string
  merchant_id: string
  mcc: string
  descriptor: string
  descriptor_kana: string
  journal_seq: bigint
}
export type MerchantTable = {
  payee_binding: string
  valid_from: string
  merchant_ref: string
  payee_name: string
  invoice_reg_no: string
  tax_category: string
  tax_rate_bp: number
  item: string
  journal_seq: bigint
}

export type EntryTable = { entry_id: string; rule: string; at_seconds: bigint; cause: string }
export type PostingTable = {
  entry_id: string
  posting_no: number
  account: string
  account_key: string
  asset: string
  amount: bigint
}

export type CycleTable = {
  cycle: string
  time_zone: string
  from_seconds: bigint
  cut_off_seconds: bigint
  grace_seconds: bigint
  charge_date: string
  journal_seq: bigint
}
export type CycleFreezeTable = {
  cycle: string
  chain_id: bigint
  block_number: bigint
  block_hash: string
  journal_seq: bigint
}
export type CycleSealTable = { cycle: string; journal_seq: bigint }
export type PartTable = {
  party_id: string
  month: string
  chain_id: bigint
  block_hash: string
  log_index: number
  part_no: number
  channel_id: string
  block_number: bigint
  from_amount: bigint
  to_amount: bigint
  cycle: string
  disposition: 'BILL' | 'HOLD' | 'OWN'
  hold_code: string | null
  exception_id: string | null
  carry_key: string | null
  line_id: string | null
  merchant_ref: string | null
  payment_count: bigint
  service_from_seconds: bigint | null
  service_to_seconds: bigint | null
  asset: string
}
export type ExceptionTable = {
  exception_id: string
  code: string
  effect: 'HOLD' | 'INFO'
  cycle: string
  subject: string
  asset: string
  amount: bigint
  detail: string
}
export type ExceptionEndTable = { exception_id: string; cycle: string; reason: string }
export type CarryKeyTable = {
  carry_key: string
  book_entity: string
  funding: 'credit' | 'prepaid'
  liable_party_ref: string
  billing_account: string
  payee_merchant_ref: string
  tax_category: string
  tax_rate_bp: number
  asset: string
  currency: string
}
export type LineTable = {
  line_id: string
  cycle: string
  carry_key: string
  batch_id: string
  line_no: number
  charge_id: string
  record_type: 'CHARGE' | 'STATEMENT'
  rail: string
  source_atomic: bigint
  amount_minor: bigint
  carry_in_e18: bigint
  carry_out_e18: bigint
  content_hash: string
}
export type SealedFileTable = {
  cycle: string
  book_entity: string
  rail: string
  file_name: string
  role: 'charges' | 'statements' | 'evidence' | 'manifest'
  bytes: string
  sha256: string
}
