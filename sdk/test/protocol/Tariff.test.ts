/**
 * Tariff.encode
 * |-- given a text that is empty, too long, or not printable ASCII without spaces ... it throws BadTariffError
 * |-- given a tax rate that is no integer from 0 to 10,000 ... it throws BadTariffError
 * |-- given an unknown tax category ... it throws BadTariffError
 * |-- given a price outside its range ... it throws IntegerRangeError
 * `-- given a tariff of the golden vectors ... layout and hash are the vector's
 * Tariff.decode
 * |-- given a refused layout of the golden vectors ... it throws BadTariffError
 * |-- given another length ... it throws BadTariffError that names the length
 * |-- given random bytes ... it throws BadTariffError, or gives what encode writes as these bytes
 * |-- given a layout of the golden vectors ... it gives the tariff
 * `-- given what encode wrote ... it gives the tariff
 * Tariff.price ... it is price times quantity, exactly
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import * as Tariff from '../../src/protocol/Tariff.ts'
import { tariff as anyTariff, uintOf } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const vectors = readVectors('tariffs.json')
const sound = vectors.sound.energy!.tariff

const BAD_TEXTS = {
  currency: ['', 'JPYX', 'J Y', 'J\u0000Y', '円', 'é', '\u007f', '\ud83d'],
  unit: ['', 'thirteenchars', 'k Wh', ' ', 'W\nh', 'キロ'],
  merchantRef: ['', 'x'.repeat(33), 'a b', 'tab\t', 'ü'],
} as const

describe('Tariff.encode', () => {
  for (const field of ['currency', 'unit', 'merchantRef'] as const) {
    for (const given of BAD_TEXTS[field]) {
      it(`given a text that is empty, too long, or not printable ASCII without spaces ... it throws BadTariffError (${field} ${JSON.stringify(given)})`, () => {
        assert.throws(() => Tariff.encode({ ...sound, [field]: given }), { name: 'Tariff.BadTariffError', given })
      })
    }
  }

  for (const taxRateBp of [-1, 10_001, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    it(`given a tax rate that is no integer from 0 to 10,000 ... it throws BadTariffError (${taxRateBp})`, () => {
      const expected = { name: 'Tariff.BadTariffError', given: taxRateBp }
      assert.throws(() => Tariff.encode({ ...sound, taxRateBp }), expected)
    })
  }

  it('given an unknown tax category ... it throws BadTariffError', () => {
    const taxCategory = 'LUXURY' as Tariff.TaxCategory
    assert.throws(() => Tariff.encode({ ...sound, taxCategory }), { name: 'Tariff.BadTariffError', given: taxCategory })
  })

  it('given a price outside its range ... it throws IntegerRangeError', () => {
    for (const pricePerUnit of [-1n, 1n << 96n]) {
      const expected = { name: 'Bytes.IntegerRangeError', given: pricePerUnit }
      assert.throws(() => Tariff.encode({ ...sound, pricePerUnit }), expected)
    }
  })

  for (const [name, { tariff, bytes, hash }] of Object.entries(vectors.sound)) {
    it(`given a tariff of the golden vectors ... layout and hash are the vector's (${name})`, () => {
      assert.equal(toHex(Tariff.encode(tariff)), bytes)
      assert.equal(Tariff.hash(tariff), hash)
    })
  }
})

describe('Tariff.decode', () => {
  for (const { name, bytes } of vectors.refused) {
    it(`given a refused layout of the golden vectors ... it throws BadTariffError (${name})`, () => {
      assert.throws(() => Tariff.decode(fromHex(bytes)), { name: 'Tariff.BadTariffError' })
    })
  }

  it('given another length ... it throws BadTariffError that names the length', () => {
    for (const given of [0, 1, 47, 48, 81, 83, 4096]) {
      const expected = { name: 'Tariff.BadTariffError', given, expected: Tariff.TARIFF_BYTES }
      assert.throws(() => Tariff.decode(new Uint8Array(given)), expected)
    }
  })

  it('given random bytes ... it throws BadTariffError, or gives what encode writes as these bytes', () => {
    const size = Tariff.TARIFF_BYTES
    const random = fc.uint8Array({ minLength: size, maxLength: size })
    // Mostly sound bytes with a few changed ones come nearer to the edges than noise does.
    const spoiled = fc
      .tuple(anyTariff, fc.array(fc.tuple(fc.nat(size - 1), fc.nat(255)), { maxLength: 3 }))
      .map(([tariff, changes]) => {
        const bytes = Tariff.encode(tariff)
        for (const [index, byte] of changes) bytes[index] = byte
        return bytes
      })
    fc.assert(
      fc.property(fc.oneof(random, spoiled), (bytes) => {
        let tariff: Tariff.Tariff
        try {
          tariff = Tariff.decode(bytes)
        } catch (error) {
          assert.equal((error as Error).name, 'Tariff.BadTariffError')
          return
        }
        assert.equal(toHex(Tariff.encode(tariff)), toHex(bytes))
      }),
      { numRuns: 500 },
    )
  })

  for (const [name, { tariff, bytes }] of Object.entries(vectors.sound)) {
    it(`given a layout of the golden vectors ... it gives the tariff (${name})`, () => {
      assert.deepEqual(Tariff.decode(fromHex(bytes)), tariff)
    })
  }

  it('given what encode wrote ... it gives the tariff', () => {
    fc.assert(fc.property(anyTariff, (tariff) => assert.deepEqual(Tariff.decode(Tariff.encode(tariff)), tariff)))
  })
})

describe('Tariff.price', () => {
  it('is price times quantity, exactly', () => {
    assert.equal(Tariff.price(sound, 100n), 3_570_000_000_000_000_000n)
    assert.equal(Tariff.price(sound, 0n), 0n)
    fc.assert(
      fc.property(uintOf(96), uintOf(64), (pricePerUnit, quantity) => {
        assert.equal(Tariff.price({ ...sound, pricePerUnit }, quantity), pricePerUnit * quantity)
      }),
    )
  })
})
