/**
 * Codec
 * |-- typeOf
 * |   |-- given a frame above MESSAGE_BYTES_MAX, up to 1 MB ... it throws BadMessageError
 * |   |-- given less than two bytes ... it throws BadMessageError
 * |   |-- given another version ... it throws BadMessageError
 * |   `-- given a head ... it gives the type
 * |-- write
 * |   |-- given an integer outside its field ... it throws IntegerRangeError
 * |   |-- given bytes of another size ... it throws WrongSizeError
 * |   `-- given a field that is missing or of another kind ... it throws BadMessageError that names it
 * `-- read
 *     |-- given any other length ... it throws BadMessageError
 *     `-- given what write wrote ... it gives the fields
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { MESSAGE_BYTES_MAX, WIRE_VERSION, bytes, read, typeOf, uint, write } from '../../src/protocol/Codec.ts'
import { bytesOf, recordOf, uintOf } from '../helpers/arbitraries.ts'

const NAME = 'Codec.BadMessageError'
const LAYOUT = { code: 42, fields: [uint('count', 3), bytes('key', 4), uint('total', 12)] } as const
const sound = { count: 7n, key: '0x01020304', total: 9n } as const

describe('Codec.typeOf', () => {
  for (const given of [MESSAGE_BYTES_MAX + 1, 65_536, 1_048_576]) {
    it(`given a frame above MESSAGE_BYTES_MAX, up to 1 MB ... it throws BadMessageError (${given})`, () => {
      const frame = new Uint8Array(given).fill(WIRE_VERSION)
      assert.throws(() => typeOf(frame), { name: NAME, given, expected: `at most ${MESSAGE_BYTES_MAX} bytes` })
    })
  }

  for (const frame of [[], [WIRE_VERSION]]) {
    it(`given less than two bytes ... it throws BadMessageError (${frame.length})`, () => {
      const expected = { name: NAME, given: frame.length, expected: 'at least 2 bytes' }
      assert.throws(() => typeOf(Uint8Array.from(frame)), expected)
    })
  }

  it('given another version ... it throws BadMessageError', () => {
    for (let given = 0; given < 256; given++) {
      if (given === WIRE_VERSION) continue
      assert.throws(() => typeOf(Uint8Array.of(given, 1)), { name: NAME, given, expected: WIRE_VERSION })
    }
  })

  it('given a head ... it gives the type', () => {
    for (let type = 0; type < 256; type++) assert.equal(typeOf(Uint8Array.of(WIRE_VERSION, type)), type)
    assert.equal(typeOf(new Uint8Array(MESSAGE_BYTES_MAX).fill(WIRE_VERSION)), WIRE_VERSION)
  })
})

describe('Codec.write', () => {
  it('given an integer outside its field ... it throws IntegerRangeError', () => {
    for (const count of [-1n, 1n << 24n]) {
      assert.throws(() => write(LAYOUT, { ...sound, count }), { name: 'Bytes.IntegerRangeError', given: count })
    }
  })

  it('given bytes of another size ... it throws WrongSizeError', () => {
    const expected = { name: 'Bytes.WrongSizeError', given: 3, expected: 4 }
    assert.throws(() => write(LAYOUT, { ...sound, key: '0x010203' }), expected)
  })

  it('given a field that is missing or of another kind ... it throws BadMessageError that names it', () => {
    const wrong: [string, object][] = [
      ['count', { ...sound, count: undefined }],
      ['count', { ...sound, count: 7 }],
      ['key', { ...sound, key: 7n }],
      ['total', { count: 7n, key: sound.key }],
    ]
    for (const [field, values] of wrong) {
      assert.throws(
        () => write(LAYOUT, values as typeof sound),
        (error: Error) => error.name === NAME && error.message.includes(field),
      )
    }
  })
})

describe('Codec.read', () => {
  it('given any other length ... it throws BadMessageError', () => {
    const frame = write(LAYOUT, sound)
    const longer = new Uint8Array(frame.length + 3)
    longer.set(frame)
    for (let length = 0; length <= longer.length; length++) {
      if (length === frame.length) continue
      const expected = { name: NAME, given: length, expected: frame.length }
      assert.throws(() => read(longer.subarray(0, length), LAYOUT), expected)
    }
  })

  it('given what write wrote ... it gives the fields', () => {
    const values = recordOf<{ count: bigint; key: Hex; total: bigint }>({
      count: uintOf(24),
      key: bytesOf(4),
      total: uintOf(96),
    })
    fc.assert(
      fc.property(values, (given) => {
        const frame = write(LAYOUT, given)
        assert.equal(typeOf(frame), LAYOUT.code)
        assert.deepEqual(read(frame, LAYOUT), given)
        // A frame that lies inside a larger buffer, as a socket hands it over.
        const buffer = new Uint8Array(frame.length + 9)
        buffer.set(frame, 5)
        assert.deepEqual(read(buffer.subarray(5, 5 + frame.length), LAYOUT), given)
      }),
    )
  })
})
