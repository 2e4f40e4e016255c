/**
 * demo
 * |-- given a file that is no CSV of sessions ... it exits 1, says why, and starts nothing
 * |-- given four short sessions on three stations
 * |   |-- it exits 0 and every figure agrees
 * |   |-- it keeps stores, books and files
 * |   |-- its books know every way in and out: who is bound how, and how each channel ended
 * |   `-- its files verify, and one changed byte does not
 * |-- given one session of one payment ... it bills it, and says that nothing could be interrupted
 * `-- given Hardhat's node instead of anvil ... every figure agrees too
 */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { Funding, SignerId } from '@musubi/sdk'
import { ROOT, figuresOf, runDemo } from './helpers/runDemo.ts'
import type { Run } from './helpers/runDemo.ts'

const HEADER = 'session,station,connected_at,done_charging_at,disconnected_at,energy_wh'
const FOUR = [
  // Named as a car is: the two must not share a store.
  'one,car-1,2024-05-01T08:00:00Z,2024-05-01T09:00:00Z,2024-05-01T09:30:00Z,2046',
  'two,north-2,2024-05-01T08:30:00Z,2024-05-01T09:10:00Z,2024-05-01T09:30:00Z,1501',
  'three,south-1,2024-05-01T10:00:00Z,2024-05-01T11:00:00Z,2024-05-01T11:30:00Z,1733',
  'four,car-1,2024-05-02T08:00:00Z,2024-05-02T08:05:00Z,2024-05-02T09:30:00Z,99',
]
const run = promisify(execFile)

describe('demo', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'musubi-demo-test-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const data = async (name: string, rows: readonly string[]): Promise<string> => {
    const path = join(folder, name)
    await writeFile(path, [HEADER, ...rows].join('\n'))
    return path
  }

  it('given a file that is no CSV of sessions: it exits 1, says why, and starts nothing', async () => {
    const { code, stdout, stderr } = await runDemo(
      '--data',
      await data('bad.csv', [FOUR[0]!.replace('2046', '-5')]),
      '--json',
    )
    assert.equal(code, 1)
    assert.match(stderr, /Line 2 .*not negative/s)
    assert.doesNotMatch(stderr, /starting a chain/)
    assert.equal(stdout, '')
  })

  describe('given four short sessions on three stations', () => {
    let kept: string
    let demo: Run
    before(async () => {
      kept = join(folder, 'kept')
      demo = await runDemo('--data', await data('four.csv', FOUR), '--keep', kept, '--json')
    })

    it('it exits 0 and every figure agrees', () => {
      assert.equal(demo.code, 0, demo.stderr)
      const figures = figuresOf(demo)
      assert.equal(figures['sessions'], 4)
      assert.equal(figures['introductions'], 4)
      assert.equal(figures['energyWh'], 5379)
      assert.equal(figures['payments'], 21 + 16 + 18 + 1)
      assert.equal(figures['authorised'], (5379n * 31_530_000_000_000_000n).toString())
      assert.equal(figures['settled'], figures['authorised'])
      assert.equal(figures['killedAndResumed'], true)
      assert.equal(figures['offlineSession'], true)
      assert.equal(figures['verified'], true)
    })

    it('it keeps stores, books and files', async () => {
      const stores = await readdir(join(kept, 'stores'))
      const devices = ['car-1', 'station-car-1', 'station-north-2', 'station-south-1']
      assert.ok(devices.every((name) => stores.includes(`${name}.sqlite`)))
      assert.ok((await readdir(join(kept, 'books'))).includes('journal.jsonl'))
      const csv = await readFile(String(figuresOf(demo)['csv']), 'utf8')
      assert.match(csv, /^"schema_version"/)
    })

    it('its books know every way in and out: who is bound how, and how each channel ended', async () => {
      const books = await PGlite.create(join(kept, 'books', 'pglite'))
      const select = async (what: string) => (await books.query<{ fact: string | number }>(what)).rows
      try {
        const bindings = await select('SELECT device_signer AS fact FROM binding')
        const p256 = bindings.filter(({ fact }) => (String(fact).length - 2) / 2 === SignerId.P256_SIGNER_BYTES)
        assert.equal(p256.length, 2)
        const funding = await select('SELECT funding AS fact FROM binding')
        assert.equal(funding.filter(({ fact }) => fact === Funding.PREPAID).length, 1)
        const closures = await select('SELECT kind AS fact FROM closure ORDER BY kind')
        assert.deepEqual(
          closures.map(({ fact }) => fact),
          ['COOPERATIVE', 'FINALIZED'],
        )
        assert.equal((await select('SELECT channel_id AS fact FROM close_request')).length, 1)
      } finally {
        await books.close()
      }
    })

    it('its files verify, and one changed byte does not', async () => {
      const { csv } = figuresOf(demo) as { csv: string }
      const verify = () =>
        run(process.execPath, [
          join(ROOT, 'indexer', 'dist', 'cli.js'),
          ...['verify', join(kept, 'billing'), '--public-key', join(kept, 'signing-key.pem.pub'), '--json'],
        ])
      assert.match((await verify()).stdout, /"verified":true/)
      const text = await readFile(csv, 'utf8')
      await writeFile(csv, text.replace('"CHARGE"', '"CHARGF"'))
      await assert.rejects(verify, (error: { code: number }) => error.code === 1)
      await writeFile(csv, text)
    })
  })

  it('given one session of one payment: it bills it, and says that nothing could be interrupted', async () => {
    const demo = await runDemo('--data', await data('one.csv', [FOUR[3]!]), '--json')
    assert.equal(demo.code, 0, demo.stderr)
    const figures = figuresOf(demo)
    assert.equal(figures['payments'], 1)
    assert.equal(figures['billedYen'], '3')
    assert.equal(figures['killedAndResumed'], false)
  })

  it("given Hardhat's node instead of anvil: every figure agrees too", async () => {
    const demo = await runDemo('--chain', 'hardhat', '--data', await data('two.csv', FOUR.slice(0, 3)), '--json')
    assert.equal(demo.code, 0, demo.stderr)
    assert.equal(figuresOf(demo)['verified'], true)
  })
})
