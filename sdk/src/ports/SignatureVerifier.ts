import type { Hex } from 'viem'

/** The mathematics of signatures, by whatever library runs here. */
export type SignatureVerifier = {
  /** For people: which libraries do the work, for example `secp256k1 native, P-256 node:crypto`. */
  readonly backend: string
  /**
   * Whether `signer` (ERC-7913) signed the EIP-712 digest. False for malformed signatures, a high s, a P-256 signer that
   * names another verifier contract, and for kinds of signers that a device cannot have.
   */
  verify(signer: Hex, digest: Uint8Array, signature: Uint8Array): boolean
}
