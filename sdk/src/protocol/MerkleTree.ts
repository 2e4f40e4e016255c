import { fromHex, toHex } from './Bytes.ts'
import type { Hex } from 'viem'

/** Size of a node. */
export const NODE_BYTES = 32

/** Hash of two nodes that have one parent. */
export type HashPair = (left: Uint8Array, right: Uint8Array) => Uint8Array

/** All nodes of a binary tree. Places after the last leaf hold zero, and are hashed like any other. */
export type MerkleTree = {
  readonly count: number
  readonly root: Uint8Array
  /** From the leaves up, each as one run of bytes: only the nodes above at least one leaf. */
  readonly levels: readonly Uint8Array[]
  /** Of each level: a node above no leaf at all. */
  readonly empty: readonly Uint8Array[]
}

/** Levels between the leaves and the root: the bit length of count - 1, which is also the length of a path. */
export function depthOf(count: number): number {
  return count < 2 ? 0 : 32 - Math.clz32(count - 1)
}

/** Builds the tree over `leaves`, which are `NODE_BYTES` each, one after the other. */
export function build(leaves: Uint8Array, hashPair: HashPair): MerkleTree {
  const count = leaves.length / NODE_BYTES
  const levels = [leaves]
  const empty = [new Uint8Array(NODE_BYTES)]
  let below = leaves
  let nothing = new Uint8Array(NODE_BYTES)
  for (let depth = depthOf(count); depth > 0; depth--) {
    const nodes = Math.ceil(below.length / NODE_BYTES / 2)
    const level = new Uint8Array(nodes * NODE_BYTES)
    for (let index = 0; index < nodes; index++) {
      const left = nodeAt(below, 2 * index) ?? nothing
      level.set(hashPair(left, nodeAt(below, 2 * index + 1) ?? nothing), index * NODE_BYTES)
    }
    // More levels than the leaves fill would hash the same empty places again and again.
    nothing = Uint8Array.from(hashPair(nothing, nothing))
    levels.push(level)
    empty.push(nothing)
    below = level
  }
  return { count, root: below, levels, empty }
}

/** The node at a place of a level; an empty one after the last leaf. */
export function nodeOf({ levels, empty }: MerkleTree, { level, index }: Position): Hex {
  const node = nodeAt(levels[level] ?? NO_BYTES, index) ?? empty[level]
  if (node === undefined) throw new RangeError(`The tree has ${levels.length} levels: there is none ${level}.`)
  return toHex(node)
}

/** Siblings of a leaf from the leaf up. */
export function pathOf(tree: MerkleTree, index: number): readonly Hex[] {
  const depth = tree.levels.length - 1
  return Array.from({ length: depth }, (_, level) => nodeOf(tree, { level, index: (index >>> level) ^ 1 }))
}

/** The root that a leaf and its siblings lead to. The bits of the index say on which side each sibling stands. */
export function rootOf({ leaf, index, path }: rootOf.Options, hashPair: HashPair): Uint8Array {
  let node = leaf
  for (const [level, sibling] of path.entries()) {
    const other = fromHex(sibling, NODE_BYTES)
    node = (index >>> level) & 1 ? hashPair(other, node) : hashPair(node, other)
  }
  return node
}
export declare namespace rootOf {
  type Options = { readonly leaf: Uint8Array; readonly index: number; readonly path: readonly Hex[] }
}

/** Where a node is. Level 0 are the leaves. */
export type Position = { readonly level: number; readonly index: number }

const NO_BYTES = new Uint8Array(0)

function nodeAt(level: Uint8Array, index: number): Uint8Array | undefined {
  const offset = index * NODE_BYTES
  return offset < level.length ? level.subarray(offset, offset + NODE_BYTES) : undefined
}
