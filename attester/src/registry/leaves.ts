import type { Binding } from '@musubi/sdk'
import type { Hex } from 'viem'
import { zeroHash } from 'viem'
import type { History, Life } from './history.ts'
import { markOn } from './standing.ts'

/** A leaf that was enrolled, as its attester knows it. */
export type Leaf = {
  readonly enrolmentId: Hex
  readonly index: number
  readonly bindingId: Hex
  readonly binding: Binding.Binding
}

/** The newest binding of each device. */
export function headsOf({ lives }: History): ReadonlyMap<Hex, Life> {
  return new Map([...lives.values()].map((life) => [life.binding.deviceId, life]))
}

/**
 * Whether a leaf that was not activated can still be, as the registry's `checkLeaf` has it: not revoked, and its device's
 * head is the one that it names, with a key that was not given up.
 */
export function isOpen(leaf: Leaf, history: History, heads: ReadonlyMap<Hex, Life>): boolean {
  const { enrolmentId, index, binding } = leaf
  if (history.revokedLeaves.get(enrolmentId)?.has(index) === true) return false
  const head = heads.get(binding.deviceId)
  if ((head?.bindingId ?? zeroHash) !== binding.previous) return false
  const enrolled = history.enrolments.get(enrolmentId)
  if (enrolled === undefined) return false
  const mark = markOn({ vouchedAt: enrolled.at, attesterIndex: enrolled.index, endsAt: binding.validUntil }, history)
  return mark?.endsIt !== true && head?.endedBy !== 'ROTATED' && head?.endedBy !== 'REBOUND'
}
