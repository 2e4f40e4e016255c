/** P-256 by hand, where node:crypto alone cannot make the case: signatures whose s is chosen, and keys that fit them. */
import { createECDH, createHash } from 'node:crypto'
import { concat, dataSlice, getBytes, toBeHex, zeroPadValue } from 'ethers'

export const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
/** The prime of the field that coordinates live in. */
export const P256_PRIME = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
export const HALF_ORDER = P256_ORDER / 2n

export type SignedDigest = { readonly key: string; readonly digest: string; readonly signature: string }

/**
 * A key under which `s` is a right signature over sha256(digest): from s = (hash + r * d) / k follows d.
 * `k` is the signature's secret number, and any will do.
 */
export function signedWithS(digest: string, s: bigint, k = 12_345n): SignedDigest {
  const hash = BigInt(`0x${createHash('sha256').update(getBytes(digest)).digest('hex')}`)
  const r = BigInt(dataSlice(publicKeyOf(k), 0, 32)) % P256_ORDER
  const d = (((s * k - hash) % P256_ORDER) + P256_ORDER) * inverse(r)
  return { key: publicKeyOf(d % P256_ORDER), digest, signature: concat([toBeHex(r, 32), toBeHex(s, 32)]) }
}

/** x || y */
export function publicKeyOf(privateKey: bigint): string {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(getBytes(zeroPadValue(toBeHex(privateKey), 32)))
  return dataSlice(curve.getPublicKey(), 1)
}

/** By Fermat: value^(order - 2). */
function inverse(value: bigint): bigint {
  let result = 1n
  let base = value % P256_ORDER
  for (let exponent = P256_ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % P256_ORDER
    base = (base * base) % P256_ORDER
  }
  return result
}
