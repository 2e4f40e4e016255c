/**
 * fastLzLength
 * `-- given the vectors that the nodes of OP-type chains share ... it is what they say
 * opFee
 * |-- given prices of small round numbers ... every part is what the formula gives by hand
 * `-- given a transaction below the smallest size ... it is priced as a hundred bytes
 * arbitrumFee
 * `-- given prices of small round numbers ... every part is what the formula gives by hand
 * yenFor, cardYen
 * |-- given channels that do not fill the last batch ... that batch is paid for too
 * `-- given a percentage and a fixed part ... both are paid for each payment
 * cost
 * |-- given no option ... it prints prices with their sources, and its last line is what the formulas give for gas.json
 * |-- given another price of ether ... the cost follows it, and the card's does not
 * `-- given a price below zero ... it exits 1 and says what was given and expected
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { hexToBytes } from 'viem'
import type { Hex } from 'viem'
import { arbitrumFee, cardYen, opFee, yenFor } from '../../scripts/cost/cost.ts'
import { fastLzLength } from '../../scripts/cost/fastLz.ts'
import { PRICES } from '../../scripts/cost/prices.ts'
import type { PriceName, Prices } from '../../scripts/cost/prices.ts'

const COST = join(import.meta.dirname, '..', '..', 'scripts', 'cost.ts')
const run = promisify(execFile)
const NO_PRICES = Object.fromEntries(Object.keys(PRICES).map((name) => [name, 0])) as Record<PriceName, number> & Prices
const BATCH = { rows: 100, gas: 1_000_000, fastLzBytes: 10_000, brotliBytes: 8_000 }

/** A real transfer of op-geth's test, as its nodes, clients and fault proofs all have it. */
const CONTRACT_CALL: Hex = `0x${[
  '02f901550a758302df1483be21b88304743f94f80e51afb613d764fa61751affd3313c190a86bb870151bd62fd12adb8e41ef24f3f0000000000000000',
  '00000000000000000000000000000000000000000000006e000000000000000000000000af88d065e77c8cc2239327c5edb3a432268e5831000000000000',
  '000000000000000000000000000000000000000000000003c1e5000000000000000000000000000000000000000000000000000000000000000000000000',
  '00000000000000000000000000000000000000000000000000000000000000a0000000000000000000000000000000000000000000000000000000000000',
  '00000000000000148c89ed219d02f1a5be012c689b4f5b731827bebe000000000000000000000000c001a033fd89cb37c31b2cba46b6466e040c61fc9b2a',
  '3675a7f5f493ebd5ad77c497f8a07cdf65680e238392693019b4092f610222e71b7cec06449cb922b93b6a12744e',
].join('')}`

describe('fastLzLength', () => {
  it('given the vectors that the nodes of OP-type chains share, it is what they say', () => {
    assert.equal(fastLzLength(new Uint8Array()), 0)
    assert.equal(fastLzLength(new Uint8Array(1_000)), 21)
    assert.equal(fastLzLength(new Uint8Array(1_000).fill(1)), 21)
    assert.equal(fastLzLength(hexToBytes('0xfacade')), 4)
    assert.equal(fastLzLength(hexToBytes('0xdd80808094095e7baea6a6c7c4c2dfeb977efac326af552d878080808080')), 31)
    assert.equal(fastLzLength(hexToBytes(CONTRACT_CALL)), 202)
  })
})

describe('opFee', () => {
  const prices = {
    ...NO_PRICES,
    ...{
      l1BaseFeeGwei: 1,
      blobBaseFeeGwei: 0.1,
      opBaseFeeGwei: 0.005,
      opBaseFeeScalar: 2_000,
      opBlobBaseFeeScalar: 1_000_000,
    },
    ...{ opOperatorFeeScalar: 500_000, opOperatorFeeConstant: 7 },
  }

  it('given prices of small round numbers, every part is what the formula gives by hand', () => {
    // Size: 836,500 * 10,000 - 42,585,600 = 8,322,414,400 millionths of a byte.
    // Price: 2,000 * 1e9 * 16 + 1,000,000 * 1e8 = 32e12 + 100e12 = 132e12. Data: 8,322,414,400 * 132e12 / 1e12.
    assert.deepEqual(opFee(BATCH, prices), { execution: 5e12, data: 1_098_558_700_800, operator: 500_007 })
  })

  it('given a transaction below the smallest size, it is priced as a hundred bytes', () => {
    assert.equal(opFee({ ...BATCH, fastLzBytes: 31 }, prices).data, 100e6 * 132)
  })
})

describe('arbitrumFee', () => {
  it('given prices of small round numbers, every part is what the formula gives by hand', () => {
    const prices = { ...NO_PRICES, arbitrumBaseFeeGwei: 0.02, arbitrumDataFeeGwei: 0.5 }
    // 1,000,000 * 2e7; 8,000 bytes * 16 units * 5e8.
    assert.deepEqual(arbitrumFee(BATCH, prices), { execution: 2e13, data: 6.4e13, operator: 0 })
  })
})

describe('yenFor, cardYen', () => {
  it('given channels that do not fill the last batch, that batch is paid for too', () => {
    const fee = { execution: 3e12, data: 1e12, operator: 1e12 }
    // 11 batches of 5e12 wei, at 500,000 yen for 1e18.
    const { total } = yenFor(1_001, BATCH, fee, { ...NO_PRICES, ethYen: 500_000 })
    assert.ok(Math.abs(total - 27.5) < 1e-9, String(total))
  })

  it('given a percentage and a fixed part, both are paid for each payment', () => {
    assert.equal(cardYen(1_000, { ...NO_PRICES, cardPercent: 3.5, cardFixedYen: 10, paymentYen: 200 }), 17_000)
  })
})

describe('cost', () => {
  it('given no option, it prints prices with their sources, and its last line is what the formulas give for gas.json', async () => {
    const { stdout } = await run(process.execPath, [COST, '--json'])
    assert.match(stdout, /--eth-yen.*500000.*assumption/)
    const { batch, prices, yen } = parse(stdout)
    assert.deepEqual(yen.op, yenFor(1_000, batch, opFee(batch, prices), prices))
    assert.ok(yen.op.total > 0 && yen.arbitrum.total > 0 && batch.brotliBytes > 0 && batch.fastLzBytes > 0)
    assert.equal(yen.card, 18_000)
  })

  it("given another price of ether, the cost follows it, and the card's does not", async () => {
    const [once, twice] = [await json([]), await json(['--eth-yen', '1000000'])]
    assert.ok(Math.abs(twice.yen.op.total / once.yen.op.total - 2) < 1e-9)
    assert.equal(twice.yen.card, once.yen.card)
  })

  it('given a price below zero, it exits 1 and says what was given and expected', () =>
    assert.rejects(run(process.execPath, [COST, '--eth-yen', '-1']), /expected a number from 0, got -1/))
})

type Result = {
  readonly batch: typeof BATCH
  readonly prices: Prices
  readonly yen: {
    readonly op: { readonly total: number }
    readonly arbitrum: { readonly total: number }
    readonly card: number
  }
}

async function json(args: readonly string[]): Promise<Result> {
  return parse((await run(process.execPath, [COST, ...args, '--json'])).stdout)
}

function parse(stdout: string): Result {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Result
}
