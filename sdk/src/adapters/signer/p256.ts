import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Address, Hex } from 'viem'
import { concat, fromHex, readUint, toHex, writeUint } from '../../protocol/Bytes.ts'
import { BaseError } from '../../protocol/Errors.ts'
import { ADDRESS_BYTES } from '../../protocol/SignerId.ts'
import type { Signer } from '../../ports/Signer.ts'
import { requireDigest, secretOf } from './keys.ts'

/** Order of P-256's group. */
export const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
export const P256_HALF_ORDER = P256_ORDER >> 1n

const S = { offset: 32, size: 32 }

/**
 * A signer with a P-256 key of node:crypto. `verifier` is the deployed `P256Sha256Verifier`, which is part of the signer.
 * The key signs SHA-256 of the digest, as secure elements and browsers do by themselves.
 */
export function p256Signer(privateKey: KeyObject, verifier: Address): Signer {
  const { crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (crv !== 'P-256' || x === undefined || y === undefined) throw new WrongCurveError({ given: crv })
  const coordinates = [x, y].map((coordinate) => Buffer.from(coordinate, 'base64url'))
  return {
    signer: toHex(concat(fromHex(verifier, ADDRESS_BYTES), ...coordinates)),
    sign: (digest) => {
      requireDigest(digest)
      return lowS(sign('sha256', digest, { key: privateKey, dsaEncoding: 'ieee-p1363' }))
    },
  }
}

/** A new P-256 key. */
export function generateP256Key(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

/** A P-256 key of 32 secret bytes, as a device that derives its key has them. */
export function p256KeyOf(secret: Hex): KeyObject {
  const frame = Buffer.from('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420', 'hex')
  const der = Buffer.concat([frame, secretOf(secret, { order: P256_ORDER, curve: 'P-256' })])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

/** SHA-256 of a digest: what the signature is over. For secure elements that take the hash and not the message. */
export function p256MessageHash(digest: Uint8Array): Uint8Array {
  return createHash('sha256').update(digest).digest()
}

/** Of s and order - s, both of which the mathematics takes, the one that the contracts take. */
function lowS(signature: Uint8Array): Uint8Array {
  const s = readUint(signature, S)
  if (s <= P256_HALF_ORDER) return signature
  const bytes = Uint8Array.from(signature)
  writeUint(bytes, P256_ORDER - s, S)
  return bytes
}

/** The key is of another curve or kind. */
export class WrongCurveError extends BaseError {
  override readonly name = 'P256.WrongCurveError'
  constructor({ given }: { given: unknown }) {
    super(`The key is not on the curve P-256: given ${String(given)}.`, {
      next: 'Use a P-256 key.',
      given,
      expected: 'P-256',
    })
  }
}
