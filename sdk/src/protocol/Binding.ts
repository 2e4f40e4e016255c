import type { Address, Hex } from 'viem'
import { hashStruct, hashTypedData } from 'viem'
import { bindingTypes } from '../generated/typedData.ts'
import type { Funding } from '../generated/constants.ts'
import type { Domain } from './Domain.ts'

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
  return hashStruct({ data: binding, types: bindingTypes, primaryType: 'Binding' })
}

/** What device, liable party and attester sign. */
export function digest(binding: Binding, domain: Domain): Hex {
  return hashTypedData({ domain, types: bindingTypes, primaryType: 'Binding', message: binding })
}
