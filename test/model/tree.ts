import { concat, encodeAbiParameters, keccak256 } from 'viem'
import type { Hex } from 'viem'
import { leafTypehash } from '../../sdk/src/generated/typedData.ts'
import { NO_ID } from './words.ts'

const LEAF = [{ type: 'bytes32' }, { type: 'uint32' }, { type: 'bytes32' }] as const

/** Root of the tree over these bindings, and each leaf's siblings from the leaf up; empty places hold zero. */
export function treeOf(bindingIds: readonly Hex[]): { root: Hex; proofs: Hex[][] } {
  const leaves = bindingIds.map((id, index) =>
    keccak256(keccak256(encodeAbiParameters(LEAF, [leafTypehash, index, id]))),
  )
  const places = 2 ** Math.ceil(Math.log2(leaves.length))
  const proofs: Hex[][] = leaves.map(() => [])
  let level = Array.from({ length: places }, (_, index) => leaves[index] ?? NO_ID)
  for (let height = 0; level.length > 1; ++height) {
    const below = level
    for (const [index, proof] of proofs.entries()) proof.push(below[(index >> height) ^ 1]!)
    level = Array.from({ length: below.length / 2 }, (_, i) => keccak256(concat([below[2 * i]!, below[2 * i + 1]!])))
  }
  return { root: level[0]!, proofs }
}
