/**
 * FreshnessChain
 * |-- given a length that no chain has ... tip and token throw WrongLengthError
 * |-- given a day outside the chain ... token throws WrongDayError
 * |-- given a chain of the golden vectors ... seed, tip and tokens are the vector's
 * |-- given another secret, or any other field of the binding but its tip ... the seed is another one
 * `-- given two bindings of one device and start ... the tokens of one are not the other's
 * FreshnessChain.verify
 * |-- given a day below zero or from DAYS_MAX on ... it throws WrongDayError
 * |-- given a token of another day or chain ... it throws WrongTokenError
 * |-- given a binding without a chain ... it throws WrongTokenError for every token
 * |-- given any chain ... every token leads to the tip, and to every other token
 * `-- given a time ... dayAt and publishedAt count whole days since validFrom
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import type { Binding } from '../../src/protocol/Binding.ts'
import * as FreshnessChain from '../../src/protocol/FreshnessChain.ts'
import { binding as anyBinding, hash32, seconds } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const vectors = readVectors('freshness.json')
const seed: Hex = `0x${'5e'.repeat(32)}`

type Ends = { readonly tip: Hex; readonly token: FreshnessChain.FreshnessToken }

describe('FreshnessChain', () => {
  for (const days of [0, -1, 1.5, FreshnessChain.DAYS_MAX + 1]) {
    it(`given a length that no chain has ... tip and token throw WrongLengthError (${days})`, () => {
      const expected = { name: 'FreshnessChain.WrongLengthError', given: days }
      assert.throws(() => FreshnessChain.tip({ seed, days }), expected)
      assert.throws(() => FreshnessChain.token({ seed, days }, 0), expected)
    })
  }

  for (const day of [-1, 0.5, 10]) {
    it(`given a day outside the chain ... token throws WrongDayError (${day})`, () => {
      const expected = { name: 'FreshnessChain.WrongDayError', given: day, expected: '0 to 9' }
      assert.throws(() => FreshnessChain.token({ seed, days: 10 }, day), expected)
    })
  }

  for (const { name, secret, binding, days, seed, tip, tokens } of vectors) {
    it(`given a chain of the golden vectors ... seed, tip and tokens are the vector's (${name})`, () => {
      assert.equal(FreshnessChain.seedOf({ secret, binding }), seed)
      assert.equal(FreshnessChain.tip({ seed, days }), tip)
      for (const token of tokens) {
        assert.deepEqual(FreshnessChain.token({ seed, days }, token.day), token)
        FreshnessChain.verify(token, FreshnessChain.tokenOfTip(tip))
      }
    })
  }

  const [{ secret, binding: sound }] = vectors as [(typeof vectors)[number]]

  it('given another secret, or any other field of the binding but its tip ... the seed is another one', () => {
    const seedOf = (changes: Partial<Binding>) => FreshnessChain.seedOf({ secret, binding: { ...sound, ...changes } })
    fc.assert(
      fc.property(anyBinding, (other) => {
        const { freshnessTip, ...fields } = other
        assert.equal(seedOf({ freshnessTip }), seedOf({}))
        for (const [field, value] of Object.entries(fields)) {
          if (value === sound[field as keyof Binding]) continue
          assert.notEqual(seedOf({ [field]: value }), seedOf({}), field)
        }
      }),
      { numRuns: 20 },
    )
    assert.notEqual(FreshnessChain.seedOf({ secret: seed, binding: sound }), seedOf({}))
  })

  it("given two bindings of one device and start ... the tokens of one are not the other's", () => {
    const [one, other] = [sound, { ...sound, partyId: seed }].map((binding) => {
      const chain = { seed: FreshnessChain.seedOf({ secret, binding }), days: 10 }
      return { tip: FreshnessChain.tip(chain), token: FreshnessChain.token(chain, 3) }
    }) as [Ends, Ends]
    FreshnessChain.verify(one.token, FreshnessChain.tokenOfTip(one.tip))
    assert.throws(() => FreshnessChain.verify(one.token, FreshnessChain.tokenOfTip(other.tip)), {
      name: 'FreshnessChain.WrongTokenError',
    })
  })
})

describe('FreshnessChain.verify', () => {
  const chain = { seed, days: 40 }
  const tip = FreshnessChain.tokenOfTip(FreshnessChain.tip(chain))

  for (const day of [-1, 0.5, FreshnessChain.DAYS_MAX, 2 ** 16]) {
    it(`given a day below zero or from DAYS_MAX on ... it throws WrongDayError (${day})`, () => {
      const expected = { name: 'FreshnessChain.WrongDayError', given: day }
      assert.throws(() => FreshnessChain.verify({ day, preimage: seed }, tip), expected)
    })
  }

  it('given a token of another day or chain ... it throws WrongTokenError', () => {
    const { preimage } = FreshnessChain.token(chain, 7)
    const ofOther = FreshnessChain.token({ seed: `0x${'5f'.repeat(32)}`, days: 40 }, 7)
    for (const token of [{ day: 6, preimage }, { day: 8, preimage }, { day: 0, preimage }, ofOther]) {
      for (const known of [tip, FreshnessChain.token(chain, 20)]) {
        assert.throws(() => FreshnessChain.verify(token, known), { name: 'FreshnessChain.WrongTokenError' })
      }
    }
  })

  it('given a binding without a chain ... it throws WrongTokenError for every token', () => {
    const none = FreshnessChain.tokenOfTip(`0x${'00'.repeat(32)}`)
    for (const token of [none, FreshnessChain.token(chain, 3)]) {
      assert.throws(() => FreshnessChain.verify(token, none), { name: 'FreshnessChain.WrongTokenError' })
    }
  })

  it('given any chain ... every token leads to the tip, and to every other token', () => {
    const day = fc.nat({ max: 39 })
    fc.assert(
      fc.property(hash32, day, day, (seed, one, other) => {
        const token = FreshnessChain.token({ seed, days: 40 }, one)
        FreshnessChain.verify(token, FreshnessChain.tokenOfTip(FreshnessChain.tip({ seed, days: 40 })))
        FreshnessChain.verify(token, FreshnessChain.token({ seed, days: 40 }, other))
      }),
    )
  })

  it('given a time ... dayAt and publishedAt count whole days since validFrom', () => {
    assert.equal(FreshnessChain.dayAt({ validFrom: 1000, at: 999 }), -1)
    assert.equal(FreshnessChain.dayAt({ validFrom: 1000, at: 1000 }), 0)
    assert.equal(FreshnessChain.dayAt({ validFrom: 1000, at: 87_399 }), 0)
    assert.equal(FreshnessChain.dayAt({ validFrom: 1000, at: 87_400 }), 1)
    fc.assert(
      fc.property(seconds, fc.nat({ max: 7304 }), (validFrom, day) => {
        const at = FreshnessChain.publishedAt({ validFrom, day })
        assert.equal(FreshnessChain.dayAt({ validFrom, at }), day)
        assert.equal(FreshnessChain.dayAt({ validFrom, at: at - 1 }), day - 1)
      }),
    )
  })
})
