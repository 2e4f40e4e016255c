import { hashJson } from '../hash.ts'

/** What is billed together from cycle to cycle. With the cycle added it names one line. */
export type CarryKey = {
  readonly bookEntity: string
  readonly funding: 'credit' | 'prepaid'
  readonly liablePartyRef: string
  readonly billingAccount: string
  readonly payeeMerchantRef: string
  readonly taxCategory: string
  readonly taxRateBp: number
  readonly asset: string
  readonly currency: string
}

/** Name of a carry key: SHA-256 of its fields, in this order, as canonical JSON. */
export function carryKeyId(key: CarryKey): string {
  return hashJson(['carry', ...fields(key)])
}

/** Name of a line: SHA-256 of its key and sequence, in this order, as canonical JSON. */
export function lineId(key: CarryKey, cycle: string, lineSeq: number): string {
  return hashJson(['line', ...fields(key), cycle, String(lineSeq)])
}

function fields(key: CarryKey): readonly string[] {
  return [
    key.bookEntity,
    key.funding,
    key.liablePartyRef,
    key.billingAccount,
    key.payeeMerchantRef,
    key.taxCategory,
    String(key.taxRateBp),
    key.asset,
    key.currency,
  ]
}
