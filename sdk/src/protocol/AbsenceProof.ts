import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Hex } from 'viem'
import { concat, fromHex, toHex } from './Bytes.ts'
import { BaseError } from './Errors.ts'
import { NODE_BYTES, depthOf } from './MerkleTree.ts'

/**
 * Shows that a sorted list does not have a binding: the two neighbours between which it would stand. Their paths join, and
 * from there on are one, so the nodes are given once.
 */
export type AbsenceProof = {
  /** Place of the left neighbour; 0 is the sentinel before all entries. */
  readonly index: number
  readonly left: Hex
  readonly right: Hex
  /** From the leaves up; while the paths are apart, the left one's sibling first. */
  readonly siblings: readonly Hex[]
}

/** What stands before and after all entries, so that every binding has two neighbours. */
export const FIRST: Hex = `0x${'00'.repeat(32)}`
export const LAST: Hex = `0x${'ff'.repeat(32)}`
export const SENTINELS = 2

const LEAF_PREFIX = Uint8Array.of(0)
const NODE_PREFIX = Uint8Array.of(1)

/** How many siblings the proof has at a place: nothing about it is the prover's choice. */
export function siblingsAt({ index, count }: { readonly index: number; readonly count: number }): number {
  return depthOf(count + SENTINELS) - 1 + levelsApart(index)
}

/** Checks that a list of `count` entries under `root` does not have the binding. */
export function verify(proof: AbsenceProof, { bindingId, count, root }: verify.Options): void {
  const { index, siblings } = proof
  const [id, left, right] = [bindingId.toLowerCase(), proof.left.toLowerCase(), proof.right.toLowerCase()]
  if (!Number.isInteger(index) || index < 0 || index > count) {
    throw new BadProofError({ problem: 'place', given: index, expected: `0 to ${count}` })
  }
  const expected = siblingsAt({ index, count })
  if (siblings.length !== expected) throw new BadProofError({ problem: 'length', given: siblings.length, expected })
  if (id === left || id === right) throw new ListedError({ given: bindingId })
  if (id < left || id > right) throw new BadProofError({ problem: 'gap', given: [left, right], expected: bindingId })
  // A list without its sentinels, or with one in its middle, would have entries that no proof is measured against.
  if ((left === FIRST) !== (index === 0) || (right === LAST) !== (index === count)) {
    throw new BadProofError({ problem: 'ends', given: [left, right], expected: [FIRST, LAST] })
  }
  const reached = toHex(rootOf(proof, count))
  if (reached !== root.toLowerCase()) throw new BadProofError({ problem: 'root', given: reached, expected: root })
}
export declare namespace verify {
  type Options = { readonly bindingId: Hex; readonly count: number; readonly root: Hex }
  type ErrorType = BadProofError | ListedError
}

/** Hash of an entry, and of two nodes: other prefixes, so that neither can stand for the other. */
export function leafHash(bindingId: Hex): Uint8Array {
  return keccak_256(concat(LEAF_PREFIX, fromHex(bindingId, NODE_BYTES)))
}

export function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
  return keccak_256(concat(NODE_PREFIX, left, right))
}

/** Levels at which the paths of a place and of the next one are apart: the ones at the end of its index. */
export function levelsApart(index: number): number {
  return 31 - Math.clz32(~index & (index + 1))
}

function rootOf({ index, left, right, siblings }: AbsenceProof, count: number): Uint8Array {
  const given = siblings.map((sibling) => fromHex(sibling, NODE_BYTES)).values()
  const next = () => given.next().value ?? new Uint8Array(NODE_BYTES)
  let [one, two] = [leafHash(left), leafHash(right)]
  const apart = levelsApart(index)
  // As long as they are apart the left path comes from the right side of its parent, and the right path from the left.
  for (let level = 0; level < apart; level++) {
    one = hashPair(next(), one)
    two = hashPair(two, next())
  }
  let node = hashPair(one, two)
  for (let level = apart + 1; level < depthOf(count + SENTINELS); level++) {
    node = (index >>> level) & 1 ? hashPair(next(), node) : hashPair(node, next())
  }
  return node
}

/** The proof shows nothing about this binding and this list. */
export class BadProofError extends BaseError {
  override readonly name = 'AbsenceProof.BadProofError'
  constructor({ problem, given, expected }: { problem: string; given: unknown; expected: unknown }) {
    super(`The proof has another ${problem} than the list: ${String(given)} instead of ${String(expected)}.`, {
      next: "Make the proof from the attester's newest list.",
      given,
      expected,
    })
  }
}

/** The list has the binding: it has ended, or is suspended. */
export class ListedError extends BaseError {
  override readonly name = 'AbsenceProof.ListedError'
  constructor({ given }: { given: Hex }) {
    super(`The binding ${given} is in the list of those that have ended or are suspended.`, {
      next: 'Have it resumed, or bind the device anew.',
      given,
      expected: 'a binding that is not listed',
    })
  }
}
