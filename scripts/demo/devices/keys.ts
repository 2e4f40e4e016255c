import { loadFastestBackend, p256KeyOf, p256Signer, secp256k1Signer } from '@musubi/sdk'
import type { Signer } from '@musubi/sdk'
import type { Address } from 'viem'
import type { DeviceKey } from './protocol.ts'

/** The signer of a device's key, with the fastest library that runs here. */
export async function signerOf({ kind, secret }: DeviceKey, p256Verifier: Address): Promise<Signer> {
  if (kind === 'p256') return p256Signer(p256KeyOf(secret), p256Verifier)
  return secp256k1Signer(secret, await loadFastestBackend())
}
