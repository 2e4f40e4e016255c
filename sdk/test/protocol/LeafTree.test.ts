/**
 * LeafTree.build
 * |-- given no leaf, or more than LEAVES_MAX ... it throws WrongCountError
 * |-- given a binding twice ... it throws DuplicateError
 * |-- given a device twice ... it throws DuplicateError
 * |-- given a fleet of the golden vectors ... it gives the vector's root
 * `-- given 10,000 bindings ... every hundredth proof holds
 * LeafTree.proof
 * |-- given an index that is no leaf ... it throws NoLeafError
 * `-- given a fleet of the golden vectors ... it gives the vector's siblings
 * LeafTree.includes
 * |-- given a proof that is too short or too long ... it is false
 * |-- given another index, binding, count or sibling ... it is false
 * |-- given an inner node as if it were a leaf ... it is false
 * `-- given any fleet ... every leaf is in it
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { keccak256, numberToHex } from 'viem'
import * as Enrolment from '../../src/protocol/Enrolment.ts'
import * as LeafTree from '../../src/protocol/LeafTree.ts'
import { hash32 } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const vectors = readVectors('leaves.json')
const domain = readVectors('domains.json').domains.registry
const idOf = (index: number): Hex => keccak256(numberToHex(index))
const fleet = fc.uniqueArray(hash32, { minLength: 1, maxLength: 40 })

describe('LeafTree.build', () => {
  it('given no leaf, or more than LEAVES_MAX ... it throws WrongCountError', () => {
    const tooMany = Array<Hex>(LeafTree.LEAVES_MAX + 1).fill(idOf(0))
    for (const bindingIds of [[], tooMany]) {
      const expected = { name: 'LeafTree.WrongCountError', given: bindingIds.length, expected: 2 ** 20 }
      assert.throws(() => LeafTree.build({ bindingIds }), expected)
    }
  })

  it('given a binding twice ... it throws DuplicateError', () => {
    const upper = idOf(1).toUpperCase().replace('0X', '0x') as Hex
    const bindingIds = [idOf(0), idOf(1), idOf(2), upper]
    assert.throws(() => LeafTree.build({ bindingIds }), { name: 'LeafTree.DuplicateError', given: [1, 3] })
  })

  it('given a device twice ... it throws DuplicateError', () => {
    const bindingIds = [idOf(0), idOf(1), idOf(2)]
    const deviceIds = [idOf(7), idOf(8), idOf(7)]
    assert.throws(() => LeafTree.build({ bindingIds, deviceIds }), { name: 'LeafTree.DuplicateError', given: [0, 2] })
  })

  for (const { bindingIds, enrolment, enrolmentId, digest } of vectors) {
    it(`given a fleet of the golden vectors ... it gives the vector's root (${bindingIds.length})`, () => {
      const { root, count } = LeafTree.build({ bindingIds })
      assert.deepEqual({ root, count }, { root: enrolment.root, count: enrolment.count })
      assert.equal(Enrolment.id(enrolment), enrolmentId)
      assert.equal(Enrolment.digest(enrolment, domain), digest)
    })
  }

  it('given 10,000 bindings ... every hundredth proof holds', () => {
    const bindingIds = Array.from({ length: 10_000 }, (_, index) => idOf(index))
    const tree = LeafTree.build({ bindingIds })
    for (let index = 0; index < bindingIds.length; index += 100) {
      const proof = LeafTree.proof(tree, index)
      assert.equal(proof.length, 14)
      assert.equal(LeafTree.includes({ ...tree, index, bindingId: idOf(index), proof }), true)
    }
  })
})

describe('LeafTree.proof', () => {
  const tree = LeafTree.build({ bindingIds: [idOf(0), idOf(1), idOf(2)] })

  for (const index of [-1, 3, 4, 0.5, NaN]) {
    it(`given an index that is no leaf ... it throws NoLeafError (${index})`, () => {
      assert.throws(() => LeafTree.proof(tree, index), { name: 'LeafTree.NoLeafError', given: index })
    })
  }

  for (const { bindingIds, leaves } of vectors) {
    it(`given a fleet of the golden vectors ... it gives the vector's siblings (${bindingIds.length})`, () => {
      const built = LeafTree.build({ bindingIds })
      for (const [index, { siblings }] of leaves.entries()) assert.deepEqual(LeafTree.proof(built, index), siblings)
    })
  }
})

describe('LeafTree.includes', () => {
  const bindingIds = Array.from({ length: 11 }, (_, index) => idOf(index))
  const tree = LeafTree.build({ bindingIds })
  const { root, count } = tree
  const sound = { root, count, index: 5, bindingId: idOf(5), proof: LeafTree.proof(tree, 5) }

  it('given a proof that is too short or too long ... it is false', () => {
    const { proof } = sound
    for (const other of [[], proof.slice(0, -1), [...proof, proof[0]!], proof.slice(1)]) {
      assert.equal(LeafTree.includes({ ...sound, proof: other }), false)
    }
  })

  it('given another index, binding, count or sibling ... it is false', () => {
    for (let index = -1; index < 20; index++) {
      if (index !== sound.index) assert.equal(LeafTree.includes({ ...sound, index }), false)
    }
    assert.equal(LeafTree.includes({ ...sound, bindingId: idOf(6) }), false)
    assert.equal(LeafTree.includes({ ...sound, count: 8 }), false)
    assert.equal(LeafTree.includes({ ...sound, count: 17 }), false)
    for (const [level] of sound.proof.entries()) {
      assert.equal(LeafTree.includes({ ...sound, proof: sound.proof.with(level, idOf(99)) }), false)
    }
  })

  it('given an inner node as if it were a leaf ... it is false', () => {
    // Above the leaves 4 to 7, which is the right one of four such nodes' first pair.
    const node = LeafTree.proof(tree, 0)[2]!
    const shorter = { root, count: 4, index: 1, bindingId: node, proof: LeafTree.proof(tree, 4).slice(2) }
    assert.equal(LeafTree.includes(shorter), false)
  })

  it('given any fleet ... every leaf is in it', () => {
    fc.assert(
      fc.property(fleet, (ids) => {
        const built = LeafTree.build({ bindingIds: ids })
        for (const [index, bindingId] of ids.entries()) {
          const proof = LeafTree.proof(built, index)
          const { root, count } = built
          assert.equal(LeafTree.includes({ root, count, index, bindingId, proof }), true)
        }
      }),
      { numRuns: 30 },
    )
  })
})
