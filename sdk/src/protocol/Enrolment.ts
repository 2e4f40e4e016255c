import type { Address, Hex } from 'viem'
import { hashStruct, hashTypedData } from 'viem'
import { enrolmentTypes } from '../generated/typedData.ts'
import type { Domain } from './Domain.ts'

/** Many bindings of one liable party under one Merkle root. See the contract's `Enrolment` for the fields. */
export type Enrolment = {
  readonly root: Hex
  readonly count: number
  readonly partyId: Hex
  readonly attester: Address
  readonly validFrom: number
  readonly validUntil: number
}

/** The enrolment's id: its EIP-712 struct hash. */
export function id(enrolment: Enrolment): Hex {
  return hashStruct({ data: enrolment, types: enrolmentTypes, primaryType: 'Enrolment' })
}

/** What liable party and attester sign. */
export function digest(enrolment: Enrolment, domain: Domain): Hex {
  return hashTypedData({ domain, types: enrolmentTypes, primaryType: 'Enrolment', message: enrolment })
}
