/**
 * bench escrow
 * |-- given gas.json ... our figures are those of gas.json, and every peer's is there
 * `-- given any figure ... its note says whether it was measured or quoted
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { compareEscrow } from '../../bench/escrow/compareEscrow.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const run = promisify(execFile)

describe('bench escrow', () => {
  it("given gas.json, our figures are those of gas.json, and every peer's is there", async () => {
    const { stdout } = await run(process.execPath, [join(ROOT, 'bench', 'bench.ts'), 'escrow', '--json'])
    const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
    const gas = JSON.parse(await readFile(join(ROOT, 'test', 'gas', 'gas.json'), 'utf8')) as Record<string, unknown>
    for (const name of ['openFromBalance', 'settleRepeat', 'close', 'withdraw']) {
      assert.equal(figures[`${name}Gas`], gas[name])
    }
    assert.equal(figures['x402OpenGas'], 81_600)
    assert.equal(figures['tip1034CloseGas'], 61_400)
  })

  it('given any figure, its note says whether it was measured or quoted', async () => {
    for (const { name, value, note } of await compareEscrow()) {
      assert.match(note ?? '', /^(measured by|quoted from) /, name)
      assert.ok(Number(value) > 0, name)
    }
  })
})
