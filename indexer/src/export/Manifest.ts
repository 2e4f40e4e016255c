import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, type Json } from '../hash.ts'
import { Patterns } from '../text/fields.ts'

export const MANIFEST_VERSION = 'musubi-manifest-1'

const decimal = z.string().regex(Patterns.decimal)
const hex64 = z.string().regex(Patterns.hex64)
const fileRole = z.enum(['charges', 'statements', 'evidence'])

const body = z.strictObject({
  manifestVersion: z.literal(MANIFEST_VERSION),
  softwareVersion: z.string(),
  schemaHash: hex64,
  previousManifestHash: hex64,
  bookEntity: z.string().regex(Patterns.entity),
  rail: z.enum(['ISSUER', 'PSP']),
  cycle: z.strictObject({
    name: z.string(),
    timeZone: z.string(),
    from: z.string(),
    cutOff: z.string(),
    chargeDate: z.string(),
  }),
  frozenBlocks: z.array(z.strictObject({ chainId: decimal, number: decimal, hash: z.string().regex(Patterns.hash) })),
  batches: z.array(z.strictObject({ batchId: z.string(), role: fileRole, file: z.string(), rows: decimal })),
  files: z.array(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
      role: fileRole,
      bytes: decimal,
      sha256: hex64,
    }),
  ),
  totals: z.strictObject({
    rows: decimal,
    currencies: z.array(
      z.strictObject({ currency: z.string(), debitMinor: decimal, creditMinor: decimal, statementMinor: decimal }),
    ),
    taxes: z.array(
      z.strictObject({
        recordType: z.string(),
        currency: z.string(),
        taxCategory: z.string(),
        taxRateBp: decimal,
        taxableMinor: decimal,
        taxMinor: decimal,
      }),
    ),
    carryInE18: decimal,
    carryOutE18: decimal,
    lineIdTotal: hex64,
  }),
  exceptions: z.record(z.string(), decimal),
})
/** What a delivery says about itself. */
export type Manifest = z.output<typeof body>

const envelope = z.strictObject({
  manifest: body,
  signature: z.strictObject({ algorithm: z.literal('Ed25519'), publicKey: z.string(), value: z.string() }),
})

/** The signed manifest as it is written: canonical JSON, so the same manifest and key give the same bytes. */
export function renderSigned(manifest: Manifest, key: KeyObject): string {
  const value = sign(null, Buffer.from(canonicalJson(manifest)), key).toString('base64')
  return canonicalJson({ manifest, signature: { algorithm: 'Ed25519', publicKey: publicKeyText(key), value } })
}

/** Why a manifest's text cannot be trusted, or the manifest. */
export function readSigned(text: string, key: KeyObject): Manifest | string {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'it is no JSON'
  }
  const parsed = envelope.safeParse(json)
  if (!parsed.success) return `${parsed.error.issues[0]?.path.join('.') ?? ''} is not what a manifest has`
  const { manifest, signature } = parsed.data
  if (canonicalJson(json as Json) !== text) return 'it is not in canonical form'
  if (signature.publicKey !== publicKeyText(key)) return 'it is signed by another key'
  const isSigned = verify(null, Buffer.from(canonicalJson(manifest)), key, Buffer.from(signature.value, 'base64'))
  return isSigned ? manifest : 'its signature is not valid'
}

export function parseManifest(text: string): Manifest {
  return body.parse(JSON.parse(text))
}

function publicKeyText(key: KeyObject): string {
  const shown = key.type === 'private' ? createPublicKey(key) : key
  return shown.export({ type: 'spki', format: 'der' }).toString('base64')
}
