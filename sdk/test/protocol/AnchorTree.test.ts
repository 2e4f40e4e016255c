/**
 * AnchorTree.build
 * |-- given no channel, or more than LEAVES_MAX ... it throws WrongCountError
 * |-- given a channel twice ... it throws DuplicateError
 * |-- given totals whose sum an anchor cannot hold ... it throws IntegerRangeError
 * |-- given a field out of its range ... it throws
 * |-- given a ledger of the golden vectors, in any order ... it gives the vector's root, count and total
 * `-- when any field of any leaf changes ... the root changes
 * AnchorTree.proveInclusion
 * |-- given a channel that is not in the tree ... it throws NoLeafError
 * `-- given a ledger of the golden vectors ... it gives the vector's siblings
 * AnchorTree.verifyInclusion
 * |-- given a place that is none ... it throws NotIncludedError
 * |-- given a proof that is too short or too long ... it throws NotIncludedError
 * |-- given another leaf, place, count, root or sibling ... it throws NotIncludedError
 * |-- given an empty place as if it were a leaf ... it throws NotIncludedError
 * |-- given any ledger ... every leaf proves, and proves nothing else
 * `-- given any ledger ... no inner node is a leaf, at any height
 * AnchorTree.verifyWhole
 * |-- given a copy with a channel lost, added or changed ... it throws NotWholeError
 * `-- given the whole copy, in any order ... it gives its tree
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { concat, keccak256, numberToHex } from 'viem'
import type { AnchorLeaf, AnchorTree } from '../../src/protocol/AnchorTree.ts'
import * as Trees from '../../src/protocol/AnchorTree.ts'
import { channelMessage, hash32 } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const NOT_INCLUDED = { name: 'AnchorTree.NotIncludedError' }
const epochs = readVectors('anchors.json').publishers.flatMap((publisher) => publisher.epochs)
const idOf = (index: number): Hex => keccak256(numberToHex(index))
const leafAt = (index: number, more: Partial<AnchorLeaf> = {}): AnchorLeaf => ({
  channelId: idOf(index),
  cumulativeAmount: BigInt(index),
  version: 1n,
  receiptsRoot: idOf(1_000 + index),
  ...more,
})
const ledgerOf = (count: number) => Array.from({ length: count }, (_, index) => leafAt(index))

/** Amounts whose sum always fits. */
const ledger = fc
  .uniqueArray(channelMessage, { minLength: 1, maxLength: 40, selector: ({ channelId }) => channelId })
  .map((leaves) => leaves.map((leaf) => ({ ...leaf, cumulativeAmount: leaf.cumulativeAmount >> 6n })))

describe('AnchorTree.build', () => {
  it('given no channel, or more than LEAVES_MAX ... it throws WrongCountError', () => {
    const tooMany = Array<AnchorLeaf>(Trees.LEAVES_MAX + 1).fill(leafAt(0))
    for (const states of [[], tooMany]) {
      const expected = { name: 'AnchorTree.WrongCountError', given: states.length, expected: 2 ** 20 }
      assert.throws(() => Trees.build(states), expected)
    }
  })

  it('given a channel twice ... it throws DuplicateError', () => {
    const upper = leafAt(1, { channelId: idOf(1).toUpperCase().replace('0X', '0x') as Hex, version: 2n })
    const expected = { name: 'AnchorTree.DuplicateError', given: idOf(1) }
    assert.throws(() => Trees.build([leafAt(0), leafAt(1), leafAt(2), upper]), expected)
  })

  it('given totals whose sum an anchor cannot hold ... it throws IntegerRangeError', () => {
    const most = 2n ** 96n - 1n
    const whole = [leafAt(1, { cumulativeAmount: most - 2n }), leafAt(2, { cumulativeAmount: 2n })]
    assert.equal(Trees.build(whole).total, most)
    assert.throws(() => Trees.build([...whole, leafAt(3, { cumulativeAmount: 1n })]), {
      name: 'Bytes.IntegerRangeError',
      given: most + 1n,
    })
  })

  it('given a field out of its range ... it throws', () => {
    for (const field of [{ cumulativeAmount: -1n }, { cumulativeAmount: 2n ** 96n }, { version: 2n ** 64n }]) {
      assert.throws(() => Trees.build([leafAt(0, field)]), { name: 'Bytes.IntegerRangeError' })
    }
    for (const field of [{ channelId: '0x12' }, { receiptsRoot: '0x12' }] as const) {
      assert.throws(() => Trees.build([leafAt(0, field)]), { name: 'Bytes.WrongSizeError' })
    }
  })

  for (const { anchor, leaves } of epochs) {
    it(`given a ledger of the golden vectors, in any order ... it gives the vector's root, count and total (${leaves.length})`, () => {
      const states = leaves.map(({ leaf }) => leaf)
      for (const order of [states, states.toReversed()]) {
        const { root, count, total, leaves: sorted } = Trees.build(order)
        assert.deepEqual({ root, count, total }, { root: anchor.root, count: anchor.count, total: anchor.total })
        assert.deepEqual(sorted, states)
      }
    })
  }

  it('when any field of any leaf changes ... the root changes', () => {
    const states = ledgerOf(5)
    const { root } = Trees.build(states)
    for (const [index, state] of states.entries()) {
      const changes = [{ channelId: idOf(99) }, { cumulativeAmount: 99n }, { version: 99n }, { receiptsRoot: idOf(99) }]
      for (const change of changes) {
        assert.notEqual(Trees.build(states.with(index, { ...state, ...change })).root, root)
      }
    }
  })
})

describe('AnchorTree.proveInclusion', () => {
  it('given a channel that is not in the tree ... it throws NoLeafError', () => {
    const expected = { name: 'AnchorTree.NoLeafError', given: idOf(3) }
    assert.throws(() => Trees.proveInclusion(Trees.build(ledgerOf(3)), idOf(3)), expected)
  })

  for (const { leaves } of epochs) {
    it(`given a ledger of the golden vectors ... it gives the vector's siblings (${leaves.length})`, () => {
      const built = Trees.build(leaves.map(({ leaf }) => leaf))
      for (const [index, { leaf, siblings }] of leaves.entries()) {
        assert.deepEqual(Trees.proveInclusion(built, leaf.channelId), { index, siblings })
      }
    })
  }
})

describe('AnchorTree.verifyInclusion', () => {
  const anchor = Trees.build(ledgerOf(11))
  const leaf = anchor.leaves[5]!
  const proof = Trees.proveInclusion(anchor, leaf.channelId)
  const refused = (given: Partial<Trees.verifyInclusion.Options>) =>
    assert.throws(() => Trees.verifyInclusion({ anchor, leaf, proof, ...given }), NOT_INCLUDED)

  it('given a place that is none ... it throws NotIncludedError', () => {
    for (const index of [-1, 11, 2 ** 32 + 5, 5.5, NaN]) refused({ proof: { ...proof, index } })
  })

  it('given a proof that is too short or too long ... it throws NotIncludedError', () => {
    const { siblings } = proof
    for (const other of [[], siblings.slice(0, -1), siblings.slice(1), [...siblings, siblings[0]!]]) {
      refused({ proof: { ...proof, siblings: other } })
    }
  })

  it('given another leaf, place, count, root or sibling ... it throws NotIncludedError', () => {
    for (let index = 0; index < 11; index++) {
      if (index === 5) continue
      refused({ proof: { ...proof, index } })
      refused({ leaf: anchor.leaves[index]! })
    }
    for (const count of [0, 5, 8, 17]) refused({ anchor: { ...anchor, count } })
    refused({ anchor: { ...anchor, root: idOf(99) } })
    for (const [level] of proof.siblings.entries()) {
      refused({ proof: { ...proof, siblings: proof.siblings.with(level, idOf(99)) } })
    }
  })

  it('given an empty place as if it were a leaf ... it throws NotIncludedError', () => {
    const nothing = `0x${'00'.repeat(32)}` as const
    const empty = { channelId: nothing, cumulativeAmount: 0n, version: 0n, receiptsRoot: nothing }
    const siblings = [Trees.proveInclusion(anchor, anchor.leaves[10]!.channelId)].map((last) => last.siblings)[0]!
    for (const count of [11, 12, 16]) {
      refused({ leaf: empty, anchor: { ...anchor, count }, proof: { index: 11, siblings } })
    }
  })

  it('given any ledger ... every leaf proves, and proves nothing else', () => {
    const property = fc.property(ledger, channelMessage, fc.nat(), (states, foreign, at) => {
      const built = Trees.build(states)
      for (const [index, state] of built.leaves.entries()) {
        const shown = Trees.proveInclusion(built, state.channelId)
        assert.deepEqual(Trees.verifyInclusion({ anchor: built, leaf: state, proof: shown }), state)
        assert.equal(shown.index, index)
        const place = at % built.count
        const others = [foreign, { ...state, version: state.version ^ 1n }, built.leaves[(index + 1) % built.count]!]
        for (const other of others) {
          if (other === state) continue
          assert.throws(() => Trees.verifyInclusion({ anchor: built, leaf: other, proof: shown }), NOT_INCLUDED)
        }
        if (place === index) continue
        const moved = { ...shown, index: place }
        assert.throws(() => Trees.verifyInclusion({ anchor: built, leaf: state, proof: moved }), NOT_INCLUDED)
      }
    })
    fc.assert(property, { numRuns: 20 })
  })

  it('given any ledger ... no inner node is a leaf, at any height', () => {
    const property = fc.property(ledger, hash32, fc.nat(), (states, other, at) => {
      const built = Trees.build(states)
      const state = built.leaves[at % built.count]!
      const { index, siblings } = Trees.proveInclusion(built, state.channelId)
      for (let height = 1; height <= siblings.length; height++) {
        // Both halves of a node's pre-image in the two fields of a leaf that are as long; what is left of the path.
        const [left, right] = childrenOf(built, { height, index: index >> height })
        const halves = { channelId: left, receiptsRoot: right }
        const leaves = [
          halves,
          { ...halves, channelId: keccak256(concat([left, right])) },
          { ...halves, receiptsRoot: other },
        ]
        const rest = { index: index >> height, siblings: siblings.slice(height) }
        const counts = [built.count, ((built.count - 1) >> height) + 1]
        for (const [leaf, count] of leaves.flatMap((each) => counts.map((count) => [each, count] as const))) {
          const shown = {
            anchor: { ...built, count },
            leaf: { cumulativeAmount: 0n, version: 0n, ...leaf },
            proof: rest,
          }
          assert.throws(() => Trees.verifyInclusion(shown), NOT_INCLUDED)
        }
      }
    })
    fc.assert(property, { numRuns: 20 })
  })
})

describe('AnchorTree.verifyWhole', () => {
  const states = ledgerOf(7)
  const anchor = Trees.build(states)

  it('given a copy with a channel lost, added or changed ... it throws NotWholeError', () => {
    const lost = states.slice(1)
    assert.throws(() => Trees.verifyWhole(lost, anchor), { name: 'AnchorTree.NotWholeError', given: 6, expected: 7 })
    assert.throws(() => Trees.verifyWhole([...lost, leafAt(8)], anchor), {
      name: 'AnchorTree.NotWholeError',
      given: 29n,
    })
    const older = states.with(3, leafAt(3, { version: 0n }))
    assert.throws(() => Trees.verifyWhole(older, anchor), { name: 'AnchorTree.NotWholeError', expected: anchor.root })
    assert.throws(() => Trees.verifyWhole([...states, leafAt(8)], anchor), { name: 'AnchorTree.NotWholeError' })
  })

  it('given the whole copy, in any order ... it gives its tree', () => {
    assert.deepEqual(Trees.verifyWhole(states.toReversed(), anchor), anchor)
  })
})

/** What a node above the leaves is the hash of. */
function childrenOf({ tree }: AnchorTree, { height, index }: { height: number; index: number }): readonly [Hex, Hex] {
  const at = (place: number): Hex => {
    const bytes = tree.levels[height - 1]!.subarray(32 * place, 32 * place + 32)
    return bytes.length === 0
      ? `0x${Buffer.from(tree.empty[height - 1]!).toString('hex')}`
      : `0x${Buffer.from(bytes).toString('hex')}`
  }
  return [at(2 * index), at(2 * index + 1)]
}
