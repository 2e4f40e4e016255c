import { Funding, FreshnessChain, SignerId } from '@musubi/sdk'
import type { PublicKey } from '@musubi/sdk/did'
import type { Address, Hex } from 'viem'
import { getAddress, isAddress, size, zeroAddress, zeroHash } from 'viem'
import { z } from 'zod'
import { bytes32 } from '../state/schemas.ts'
import { BadDeviceKey, DEVICE_KEY_FORM, toDeviceSigner } from './deviceKey.ts'

/** What an attester is told about one device: all of a binding but the parts that follow from who signs. */
export type DeviceSpec = {
  readonly deviceSigner: Hex
  readonly deviceId: Hex
  readonly validFrom: number
  readonly validUntil: number
  readonly funder: Address
  readonly funding: Funding
  readonly token: Address
  readonly maxPerPayment: bigint
  readonly maxPerPeriod: bigint
  readonly periodSeconds: number
  readonly approvers: Hex
  readonly billingRef: Hex
  readonly previous: Hex
  /** Length of its freshness chain; 0 when it is to have none. */
  readonly freshnessDays: number
}

/** What is wrong with one column of a row. */
export type Problem = { readonly column: string; readonly given: string; readonly expected: string }

export const REQUIRED_COLUMNS = ['device_signer', 'valid_from', 'valid_until', 'funder', 'funding', 'token'].concat([
  'max_per_payment',
  'max_per_period',
  'period_seconds',
])
export const OPTIONAL_COLUMNS = ['curve', 'billing_ref', 'approvers', 'previous', 'freshness'] as const

const FUNDINGS = { credit: Funding.CREDIT, prepaid: Funding.PREPAID, own: Funding.OWN } as const
const CURVES: readonly PublicKey.Curve[] = ['P-256', 'secp256k1']
const SECONDS_MAX = 2 ** 40 - 1
/** As the registry's PERIODS_MAX: the number of a period has 24 bits. */
const PERIODS_MAX = 2 ** 24 - 1

const time = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000))
  .refine((value) => Number.isInteger(value) && value > 0 && value <= SECONDS_MAX)
const integer = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .refine((value) => value > 0 && value < 2 ** 32)
const amount = z
  .string()
  .regex(/^\d{1,29}$/)
  .transform((text) => BigInt(text))
  .refine((value) => value < 2n ** 96n)
const account = z
  .string()
  .refine((text) => isAddress(text) && text !== zeroAddress)
  .transform((text) => getAddress(text))
const optionalBytes = z.union([z.literal('').transform((): Hex => zeroHash), bytes32])

const EXPECTED = {
  valid_from: 'seconds since 1970, or an ISO 8601 time with its zone',
  valid_until: 'seconds since 1970, or an ISO 8601 time with its zone',
  funder: 'an address that is not zero, with a right checksum',
  funding: 'credit, prepaid or own',
  token: 'an address that is not zero, with a right checksum',
  max_per_payment: 'an integer of base units below 2^96',
  max_per_period: 'an integer of base units below 2^96',
  period_seconds: 'an integer from 1 to 2^32 - 1',
  billing_ref: '32 bytes in hex, or nothing',
  approvers: '32 bytes in hex, or nothing',
  previous: '32 bytes in hex, or nothing',
  freshness: 'yes or no',
} as const

const columns = z.object({
  valid_from: time,
  valid_until: time,
  funder: account,
  funding: z.enum(['credit', 'prepaid', 'own']).transform((name) => FUNDINGS[name]),
  token: account,
  max_per_payment: amount,
  max_per_period: amount,
  period_seconds: integer,
  billing_ref: optionalBytes.default(zeroHash),
  approvers: optionalBytes.default(zeroHash),
  previous: optionalBytes.default(zeroHash),
  freshness: z.enum(['', 'yes', 'no']).default('yes'),
})

/** Reads one row, and says all that is wrong with it. */
export function parseSpec(
  row: Readonly<Record<string, string>>,
  options: parseSpec.Options,
): DeviceSpec | readonly Problem[] {
  const problems: Problem[] = []
  const deviceSigner = readSigner(row, options, problems)
  const parsed = columns.safeParse(row)
  if (!parsed.success) {
    for (const name of new Set(parsed.error.issues.map(({ path }) => String(path[0])))) {
      const expected = EXPECTED[name as keyof typeof EXPECTED]
      problems.push({ column: name, given: shown(row[name]), expected })
    }
    return problems
  }
  const { data } = parsed
  problems.push(...contradictions(data))
  if (deviceSigner === undefined || problems.length > 0) return problems
  const { valid_from: validFrom, valid_until: validUntil, period_seconds: periodSeconds } = data
  const { funder, funding, token, approvers, previous } = data
  const limits = { maxPerPayment: data.max_per_payment, maxPerPeriod: data.max_per_period, periodSeconds }
  const freshnessDays = data.freshness === 'no' ? 0 : daysOf(data)
  const rest = { approvers, billingRef: data.billing_ref, previous, freshnessDays }
  return {
    ...{ deviceSigner, deviceId: SignerId.of(deviceSigner), validFrom, validUntil },
    ...{ funder, funding, token, ...limits, ...rest },
  }
}
export declare namespace parseSpec {
  type Options = { readonly p256Verifier: Address }
}

function readSigner(
  row: Readonly<Record<string, string>>,
  options: parseSpec.Options,
  problems: Problem[],
): Hex | undefined {
  const given = row.device_signer ?? ''
  const curve = CURVES.find((name) => name.toLowerCase() === (row.curve || 'P-256').toLowerCase())
  if (curve === undefined) {
    problems.push({ column: 'curve', given: shown(row.curve), expected: `${CURVES.join(' or ')}, or nothing` })
    return undefined
  }
  try {
    return toDeviceSigner(given, { ...options, curve })
  } catch (error) {
    if (!(error instanceof BadDeviceKey)) throw error
    problems.push({ column: 'device_signer', given: `${shown(given)}: ${error.message}`, expected: DEVICE_KEY_FORM })
    return undefined
  }
}

/** What the registry, or a freshness chain, would refuse although every column is sound by itself. */
function contradictions(row: z.output<typeof columns>): readonly Problem[] {
  const { valid_from: from, valid_until: until, max_per_payment: payment, max_per_period: ceiling } = row
  const problems: Problem[] = []
  const add = (column: string, given: unknown, expected: string) =>
    problems.push({ column, given: String(given), expected })
  if (until <= from) add('valid_until', until, `after valid_from ${from}`)
  else if ((until - from) / row.period_seconds > PERIODS_MAX) {
    add('period_seconds', row.period_seconds, `at most ${PERIODS_MAX} periods in the validity`)
  }
  if (payment > ceiling) add('max_per_payment', payment, `at most max_per_period ${ceiling}`)
  if (row.freshness !== 'no' && until > from && daysOf(row) > FreshnessChain.DAYS_MAX) {
    add('valid_until', until, `at most ${FreshnessChain.DAYS_MAX} days after valid_from, or freshness no`)
  }
  return problems
}

/** Every day that has begun before the end has its token. */
function daysOf({ valid_from: from, valid_until: until }: { valid_from: number; valid_until: number }): number {
  return Math.ceil((until - from) / FreshnessChain.DAY_SECONDS)
}

function shown(text: string | undefined): string {
  if (text === undefined || text === '') return 'nothing'
  return text.length > 80 ? `${text.slice(0, 40)}… (${text.length} characters)` : text
}

/** Bytes of a signer, for people. */
export function keyTypeOf(signer: Hex): 'secp256k1' | 'P-256' {
  return size(signer) === SignerId.ADDRESS_BYTES ? 'secp256k1' : 'P-256'
}
