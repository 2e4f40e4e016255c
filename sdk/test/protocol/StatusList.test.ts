/**
 * StatusList.build
 * |-- given ids that are not sorted, doubled or a sentinel ... it throws BadListError
 * |-- given more than ENTRIES_MAX ids ... it throws BadListError
 * `-- given a list of the golden vectors ... snapshot and digest are the vector's
 * StatusList.prove
 * |-- given a binding that is listed ... it throws ListedError
 * `-- given a gap of the golden vectors ... it gives the vector's proof
 * StatusList.check
 * |-- given another count or root ... it throws BadListError
 * |-- given an entry that is missing, added or moved ... it throws BadListError
 * `-- given the list that was signed ... it gives it
 * StatusList.decode
 * |-- given another version, length or count ... it throws BadListError
 * |-- given any bytes ... it throws BadListError
 * |-- given a file of the golden vectors with one bit changed ... it throws, or its signature is another one
 * `-- given a file of the golden vectors ... it gives the list, and encode gives the file
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { keccak256, numberToHex } from 'viem'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import * as StatusList from '../../src/protocol/StatusList.ts'
import * as StatusSnapshot from '../../src/protocol/StatusSnapshot.ts'
import { readVectors } from '../helpers/vectors.ts'

const NAME = 'StatusList.BadListError'
const vectors = readVectors('statusSnapshots.json')
const domain = readVectors('domains.json').domains.registry
const { attester, asOf } = vectors[0]!.snapshot
const idOf = (index: number): Hex => keccak256(numberToHex(index))
const sorted = Array.from({ length: 9 }, (_, index) => idOf(index)).sort()
const listOf = (bindingIds: readonly Hex[]) => StatusList.build({ attester, asOf, bindingIds })

describe('StatusList.build', () => {
  const refused: readonly (readonly [string, readonly Hex[]])[] = [
    ['reversed', sorted.toReversed()],
    ['doubled', [sorted[0]!, sorted[0]!]],
    ['the first sentinel', [`0x${'00'.repeat(32)}`, ...sorted]],
    ['the last sentinel', [...sorted, `0x${'ff'.repeat(32)}`]],
  ]
  for (const [name, ids] of refused) {
    it(`given ids that are not sorted, doubled or a sentinel ... it throws BadListError (${name})`, () => {
      assert.throws(() => listOf(ids), { name: NAME })
    })
  }

  it('given more than ENTRIES_MAX ids ... it throws BadListError', () => {
    const given = StatusSnapshot.ENTRIES_MAX + 1
    const ids = Array<Hex>(given).fill(sorted[0]!)
    assert.throws(() => listOf(ids), { name: NAME, given, expected: 2 ** 20 })
  })

  for (const { name, snapshot, bindingIds, digest } of vectors) {
    it(`given a list of the golden vectors ... snapshot and digest are the vector's (${name})`, () => {
      const { signature: _, ...expected } = snapshot
      assert.deepEqual(listOf(bindingIds).snapshot, expected)
      assert.equal(StatusSnapshot.digest(snapshot, domain), digest)
    })
  }
})

describe('StatusList.prove', () => {
  it('given a binding that is listed ... it throws ListedError', () => {
    const list = listOf(sorted)
    for (const given of sorted) {
      assert.throws(() => StatusList.prove(list, given), { name: 'AbsenceProof.ListedError', given })
    }
  })

  for (const { name, bindingIds, gaps } of vectors) {
    it(`given a gap of the golden vectors ... it gives the vector's proof (${name})`, () => {
      const list = listOf(bindingIds)
      assert.equal(gaps.length, bindingIds.length + 1)
      for (const { bindingId, proof } of gaps) assert.deepEqual(StatusList.prove(list, bindingId), proof)
    })
  }
})

describe('StatusList.check', () => {
  const { snapshot, bindingIds } = vectors.at(-1)!

  it('given another count or root ... it throws BadListError', () => {
    const { count } = snapshot
    const counted = { snapshot: { ...snapshot, count: count + 1 }, bindingIds }
    assert.throws(() => StatusList.check(counted), { name: NAME, given: count, expected: count + 1 })
    const root = idOf(0)
    const rooted = { snapshot: { ...snapshot, root }, bindingIds }
    assert.throws(() => StatusList.check(rooted), { name: NAME, given: snapshot.root, expected: root })
  })

  it('given an entry that is missing, added or moved ... it throws BadListError', () => {
    const added = [...bindingIds, idOf(1)].sort()
    const moved = bindingIds.with(3, bindingIds[4]!).with(4, bindingIds[3]!)
    for (const ids of [bindingIds.slice(1), added, moved]) {
      assert.throws(() => StatusList.check({ snapshot, bindingIds: ids }), { name: NAME })
    }
  })

  it('given the list that was signed ... it gives it', () => {
    assert.deepEqual(StatusList.check({ snapshot, bindingIds }), listOf(bindingIds))
  })
})

describe('StatusList.decode', () => {
  const { bytes: file } = vectors.at(-1)!

  it('given another version, length or count ... it throws BadListError', () => {
    const bytes = fromHex(file)
    const larger = bytes.with(26, 0xff)
    for (const other of [
      bytes.with(0, 2),
      bytes.with(0, 0),
      bytes.subarray(1),
      larger,
      new Uint8Array([...bytes, 0]),
    ]) {
      assert.throws(() => StatusList.decode(other), { name: NAME })
    }
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(() => StatusList.decode(bytes.subarray(0, length)), { name: NAME })
    }
  })

  it('given any bytes ... it throws BadListError', () => {
    const body = fc.uint8Array({ maxLength: 400 }).map((bytes) => Uint8Array.of(1, ...bytes))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), body), (bytes) => {
        assert.throws(() => StatusList.decode(bytes), { name: NAME })
      }),
    )
  })

  it('given a file of the golden vectors with one bit changed ... it throws, or its signature is another one', () => {
    const bytes = fromHex(vectors[1]!.bytes)
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const changed = bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7)))
      try {
        const { snapshot } = StatusList.decode(changed)
        const digest = StatusSnapshot.digest(snapshot, domain)
        assert(digest !== vectors[1]!.digest || snapshot.signature !== vectors[1]!.snapshot.signature)
      } catch (error) {
        assert.equal((error as Error).name, NAME)
      }
    }
  })

  for (const { name, snapshot, bindingIds, bytes } of vectors) {
    it(`given a file of the golden vectors ... it gives the list, and encode gives the file (${name})`, () => {
      const decoded = StatusList.decode(fromHex(bytes))
      assert.deepEqual({ snapshot: decoded.snapshot, bindingIds: decoded.bindingIds }, { snapshot, bindingIds })
      assert.equal(toHex(StatusList.encode(decoded)), bytes)
    })
  }
})
