/**
 * prove
 * |-- given the libraries as they are ... everything that is stated is proved
 * |-- given a library that pays the larger of promise and deposit ... it finds numbers that violate what is stated
 * |-- given a library that forgets to compare before it subtracts ... it finds numbers that violate what is stated
 * `-- given a library that lets the ceiling be passed by one ... it finds numbers that violate what is stated
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { proofFiles, prove, readSource } from '../../scripts/prove/prove.ts'
import type { Property, Verdict } from '../../scripts/prove/properties.ts'

const TOTALS = 'contracts/libraries/Totals.sol'
const PERIODS = 'contracts/libraries/Periods.sol'

/** What becomes of the proofs when one place of a source is another. */
async function proveWith(
  proofs: string,
  source: string,
  [right, wrong]: readonly [string, string],
): Promise<Property[]> {
  const text = readSource(source) ?? ''
  assert.ok(text.includes(right), `${source} has no ${right}`)
  return await prove([`test/proofs/${proofs}.sol`], (name) =>
    name === source ? text.replace(right, wrong) : readSource(name),
  )
}

function verdictOf(properties: readonly Property[], name: string): Verdict | undefined {
  return properties.find((property) => property.name === name)?.verdict
}

describe('prove', () => {
  it('given the libraries as they are, everything that is stated is proved', async () => {
    const properties = await prove(proofFiles())
    assert.ok(properties.length >= 20)
    assert.deepEqual(
      properties.filter(({ verdict }) => verdict !== 'proved'),
      [],
    )
  })

  it('given a library that pays the larger of promise and deposit, it finds numbers that violate what is stated', async () => {
    const wrong = await proveWith('TotalsProofs', TOTALS, ['promised < deposit ?', 'promised > deposit ?'])
    const broken = wrong.find(({ name }) => name === 'TotalsProofs.settledStaysWithinDeposit')
    assert.equal(broken?.verdict, 'counter-example')
    assert.match(broken.counterExample ?? '', /deposit = \d+.*promised = \d+.*settled = \d+/)
    assert.equal(verdictOf(wrong, 'TotalsProofs.finalRefundIsTheRest'), 'proved')
  })

  it('given a library that forgets to compare before it subtracts, it finds numbers that violate what is stated', async () => {
    const wrong = await proveWith('TotalsProofs', TOTALS, ['total > settled ? total - settled : 0', 'total - settled'])
    assert.equal(verdictOf(wrong, 'TotalsProofs.settledNeverFalls'), 'counter-example')
  })

  it('given a library that lets the ceiling be passed by one, it finds numbers that violate what is stated', async () => {
    const wrong = await proveWith('PeriodsProofs', PERIODS, ['sum <= ceiling', 'sum <= ceiling + 1'])
    assert.equal(verdictOf(wrong, 'PeriodsProofs.exposureStaysWithinCeiling'), 'counter-example')
    assert.equal(verdictOf(wrong, 'PeriodsProofs.exposureNeverFalls'), 'proved')
  })
})
