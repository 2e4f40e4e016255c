import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { run } from '../../scripts/runner/command.ts'
import { outcomeOf, RUNNER_NAMES, RUNNERS } from '../../scripts/runner/runners.ts'

const TEST_SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'test.ts')

/** Test files by name: what each holds, and what it counts for. */
const FILES = {
  'mixed.test.mjs': `
    import { describe, it, test } from 'node:test'
    describe('a suite counts for nothing', () => {
      it('passes', () => {})
      it('fails', () => { throw new Error('as it should') })
      it.skip('is skipped', () => {})
      it.todo('is to be done')
    })
    test('a parent counts', async (t) => { await t.test('and so does its child', () => {}) })`,
  'broken.test.mjs': `throw new Error('before any test')`,
  'idle.test.mjs': `export const nothing = 1`,
  'skipped.test.mjs': `import { it } from 'node:test'; it.skip('all of it', () => {})`,
  'hook.test.mjs': `
    import { after, it } from 'node:test'
    it('passes', () => {})
    after(() => { throw new Error('in the hook') })`,
}

describe('outcomeOf', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'musubi-runners-'))
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  /** Runs one file by the runner of the SDK. */
  const outcome = (pattern: string) => {
    const sdk = RUNNERS.find(({ name }) => name === 'sdk')
    assert.ok(sdk)
    return outcomeOf({ ...sdk, patterns: [join(folder, pattern)] }, { echo: false })
  }

  it('counts tests, not suites; skipped and to-be-done ones apart', async () => {
    assert.deepEqual((await outcome('mixed.test.mjs'))?.counts, { passed: 3, failed: 1, skipped: 2 })
  })

  it('counts a file that breaks before its first test as one failure', async () => {
    assert.deepEqual((await outcome('broken.test.mjs'))?.counts, { passed: 0, failed: 1, skipped: 0 })
  })

  it('counts a file without a test as one failure', async () => {
    assert.deepEqual((await outcome('idle.test.mjs'))?.counts, { passed: 0, failed: 1, skipped: 0 })
  })

  it('counts a run that skipped everything as one failure', async () => {
    const skipped = await outcome('skipped.test.mjs')
    assert.deepEqual(skipped?.counts, { passed: 0, failed: 1, skipped: 1 })
    assert.equal(skipped.note, 'ran no test')
  })

  it('counts a hook that fails after its tests as one failure', async () => {
    assert.deepEqual((await outcome('hook.test.mjs'))?.counts, { passed: 1, failed: 1, skipped: 0 })
  })

  it('has nothing to count where there are no test files', async () => {
    assert.equal(await outcome('*.nothing'), undefined)
  })
})

describe('npm test', () => {
  it('explains itself', async () => {
    const { code, output } = await run(process.execPath, [TEST_SCRIPT, '--help'], { echo: false, secondsMax: 60 })
    assert.equal(code, 0)
    for (const name of RUNNER_NAMES) assert.ok(output.includes(name), `expected ${name} in: ${output}`)
  })

  it('refuses a runner that it does not know, and names those it knows', async () => {
    const args = [TEST_SCRIPT, '--only', 'nothing']
    const { code, output } = await run(process.execPath, args, { echo: false, secondsMax: 60 })
    assert.equal(code, 1)
    assert.match(output, /'nothing' is invalid.*solidity, contracts, model, sdk, cli, indexer, attester, integration/s)
  })
})
