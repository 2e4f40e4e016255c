import type { Address, Hex } from 'viem'
import { statusSnapshotTypehash } from '../generated/typedData.ts'
import type { Domain } from './Domain.ts'
import * as StructHash from './StructHash.ts'
import { address, uint } from './StructHash.ts'

/** An attester's word on which of its bindings had ended or were suspended at a moment: the root over all of them. */
export type StatusSnapshot = {
  readonly attester: Address
  /** Seconds; rises with every snapshot of the attester. */
  readonly asOf: number
  /** Entries, without the two sentinels. */
  readonly count: number
  readonly root: Hex
}

/** A snapshot with its attester's 64 bytes. */
export type SignedStatusSnapshot = StatusSnapshot & { readonly signature: Hex }

/** Most entries of one snapshot. */
export const ENTRIES_MAX = 2 ** 20

/** What the attester signs, and what `anchorStatus` takes. */
export function digest({ attester, asOf, count, root }: StatusSnapshot, domain: Domain): Hex {
  const words = [address(attester), uint(asOf, 40), uint(count, 32), root]
  return StructHash.digest(StructHash.structHash(statusSnapshotTypehash, words), domain)
}
