/** Rows of what the chain says. */

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
  /** The number that the attester had when it vouched. */
  attester_index: number
  /** Seconds: when the binding started, or when the fleet was enrolled that it is a leaf of. */
  vouched_at: bigint
}
export type AttesterChangeTable = Origin & {
  attester: string
  attester_index: number
  kind: 'ACCREDITED' | 'RETIRED' | 'COMPROMISED'
  /** Seconds; what the attester vouched for later ended with the mark. */
  since: bigint | null
}
export type EnrolmentTable = Origin & {
  enrolment_id: string
  root: string
  count: number
  party_id: string
  attester: string
  attester_index: number
  valid_from: bigint
  valid_until: bigint
  party_signer: string
}
export type BindingChangeTable = Origin & {
  binding_id: string
  kind: 'SUSPENDED' | 'RESUMED' | 'RELEASED' | 'REVOKED' | 'RENEWED' | 'REBOUND' | 'ROTATED'
  /** The one that the next message has to name; null when the binding has ended. */
  sequence: number | null
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
  /** These three are what the payer's voucher says: null when the close needed none. */
  authorised_amount: bigint | null
  version: bigint | null
  receipts_root: string | null
  refund: bigint
}
export type CloseRequestTable = Origin & { channel_id: string; close_at: bigint }
export type RefundTable = Origin & { channel_id: string; funder: string; token: string; amount: bigint }
export type WithdrawalTable = Origin & { kind: 'PAYOUT' | 'BALANCE'; account: string; token: string; amount: bigint }
