import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Hex } from 'viem'
import { getAddress } from 'viem'
import { toHex } from '../../protocol/Bytes.ts'
import type { Signer } from '../../ports/Signer.ts'
import { requireDigest, secretOf } from './keys.ts'
import type { Secp256k1Backend } from './secp256k1Backend.ts'

/** Order of secp256k1's group. */
export const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** A signer with a secp256k1 key in memory. Its ERC-7913 signer is the key's address. */
export function secp256k1Signer(privateKey: Hex, backend: Secp256k1Backend): Signer {
  const key = secretOf(privateKey, { order: SECP256K1_ORDER, curve: 'secp256k1' })
  const signer = getAddress(addressOf(backend.publicKey(key)))
  return {
    signer,
    sign: (digest) => {
      requireDigest(digest)
      const { signature, yParity } = backend.sign(digest, key)
      return compact(signature, yParity)
    },
  }
}

/** Address of the public key x || y, in lower case: a checksum would cost a second hash for each signature. */
export function addressOf(publicKey: Uint8Array): Hex {
  return toHex(keccak_256(publicKey).subarray(12))
}

/** ERC-2098: the parity takes the highest bit of s, which a low s leaves free. */
function compact(signature: Uint8Array, yParity: number): Uint8Array {
  const bytes = Uint8Array.from(signature)
  bytes[32] = (bytes[32] ?? 0) | (yParity << 7)
  return bytes
}
