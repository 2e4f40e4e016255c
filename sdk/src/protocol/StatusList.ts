import type { Address, Hex } from 'viem'
import { getAddress } from 'viem'
import * as AbsenceProof from './AbsenceProof.ts'
import type { Problem } from './ByteReader.ts'
import { byteReader } from './ByteReader.ts'
import { concat, fromHex, toHex, uintBytes } from './Bytes.ts'
import { BaseError } from './Errors.ts'
import * as MerkleTree from './MerkleTree.ts'
import type { SignedStatusSnapshot, StatusSnapshot } from './StatusSnapshot.ts'
import { ENTRIES_MAX } from './StatusSnapshot.ts'

/** First byte of the file. */
export const STATUS_LIST_VERSION = 1

/** Every binding of an attester that had ended or was suspended at a moment: what a snapshot is the root of. */
export type StatusList = {
  readonly snapshot: StatusSnapshot
  /** Sorted, in lower case. */
  readonly bindingIds: readonly Hex[]
  readonly tree: MerkleTree.MerkleTree
}

/** A list as its attester publishes it. */
export type PublishedStatusList = { readonly snapshot: SignedStatusSnapshot; readonly bindingIds: readonly Hex[] }

/**
 * Builds the list, and the snapshot to sign. The ids must be sorted and without doubles: what is not could hide an entry
 * between two others.
 *
 * @example
 * const list = StatusList.build({ attester, asOf: now, bindingIds: ended.toSorted() })
 * const snapshot = await signStatusSnapshot(list.snapshot, { domain, signer })
 */
export function build({ attester, asOf, bindingIds }: build.Options): StatusList {
  const count = bindingIds.length
  if (count > ENTRIES_MAX) throw new BadListError({ problem: 'too long', given: count, expected: ENTRIES_MAX })
  const sorted = bindingIds.map((id) => id.toLowerCase() as Hex)
  requireSorted(sorted)
  const leaves = new Uint8Array((count + AbsenceProof.SENTINELS) * MerkleTree.NODE_BYTES)
  for (const [index, id] of [AbsenceProof.FIRST, ...sorted, AbsenceProof.LAST].entries()) {
    leaves.set(AbsenceProof.leafHash(id), index * MerkleTree.NODE_BYTES)
  }
  const tree = MerkleTree.build(leaves, AbsenceProof.hashPair)
  return { snapshot: { attester, asOf, count, root: toHex(tree.root) }, bindingIds: sorted, tree }
}
export declare namespace build {
  type Options = { readonly attester: Address; readonly asOf: number; readonly bindingIds: readonly Hex[] }
  type ErrorType = BadListError
}

/** Shows that the list does not have a binding. */
export function prove({ bindingIds, tree }: StatusList, bindingId: Hex): AbsenceProof.AbsenceProof {
  const id = bindingId.toLowerCase() as Hex
  const index = placeOf(bindingIds, id)
  if (bindingIds[index] === id) throw new AbsenceProof.ListedError({ given: id })
  const siblings: Hex[] = []
  const apart = AbsenceProof.levelsApart(index)
  for (let level = 0; level < apart; level++) {
    siblings.push(MerkleTree.nodeOf(tree, { level, index: (index >>> level) - 1 }))
    siblings.push(MerkleTree.nodeOf(tree, { level, index: ((index + 1) >>> level) + 1 }))
  }
  for (let level = apart + 1; level < tree.levels.length - 1; level++) {
    siblings.push(MerkleTree.nodeOf(tree, { level, index: (index >>> level) ^ 1 }))
  }
  const [left, right] = [bindingIds[index - 1] ?? AbsenceProof.FIRST, bindingIds[index] ?? AbsenceProof.LAST]
  return { index, left, right, siblings }
}

/**
 * Checks a whole list against the snapshot that its attester signed. A proof shows two neighbours alone: only who holds the
 * list can say that all of it is sorted, and that the count is right.
 */
export function check({ snapshot, bindingIds }: PublishedStatusList): StatusList {
  const list = build({ attester: snapshot.attester, asOf: snapshot.asOf, bindingIds })
  const { count, root } = list.snapshot
  if (count !== snapshot.count)
    throw new BadListError({ problem: 'of another count', given: count, expected: snapshot.count })
  if (root !== snapshot.root.toLowerCase()) {
    throw new BadListError({ problem: 'of another root', given: root, expected: snapshot.root })
  }
  return list
}

/** Fixed layout: version 1 || attester 20 || asOf 5 || count 4 || root 32 || signature 64 || bindingId 32 each. */
export function encode({ snapshot, bindingIds }: PublishedStatusList): Uint8Array {
  const { attester, asOf, count, root, signature } = snapshot
  const numbers = [uintBytes(asOf, 5), uintBytes(count, 4)]
  const head = concat(Uint8Array.of(STATUS_LIST_VERSION), fromHex(attester, 20), ...numbers, fromHex(root, 32))
  return concat(head, fromHex(signature, 64), ...bindingIds.map((id) => fromHex(id, 32)))
}

/** Reads the file, and checks the list against the snapshot in it; not yet the signature. */
export function decode(bytes: Uint8Array): StatusList & { readonly snapshot: SignedStatusSnapshot } {
  const reader = byteReader(bytes, (problem) => new BadListError(problem))
  const version = reader.number(1)
  if (version !== STATUS_LIST_VERSION) {
    throw new BadListError({ problem: 'of an unknown version', given: version, expected: STATUS_LIST_VERSION })
  }
  const attester = getAddress(reader.hex(20))
  const asOf = reader.number(5)
  const count = reader.number(4)
  if (count > ENTRIES_MAX) throw new BadListError({ problem: 'too long', given: count, expected: ENTRIES_MAX })
  const root = reader.hex(32)
  const snapshot = { attester, asOf, count, root, signature: reader.hex(64) }
  const bindingIds = Array.from({ length: count }, () => reader.hex(32))
  reader.end()
  return { ...check({ snapshot, bindingIds }), snapshot }
}

function requireSorted(ids: readonly Hex[]): void {
  let before = AbsenceProof.FIRST
  for (const id of ids) {
    if (id <= before)
      throw new BadListError({ problem: 'not sorted, or has doubles', given: id, expected: `above ${before}` })
    before = id
  }
  if (before >= AbsenceProof.LAST) {
    throw new BadListError({ problem: 'not below its end', given: before, expected: AbsenceProof.LAST })
  }
}

/** Index of the first entry that is not below the id. */
function placeOf(ids: readonly Hex[], id: Hex): number {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ids[middle] ?? AbsenceProof.LAST) < id) low = middle + 1
    else high = middle
  }
  return low
}

/** The list is none that an attester can sign, or not the one that it signed. */
export class BadListError extends BaseError {
  override readonly name = 'StatusList.BadListError'
  constructor({ problem, given, expected }: Problem) {
    super(`The status list is ${problem}: given ${String(given)}, expected ${String(expected)}.`, {
      next: "Take the attester's newest list, sorted and without doubles.",
      given,
      expected,
    })
  }
}
