/**
 * bench
 * |-- given a short round ... it pays over both transports, and its last line has every figure
 * `-- given rounds that are no number ... it exits 1, says what was given and expected, and measures nothing
 * median, quantile
 * |-- given an odd or an even number of values ... it is the middle one, or the upper of the two
 * `-- given no value ... it throws
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { median, quantile } from '../../bench/payments/statistics.ts'

const BENCH = join(import.meta.dirname, '..', '..', 'bench', 'bench.ts')
const run = promisify(execFile)

describe('bench', () => {
  it('given a short round ... it pays over both transports, and its last line has every figure', async () => {
    const size = ['--rounds', '1', '--payments', '64', '--channels', '4']
    const { stdout } = await run(process.execPath, [BENCH, ...size, '--json'])
    const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
    assert.match(String(figures['backend']), /^secp256k1 \w+$/)
    for (const name of ['inProcessPerSecond', 'webSocketPerSecond', 'p50Ms', 'p99Ms']) {
      assert.ok(Number(figures[name]) > 0, `${name} is ${String(figures[name])}`)
    }
    assert.ok(Number(figures['p99Ms']) >= Number(figures['p50Ms']))
    assert.deepEqual([figures['rounds'], figures['payments'], figures['channels']], [1, 64, 4])
  })

  it('given rounds that are no number ... it exits 1, says what was given and expected, and measures nothing', () =>
    assert.rejects(run(process.execPath, [BENCH, '--rounds', 'many']), (error: Error & Failed) => {
      assert.equal(error.code, 1)
      assert.match(error.stderr, /expected a whole number from 1 to 1000000, got many/)
      assert.equal(error.stdout, '')
      return true
    }))
})

type Failed = { readonly code: number; readonly stdout: string; readonly stderr: string }

describe('median, quantile', () => {
  it('given an odd or an even number of values ... it is the middle one, or the upper of the two', () => {
    assert.equal(median([3, 1, 2]), 2)
    assert.equal(median([4, 3, 1, 2]), 3)
    assert.equal(quantile([1, 2, 3, 4], 0.99), 4)
    assert.equal(quantile([1, 2, 3, 4], 0), 1)
  })

  it('given no value ... it throws', () => {
    assert.throws(() => median([]), RangeError)
  })
})
