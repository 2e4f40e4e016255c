import type { Address, Hex } from 'viem'
import { enrolmentTypehash } from '../generated/typedData.ts'
import { toHex } from './Bytes.ts'
import type { Domain } from './Domain.ts'
import * as StructHash from './StructHash.ts'
import { address, uint } from './StructHash.ts'

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
  return toHex(hash(enrolment))
}

/** What liable party and attester sign. */
export function digest(enrolment: Enrolment, domain: Domain): Hex {
  return StructHash.digest(hash(enrolment), domain)
}

function hash({ root, count, partyId, attester, validFrom, validUntil }: Enrolment): Uint8Array {
  const words = [root, uint(count, 32), partyId, address(attester), uint(validFrom, 40), uint(validUntil, 40)]
  return StructHash.structHash(enrolmentTypehash, words)
}
