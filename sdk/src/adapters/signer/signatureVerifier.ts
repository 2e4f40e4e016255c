import { createPublicKey, verify as cryptoVerify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Address, Hex } from 'viem'
import { isAddressEqual } from 'viem'
import { fromHex, readUint, toHex } from '../../protocol/Bytes.ts'
import * as SignerId from '../../protocol/SignerId.ts'
import type { SignatureVerifier } from '../../ports/SignatureVerifier.ts'
import { P256_HALF_ORDER } from './p256.ts'
import { SECP256K1_ORDER, addressOf } from './secp256k1.ts'
import type { Secp256k1Backend } from './secp256k1Backend.ts'

const SIGNATURE_BYTES = 64
const DIGEST_BYTES = 32
/** Parsed signers kept: a station meets the same cars again, and parsing a key costs as much as using it. */
const KNOWN_SIGNERS_MAX = 10_000

/** Verifies what devices sign, as the contracts do: what this accepts, a settlement accepts. */
export function createSignatureVerifier({ backend, p256Verifier }: createSignatureVerifier.Options): SignatureVerifier {
  const known = new Map<Hex, Known>()
  return {
    backend: `secp256k1 ${backend.name}, P-256 node:crypto`,
    verify: (signer, digest, signature) => {
      if (signature.length !== SIGNATURE_BYTES || digest.length !== DIGEST_BYTES) return false
      const key = lookUp(known, signer)
      if (key.kind === 'unknown') return false
      if (key.kind === 'secp256k1') return isOfAddress(key.address, { digest, signature, backend })
      // Another verifier may mean other rules: the contracts refuse its signatures, so nobody may serve for them.
      if (!isAddressEqual(key.verifier, p256Verifier)) return false
      if (key.publicKey === undefined || readUint(signature, { offset: 32, size: 32 }) > P256_HALF_ORDER) return false
      return cryptoVerify('sha256', digest, { key: key.publicKey, dsaEncoding: 'ieee-p1363' }, signature)
    },
  }
}
export declare namespace createSignatureVerifier {
  type Options = { readonly backend: Secp256k1Backend; readonly p256Verifier: Address }
}

type Known =
  /** Neither 20 nor 84 bytes: no key of a device. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'secp256k1'; readonly address: Hex }
  | { readonly kind: 'p256'; readonly verifier: Address; readonly publicKey: KeyObject | undefined }

/**
 * Why recovery and not verification against a known key: the parity bit is part of what the contract checks. A payer that
 * flips it would pass a verification, and its voucher would be worthless on chain.
 */
function isOfAddress(address: Hex, { digest, signature, backend }: Secp256k1Check): boolean {
  const rs = Uint8Array.from(signature)
  const yParity = (rs[32] ?? 0) >> 7
  rs[32] = (rs[32] ?? 0) & 0x7f
  if (readUint(rs, { offset: 32, size: 32 }) > SECP256K1_HALF_ORDER) return false
  const publicKey = backend.recover(digest, rs, yParity)
  return publicKey !== undefined && addressOf(publicKey) === address
}

type Secp256k1Check = {
  readonly digest: Uint8Array
  readonly signature: Uint8Array
  readonly backend: Secp256k1Backend
}

const SECP256K1_HALF_ORDER = SECP256K1_ORDER >> 1n

function lookUp(known: Map<Hex, Known>, signer: Hex): Known {
  const found = known.get(signer)
  if (found !== undefined) return found
  const key = parseKey(signer)
  // Forgetting the one that came first is enough: what counts is the bound.
  const [oldest] = known.keys()
  if (known.size >= KNOWN_SIGNERS_MAX && oldest !== undefined) known.delete(oldest)
  known.set(signer, key)
  return key
}

function parseKey(signer: Hex): Known {
  try {
    const parsed = SignerId.parse(signer)
    if (parsed.kind === 'p256') return { ...parsed, publicKey: publicKeyOf(parsed) }
    return { kind: parsed.kind, address: toHex(fromHex(parsed.address)) }
  } catch (error) {
    if (error instanceof SignerId.BadSignerError) return { kind: 'unknown' }
    throw error
  }
}

/** Undefined when the coordinates are not a point of the curve. */
function publicKeyOf({ x, y }: { readonly x: Uint8Array; readonly y: Uint8Array }): KeyObject | undefined {
  const point = { x: Buffer.from(x).toString('base64url'), y: Buffer.from(y).toString('base64url') }
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', ...point }, format: 'jwk' })
  } catch {
    return undefined
  }
}
