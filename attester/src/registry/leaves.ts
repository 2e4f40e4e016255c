import type { Binding } from '@musubi/sdk'
import type { Hex } from 'viem'
import { zeroHash } from 'viem'
import type { History, Life } from './history.ts'
import type { Status } from './standing.ts'
import { markOn } from './standing.ts'

/** A leaf that was enrolled, as its attester knows it. */
export type Leaf = {
  readonly enrolmentId: Hex
  readonly index: number
  readonly bindingId: Hex
  readonly binding: Binding.Binding
}

/** What a leaf is judged by. `at` are seconds, of a moment that the history reaches. */
export type Judging = { readonly history: History; readonly heads: ReadonlyMap<Hex, Life>; readonly at: number }

/** The newest binding of each device. */
export function headsOf({ lives }: History): ReadonlyMap<Hex, Life> {
  return new Map([...lives.values()].map((life) => [life.binding.deviceId, life]))
}

/** Where a leaf stands that was not activated: what the registry's `checkLeaf` says, in its order. */
export function leafStatusAt({ enrolmentId, index, binding }: Leaf, { history, heads, at }: Judging): Status | 'NONE' {
  const enrolled = history.enrolments.get(enrolmentId)
  if (enrolled === undefined) return 'NONE'
  if (history.revokedLeaves.get(enrolmentId)?.has(index) === true) return 'REVOKED'
  const head = heads.get(binding.deviceId)
  if ((head?.bindingId ?? zeroHash) !== binding.previous) return 'NONE'
  if (head?.endedBy === 'ROTATED' || head?.endedBy === 'REBOUND') return 'NONE'
  // A record that had run out before the mark keeps its end; a leaf has none to keep.
  const mark = markOn({ vouchedAt: enrolled.at, attesterIndex: enrolled.index, endsAt: Infinity }, history)
  if (mark?.endsIt === true) return 'COMPROMISED'
  if (at >= binding.validUntil) return 'EXPIRED'
  // A message has stopped the head: its renewal starts suspended, and a resume alone lifts that.
  if (head !== undefined && (head.isSuspended || head.endedBy !== undefined)) return 'SUSPENDED'
  return at < binding.validFrom ? 'PENDING' : 'ACTIVE'
}

/** Whether a leaf can still be activated, now or later. */
export function isOpen(leaf: Leaf, judging: Judging): boolean {
  return OPEN.has(leafStatusAt(leaf, judging))
}

const OPEN: ReadonlySet<Status | 'NONE'> = new Set(['PENDING', 'ACTIVE', 'SUSPENDED'])
