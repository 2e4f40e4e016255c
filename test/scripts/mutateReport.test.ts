/**
 * reportOf, complaints
 * |-- given all killed ... it complains of nothing, and counts neither the stillborn nor the equivalent
 * |-- given a survivor that is explained ... it shows the reason, and complains of the share alone
 * |-- given a survivor without an explanation ... it complains, whatever the share
 * |-- given explained mutants that are killed, or gone ... it calls them stale
 * `-- given no mutant ... it complains
 * readExplanations
 * `-- given an entry without a reason ... it refuses the file
 * Journal
 * |-- given a run that was killed while it wrote ... it keeps the whole lines, and goes on behind them
 * `-- given no run, or one of other contracts ... it refuses
 * firstFailure
 * `-- given what mocha, or the Solidity tests, print ... it is the title of the first test that failed
 */
import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { readExplanations } from '../../scripts/mutate/Explanations.ts'
import type { Explanation } from '../../scripts/mutate/Explanations.ts'
import { Journal } from '../../scripts/mutate/Journal.ts'
import type { Mutant } from '../../scripts/mutate/Mutant.ts'
import { firstFailure } from '../../scripts/mutate/Outcome.ts'
import { complaints, reportOf } from '../../scripts/mutate/Report.ts'
import type { Result } from '../../scripts/mutate/Result.ts'

/** A letter for each verdict; the ids are m0, m1 and so on. */
const VERDICTS = { k: 'killed', t: 'timeout', s: 'survived', b: 'stillborn', e: 'equivalent' } as const

function triedOf(letters: string) {
  return letters.split('').map((letter, index) => {
    const verdict = VERDICTS[letter as keyof typeof VERDICTS]
    const result: Result = { id: `m${index}`, verdict, by: '', seconds: 1 }
    const mutant = {
      id: result.id,
      place: 'A.f',
      operator: 'removal',
      original: 'x',
      replacement: 'y',
      file: 'A.sol',
      line: 1,
    }
    return { mutant: mutant as Mutant, result }
  })
}

function report(letters: string, { explained = [], gone = [] }: { explained?: string[]; gone?: string[] } = {}) {
  const explanations = new Map(explained.map((id) => [id, { id, reason: 'equivalent' } as Explanation]))
  return reportOf({ tried: triedOf(letters), explanations, gone, left: 0, resumed: 0 })
}

describe('reportOf, complaints', () => {
  it('given all killed ... it complains of nothing, and counts neither the stillborn nor the equivalent', () => {
    const { total, killed, percent, timeouts, stillborn, equivalent } = report('kktbee')
    assert.deepEqual({ total, killed, percent, timeouts }, { total: 3, killed: 3, percent: 100, timeouts: 1 })
    assert.deepEqual({ stillborn, equivalent }, { stillborn: 1, equivalent: 2 })
    assert.deepEqual(complaints(report('kktbee'), 100), [])
  })

  it('given a survivor that is explained ... it shows the reason, and complains of the share alone', () => {
    const explained = report('kks', { explained: ['m2'] })
    assert.deepEqual(
      explained.survivors.map(({ id, reason }) => [id, reason]),
      [['m2', 'equivalent']],
    )
    assert.deepEqual(complaints(explained, 66), [])
    assert.deepEqual(complaints(explained, 67), ['66.6 % were killed, 67 % expected.'])
  })

  it('given a survivor without an explanation ... it complains, whatever the share', () => {
    const [complaint = '', ...others] = complaints(report('kkss', { explained: ['m2'] }), 0)
    assert.match(complaint, /^1 survived without an explanation/)
    assert.deepEqual(others, [])
  })

  it('given explained mutants that are killed, or gone ... it calls them stale', () => {
    assert.deepEqual(report('kts', { explained: ['m0', 'm2', 'x'], gone: ['x'] }).stale, ['m0', 'x'])
  })

  it('given no mutant ... it complains', () => {
    assert.match(complaints(report('b'), 0)[0] ?? '', /proves nothing/)
  })
})

describe('readExplanations, Journal', () => {
  let folder: string
  let path: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'musubi-mutate-'))
    path = join(folder, 'file')
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('given an entry without a reason ... it refuses the file', async () => {
    const entry = { id: 'm', place: 'A.f', operator: 'removal', original: 'x', replacement: 'y', reason: ' ' }
    await writeFile(path, JSON.stringify({ survivors: [entry] }))
    await assert.rejects(readExplanations(path), /reason/)
  })

  it('given a run that was killed while it wrote ... it keeps the whole lines, and goes on behind them', async () => {
    const [{ result: first } = assert.fail(), { result: second } = assert.fail()] = triedOf('ks')
    await (await Journal.begin(path, 'print')).add(first)
    await appendFile(path, '{"id":"m1","verd')
    const resumed = await Journal.resume(path, 'print')
    assert.deepEqual([...resumed.known.values()], [first])
    await resumed.add(second)
    assert.deepEqual([...(await Journal.resume(path, 'print')).known.keys()], ['m0', 'm1'])
    assert.equal((await readFile(path, 'utf8')).split('\n').length, 4)
  })

  it('given no run, or one of other contracts ... it refuses', async () => {
    await Journal.begin(path, 'print')
    await assert.rejects(Journal.resume(path, 'other'), /other contracts or tests/)
    await assert.rejects(Journal.resume(join(folder, 'none'), 'print'), /no run to resume/)
  })
})

describe('firstFailure', () => {
  it('given what mocha, or the Solidity tests, print ... it is the title of the first test that failed', () => {
    const mocha = `
  1 passing (2s)
  1 failing

  1) topUp
       given a channel
         it reverts:

      AssertionError: expected: that
`
    assert.equal(firstFailure(mocha), 'topUp > given a channel > it reverts')
    assert.equal(firstFailure('out of memory'), 'a test')
  })
})
