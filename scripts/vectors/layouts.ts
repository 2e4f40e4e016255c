import type { Hex } from 'viem'
import { concat, maxUint64, maxUint96, numberToHex, padHex, stringToHex } from 'viem'
import { contracts, named, sha256 } from './cast.ts'

const TAX_CODES = { STANDARD: 0, REDUCED: 1, ZERO_RATED: 2, EXEMPT: 3, OUT_OF_SCOPE: 4 } as const

type Tariff = {
  readonly token: Hex
  readonly currency: string
  readonly unit: string
  readonly pricePerUnit: bigint
  readonly taxCategory: keyof typeof TAX_CODES
  readonly taxRateBp: number
  readonly merchantRef: string
}

const token = contracts.settlementToken

export const tariffs = {
  energy: tariffOf({
    token,
    currency: 'JPY',
    unit: 'Wh',
    // 0.0357 yen a Wh
    pricePerUnit: 35_700_000_000_000_000n,
    taxCategory: 'STANDARD',
    taxRateBp: 1000,
    merchantRef: 'station-operator-1',
  }),
  parking: tariffOf({
    token,
    currency: 'JPY',
    unit: 's',
    pricePerUnit: 83_333_333_333_333_333n,
    taxCategory: 'REDUCED',
    taxRateBp: 800,
    merchantRef: 'p/2',
  }),
  largest: tariffOf({
    token: '0xFFfFfFffFFfffFFfFFfFFFFFffFFFffffFfFFFfF',
    currency: '~~~',
    unit: 'twelve-chars',
    pricePerUnit: maxUint96,
    taxCategory: 'OUT_OF_SCOPE',
    taxRateBp: 10_000,
    merchantRef: 'thirty-two-characters-of-a-name!',
  }),
  smallest: tariffOf({
    token: '0x0000000000000000000000000000000000000000',
    currency: '!',
    unit: '!',
    pricePerUnit: 0n,
    taxCategory: 'ZERO_RATED',
    taxRateBp: 0,
    merchantRef: '!',
  }),
  exempt: tariffOf({
    token,
    currency: 'EUR',
    unit: 'min',
    pricePerUnit: 1n,
    taxCategory: 'EXEMPT',
    taxRateBp: 0,
    merchantRef: 'A',
  }),
}

function tariffOf(tariff: Tariff) {
  const text = (value: string, size: number) => padHex(stringToHex(value), { dir: 'right', size })
  const bytes = concat([
    tariff.token,
    text(tariff.currency, 3),
    text(tariff.unit, 12),
    numberToHex(tariff.pricePerUnit, { size: 12 }),
    numberToHex(TAX_CODES[tariff.taxCategory], { size: 1 }),
    numberToHex(tariff.taxRateBp, { size: 2 }),
    text(tariff.merchantRef, 32),
  ]).toLowerCase() as Hex
  return { tariff, bytes, hash: sha256(bytes) }
}

/** Layouts that no tariff has: each is the energy tariff but for one field. */
export function refusedTariffs() {
  const sound = tariffs.energy.bytes
  const at = (offset: number, replacement: Hex) => {
    const start = 2 + 2 * offset
    return `${sound.slice(0, start)}${replacement.slice(2)}${sound.slice(start + replacement.length - 2)}`
  }
  return [
    { name: 'one byte short', bytes: sound.slice(0, -2) },
    { name: 'one byte long', bytes: `${sound}00` },
    { name: 'empty', bytes: '0x' },
    { name: 'an unknown tax category', bytes: at(47, '0x05') },
    { name: 'a tax rate above 100 %', bytes: at(48, '0x2711') },
    { name: 'no currency', bytes: at(20, '0x000000') },
    { name: 'no unit', bytes: at(23, `0x${'00'.repeat(12)}`) },
    { name: 'no merchant', bytes: at(50, `0x${'00'.repeat(32)}`) },
    { name: 'a space in the currency', bytes: at(20, '0x4a2059') },
    { name: 'a letter beyond ASCII in the unit', bytes: at(23, '0xe9') },
    { name: 'a control character in the merchant', bytes: at(50, '0x0a') },
    { name: 'letters after the end of the unit', bytes: at(34, '0x41') },
    { name: 'letters after the end of the merchant', bytes: at(81, '0x41') },
  ]
}

type Item = { readonly reference: Hex; readonly quantity: bigint }

export function itemVector(item: Item) {
  const bytes = concat([item.reference, numberToHex(item.quantity, { size: 8 })])
  return { item, bytes, hash: sha256(bytes) }
}

export function itemVectors() {
  return [
    itemVector({ reference: named('charging session 1'), quantity: 100n }),
    itemVector({ reference: named('charging session 2'), quantity: maxUint64 }),
    itemVector({ reference: `0x${'00'.repeat(32)}`, quantity: 0n }),
  ]
}

export type Receipt = {
  readonly channelId: Hex
  readonly version: bigint
  readonly amount: bigint
  readonly cumulativeAmount: bigint
  readonly agreementHash: Hex
  readonly itemHash: Hex
  readonly timestamp: number
}

export function receiptVector(receipt: Receipt) {
  const bytes = concat([
    receipt.channelId,
    numberToHex(receipt.version, { size: 8 }),
    numberToHex(receipt.amount, { size: 12 }),
    numberToHex(receipt.cumulativeAmount, { size: 12 }),
    receipt.agreementHash,
    receipt.itemHash,
    numberToHex(receipt.timestamp, { size: 8 }),
  ])
  return { receipt, bytes, hash: sha256(bytes) }
}

export function largestReceipt() {
  return receiptVector({
    channelId: `0x${'ff'.repeat(32)}`,
    version: maxUint64,
    amount: maxUint96,
    cumulativeAmount: maxUint96,
    agreementHash: `0x${'ff'.repeat(32)}`,
    itemHash: `0x${'ff'.repeat(32)}`,
    timestamp: 2 ** 40 - 1,
  })
}
