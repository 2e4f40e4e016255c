import type { Address, Hex } from 'viem'
import { bindingTypehash } from '../generated/typedData.ts'
import type { Funding } from '../generated/constants.ts'
import { toHex } from './Bytes.ts'
import type { Domain } from './Domain.ts'
import * as StructHash from './StructHash.ts'
import { address, uint } from './StructHash.ts'

/** The signed tie between a device and its liable party. See the contract's `Binding` for the fields. */
export type Binding = {
  readonly deviceId: Hex
  readonly partyId: Hex
  readonly attester: Address
  readonly validFrom: number
  readonly validUntil: number
  readonly funder: Address
  readonly funding: Funding
  readonly token: Address
  /** Token base units. */
  readonly maxPerPayment: bigint
  /** Token base units: the ceiling (極度額). */
  readonly maxPerPeriod: bigint
  readonly periodSeconds: number
  readonly approvers: Hex
  readonly billingRef: Hex
  readonly freshnessTip: Hex
  readonly previous: Hex
}

/** The binding's id: its EIP-712 struct hash. */
export function id(binding: Binding): Hex {
  return toHex(hash(binding))
}

/** What device, liable party and attester sign. */
export function digest(binding: Binding, domain: Domain): Hex {
  return StructHash.digest(hash(binding), domain)
}

function hash(binding: Binding): Uint8Array {
  return StructHash.structHash(bindingTypehash, [
    binding.deviceId,
    binding.partyId,
    address(binding.attester),
    uint(binding.validFrom, 40),
    uint(binding.validUntil, 40),
    address(binding.funder),
    uint(binding.funding, 8),
    address(binding.token),
    uint(binding.maxPerPayment, 96),
    uint(binding.maxPerPeriod, 96),
    uint(binding.periodSeconds, 32),
    binding.approvers,
    binding.billingRef,
    binding.freshnessTip,
    binding.previous,
  ])
}
