import type { Hex } from 'viem'

/** A device's key. It may live in a secure element, so signing takes its time. */
export type Signer = {
  /** ERC-7913 signer: an address, or `P256Sha256Verifier || x || y`. */
  readonly signer: Hex
  /** Signs an EIP-712 digest: 64 bytes, `r || vs` (secp256k1, ERC-2098) or `r || s` (P-256 over its SHA-256, low s). */
  sign(digest: Uint8Array): Uint8Array | Promise<Uint8Array>
}
