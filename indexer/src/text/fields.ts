import { DateTime, IANAZone } from 'luxon'
import { z } from 'zod'
import { holdsCardNumber } from './cardNumber.ts'

/** Patterns that registers, CSV columns and commands share. None lets a field start a spreadsheet formula. */
export const Patterns = {
  hash: /^0x[0-9a-f]{64}$/,
  hex64: /^[0-9a-f]{64}$/,
  address: /^0x[0-9a-f]{40}$/,
  code: /^[A-Z0-9][A-Z0-9-]{0,31}$/,
  reference: /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/,
  entity: /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/,
  account: /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,31}$/,
  cardSequence: /^\d{0,4}$/,
  par: /^(?:[A-Z0-9]{29})?$/,
  merchantId: /^[A-Za-z0-9]{0,15}$/,
  mcc: /^\d{4}$/,
  descriptor: /^[A-Za-z0-9][A-Za-z0-9 .,&/*'-]{0,21}$/,
  descriptorKana: /^(?:[\uff66-\uff9f0-9A-Z][\uff61-\uff9f0-9A-Z ().-]{0,47})?$/,
  text: /^[^\p{Cc}\p{Cs}=+\-@\s][^\p{Cc}\p{Cs}]{0,63}$/u,
  invoiceRegistration: /^(?:T\d{13})?$/,
  currency: /^[A-Z]{3}$/,
  decimal: /^(?:0|[1-9]\d{0,77})$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  time: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/,
} as const

export const TAX_CATEGORIES = ['STANDARD', 'REDUCED', 'ZERO_RATED', 'EXEMPT', 'OUT_OF_SCOPE'] as const
export type TaxCategory = (typeof TAX_CATEGORIES)[number]
export const TAX_RATE_BP_MAX = 10_000

const noCardNumber = (text: string): boolean => !holdsCardNumber(text)

/** A text field: matches its pattern, and is no card number. */
export function textField(pattern: RegExp, what: string) {
  return z
    .string()
    .refine(noCardNumber, {
      error: 'a card number must never be entered; give the acquirer token or the member id',
      abort: true,
    })
    .regex(pattern, what)
}

/** A 32-byte value, kept in lower case so that it compares as text. */
export const hashField = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.string().regex(Patterns.hash, 'expected 0x and 64 hexadecimal digits'))

export const addressField = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.string().regex(Patterns.address, 'expected 0x and 40 hexadecimal digits'))

export const dateField = z
  .string()
  .refine((text) => Patterns.date.test(text) && DateTime.fromISO(text).isValid, 'expected a date as 2026-11-30')

export const timeZoneField = z
  .string()
  .refine((text) => IANAZone.isValidZone(text), 'expected a time zone name as Asia/Tokyo')

export const taxRateField = z
  .string()
  .regex(/^\d{1,5}$/, 'expected basis points, as 1000 for 10 %')
  .transform(Number)
  .refine((rate) => rate <= TAX_RATE_BP_MAX, `expected at most ${String(TAX_RATE_BP_MAX)} basis points`)

/** Only a standard or reduced rate can be above zero. */
export function isTaxConsistent(category: TaxCategory, rateBp: number): boolean {
  return category === 'STANDARD' || category === 'REDUCED' ? rateBp > 0 : rateBp === 0
}
