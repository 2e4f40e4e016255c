import { sha256 } from '@noble/hashes/sha2.js'
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem'
import { fromHex, readUint, toHex, writeUint } from './Bytes.ts'
import { BaseError } from './Errors.ts'

/** Consumption tax categories, in the order of their wire values. */
export const TAX_CATEGORIES = ['STANDARD', 'REDUCED', 'ZERO_RATED', 'EXEMPT', 'OUT_OF_SCOPE'] as const
export type TaxCategory = (typeof TAX_CATEGORIES)[number]

/** What is sold at which price. Prices are tax-inclusive. */
export type Tariff = {
  readonly token: Address
  /** ISO 4217, for example `JPY`. */
  readonly currency: string
  /** What a quantity counts, for example `Wh`. */
  readonly unit: string
  /** Token base units for one unit, tax included. */
  readonly pricePerUnit: bigint
  readonly taxCategory: TaxCategory
  /** Hundredths of a percent: 1000 is 10 %. */
  readonly taxRateBp: number
  /** Who sells, as the payee's merchant register knows it. */
  readonly merchantRef: string
}

/** Size of the fixed layout. */
export const TARIFF_BYTES = 82
const TEXT = {
  currency: { offset: 20, size: 3 },
  unit: { offset: 23, size: 12 },
  merchantRef: { offset: 50, size: 32 },
} as const
const PRICE = { offset: 35, size: 12 }
const TAX_CATEGORY_OFFSET = 47
const TAX_RATE_BP_MAX = 10_000

/**
 * Fixed layout: token 20 || currency 3 || unit 12 || pricePerUnit 12 || taxCategory 1 || taxRateBp 2 || merchantRef 32.
 * Texts are printable ASCII, padded with zero bytes.
 */
export function encode(tariff: Tariff): Uint8Array {
  const bytes = new Uint8Array(TARIFF_BYTES)
  bytes.set(fromHex(tariff.token, 20), 0)
  for (const field of ['currency', 'unit', 'merchantRef'] as const) writeText(bytes, tariff[field], field)
  writeUint(bytes, tariff.pricePerUnit, PRICE)
  bytes[TAX_CATEGORY_OFFSET] = codeOf(tariff.taxCategory)
  if (!Number.isInteger(tariff.taxRateBp) || tariff.taxRateBp < 0 || tariff.taxRateBp > TAX_RATE_BP_MAX) {
    throw new BadTariffError({ field: 'taxRateBp', given: tariff.taxRateBp, expected: `0 to ${TAX_RATE_BP_MAX}` })
  }
  writeUint(bytes, BigInt(tariff.taxRateBp), { offset: 48, size: 2 })
  return bytes
}

/** The opposite of {@link encode}: refuses what it would not have written. */
export function decode(bytes: Uint8Array): Tariff {
  if (bytes.length !== TARIFF_BYTES) {
    throw new BadTariffError({ field: 'length', given: bytes.length, expected: TARIFF_BYTES })
  }
  const code = bytes[TAX_CATEGORY_OFFSET] ?? TAX_CATEGORIES.length
  const category = TAX_CATEGORIES[code]
  if (category === undefined) {
    throw new BadTariffError({ field: 'taxCategory', given: code, expected: TAX_CATEGORIES })
  }
  const tariff = {
    token: getAddress(toHex(bytes.subarray(0, 20))),
    currency: readText(bytes, TEXT.currency),
    unit: readText(bytes, TEXT.unit),
    pricePerUnit: readUint(bytes, PRICE),
    taxCategory: category,
    taxRateBp: Number(readUint(bytes, { offset: 48, size: 2 })),
    merchantRef: readText(bytes, TEXT.merchantRef),
  }
  if (toHex(encode(tariff)) !== toHex(bytes)) {
    throw new BadTariffError({ field: 'layout', given: toHex(bytes), expected: toHex(encode(tariff)) })
  }
  return tariff
}

/** SHA-256 of the layout: what an agreement names. */
export function hash(tariff: Tariff): Hex {
  return toHex(sha256(encode(tariff)))
}

/** What a quantity costs, in token base units. Exact: the price is per unit, and quantities are whole units. */
export function price(tariff: Tariff, quantity: bigint): bigint {
  return tariff.pricePerUnit * quantity
}

function codeOf(category: TaxCategory): number {
  const code = TAX_CATEGORIES.indexOf(category)
  if (code === -1) throw new BadTariffError({ field: 'taxCategory', given: category, expected: TAX_CATEGORIES })
  return code
}

/** Whether a text can stand in a tariff: printable ASCII without spaces, so that it looks the same to everybody. */
export function isText(text: string, field: keyof typeof TEXT): boolean {
  return /^[\x21-\x7e]+$/.test(text) && text.length <= TEXT[field].size
}

function writeText(bytes: Uint8Array, text: string, field: keyof typeof TEXT): void {
  const { offset, size } = TEXT[field]
  if (!isText(text, field)) {
    throw new BadTariffError({ field, given: text, expected: `1 to ${size} printable ASCII characters without spaces` })
  }
  for (let index = 0; index < text.length; index++) bytes[offset + index] = text.charCodeAt(index)
}

function readText(bytes: Uint8Array, { offset, size }: { readonly offset: number; readonly size: number }): string {
  const field = bytes.subarray(offset, offset + size)
  const end = field.indexOf(0)
  return String.fromCharCode(...(end === -1 ? field : field.subarray(0, end)))
}

/** The tariff has no layout, or the layout is no tariff. */
export class BadTariffError extends BaseError {
  override readonly name = 'Tariff.BadTariffError'
  constructor({ field, given, expected }: { field: string; given: unknown; expected: unknown }) {
    super(`The tariff's ${field} is ${String(given)}; expected ${String(expected)}.`, {
      next: 'Ask the payee for a sound tariff.',
      given,
      expected,
    })
  }
}
