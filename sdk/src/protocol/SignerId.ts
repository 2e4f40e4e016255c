import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem'
import { fromHex, toHex } from './Bytes.ts'
import { BaseError } from './Errors.ts'

/** An ERC-7913 signer: an address (20 bytes), or a verifier's address followed by the key `x || y` (84 bytes). */
export type Signer = Hex

/** A secp256k1 signer: an address. */
export const ADDRESS_BYTES = 20
/** A P-256 signer: verifier || x || y. */
export const P256_SIGNER_BYTES = 84

/** The two kinds of keys whose signatures can never be taken back: what devices have. */
export type ParsedSigner =
  | { readonly kind: 'secp256k1'; readonly address: Address }
  | { readonly kind: 'p256'; readonly verifier: Address; readonly x: Uint8Array; readonly y: Uint8Array }

/** `deviceId` or `partyId`: keccak256 of the signer. */
export function of(signer: Signer): Hex {
  return toHex(keccak_256(fromHex(signer)))
}

/** Tells the two kinds of device signers apart, by their length. */
export function parse(signer: Signer): ParsedSigner {
  const bytes = fromHex(signer)
  if (bytes.length === ADDRESS_BYTES) return { kind: 'secp256k1', address: getAddress(signer) }
  if (bytes.length !== P256_SIGNER_BYTES) throw new BadSignerError({ given: bytes.length })
  return {
    kind: 'p256',
    verifier: getAddress(toHex(bytes.subarray(0, ADDRESS_BYTES))),
    x: bytes.slice(ADDRESS_BYTES, ADDRESS_BYTES + 32),
    y: bytes.slice(ADDRESS_BYTES + 32),
  }
}

/** The bytes are no signer that a device can have. */
export class BadSignerError extends BaseError {
  override readonly name = 'SignerId.BadSignerError'
  constructor({ given }: { given: number }) {
    super(`A device's signer has ${ADDRESS_BYTES} or ${P256_SIGNER_BYTES} bytes, not ${given}.`, {
      next: 'Pass an address, or verifier || x || y of a P-256 key.',
      given,
      expected: [ADDRESS_BYTES, P256_SIGNER_BYTES],
    })
  }
}
