import type { Address } from 'viem'
import { domainSeparator } from 'viem'
import { escrowDomain, registryDomain } from '../generated/constants.ts'
import { fromHex } from './Bytes.ts'

/** EIP-712 domain: what binds a signature to one contract on one chain. */
export type Domain = {
  readonly name: string
  readonly version: string
  readonly chainId: number
  readonly verifyingContract: Address
}

/** Domain of vouchers, acknowledgements and closes. */
export function escrow({ chainId, address }: Place): Domain {
  return { ...escrowDomain, chainId, verifyingContract: address }
}

/** Domain of bindings and agreements. */
export function registry({ chainId, address }: Place): Domain {
  return { ...registryDomain, chainId, verifyingContract: address }
}

/** The domain's hash, 32 bytes. Compute it once, not once a payment. */
export function separator(domain: Domain): Uint8Array {
  return fromHex(domainSeparator({ domain }))
}

export type Place = { readonly chainId: number; readonly address: Address }
