import type { Address } from 'viem'
import { domainSeparator } from 'viem'
import { anchorDomain, escrowDomain, registryDomain } from '../generated/constants.ts'
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

/** Domain of anchors. */
export function anchor({ chainId, address }: Place): Domain {
  return { ...anchorDomain, chainId, verifyingContract: address }
}

/** The domain's hash, 32 bytes. A domain never changes, so it is computed once an object: it costs as much as a signature. */
export function separator(domain: Domain): Uint8Array {
  const known = SEPARATORS.get(domain) ?? fromHex(domainSeparator({ domain }))
  SEPARATORS.set(domain, known)
  return known.slice()
}

const SEPARATORS = new WeakMap<Domain, Uint8Array>()

export type Place = { readonly chainId: number; readonly address: Address }
