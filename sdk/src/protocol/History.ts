import type { Address, Hex } from 'viem'
import { getAddress, isAddress, isHex } from 'viem'
import { z } from 'zod'
import type { SignedAgreement } from './Agreement.ts'
import type { Channel } from './Channel.ts'
import { BaseError } from './Errors.ts'
import type { Item } from './Item.ts'
import type { Payment } from './Payment.ts'
import { receiptOf } from './Payment.ts'
import type { Receipt } from './Receipt.ts'
import { TAX_CATEGORIES, isText } from './Tariff.ts'
import type { SignedVoucher } from './Voucher.ts'

/**
 * A channel's history as a payee hands it to whoever keeps the books: JSON lines, one record a line. Per channel: the
 * channel, its agreements, its receipts in order of versions, and the newest voucher, whose signed root proves them all.
 * Integers beyond 2^53 are decimal strings.
 */
export type Line =
  | {
      readonly kind: 'channel'
      readonly version: 1
      readonly chainId: number
      readonly escrow: Address
      readonly channelId: Hex
      readonly channel: Channel
      readonly payerSigner: Hex
      readonly payeeSigner: Hex
    }
  | ({ readonly kind: 'agreement'; readonly channelId: Hex } & SignedAgreement)
  | { readonly kind: 'receipt'; readonly receipt: Receipt; readonly item: Item }
  | ({ readonly kind: 'voucher' } & SignedVoucher)

/** Longest line, in characters. */
export const LINE_CHARACTERS_MAX = 4096

/** The line of a payment's receipt. */
export function receiptLine(payment: Payment): Line {
  return { kind: 'receipt', receipt: receiptOf(payment), item: payment.item }
}

/** One line of the file, without its end. */
export function stringify(line: Line): string {
  if (line.kind !== 'receipt') return JSON.stringify(line, toText)
  // The hash of the item is left out: it follows from the item.
  const { itemHash: _, ...receipt } = line.receipt
  return JSON.stringify({ kind: line.kind, ...receipt, item: line.item }, toText)
}

/** Reads one line; `number` is for the error. Signatures and hashes are for the caller to check. */
export function parse(text: string, number: number): Line {
  if (text.length > LINE_CHARACTERS_MAX) {
    throw new BadLineError({ number, given: `${text.length} characters`, expected: `at most ${LINE_CHARACTERS_MAX}` })
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new BadLineError({ number, given: text.slice(0, 80), expected: 'JSON', cause })
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success)
    throw new BadLineError({ number, given: text.slice(0, 80), expected: z.prettifyError(parsed.error) })
  return toLine(parsed.data)
}

const hex = (size: number) =>
  z
    .string()
    .refine((text): text is Hex => isHex(text) && text.length === 2 + 2 * size, `expected ${size} bytes as hex`)
    .transform((text) => text.toLowerCase() as Hex)
const signer = z
  .string()
  .refine(
    (text): text is Hex => isHex(text) && [42, 170].includes(text.length),
    'expected a device signer of 20 or 84 bytes',
  )
  // As signers name themselves: an address with its checksum, the longer ones in lower case.
  .transform((text) => (text.length === 42 ? getAddress(text) : (text.toLowerCase() as Hex)))
const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), 'expected an address')
  .transform((text) => getAddress(text))
const uint = (bits: number) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,38})$/, 'expected a decimal integer')
    .transform((text) => BigInt(text))
    .refine((value) => value < 1n << BigInt(bits), `expected less than 2^${bits}`)
const seconds = z
  .int()
  .nonnegative()
  .max(2 ** 40 - 1)

const tariffText = (field: 'currency' | 'unit' | 'merchantRef') =>
  z
    .string()
    .refine((text) => isText(text, field), 'expected printable ASCII without spaces, as long as the layout has it')

const terms = z.strictObject({
  payerBinding: hex(32),
  funder: address,
  payee: hex(32),
  payeeBinding: hex(32),
  closeDelaySeconds: seconds,
  salt: hex(32),
})
const channel = z.strictObject({ payer: hex(32), beneficiary: address, token: address, terms })
const agreement = z.strictObject({
  payer: hex(32),
  payee: hex(32),
  tariffHash: hex(32),
  validFrom: seconds,
  validUntil: seconds,
  salt: hex(32),
})
const tariff = z.strictObject({
  token: address,
  currency: tariffText('currency'),
  unit: tariffText('unit'),
  pricePerUnit: uint(96),
  taxCategory: z.enum(TAX_CATEGORIES),
  taxRateBp: z.int().min(0).max(10_000),
  merchantRef: tariffText('merchantRef'),
})
const schema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('channel'),
    version: z.literal(1),
    chainId: z.int().positive(),
    escrow: address,
    channelId: hex(32),
    channel,
    payerSigner: signer,
    payeeSigner: signer,
  }),
  z.strictObject({
    kind: z.literal('agreement'),
    channelId: hex(32),
    agreement,
    tariff,
    payerSignature: hex(64),
    payeeSignature: hex(64),
  }),
  z.strictObject({
    kind: z.literal('receipt'),
    channelId: hex(32),
    version: uint(64),
    amount: uint(96),
    cumulativeAmount: uint(96),
    agreementHash: hex(32),
    timestamp: seconds,
    item: z.strictObject({ reference: hex(32), quantity: uint(64) }),
  }),
  z.strictObject({
    kind: z.literal('voucher'),
    channelId: hex(32),
    cumulativeAmount: uint(96),
    version: uint(64),
    receiptsRoot: hex(32),
    signature: hex(64),
  }),
])

function toLine(data: z.infer<typeof schema>): Line {
  if (data.kind !== 'receipt') return data
  const { kind, item, ...step } = data
  return { kind, item, receipt: receiptOf({ ...step, item }) }
}

function toText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

/** The line is none of a history. */
export class BadLineError extends BaseError {
  override readonly name = 'History.BadLineError'
  constructor({
    number,
    given,
    expected,
    cause,
  }: {
    number: number
    given: string
    expected: string
    cause?: unknown
  }) {
    super(`Line ${number} of the history is not sound: given ${given}, expected ${expected}.`, {
      next: 'Export the history again from the payee; nothing was taken from this file.',
      given,
      expected,
      cause,
    })
  }
}
