import { p256 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { base64urlnopad } from '@scure/base'
import type { Address } from 'viem'
import { getAddress } from 'viem'
import { z } from 'zod'
import { toHex } from './Bytes.ts'
import { BaseError } from './Errors.ts'

/** A public key of one of the two curves that devices and attesters use, as a compressed point: 33 bytes. */
export type PublicKey = { readonly curve: Curve; readonly point: Uint8Array }
export type Curve = (typeof CURVES)[number]

/** A public key as JOSE writes it (RFC 7518, RFC 8812). */
export type Jwk = { readonly kty: 'EC'; readonly crv: Curve; readonly x: string; readonly y: string }

export const CURVES = ['P-256', 'secp256k1'] as const
/** A compressed point. */
export const POINT_BYTES = 33

const GROUPS = { 'P-256': p256, secp256k1 } as const
const COORDINATE_BYTES = 32
const UNCOMPRESSED = 0x04

const coordinate = z.string().transform((text, context) => {
  try {
    const bytes = base64urlnopad.decode(text)
    if (bytes.length === COORDINATE_BYTES) return bytes
  } catch (cause) {
    context.addIssue(String(cause))
  }
  context.addIssue(`expected base64url of ${COORDINATE_BYTES} bytes`)
  return z.NEVER
})

/** Members beyond these say how a key is used: whoever uses it decides. */
const schema = z.object({ kty: z.literal('EC'), crv: z.enum(CURVES), x: coordinate, y: coordinate })

/** A key of the bytes of its point, compressed (33 bytes) or not (65). */
export function of(curve: Curve, bytes: Uint8Array): PublicKey {
  try {
    return { curve, point: GROUPS[curve].Point.fromBytes(bytes).toBytes(true) }
  } catch (cause) {
    throw new BadPointError({ curve, given: toHex(bytes), cause })
  }
}

/** A key of the coordinates `x || y` (64 bytes), as an ERC-7913 signer carries them. */
export function ofCoordinates(curve: Curve, xy: Uint8Array): PublicKey {
  return of(curve, Uint8Array.of(UNCOMPRESSED, ...xy))
}

/** The coordinates `x || y`, 64 bytes. */
export function coordinates({ curve, point }: PublicKey): Uint8Array {
  return GROUPS[curve].Point.fromBytes(point).toBytes(false).slice(1)
}

/** The key as JOSE writes it. */
export function toJwk(key: PublicKey): Jwk {
  const xy = coordinates(key)
  const [x, y] = [xy.subarray(0, COORDINATE_BYTES), xy.subarray(COORDINATE_BYTES)]
  return { kty: 'EC', crv: key.curve, x: base64urlnopad.encode(x), y: base64urlnopad.encode(y) }
}

/** Reads a key that JOSE wrote. */
export function fromJwk(jwk: unknown): PublicKey {
  const parsed = schema.safeParse(jwk)
  if (!parsed.success) throw new BadJwkError({ given: jwk, expected: z.prettifyError(parsed.error) })
  const { crv, x, y } = parsed.data
  return of(crv, Uint8Array.of(UNCOMPRESSED, ...x, ...y))
}

/** Address of a secp256k1 key. Of an address no key follows. */
export function address(key: PublicKey & { readonly curve: 'secp256k1' }): Address {
  return getAddress(toHex(keccak_256(coordinates(key)).subarray(12)))
}

/** Whether it is a key of secp256k1, which alone has an address. */
export function hasAddress(key: PublicKey): key is PublicKey & { readonly curve: 'secp256k1' } {
  return key.curve === 'secp256k1'
}

/** The bytes are no point of the curve. */
export class BadPointError extends BaseError {
  override readonly name = 'PublicKey.BadPointError'
  constructor({ curve, given, cause }: { curve: Curve; given: string; cause: unknown }) {
    super(`${given} is no point of the curve ${curve}.`, {
      next: 'Take the public key from the device or its signer again.',
      given,
      expected: `33 or 65 bytes of a point of ${curve}`,
      cause,
    })
  }
}

/** The JSON Web Key is none of the two curves, or not sound. */
export class BadJwkError extends BaseError {
  override readonly name = 'PublicKey.BadJwkError'
  constructor({ given, expected }: { given: unknown; expected: string }) {
    // Not what was given: it may be a private key.
    const crv = typeof given === 'object' && given !== null && 'crv' in given ? String(given.crv) : undefined
    super(`The JSON Web Key is none that is used here: ${expected}.`, {
      next: 'Use an EC key of P-256 or secp256k1.',
      given: crv,
      expected: CURVES,
    })
  }
}
