import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { atomicOfE18, minorUnitE18, roundDown, valueE18 } from '../src/billing/Carry.ts'
import { exponentOf } from '../src/billing/Currency.ts'
import { carryKeyId, lineId } from '../src/billing/LineKey.ts'
import { isHold, split, type SplitReceipt } from '../src/billing/split.ts'
import { splitTax } from '../src/billing/Tax.ts'

const amount = fc.bigInt(0n, 2n ** 96n)
const exponent = fc.constantFrom(0, 2)
const decimals = fc.integer({ min: 0, max: 18 })

describe('carry', () => {
  it('given any carry and spending, when rounded down, nothing is lost and less than one coin is carried', () => {
    fc.assert(
      fc.property(amount, amount, exponent, decimals, (carried, spent, digits, tokenDecimals) => {
        const unit = minorUnitE18(digits)
        const carryIn = carried % unit
        const value = valueE18(spent, tokenDecimals)
        const { amountMinor, carryOutE18 } = roundDown(carryIn, value, digits)
        assert.equal(amountMinor * unit + carryOutE18, carryIn + value)
        assert.ok(carryOutE18 >= 0n && carryOutE18 < unit)
      }),
    )
  })

  it('given any spendings, when billed one by one or at once, the sum and the last carry are the same', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), (spendings) => {
        let carry = 0n
        let billed = 0n
        for (const spent of spendings) {
          const rounded = roundDown(carry, spent, 0)
          carry = rounded.carryOutE18
          billed += rounded.amountMinor
        }
        const once = roundDown(
          0n,
          spendings.reduce((sum, spent) => sum + spent, 0n),
          0,
        )
        assert.deepEqual({ amountMinor: billed, carryOutE18: carry }, once)
      }),
    )
  })

  it('given base units, when valued and taken back, they are the same', () => {
    fc.assert(
      fc.property(amount, decimals, (units, digits) =>
        assert.equal(atomicOfE18(valueE18(units, digits), digits), units),
      ),
    )
  })

  it('given a currency nobody bills, when asked for its digits, it fails with UnknownCurrencyError', () => {
    assert.throws(() => exponentOf('XXX'), { name: 'Billing.UnknownCurrencyError', given: 'XXX' })
  })
})

describe('tax', () => {
  it('given any amount and rate, when split, the parts sum to it and the tax is its floor', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (minor, rate) => {
        const { taxableMinor, taxMinor } = splitTax(minor, rate)
        assert.equal(taxableMinor + taxMinor, minor)
        assert.ok(taxMinor * BigInt(10_000 + rate) <= minor * BigInt(rate))
        assert.ok((taxMinor + 1n) * BigInt(10_000 + rate) > minor * BigInt(rate))
      }),
    )
  })

  it('given 1,100 yen at 10 %, when split, the tax is 100', () => {
    assert.deepEqual(splitTax(1_100n, 1_000), { taxableMinor: 1_000n, taxMinor: 100n })
  })
})

describe('split', () => {
  const STANDARD = { category: 'STANDARD', rateBp: 1_000 }
  const REDUCED = { category: 'REDUCED', rateBp: 800 }
  const receipts = (...amounts: readonly (readonly [bigint, typeof STANDARD, number?])[]): SplitReceipt[] => {
    let total = 0n
    return amounts.map(([value, tax, at = 10]) => {
      total += value
      return { fromAmount: total - value, toAmount: total, atSeconds: BigInt(at), tax }
    })
  }
  const settled = { fromAmount: 0n, toAmount: 10n, blockSeconds: 50n, bindingEndsAt: 100n }
  const shape = (runs: ReturnType<typeof split>) =>
    runs.map((run) => [
      run.toAmount - run.fromAmount,
      isHold(run.outcome) ? run.outcome.code : run.outcome.rateBp,
      run.paymentCount,
    ])

  it('given receipts of one tax, when split, it is one run', () => {
    assert.deepEqual(shape(split(settled, receipts([4n, STANDARD], [6n, STANDARD]))), [[10n, 1_000, 2n]])
  })

  it('given receipts of two taxes, when split, each run has its own', () => {
    const runs = split(settled, receipts([4n, STANDARD], [5n, REDUCED], [1n, STANDARD]))
    assert.deepEqual(shape(runs), [
      [4n, 1_000, 1n],
      [5n, 800, 1n],
      [1n, 1_000, 1n],
    ])
  })

  it('given more receipts than value, when split, the newest are dropped', () => {
    assert.deepEqual(shape(split(settled, receipts([4n, STANDARD], [9n, REDUCED]))), [
      [4n, 1_000, 1n],
      [6n, 800, 0n],
    ])
  })

  it('given fewer receipts than value, when split, the rest is TAX_UNKNOWN', () => {
    assert.deepEqual(shape(split(settled, receipts([4n, STANDARD]))), [
      [4n, 1_000, 1n],
      [6n, 'TAX_UNKNOWN', 0n],
    ])
  })

  it('given no receipt and a block after the end of the binding, when split, it is BINDING_ENDED', () => {
    assert.deepEqual(shape(split({ ...settled, bindingEndsAt: 50n }, [])), [[10n, 'BINDING_ENDED', 0n]])
  })

  it('given a receipt at the very end of the binding, when split, it is BINDING_ENDED', () => {
    const runs = split(settled, receipts([4n, STANDARD, 99], [6n, STANDARD, 100]))
    assert.deepEqual(shape(runs), [
      [4n, 1_000, 1n],
      [6n, 'BINDING_ENDED', 1n],
    ])
  })

  it('given any receipts, when settled in any steps, the runs are those of one settlement', () => {
    const made = fc.array(fc.tuple(fc.bigInt(1n, 50n), fc.constantFrom(STANDARD, REDUCED)), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(made, fc.array(fc.bigInt(1n, 600n), { maxLength: 6 }), (given, cuts) => {
        const list = receipts(...given)
        const total = list.at(-1)?.toAmount ?? 0n
        const whole = split({ ...settled, toAmount: total }, list)
        const steps = [...new Set([0n, ...cuts.filter((cut) => cut < total), total])].sort((a, b) => (a < b ? -1 : 1))
        const pieces = steps
          .slice(1)
          .flatMap((to, index) => split({ ...settled, fromAmount: steps[index] ?? 0n, toAmount: to }, list))
        const byRate = (runs: typeof whole) =>
          [1_000, 800].map((rate) => {
            const own = runs.filter((run) => !isHold(run.outcome) && run.outcome.rateBp === rate)
            return [
              own.reduce((sum, run) => sum + run.toAmount - run.fromAmount, 0n),
              own.reduce((sum, run) => sum + run.paymentCount, 0n),
            ]
          })
        assert.deepEqual(byRate(pieces), byRate(whole))
      }),
    )
  })
})

describe('line key', () => {
  const key = {
    bookEntity: 'issuer-1',
    funding: 'credit',
    liablePartyRef: '0xab',
    billingAccount: 'a',
    payeeMerchantRef: 'm',
    taxCategory: 'STANDARD',
    taxRateBp: 1_000,
    asset: 'JPYT',
    currency: 'JPY',
  } as const

  it('given two cycles, when named, the lines differ and the carry key does not', () => {
    assert.notEqual(lineId(key, 'C1', 0), lineId(key, 'C2', 0))
    assert.notEqual(lineId(key, 'C1', 0), lineId(key, 'C1', 1))
    assert.equal(carryKeyId(key), carryKeyId({ ...key }))
  })

  it('given a key, when named, the name is the published one', () => {
    const published = '["line","issuer-1","credit","0xab","a","m","STANDARD","1000","JPYT","JPY","C1","0"]'
    assert.equal(lineId(key, 'C1', 0), createHash('sha256').update(published).digest('hex'))
  })
})
