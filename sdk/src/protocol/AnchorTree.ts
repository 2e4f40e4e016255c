import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Hex } from 'viem'
import { anchorLeafTypehash } from '../generated/typedData.ts'
import type { Anchor } from './Anchor.ts'
import { DuplicateError, NoLeafError, NotIncludedError, NotWholeError, WrongCountError } from './AnchorErrors.ts'
import { IntegerRangeError, concat, fromHex, toHex } from './Bytes.ts'
import type { ChannelMessage } from './ChannelMessage.ts'
import * as MerkleTree from './MerkleTree.ts'
import * as StructHash from './StructHash.ts'
import { uint } from './StructHash.ts'

/** A channel as its newest voucher has it at the end of an epoch. Its receipts root proves the itemised history. */
export type AnchorLeaf = ChannelMessage

/** Where a leaf is in its tree, and the siblings from it up. */
export type InclusionProof = { readonly index: number; readonly siblings: readonly Hex[] }

/** The tree below an anchor, with every node. */
export type AnchorTree = {
  readonly root: Hex
  readonly count: number
  /** Sum of the leaves' totals, in token base units. */
  readonly total: bigint
  /** Sorted by channel. */
  readonly leaves: readonly AnchorLeaf[]
  readonly tree: MerkleTree.MerkleTree
}

/** Most channels that are built into one tree. */
export const LEAVES_MAX = 2 ** 20

const TOTAL_MAX = 2n ** 96n - 1n

/** Builds the tree over the state of every channel, in any order: one set of channels has one root. */
export function build(states: Iterable<AnchorLeaf>): AnchorTree {
  const given = [...states]
  const count = given.length
  if (count < 1 || count > LEAVES_MAX) throw new WrongCountError({ given: count, max: LEAVES_MAX })
  const leaves = given.map(toLeaf).sort((a, b) => (a.channelId < b.channelId ? -1 : 1))
  const hashes = new Uint8Array(count * MerkleTree.NODE_BYTES)
  let total = 0n
  for (const [index, leaf] of leaves.entries()) {
    if (leaf.channelId === leaves[index - 1]?.channelId) throw new DuplicateError({ given: leaf.channelId })
    hashes.set(leafHash(index, leaf), index * MerkleTree.NODE_BYTES)
    total += leaf.cumulativeAmount
  }
  if (total > TOTAL_MAX) throw new IntegerRangeError({ given: total, expected: '0 to 2^96 - 1' })
  const tree = MerkleTree.build(hashes, hashPair)
  return { root: toHex(tree.root), count, total, leaves, tree }
}
export declare namespace build {
  type ErrorType = WrongCountError | DuplicateError | IntegerRangeError
}

/** What a channel needs to show that it is in the tree. */
export function proveInclusion({ leaves, tree }: AnchorTree, channelId: Hex): InclusionProof {
  const sought = channelId.toLowerCase()
  const index = leaves.findIndex((leaf) => leaf.channelId === sought)
  if (index < 0) throw new NoLeafError({ given: channelId })
  return { index, siblings: MerkleTree.pathOf(tree, index) }
}

/**
 * Checks that a channel's state is part of what was anchored, and returns it. Take the anchor from the chain.
 *
 * @example
 * const anchor = await ledger.anchorOfRoot({ publisher, root, toBlock })
 * const { cumulativeAmount } = AnchorTree.verifyInclusion({ anchor, leaf, proof })
 */
export function verifyInclusion({ anchor: { root, count }, leaf, proof }: verifyInclusion.Options): AnchorLeaf {
  const { index, siblings } = proof
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new NotIncludedError({ problem: 'place', given: index, expected: `0 to ${count - 1}` })
  }
  // A proof of any other length would walk another tree.
  const depth = MerkleTree.depthOf(count)
  if (siblings.length !== depth) {
    throw new NotIncludedError({ problem: 'length', given: siblings.length, expected: depth })
  }
  const walked = toHex(MerkleTree.rootOf({ leaf: leafHash(index, leaf), index, path: siblings }, hashPair))
  if (walked !== root.toLowerCase()) throw new NotIncludedError({ problem: 'root', given: walked, expected: root })
  return leaf
}
export declare namespace verifyInclusion {
  type Options = {
    readonly anchor: Pick<Anchor, 'root' | 'count'>
    readonly leaf: AnchorLeaf
    readonly proof: InclusionProof
  }
  type ErrorType = NotIncludedError
}

/** Checks that a copy of the history is all that was anchored, and returns its tree. */
export function verifyWhole(
  states: Iterable<AnchorLeaf>,
  anchor: Pick<Anchor, 'root' | 'count' | 'total'>,
): AnchorTree {
  const built = build(states)
  for (const field of ['count', 'total'] as const) {
    if (built[field] === anchor[field]) continue
    throw new NotWholeError({ problem: field, given: built[field], expected: anchor[field] })
  }
  if (built.root === anchor.root.toLowerCase()) return built
  throw new NotWholeError({ problem: 'root', given: built.root, expected: anchor.root })
}
export declare namespace verifyWhole {
  type ErrorType = build.ErrorType | NotWholeError
}

/** The fields of a leaf alone: a voucher that is given as its state has a signature, too. */
function toLeaf({ channelId, cumulativeAmount, version, receiptsRoot }: AnchorLeaf): AnchorLeaf {
  return { channelId: toHex(fromHex(channelId, 32)), cumulativeAmount, version, receiptsRoot }
}

/** Hashed twice, over other bytes than an inner node, so that neither can stand for the other. */
function leafHash(index: number, { channelId, cumulativeAmount, version, receiptsRoot }: AnchorLeaf): Uint8Array {
  const words = [uint(index, 32), channelId, uint(cumulativeAmount, 96), uint(version, 64), receiptsRoot]
  return keccak_256(StructHash.structHash(anchorLeafTypehash, words))
}

function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
  return keccak_256(concat(left, right))
}
