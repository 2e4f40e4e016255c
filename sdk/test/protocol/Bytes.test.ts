/**
 * Bytes
 * |-- fromHex
 * |   |-- given text that is not hex ... it throws NotHexError
 * |   |-- given a long text that is not hex ... it shows the beginning alone
 * |   |-- given another size than asked for ... it throws WrongSizeError
 * |   `-- given hex ... it gives the bytes that toHex wrote
 * |-- writeUint
 * |   |-- given a negative or too large integer ... it throws IntegerRangeError, and writes nothing
 * |   |-- given a place outside the target ... it throws WrongSizeError
 * |   `-- given an integer that fits ... it writes it big-endian, and nothing beside it
 * |-- readUint
 * |   |-- given a place outside the source ... it throws WrongSizeError
 * |   `-- given any place ... it reads what writeUint wrote
 * |-- concat ... it joins the parts in their order
 * `-- equal ... it compares length and every byte
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { numberToHex } from 'viem'
import { concat, equal, fromHex, readUint, toHex, writeUint } from '../../src/protocol/Bytes.ts'

describe('Bytes.fromHex', () => {
  for (const text of ['0x0', '0xzz', '0x12345g', 'ab', '', '0X12', '12ab', '0x 12'] as Hex[]) {
    it(`given text that is not hex ... it throws NotHexError (${JSON.stringify(text)})`, () => {
      assert.throws(() => fromHex(text), { name: 'Bytes.NotHexError', given: text })
    })
  }

  it('given a long text that is not hex ... it shows the beginning alone', () => {
    const secret = `0x${'5ec2e7'.repeat(10)}0`
    assert.throws(
      () => fromHex(secret as Hex),
      (error: Error) => error.name === 'Bytes.NotHexError' && !error.message.includes('5ec2e75ec2e7'),
    )
  })

  it('given another size than asked for ... it throws WrongSizeError', () => {
    assert.throws(() => fromHex('0x1234', 3), { name: 'Bytes.WrongSizeError', given: 2, expected: 3 })
    assert.throws(() => fromHex('0x1234', 1), { name: 'Bytes.WrongSizeError', given: 2, expected: 1 })
    assert.throws(() => fromHex('0x', 1), { name: 'Bytes.WrongSizeError', given: 0, expected: 1 })
  })

  it('given hex ... it gives the bytes that toHex wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        assert.deepEqual(fromHex(toHex(bytes)), bytes)
        assert.deepEqual(fromHex(`0x${toHex(bytes).slice(2).toUpperCase()}`, bytes.length), bytes)
      }),
    )
  })
})

/** Sizes of the protocol's integers, and those around the eight bytes that are written at a time. */
const SIZES = [1, 2, 5, 7, 8, 9, 12, 15, 16, 17, 32]

describe('Bytes.writeUint', () => {
  for (const size of SIZES) {
    it(`given a negative or too large integer ... it throws IntegerRangeError, and writes nothing (${size} bytes)`, () => {
      const target = new Uint8Array(40)
      for (const given of [-1n, 1n << BigInt(8 * size), 1n << 300n, -(1n << BigInt(8 * size))]) {
        assert.throws(() => writeUint(target, given, { offset: 3, size }), { name: 'Bytes.IntegerRangeError', given })
      }
      assert.deepEqual(target, new Uint8Array(40))
    })

    it(`given a place outside the target ... it throws WrongSizeError (${size} bytes)`, () => {
      const target = new Uint8Array(size)
      const expected = { name: 'Bytes.WrongSizeError', given: size, expected: size + 1 }
      assert.throws(() => writeUint(target, 1n, { offset: 1, size }), expected)
      assert.deepEqual(target, new Uint8Array(size))
    })
  }

  it('given an integer that fits ... it writes it big-endian, and nothing beside it', () => {
    const place = fc.record({ size: fc.constantFrom(...SIZES), offset: fc.nat(7), after: fc.nat(3) })
    fc.assert(
      fc.property(place, fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }), ({ size, offset, after }, large) => {
        const value = large & ((1n << BigInt(8 * size)) - 1n)
        // A view into a larger buffer: the offset is the view's, not the buffer's.
        const target = new Uint8Array(64).subarray(5, 5 + offset + size + after)
        writeUint(target, value, { offset, size })
        const expected = `0x${'00'.repeat(offset)}${numberToHex(value, { size }).slice(2)}${'00'.repeat(after)}`
        assert.equal(toHex(target), expected)
        assert.equal(readUint(target, { offset, size }), value)
      }),
    )
  })
})

describe('Bytes.readUint', () => {
  it('given a place outside the source ... it throws WrongSizeError', () => {
    const expected = { name: 'Bytes.WrongSizeError', given: 8, expected: 9 }
    assert.throws(() => readUint(new Uint8Array(8), { offset: 1, size: 8 }), expected)
    assert.throws(() => readUint(new Uint8Array(8), { offset: 8, size: 1 }), expected)
  })
})

describe('Bytes.concat', () => {
  it('joins the parts in their order', () => {
    assert.deepEqual(concat(), new Uint8Array())
    const parts = [Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)]
    assert.deepEqual(concat(...parts), Uint8Array.of(1, 2, 3))
  })
})

describe('Bytes.equal', () => {
  it('compares length and every byte', () => {
    assert.equal(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), true)
    assert.equal(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 3)), false)
    assert.equal(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0)), false)
    assert.equal(equal(new Uint8Array(), new Uint8Array()), true)
  })
})
