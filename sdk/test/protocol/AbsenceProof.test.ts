/**
 * AbsenceProof.verify
 * |-- given a place outside the list ... it throws BadProofError
 * |-- given more or fewer siblings than its place has ... it throws BadProofError
 * |-- given a binding that is one of the neighbours ... it throws ListedError
 * |-- given a binding outside the gap ... it throws BadProofError
 * |-- given a sentinel where an entry should be, or an entry where a sentinel should be ... it throws BadProofError
 * |-- given neighbours that are not next to each other ... it throws BadProofError
 * |-- given a list that is not sorted ... no proof shows a listed binding between neighbours in the right order
 * |-- given another root or count ... it throws BadProofError
 * |-- given any list ... every listed binding is refused, and every other one is shown absent
 * `-- given a gap of the golden vectors ... it does not throw
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { keccak256, numberToHex } from 'viem'
import * as AbsenceProof from '../../src/protocol/AbsenceProof.ts'
import { toHex } from '../../src/protocol/Bytes.ts'
import * as MerkleTree from '../../src/protocol/MerkleTree.ts'
import * as StatusList from '../../src/protocol/StatusList.ts'
import { hash32 } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const NAME = 'AbsenceProof.BadProofError'
const vectors = readVectors('statusSnapshots.json')
const { attester, asOf } = vectors[0]!.snapshot
const idOf = (index: number): Hex => keccak256(numberToHex(index))
const between = (id: Hex): Hex => `0x${(BigInt(id) + 1n).toString(16).padStart(64, '0')}`

const bindingIds = Array.from({ length: 10 }, (_, index) => idOf(index)).sort()
const list = StatusList.build({ attester, asOf, bindingIds })
const { count, root } = list.snapshot

/** A proof of two places of a tree that nobody has looked at: what a dishonest attester could sign. */
function proofIn(entries: readonly Hex[], index: number) {
  const leaves = Buffer.concat(entries.map((id) => AbsenceProof.leafHash(id)))
  const tree = MerkleTree.build(Uint8Array.from(leaves), AbsenceProof.hashPair)
  const siblings = siblingsOf(tree, index)
  const [left, right] = [entries[index]!, entries[index + 1]!]
  return {
    proof: { index, left, right, siblings },
    root: toHex(tree.root),
    count: entries.length - AbsenceProof.SENTINELS,
  }
}

function siblingsOf(tree: MerkleTree.MerkleTree, index: number): readonly Hex[] {
  const siblings: Hex[] = []
  let [one, two] = [index, index + 1]
  for (let level = 0; level < tree.levels.length - 1; level++) {
    if (one === two) siblings.push(MerkleTree.nodeOf(tree, { level, index: one ^ 1 }))
    else if (one >> 1 !== two >> 1) {
      siblings.push(
        MerkleTree.nodeOf(tree, { level, index: one ^ 1 }),
        MerkleTree.nodeOf(tree, { level, index: two ^ 1 }),
      )
    }
    one >>= 1
    two >>= 1
  }
  return siblings
}

describe('AbsenceProof.verify', () => {
  const bindingId = between(bindingIds[4]!)
  const sound = StatusList.prove(list, bindingId)
  const options = { bindingId, count, root }

  for (const index of [-1, 0.5, count + 1, 2 ** 31, NaN]) {
    it(`given a place outside the list ... it throws BadProofError (${index})`, () => {
      assert.throws(() => AbsenceProof.verify({ ...sound, index }, options), { name: NAME, given: index })
    })
  }

  it('given more or fewer siblings than its place has ... it throws BadProofError', () => {
    const { siblings } = sound
    for (const other of [[], siblings.slice(1), siblings.slice(0, -1), [...siblings, root]]) {
      const expected = { name: NAME, given: other.length, expected: siblings.length }
      assert.throws(() => AbsenceProof.verify({ ...sound, siblings: other }, options), expected)
    }
  })

  it('given a binding that is one of the neighbours ... it throws ListedError', () => {
    for (const given of [sound.left, sound.right, sound.left.toUpperCase().replace('0X', '0x') as Hex]) {
      assert.throws(() => AbsenceProof.verify(sound, { ...options, bindingId: given }), {
        name: 'AbsenceProof.ListedError',
        given,
      })
    }
  })

  it('given a binding outside the gap ... it throws BadProofError', () => {
    for (const given of [bindingIds[3]!, bindingIds[6]!, between(bindingIds[8]!)]) {
      assert.throws(() => AbsenceProof.verify(sound, { ...options, bindingId: given }), { name: NAME, expected: given })
    }
  })

  it('given a sentinel where an entry should be, or an entry where a sentinel should be ... it throws BadProofError', () => {
    // Lists that begin or end in their middle: what stands behind would be measured against nothing.
    const { FIRST, LAST } = AbsenceProof
    const early = proofIn([FIRST, bindingIds[1]!, LAST, bindingIds[5]!, LAST], 1)
    const late = proofIn([FIRST, bindingIds[8]!, FIRST, bindingIds[5]!, LAST], 2)
    const headless = proofIn([bindingIds[1]!, bindingIds[5]!, LAST], 0)
    const endless = proofIn([FIRST, bindingIds[1]!, bindingIds[5]!], 1)
    for (const { proof, ...of } of [early, late, headless, endless]) {
      const hidden = { ...of, bindingId: bindingIds[3]! }
      assert.throws(() => AbsenceProof.verify(proof, hidden), { name: NAME, expected: [FIRST, LAST] })
    }
  })

  it('given neighbours that are not next to each other ... it throws BadProofError', () => {
    const wider = StatusList.prove(list, between(bindingIds[5]!))
    for (const proof of [
      { ...sound, right: wider.right },
      { ...wider, left: sound.left },
    ]) {
      assert.throws(() => AbsenceProof.verify(proof, { ...options, bindingId: bindingIds[5]! }), {
        name: NAME,
        expected: root,
      })
    }
  })

  it('given a list that is not sorted ... no proof shows a listed binding between neighbours in the right order', () => {
    const swapped = [AbsenceProof.FIRST, bindingIds[4]!, bindingIds[2]!, AbsenceProof.LAST]
    const { proof, ...of } = proofIn(swapped, 1)
    assert.throws(() => AbsenceProof.verify(proof, { ...of, bindingId: bindingIds[3]! }), { name: NAME })
  })

  it('given another root or count ... it throws BadProofError', () => {
    assert.throws(() => AbsenceProof.verify(sound, { ...options, root: idOf(99) }), { name: NAME, given: root })
    // Of 14 entries and more the proof is longer.
    for (const other of [3, 15, 2 ** 20]) {
      assert.throws(() => AbsenceProof.verify(sound, { ...options, count: other }), { name: NAME })
    }
    for (const [place] of sound.siblings.entries()) {
      const siblings = sound.siblings.with(place, idOf(99))
      assert.throws(() => AbsenceProof.verify({ ...sound, siblings }, options), { name: NAME, expected: root })
    }
  })

  it('given any list ... every listed binding is refused, and every other one is shown absent', () => {
    fc.assert(
      fc.property(fc.uniqueArray(hash32, { maxLength: 40 }), hash32, (ids, other) => {
        fc.pre(!ids.includes(other))
        const built = StatusList.build({ attester, asOf, bindingIds: ids.toSorted() })
        AbsenceProof.verify(StatusList.prove(built, other), { bindingId: other, ...built.snapshot })
        for (const id of ids) assert.throws(() => StatusList.prove(built, id), { name: 'AbsenceProof.ListedError' })
      }),
      { numRuns: 50 },
    )
  })

  for (const { name, snapshot, gaps } of vectors) {
    it(`given a gap of the golden vectors ... it does not throw (${name})`, () => {
      for (const { bindingId, proof } of gaps) AbsenceProof.verify(proof, { bindingId, ...snapshot })
    })
  }
})
