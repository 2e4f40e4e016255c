import type { Selectable } from 'kysely'
import type { Tables } from '../database/types.ts'
import { type BillingRow, SCHEMA_VERSION } from './columns.ts'
import { type Cycle, cutOffDate, isoTime } from './Cycle.ts'
import type { LineSum } from './lineParts.ts'
import { type ProofLeaf, proofRoot } from './proof.ts'
import { splitTax } from './Tax.ts'

/** All that a line's columns are made from. */
export type LineBasis = {
  readonly sum: LineSum
  readonly cycle: Cycle
  readonly account: Selectable<Tables['account']>
  readonly merchant: Selectable<Tables['merchant']>
  readonly recordType: 'CHARGE' | 'STATEMENT'
  readonly batchId: string
  readonly chargeId: string
  readonly decimals: number
  readonly exponent: number
  readonly carryInE18: bigint
  readonly carryOutE18: bigint
  readonly amountMinor: bigint
  readonly leaves: readonly ProofLeaf[]
}

/** A line's columns, without the hash of its content. */
export function buildRow(basis: LineBasis, lineNo: number): Omit<BillingRow, 'content_hash'> {
  return { ...identityColumns(basis, lineNo), ...cardColumns(basis), ...saleColumns(basis), ...moneyColumns(basis) }
}

function identityColumns({ sum, recordType, batchId, account }: LineBasis, lineNo: number) {
  return {
    schema_version: SCHEMA_VERSION,
    batch_id: batchId,
    line_no: String(lineNo),
    line_id: sum.lineId,
    line_seq: '0',
    record_type: recordType,
    related_line_id: '',
    case_id: '',
    book_entity: sum.key.bookEntity,
    rail: account.rail,
    funding: sum.key.funding,
    liable_party_ref: sum.key.liablePartyRef,
    billing_account: sum.key.billingAccount,
  }
}

/** Charge, card and consent; a statement has none of them, so that nobody can charge it. */
function cardColumns({ recordType, account, chargeId, cycle }: LineBasis) {
  const charged = recordType === 'CHARGE'
  const whenCharged = (text: string): string => (charged ? text : '')
  return {
    charge_id: whenCharged(chargeId),
    attempt: whenCharged('1'),
    charge_date: whenCharged(cycle.chargeDate),
    card_ref_type: whenCharged(account.card_ref_type),
    card_ref: whenCharged(account.card_ref),
    card_seq: whenCharged(account.card_seq),
    par: whenCharged(account.par),
    consent_ref: whenCharged(account.consent_ref),
    initial_network_ref: whenCharged(account.initial_network_ref),
    original_acquirer_ref: '',
    merchant_id: account.merchant_id,
    mcc: account.mcc,
    descriptor: account.descriptor,
    descriptor_kana: account.descriptor_kana,
  }
}

function saleColumns({ sum, merchant, cycle }: LineBasis) {
  return {
    payee_merchant_ref: sum.key.payeeMerchantRef,
    payee_name: merchant.payee_name,
    item: merchant.item,
    period_from: isoTime(sum.serviceFromSeconds ?? cycle.fromSeconds, cycle.timeZone),
    period_to: isoTime(sum.serviceToSeconds ?? cycle.cutOffSeconds, cycle.timeZone),
    cutoff_date: cutOffDate(cycle),
    payment_count: String(sum.paymentCount),
    device_count: String(sum.deviceCount),
    settlement_count: String(sum.settlementCount),
    // The bill is not a qualified invoice: the number would be the payee's own.
    invoice_no: '',
    invoice_reg_no: merchant.invoice_reg_no,
  }
}

function moneyColumns(basis: LineBasis) {
  const { sum, cycle, exponent, amountMinor, carryInE18, carryOutE18, decimals, leaves } = basis
  const { taxableMinor, taxMinor } = splitTax(amountMinor, sum.key.taxRateBp)
  return {
    currency: sum.key.currency,
    exponent: String(exponent),
    amount_minor: String(amountMinor),
    tax_category: sum.key.taxCategory,
    tax_rate_bp: String(sum.key.taxRateBp),
    taxable_minor: String(taxableMinor),
    tax_minor: String(taxMinor),
    asset: sum.key.asset,
    asset_decimals: String(decimals),
    source_atomic: String(sum.sourceAtomic),
    fx_rate: '1',
    fx_source: 'PAR',
    fx_as_of: isoTime(cycle.cutOffSeconds, cycle.timeZone),
    carry_in_e18: String(carryInE18),
    carry_out_e18: String(carryOutE18),
    proof_root: proofRoot(leaves),
  }
}
