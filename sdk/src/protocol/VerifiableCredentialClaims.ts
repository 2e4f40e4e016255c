import type { Address, Hex } from 'viem'
import { getAddress, isAddress } from 'viem'
import { z } from 'zod'
import { Funding } from '../generated/constants.ts'
import { IntegerRangeError } from './Bytes.ts'
import { MalformedError } from './VerifiableCredentialErrors.ts'

/** The Data Model 2.0, and the context that it keeps for terms that are defined in words only: ours are in the glossary. */
export const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://www.w3.org/ns/credentials/undefined-terms/v2',
] as const
export const CREDENTIAL_TYPE = 'MusubiBindingCredential'
/** The status is what the registry's `headOf` and `check` say of the binding. */
export const STATUS_TYPE = 'MusubiRegistryStatus'

/** The payload of a credential, as JSON. Amounts are decimal strings, times inside of ISO 8601, funding is a word. */
export type Claims = z.input<typeof schema>

/** 40 bits hold more seconds than a date with four digits for the year. */
const SECONDS_MAX = Date.parse('9999-12-31T23:59:59Z') / 1000
const URL_CHARACTERS_MAX = 1024

const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/i)
  .transform((text) => text.toLowerCase() as Hex)
const address = z
  .string()
  .refine((text) => isAddress(text), 'expected an address')
  .transform((text): Address => getAddress(text))
const amount = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,28})$/)
  .transform(BigInt)
  .refine((value) => value < 1n << 96n, 'expected less than 2^96')
const funding = z
  .enum(Object.keys(Funding) as [keyof typeof Funding, ...(keyof typeof Funding)[]])
  .transform((name): Funding => Funding[name])
const seconds = z.int().min(0).max(SECONDS_MAX)
const dateTime = z.iso
  .datetime({ offset: true })
  .refine((text) => Number.isSafeInteger(Date.parse(text) / 1000), 'expected a whole second')
  .refine((text) => Date.parse(text) >= 0, 'expected 1970 or later')
const issuer = z.union([z.string(), z.looseObject({ id: z.string() }).transform(({ id }) => id)])

/** Members that it does not name are ignored, as the specification asks, except the two that may not be there. */
const schema = z.object({
  '@context': z.tuple([z.literal(CONTEXTS[0])], z.unknown()),
  type: z
    .array(z.string())
    .refine((types) => types.includes('VerifiableCredential') && types.includes(CREDENTIAL_TYPE), {
      message: `expected VerifiableCredential and ${CREDENTIAL_TYPE}`,
    }),
  issuer,
  iss: z.string().optional(),
  nbf: seconds.optional(),
  exp: seconds.optional(),
  validFrom: dateTime,
  validUntil: dateTime,
  credentialSubject: z.object({
    id: z.string(),
    liableParty: z.object({ id: z.string() }),
    registry: z.string(),
    bindingId: hash,
    attester: address,
    funder: address,
    funding,
    token: address,
    maxPerPayment: amount,
    maxPerPeriod: amount,
    periodSeconds: z.int().min(0).max(0xffff_ffff),
    approvers: hash,
    billingRef: hash,
    freshnessTip: hash,
    previous: hash,
  }),
  credentialStatus: z.object({
    type: z.literal(STATUS_TYPE),
    registry: z.string(),
    bindingId: hash,
    snapshotUrl: z
      .url({ protocol: /^https$/ })
      .max(URL_CHARACTERS_MAX)
      .optional(),
  }),
  // What version 1.1 wrapped into a claim is the payload itself in 2.0: a token with both would say two things.
  vc: z.undefined().optional(),
  vp: z.undefined().optional(),
})

/** The claims with their types, or an error that says which is missing or wrong. */
export function parseClaims(json: unknown): z.output<typeof schema> {
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new MalformedError({ what: 'payload', expected: z.prettifyError(parsed.error) })
  return parsed.data
}

/** Whole seconds as ISO 8601. */
export function toDateTime(time: number): string {
  if (!Number.isSafeInteger(time) || time < 0 || time > SECONDS_MAX) {
    throw new IntegerRangeError({ given: time, expected: `0 to ${SECONDS_MAX}` })
  }
  return new Date(time * 1000).toISOString().replace('.000Z', 'Z')
}

/** ISO 8601 that the schema has let pass, as whole seconds. */
export function fromDateTime(text: string): number {
  return Date.parse(text) / 1000
}

export function toFundingName(value: Funding): keyof typeof Funding {
  const [name = 'NONE'] = Object.entries(Funding).find(([, number]) => number === value) ?? []
  return name as keyof typeof Funding
}
