/** Project Wycheproof's signatures, sorted by what our rules make of them: 64 bytes, and of the two forms the low s. */
import { createHash } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { P256_ORDER } from '../../src/adapters/signer/p256.ts'
import { SECP256K1_ORDER } from '../../src/adapters/signer/secp256k1.ts'
import { fromHex, readUint, toHex } from '../../src/protocol/Bytes.ts'
import { readVectors } from './vectors.ts'

export type Vector = {
  readonly name: string
  /** x || y */
  readonly key: Uint8Array
  readonly hash: Uint8Array
  readonly signature: Uint8Array
}

export type Sorted = {
  /** Valid, with low s. */
  readonly low: readonly Vector[]
  /** Valid for the suite, and of the form that we refuse. */
  readonly high: readonly Vector[]
  readonly invalid: readonly Vector[]
  /** Not of 64 bytes. The suite leaves it open whether shorter ones may pass. */
  readonly otherLength: readonly Vector[]
}

const ORDERS = { p256: P256_ORDER, secp256k1: SECP256K1_ORDER }

export function sorted(curve: keyof typeof ORDERS): Sorted {
  const isLow = ({ signature }: Vector) => readUint(signature, { offset: 32, size: 32 }) <= ORDERS[curve] / 2n
  const all = readVectors('wycheproof.json')[curve].groups.flatMap(({ key, tests }) =>
    tests.map(({ tcId, comment, msg, sig, result }) => ({
      name: `${tcId}: ${comment}`,
      key: fromHex(`0x${key}`).subarray(1),
      hash: sha256(fromHex(`0x${msg}`)),
      signature: fromHex(`0x${sig}`),
      isValid: result === 'valid',
    })),
  )
  const whole = all.filter(({ signature }) => signature.length === 64)
  return {
    low: whole.filter((vector) => vector.isValid && isLow(vector)),
    high: whole.filter((vector) => vector.isValid && !isLow(vector)),
    invalid: whole.filter(({ isValid }) => !isValid),
    otherLength: all.filter(({ signature }) => signature.length !== 64),
  }
}

/**
 * The key for which a vector's signature is over `sha256(digest)` what it is for the vector's own key over its message:
 * Q + (hash - sha256(digest)) / r * G, for then the sum that a verifier makes is the same point.
 * Why: we sign digests of 32 bytes, and no message of the suite has that length. An r of 0 leaves the key as it is.
 */
export function keyForDigest({ key, hash, signature }: Vector, digest: Uint8Array): Uint8Array {
  const { Fn } = p256.Point
  const r = Fn.create(BigInt(toHex(signature.subarray(0, signature.length / 2))))
  if (r === 0n) return key
  const [given, wanted] = [hash, sha256(digest)].map((bytes) => Fn.create(BigInt(toHex(bytes)))) as [bigint, bigint]
  const shift = Fn.mul(Fn.sub(given, wanted), Fn.inv(r))
  const point = p256.Point.fromBytes(Uint8Array.of(4, ...key))
  return point.add(p256.Point.BASE.multiply(shift)).toBytes(false).subarray(1)
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}
