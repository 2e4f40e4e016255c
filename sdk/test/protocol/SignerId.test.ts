/**
 * SignerId
 * |-- of
 * |   |-- given a signer of the golden vectors ... it gives its id
 * |   `-- given any bytes ... it gives their keccak256
 * `-- parse
 *     |-- given neither 20 nor 84 bytes ... it throws BadSignerError
 *     |-- given text that is not hex ... it throws NotHexError
 *     |-- given 20 bytes ... it gives an address
 *     `-- given 84 bytes ... it gives verifier, x and y
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { getAddress, keccak256 } from 'viem'
import { toHex } from '../../src/protocol/Bytes.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import { bytesOf } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const vectors = readVectors('ids.json')

describe('SignerId.of', () => {
  for (const { name, kind, signer, id } of vectors) {
    it(`given a signer of the golden vectors ... it gives its id (${name})`, () => {
      assert.equal(SignerId.of(signer), id)
      assert.equal(SignerId.of(signer.toLowerCase() as Hex), id)
      assert.equal(SignerId.parse(signer).kind, kind)
    })
  }

  it('given any bytes ... it gives their keccak256', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        assert.equal(SignerId.of(toHex(bytes)), keccak256(bytes))
      }),
    )
  })
})

describe('SignerId.parse', () => {
  for (const size of [0, 1, 19, 21, 32, 52, 64, 83, 85, 116]) {
    it(`given neither 20 nor 84 bytes ... it throws BadSignerError (${size})`, () => {
      const expected = { name: 'SignerId.BadSignerError', given: size, expected: [20, 84] }
      assert.throws(() => SignerId.parse(`0x${'11'.repeat(size)}`), expected)
    })
  }

  it('given text that is not hex ... it throws NotHexError', () => {
    assert.throws(() => SignerId.parse(`0x${'z'.repeat(40)}`), { name: 'Bytes.NotHexError' })
  })

  it('given 20 bytes ... it gives an address', () => {
    fc.assert(
      fc.property(bytesOf(20), (signer) => {
        assert.deepEqual(SignerId.parse(signer), { kind: 'secp256k1', address: getAddress(signer) })
      }),
    )
  })

  it('given 84 bytes ... it gives verifier, x and y', () => {
    fc.assert(
      fc.property(bytesOf(20), bytesOf(32), bytesOf(32), (verifier, x, y) => {
        const parsed = SignerId.parse(`${verifier}${x.slice(2)}${y.slice(2)}`)
        assert(parsed.kind === 'p256')
        assert.equal(parsed.verifier, getAddress(verifier))
        assert.deepEqual([toHex(parsed.x), toHex(parsed.y)], [x, y])
      }),
    )
  })
})
