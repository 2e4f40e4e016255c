/**
 * demo of a fleet
 * |-- given an option of the other scenario ... it exits 1, says why, and starts nothing
 * |-- given two hundred devices
 * |   |-- it exits 0, with every device enrolled and every verdict as it has to be
 * |   |-- it shows each check in a row
 * |   `-- it says who answered for the sold car, and flags what a compromised attester vouched for
 * |-- given Hardhat's node instead of anvil ... every verdict is as it has to be too
 * `-- given it is stopped
 *     |-- when keys are being made ... it exits by the signal, and leaves no process and no file
 *     `-- when chargers are being asked ... it exits by the signal, and leaves no process and no file
 */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { processesOf } from './helpers/processesOf.ts'
import { figuresOf, runDemo, startDemo } from './helpers/runDemo.ts'
import type { Run } from './helpers/runDemo.ts'

const FLEET = ['--scenario', 'fleet'] as const
const SMALL = [...FLEET, '--devices', '200'] as const
/** Every process that the demo starts inherits it. */
const MARK = 'MUSUBI_TEST_MARK'

describe('demo of a fleet', () => {
  it('given an option of the other scenario: it exits 1, says why, and starts nothing', async () => {
    const { code, stdout, stderr } = await runDemo(...FLEET, '--keep', 'out')
    assert.equal(code, 1)
    assert.match(stderr, /--keep belongs to the scenario charging/)
    assert.doesNotMatch(stderr, /starting a chain/)
    assert.equal(stdout, '')
  })

  describe('given two hundred devices', () => {
    let demo: Run
    before(async () => {
      demo = await runDemo(...SMALL, '--json')
    })

    it('it exits 0, with every device enrolled and every verdict as it has to be', () => {
      assert.equal(demo.code, 0, demo.stderr)
      const { seconds, ...figures } = figuresOf(demo)
      assert.deepEqual(figures, { enrolled: 200, transactions: 5, offlineChecks: 30, wrongVerdicts: 0 })
      assert.equal(typeof seconds, 'number')
    })

    it('it shows each check in a row', () => {
      const rows = (verdict: string) => demo.stdout.match(new RegExp(`^(?:[A-F]-\\d{4}|-) .* ${verdict} `, 'gm')) ?? []
      assert.equal(rows('accepted').length, 8)
      assert.equal(rows('refused').length, 22)
    })

    it('it says who answered for the sold car, and flags what a compromised attester vouched for', () => {
      const answers = [...demo.stdout.matchAll(/^2026-\d\d-\d\d \d\d:\d\d:\d\d {2}.*? {2}(nobody|Fleet .*?) *$/gm)]
      assert.deepEqual(
        answers.map(([, who]) => who),
        ['nobody', 'Fleet A', 'Fleet D, flagged: its attester was compromised', 'nobody', 'Fleet D'],
      )
    })
  })

  it("given Hardhat's node instead of anvil: every verdict is as it has to be too", async () => {
    const demo = await runDemo(...SMALL, '--chain', 'hardhat', '--json')
    assert.equal(demo.code, 0, demo.stderr)
    assert.equal(figuresOf(demo)['wrongVerdicts'], 0)
  })

  describe('given it is stopped', () => {
    let folder: string
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'musubi-fleet-ends-'))
    })
    after(() => rm(folder, { recursive: true, force: true }))

    const STOPPED = [
      ['keys are being made', /making keys/, 'SIGINT', '20000'],
      ['chargers are being asked', /the chargers, which have no network/, 'SIGTERM', '100'],
    ] as const
    for (const [when, said, signal, devices] of STOPPED) {
      it(`when ${when}: it exits by the signal, and leaves no process and no file`, async () => {
        const temporary = join(folder, when.replaceAll(' ', '-'))
        await mkdir(temporary)
        const mark = `${MARK}=${temporary}`
        const environment = { TMPDIR: temporary, HOME: temporary, [MARK]: temporary }
        const demo = startDemo([...FLEET, '--devices', devices], environment)
        await demo.said(said)
        assert.ok((await processesOf(mark)).length > 1, 'the demo has started processes')
        demo.kill(signal)
        const { code, stderr } = await demo.ended
        assert.match(stderr, new RegExp(`Stopped by ${signal}`))
        assert.equal(code, 128 + constants.signals[signal])
        assert.deepEqual(
          { processes: await processesOf(mark), files: await readdir(temporary) },
          { processes: [], files: [] },
        )
      })
    }
  })
})
