/**
 * TrustList
 * |-- given bytes of the golden vectors that are no list ... decode throws BadTrustListError
 * |-- given any bytes ... decode throws BadTrustListError, or encode gives them back
 * |-- given a list that is unsorted, doubled, too long or never valid ... encode throws BadTrustListError
 * |-- given a list of the golden vectors ... digest and bytes are the vector's
 * |-- given attesters in any order ... sorted gives each once, in the order of a list
 * `-- given a time outside its validity ... requireValid throws NotYetValidError or ExpiredError
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import * as TrustList from '../../src/protocol/TrustList.ts'
import { address } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const NAME = 'TrustList.BadTrustListError'
const { sound, refused } = readVectors('trustLists.json')
const domain = readVectors('domains.json').domains.registry
const { list } = sound.at(-1)!

describe('TrustList', () => {
  for (const { name, bytes } of refused) {
    it(`given bytes of the golden vectors that are no list ... decode throws BadTrustListError (${name})`, () => {
      assert.throws(() => TrustList.decode(fromHex(bytes)), { name: NAME })
    })
  }

  it('given any bytes ... decode throws BadTrustListError, or encode gives them back', () => {
    const head = fc.uint8Array({ minLength: 13, maxLength: 13 })
    const near = fc
      .tuple(head, fc.nat({ max: 3 }), fc.uint8Array({ minLength: 64, maxLength: 130 }))
      .map(([head, count, rest]) => Uint8Array.of(1, ...head.with(0, 0), 0, count, ...rest))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), near), (bytes) => {
        try {
          assert.deepEqual(TrustList.encode(TrustList.decode(bytes)), bytes)
        } catch (error) {
          assert.equal((error as Error).name, NAME)
        }
      }),
    )
  })

  it('given a list that is unsorted, doubled, too long or never valid ... encode throws BadTrustListError', () => {
    const { attesters } = list
    const many = Array.from({ length: TrustList.ATTESTERS_MAX + 1 }, () => attesters[0]!)
    for (const other of [attesters.toReversed(), [attesters[0]!, attesters[0]!], many]) {
      assert.throws(() => TrustList.encode({ ...list, attesters: other }), { name: NAME })
    }
    assert.throws(() => TrustList.encode({ ...list, validUntil: list.validFrom }), {
      name: NAME,
      given: list.validFrom,
    })
  })

  for (const { name, list, digest, bytes } of sound) {
    it(`given a list of the golden vectors ... digest and bytes are the vector's (${name})`, () => {
      assert.equal(TrustList.digest(list, domain), digest)
      assert.equal(toHex(TrustList.encode(list)), bytes)
      assert.deepEqual(TrustList.decode(fromHex(bytes)), list)
      for (const attester of list.attesters) assert(TrustList.has(list, attester.toLowerCase() as typeof attester))
      assert.equal(TrustList.has(list, domain.verifyingContract), false)
    })
  }

  it('given attesters in any order ... sorted gives each once, in the order of a list', () => {
    fc.assert(
      fc.property(fc.array(address, { maxLength: 10 }), (attesters) => {
        const sorted = TrustList.sorted([...attesters, ...attesters])
        assert.deepEqual(new Set(sorted), new Set(attesters))
        assert.deepEqual(TrustList.decode(TrustList.encode({ ...list, attesters: sorted })).attesters, sorted)
      }),
    )
  })

  it('given a time outside its validity ... requireValid throws NotYetValidError or ExpiredError', () => {
    const { validFrom, validUntil } = list
    for (const given of [0, validFrom - 1]) {
      const expected = { name: 'TrustList.NotYetValidError', given, expected: validFrom }
      assert.throws(() => TrustList.requireValid(list, given), expected)
    }
    for (const given of [validUntil, validUntil + 1]) {
      const expected = { name: 'TrustList.ExpiredError', given, expected: validUntil }
      assert.throws(() => TrustList.requireValid(list, given), expected)
    }
    TrustList.requireValid(list, validFrom)
    TrustList.requireValid(list, validUntil - 1)
  })
})
