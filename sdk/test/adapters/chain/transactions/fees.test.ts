import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseGwei } from 'viem'
import { raisedFees } from '../../../../src/adapters/chain/transactions/Fees.ts'

describe('raisedFees', () => {
  const caps = { maxFeePerGas: parseGwei('100'), maxPriorityFeePerGas: parseGwei('10') }
  const fees = (maxFeePerGas: bigint, maxPriorityFeePerGas: bigint) => ({ maxFeePerGas, maxPriorityFeePerGas })

  const cases = [
    ['a fee', fees(80n, 8n), fees(1n, 1n), fees(90n, 9n)],
    ['a fee that no eighth divides', fees(81n, 1n), fees(1n, 1n), fees(92n, 2n)],
    ['no tip at all', fees(80n, 0n), fees(1n, 0n), fees(90n, 1n)],
    ['a chain that asks for more', fees(80n, 8n), fees(500n, 50n), fees(500n, 50n)],
    [
      'a cap between a tenth and an eighth',
      fees(parseGwei('90'), parseGwei('9')),
      fees(1n, 1n),
      fees(parseGwei('100'), parseGwei('10')),
    ],
  ] as const
  for (const [what, before, now, expected] of cases) {
    it(`given ${what}, then it is raised to what pools take`, () => {
      assert.deepEqual(raisedFees(before, now, caps), expected)
    })
  }

  it('given a cap of less than a tenth more, then it throws FeeCap', () => {
    assert.throws(() => raisedFees(fees(parseGwei('91'), 1n), fees(1n, 1n), caps), {
      name: 'Chain.FeeCapError',
      given: parseGwei('100.1'),
      expected: caps.maxFeePerGas,
    })
    assert.throws(() => raisedFees(fees(1n, parseGwei('9.1')), fees(1n, 1n), caps), {
      name: 'Chain.FeeCapError',
      given: parseGwei('10.01'),
      expected: caps.maxPriorityFeePerGas,
    })
  })
})
