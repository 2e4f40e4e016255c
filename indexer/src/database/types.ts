/** Where in the chain a fact was found. Together with the log index it is the fact's key. */
type Origin = {
  chain_id: bigint
  block_number: bigint
  block_hash: string
  log_index: number
  tx_hash: string
  at_seconds: bigint
}

export type ChainTable = {
  chain_id: bigint
  registry: string
  escrow: string
  token: string
  p256_verifier: string
  deployed_at_block: bigint
  cursor_number: bigint
  cursor_hash: string
  cursor_seconds: bigint
  finalized_number: bigint
  finalized_hash: string
}
export type BlockTable = {
  chain_id: bigint
  number: bigint
  hash: string
  parent_hash: string
  at_seconds: bigint
  status: 'FINALIZED'
}
export type RawLogTable = {
  chain_id: bigint
  block_hash: string
  log_index: number
  block_number: bigint
  tx_hash: string
  address: string
  topics: string[]
  data: string
}
export type AssetTable = {
  chain_id: bigint
  token: string
  asset: string
  symbol: string
  decimals: number
  currency: string
}

export type BindingTable = Origin & {
  binding_id: string
  device_id: string
  party_id: string
  attester: string
  valid_from: bigint
  valid_until: bigint
  funder: string
  funding: number
  token: string
  max_per_payment: bigint
  max_per_period: bigint
  period_seconds: bigint
  approvers: string
  billing_ref: string
  freshness_tip: string
  previous: string
  started_at: bigint
  device_signer: string
}
export type BindingChangeTable = Origin & {
  binding_id: string
  kind: 'SUSPENDED' | 'RESUMED' | 'RELEASED' | 'REVOKED' | 'RENEWED'
  sequence: number
  ends_at: bigint | null
  successor: string | null
}
export type ChannelTable = Origin & {
  channel_id: string
  payer: string
  beneficiary: string
  token: string
  payer_binding: string
  funder: string
  payee: string
  payee_binding: string
  close_delay_seconds: bigint
  salt: string
  funding: number
  party_id: string
}
export type DepositTable = Origin & {
  kind: 'BALANCE' | 'OPEN' | 'TOP_UP'
  channel_id: string | null
  account: string
  token: string
  source: 'BALANCE' | 'OUTSIDE'
  amount: bigint
  total: bigint
}
export type SettlementTable = Origin & {
  channel_id: string
  kind: 'SETTLE' | 'CLOSE'
  party_id: string
  month: string
  from_amount: bigint
  to_amount: bigint
  authorised_amount: bigint
  version: bigint
  receipts_root: string
  totals_word: string
}
export type ClosureTable = Origin & {
  channel_id: string
  kind: 'COOPERATIVE' | 'FINALIZED'
  settled: bigint
  authorised_amount: bigint | null
  version: bigint | null
  receipts_root: string | null
  refund: bigint
}
export type CloseRequestTable = Origin & { channel_id: string; close_at: bigint }
export type RefundTable = Origin & { channel_id: string; funder: string; token: string; amount: bigint }
export type WithdrawalTable = Origin & { kind: 'PAYOUT' | 'BALANCE'; account: string; token: string; amount: bigint }

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

/** Every table of the house. */
export type Tables = {
  chain: ChainTable
  block: BlockTable
  raw_log: RawLogTable
  asset: AssetTable
  binding: BindingTable
  binding_change: BindingChangeTable
  channel: ChannelTable
  deposit: DepositTable
  settlement: SettlementTable
  closure: ClosureTable
  close_request: CloseRequestTable
  refund: RefundTable
  withdrawal: WithdrawalTable
  agreement: AgreementTable
  receipt: ReceiptTable
  voucher: VoucherTable
  journal: JournalTable
  funder: FunderTable
  billing_reference: BillingReferenceTable
  account: AccountTable
  merchant: MerchantTable
  entry: EntryTable
  posting: PostingTable
  cycle: CycleTable
  cycle_freeze: CycleFreezeTable
  cycle_seal: CycleSealTable
  part: PartTable
  exception: ExceptionTable
  exception_end: ExceptionEndTable
  carry_key: CarryKeyTable
  line: LineTable
  sealed_file: SealedFileTable
}
