/**
 * mutate, on a project whose tests are weak
 * |-- when every mutant is tried
 * |   |-- it names those that lived, and exits 1 since nobody explained them
 * |   |-- it asks the Solidity tests about what mocha did not notice
 * |   |-- it leaves the project as it was, and no copy behind
 * |   `-- when they are explained ... it exits 0, and tells which explanation is stale
 * |-- when fewer are killed than asked for ... it exits 1
 * |-- when it is killed ... a run with --resume keeps what it found, and comes to the same end
 * |-- when another contract or test is there than before ... --resume exits 2
 * |-- when one is asked for by its id ... it shows it as a diff, and what became of it
 * |-- when an id is unknown ... it exits 2
 * `-- when the tests fail without a mutant ... it exits 2, and tries none
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Ended } from './helpers/mutateProject.ts'
import { contentsOf, makeProject, mutate, start, writeTo } from './helpers/mutateProject.ts'
import type { Report } from '../../scripts/mutate/Report.ts'

const EXPLANATIONS = 'test/mutation/survivors.json'

function reportIn({ stdout }: Ended): Report {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Report
}

function changes({ survivors }: Report): readonly string[] {
  return survivors.map(({ original, replacement }) => `${original} -> ${replacement}`).toSorted()
}

describe('mutate, on a project whose tests are weak', () => {
  let folder: string
  let files: Record<string, string>
  let all: Ended
  before(async () => {
    folder = await makeProject()
    files = await contentsOf(folder)
    all = await mutate(folder, '--json', '--workers', '2')
  })
  after(() => rm(folder, { recursive: true, force: true }))

  describe('when every mutant is tried', () => {
    it('it names those that lived, and exits 1 since nobody explained them', () => {
      const { total, killed, survivors, percent } = reportIn(all)
      assert.deepEqual(changes(reportIn(all)), [
        '10 -> (10 + 1)',
        '10 -> (10 - 1)',
        'by < 10 -> by <= 10',
        'emit Raised(count); -> {}',
      ])
      assert.deepEqual([total, killed, percent], [10, 6, 60])
      assert.ok(survivors.every(({ reason }) => reason === ''))
      assert.match(all.stderr, /60 % were killed, 95 % expected/)
      assert.match(all.stderr, /4 survived without an explanation/)
      assert.equal(all.code, 1)
    })

    it('it asks the Solidity tests about what mocha did not notice', async () => {
      const state = join(folder, 'cache', 'mutate', 'mocha.jsonl')
      const alone = await mutate(folder, '--json', '--mocha-only', '--state', state)
      const missed = changes(reportIn(alone)).filter((change) => !changes(reportIn(all)).includes(change))
      assert.deepEqual(missed, ['count += by -> count = by'])
    })

    it('it leaves the project as it was, and no copy behind', async () => {
      assert.deepEqual(await contentsOf(folder), files)
      assert.deepEqual(globSync('cache/mutate/run-*', { cwd: folder }), [])
    })

    it('when they are explained ... it exits 0, and tells which explanation is stale', async () => {
      const { survivors } = reportIn(all)
      const entries = survivors.map(({ file: _, line: __, ...entry }) => ({ ...entry, reason: 'weak on purpose' }))
      const [first] = entries
      const gone = { ...first, id: 'Counter.raise-gone-00000000' }
      await writeTo(folder, EXPLANATIONS, JSON.stringify({ survivors: [...entries, gone] }))
      const explained = await mutate(folder, '--json', '--resume', '--at-least', '50')
      assert.deepEqual(reportIn(explained).stale, [gone.id])
      assert.equal(reportIn(explained).resumed, 10)
      assert.equal(explained.code, 0)
    })
  })

  it('when fewer are killed than asked for ... it exits 1', async () => {
    const { code, stderr } = await mutate(folder, '--resume', '--at-least', '61')
    assert.match(stderr, /60 % were killed, 61 % expected/)
    assert.equal(code, 1)
  })

  it('when it is killed ... a run with --resume keeps what it found, and comes to the same end', async () => {
    const args = [
      '--mocha-only',
      '--workers',
      '1',
      '--json',
      '--state',
      join(folder, 'cache', 'mutate', 'killed.jsonl'),
    ]
    const child = start(folder, args)
    for await (const chunk of child.stderr) if (String(chunk).includes('[2/10]')) break
    child.kill('SIGKILL')
    if (child.signalCode === null) await once(child, 'exit')
    const report = reportIn(await mutate(folder, ...args, '--resume'))
    assert.ok(report.resumed >= 2 && report.resumed < 10, `${report.resumed} resumed`)
    assert.deepEqual([report.total, report.killed], [10, 5])
    assert.deepEqual(globSync('cache/mutate/run-*', { cwd: folder }), [])
  })

  it('when one is asked for by its id ... it shows it as a diff, and what became of it', async () => {
    const [id = ''] = /Counter\.raise-arithmetic-\w+/.exec((await mutate(folder, '--list')).stdout) ?? []
    const { stdout, code } = await mutate(folder, '--mutant', id)
    assert.match(
      stdout,
      /^--- a\/contracts\/Counter.sol\n.*\n@@ -11,1 \+11,1 @@\n-\s+count \+= by;\n\+\s+count -= by;$/m,
    )
    assert.match(stdout, / killed by: raise > adds$/m)
    assert.equal(code, 0)
  })

  it('when an id is unknown ... it exits 2', async () => {
    const { stderr, code } = await mutate(folder, '--mutant', 'nobody')
    assert.match(stderr, /No mutant is nobody/)
    assert.equal(code, 2)
  })

  describe('when the tests are others than before', () => {
    before(() =>
      writeTo(folder, 'test/contracts/Counter/red.test.ts', `it('fails', () => { throw new Error('always') })`),
    )

    it('--resume exits 2', async () => {
      const { stderr, code } = await mutate(folder, '--resume')
      assert.match(stderr, /of other contracts or tests than these/)
      assert.equal(code, 2)
    })

    it('when they fail without a mutant ... it exits 2, and tries none', async () => {
      const { stderr, code } = await mutate(folder)
      assert.match(stderr, /Without any change, the tests of Counter ended with 1/)
      assert.doesNotMatch(stderr, /\[1\//)
      assert.equal(code, 2)
    })
  })
})
