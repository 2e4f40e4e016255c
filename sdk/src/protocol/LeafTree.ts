import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Hex } from 'viem'
import { leafTypehash } from '../generated/typedData.ts'
import { concat, equal, fromHex, toHex, writeUint } from './Bytes.ts'
import { BaseError } from './Errors.ts'
import * as MerkleTree from './MerkleTree.ts'

/** Most devices that one enrolment has, as the registry has it. */
export const LEAVES_MAX = 2 ** 20

/** The Merkle tree of an enrolment, with every node. The contract's `LeafTree` checks its proofs. */
export type LeafTree = {
  readonly root: Hex
  readonly count: number
  readonly bindingIds: readonly Hex[]
  readonly tree: MerkleTree.MerkleTree
}

/**
 * Builds the tree over the ids of a fleet's bindings, in their order. Refuses an id that comes twice; pass `deviceIds`,
 * in the same order, to refuse a device that comes twice: of two leaves of one device the registry activates one alone.
 *
 * @example
 * const tree = LeafTree.build({ bindingIds: bindings.map(Binding.id), deviceIds: bindings.map((each) => each.deviceId) })
 * const enrolment = { root: tree.root, count: tree.count, partyId, attester, validFrom, validUntil }
 */
export function build({ bindingIds, deviceIds = [] }: build.Options): LeafTree {
  const count = bindingIds.length
  if (count < 1 || count > LEAVES_MAX) throw new WrongCountError({ given: count })
  requireOnce(bindingIds, 'binding')
  requireOnce(deviceIds, 'device')
  const leaves = new Uint8Array(count * MerkleTree.NODE_BYTES)
  for (const [index, bindingId] of bindingIds.entries()) {
    leaves.set(leafHash(index, bindingId), index * MerkleTree.NODE_BYTES)
  }
  const tree = MerkleTree.build(leaves, hashPair)
  return { root: toHex(tree.root), count, bindingIds, tree }
}
export declare namespace build {
  type Options = { readonly bindingIds: readonly Hex[]; readonly deviceIds?: readonly Hex[] }
  type ErrorType = WrongCountError | DuplicateError
}

/** Siblings of a leaf, from the leaf up: what `activate` and a presentation need. */
export function proof({ tree, count }: LeafTree, index: number): readonly Hex[] {
  if (!Number.isInteger(index) || index < 0 || index >= count) throw new NoLeafError({ given: index, count })
  return MerkleTree.pathOf(tree, index)
}

/** Whether the binding is the leaf at `index` of a tree of `count` leaves: by the same rules as the contract. */
export function includes({ root, count, index, bindingId, proof }: includes.Options): boolean {
  // A proof of any other length would walk another tree.
  if (index < 0 || index >= count || proof.length !== MerkleTree.depthOf(count)) return false
  const walked = MerkleTree.rootOf({ leaf: leafHash(index, bindingId), index, path: proof }, hashPair)
  return equal(walked, fromHex(root))
}
export declare namespace includes {
  type Options = {
    readonly root: Hex
    readonly count: number
    readonly index: number
    readonly bindingId: Hex
    readonly proof: readonly Hex[]
  }
}

/** `keccak256(keccak256(LEAF_TYPEHASH || index || bindingId))`: hashed twice, so that no inner node can be a leaf. */
function leafHash(index: number, bindingId: Hex): Uint8Array {
  const struct = new Uint8Array(3 * 32)
  struct.set(TYPEHASH, 0)
  writeUint(struct, BigInt(index), { offset: 60, size: 4 })
  struct.set(fromHex(bindingId, 32), 64)
  return keccak_256(keccak_256(struct))
}

function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
  return keccak_256(concat(left, right))
}

const TYPEHASH = fromHex(leafTypehash)

function requireOnce(ids: readonly Hex[], what: string): void {
  const first = new Map<string, number>()
  for (const [index, id] of ids.entries()) {
    const key = id.toLowerCase()
    const earlier = first.get(key)
    if (earlier !== undefined) throw new DuplicateError({ what, id, indexes: [earlier, index] })
    first.set(key, index)
  }
}

/** An enrolment has at least one leaf, and not more than the registry takes. */
export class WrongCountError extends BaseError {
  override readonly name = 'LeafTree.WrongCountError'
  constructor({ given }: { given: number }) {
    super(`A tree has 1 to ${LEAVES_MAX} leaves, not ${given}.`, {
      next: 'Divide the fleet into several enrolments.',
      given,
      expected: LEAVES_MAX,
    })
  }
}

/** A binding or a device is in the fleet twice. */
export class DuplicateError extends BaseError {
  override readonly name = 'LeafTree.DuplicateError'
  constructor({ what, id, indexes }: { what: string; id: Hex; indexes: readonly [number, number] }) {
    super(`The ${what} ${id} stands at ${indexes[0]} and at ${indexes[1]}.`, {
      next: 'List every device once.',
      given: indexes,
      expected: 'one place',
    })
  }
}

/** The tree has no such leaf. */
export class NoLeafError extends BaseError {
  override readonly name = 'LeafTree.NoLeafError'
  constructor({ given, count }: { given: number; count: number }) {
    super(`There is no leaf ${given} among ${count}.`, { next: 'Count from 0.', given, expected: `0 to ${count - 1}` })
  }
}
