/**
 * bench identity
 * |-- given a short round ... every figure is on the last line, and a shown identity is as small as it should be
 * |-- given more devices than a verifier remembers ... it exits 1, says what was given and expected, and measures nothing
 * `-- given --help ... it says what is measured
 * loadEas
 * |-- given the package is installed ... it gives both contracts with their bytecode
 * `-- given it is not ... it gives nothing
 * render, toJson
 * `-- given figures with and without a wanted value ... they are met up to that value, and missed above it
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { render, toJson } from '../../bench/figures.ts'
import { loadEas } from '../../bench/identity/eas/contracts.ts'

const BENCH = join(import.meta.dirname, '..', '..', 'bench', 'bench.ts')
const run = promisify(execFile)

/** Above zero in every run. */
const MEASURED = [
  ...['presentationBytes', 'presentationLeafBytes'],
  ...['firstContactMs', 'firstContactSecp256k1Ms', 'firstContactP256Ms'],
  ...['repeatMs', 'repeatSecp256k1Ms', 'repeatP256Ms', 'verdictsPerSecond'],
  ...['wasmFirstContactMs', 'wasmFirstContactSecp256k1Ms', 'wasmFirstContactP256Ms', 'enrol10000Seconds'],
  ...['bindGas', 'revokeGas', 'checkGas', 'easAttestGas', 'easAttestByDelegationGas', 'easCheckGas'],
  ...['easRevokeGas', 'easRevokeByDelegationGas', 'easOffchainVerifyMs', 'easOffchainVerifyViemMs'],
]

describe('bench identity', () => {
  it('given a short round ... every figure is on the last line, and a shown identity is as small as it should be', async () => {
    const { stdout } = await run(process.execPath, [BENCH, 'identity', '--rounds', '1', '--devices', '4', '--json'])
    const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
    assert.deepEqual(Object.keys(figures).sort(), [...MEASURED, 'backend', 'devices', 'rounds'].sort())
    for (const name of MEASURED) assert.ok(Number(figures[name]) > 0, `${name} is ${String(figures[name])}`)
    assert.match(String(figures['backend']), /^secp256k1 \w+$/)
    assert.deepEqual([figures['rounds'], figures['devices']], [1, 4])
    assert.ok(Number(figures['presentationBytes']) <= 1024)
    assert.ok(Number(figures['presentationLeafBytes']) <= 2560)
  })

  it('given more devices than a verifier remembers ... it exits 1, says what was given and expected, and measures nothing', () =>
    assert.rejects(run(process.execPath, [BENCH, 'identity', '--devices', '2401']), (error: Error & Failed) => {
      assert.equal(error.code, 1)
      assert.match(error.stderr, /expected a whole number from 1 to 2400, got 2401/)
      assert.equal(error.stdout, '')
      return true
    }))

  it('given --help ... it says what is measured', async () => {
    const { stdout } = await run(process.execPath, [BENCH, 'identity', '--help'])
    assert.match(stdout, /offline.*EAS.*--rounds.*--json.*--devices/s)
  })
})

type Failed = { readonly code: number; readonly stdout: string; readonly stderr: string }

describe('loadEas', () => {
  it('given the package is installed ... it gives both contracts with their bytecode', async () => {
    const contracts = await loadEas()
    assert.match(contracts?.registry.bytecode ?? '', /^0x60[0-9a-f]{4000,}$/)
    assert.match(contracts?.eas.bytecode ?? '', /^0x61[0-9a-f]{30000,}$/)
  })

  it('given it is not ... it gives nothing', async () => {
    assert.equal(await loadEas(createRequire(join(tmpdir(), 'nowhere.js'))), undefined)
  })
})

describe('render, toJson', () => {
  it('given figures with and without a wanted value ... they are met up to that value, and missed above it', () => {
    const figures = [
      { name: 'small', value: 3, wanted: 3 },
      { name: 'large', value: 4, wanted: 3 },
      { name: 'other', value: 'text', note: 'why' },
    ]
    const [small, large, other] = ['small', 'large', 'other'].map((name) => lineOf(render(figures), name))
    assert.match(small!, /<= 3 .* met /)
    assert.match(large!, /<= 3 .* missed /)
    assert.doesNotMatch(other!, /<=|met|missed/)
    assert.equal(toJson(figures), '{"small":3,"large":4,"other":"text"}')
  })
})

function lineOf(table: string, name: string): string {
  return table.split('\n').find((line) => line.includes(name)) ?? ''
}
