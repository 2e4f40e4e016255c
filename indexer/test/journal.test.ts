import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, afterEach, before, beforeEach, it } from 'node:test'
import { HANDLERS } from '../src/cli/operations.ts'
import { Journal } from '../src/journal/Journal.ts'
import { parseRecord } from '../src/journal/record.ts'
import { type Backend, describeOnEach, startBackend } from './support/backends.ts'
import { FailAt, StatementFailed } from './support/FailAt.ts'
import { csv, FUNDERS, House } from './support/House.ts'

const SECOND = { ...FUNDERS, valid_from: '2026-06-01' }

describeOnEach('journal', (name) => {
  let backend: Backend
  let house: House

  before(async () => {
    backend = await startBackend(name)
  })
  after(() => backend.stop())
  beforeEach(async () => {
    house = await House.open(await backend.fresh())
  })
  afterEach(() => house.close())

  const lines = () => readFileSync(house.journalPath, 'utf8').split('\n').slice(0, -1)
  const funders = async () =>
    (await house.db.selectFrom('funder').select('valid_from').orderBy('valid_from').execute()).length
  const reopen = async (db = house.db) => {
    house.journal.close()
    house.journal = await Journal.open(db, house.journalPath, HANDLERS)
  }

  it('given two records, when written, each names the hash of the one before', async () => {
    await house.register('funders', csv([FUNDERS]))
    await house.register('funders', csv([SECOND]))
    const [first, second] = lines().map(parseRecord)
    assert.equal(first?.seq, '1')
    assert.equal(second?.previousHash, first.hash)
  })

  it('given the database lost the last record, when opened, it is applied again', async () => {
    await house.register('funders', csv([FUNDERS]))
    await house.register('funders', csv([SECOND]))
    await backend.fresh()
    await reopen()
    assert.equal(await funders(), 2)
    await house.register('funders', csv([{ ...FUNDERS, valid_from: '2026-09-01' }]))
    assert.equal(lines().length, 3)
  })

  it('given a statement fails at any point, when opened again, file and database agree', async () => {
    for (let at = 1; ; at += 1) {
      await backend.fresh()
      house.journal.close()
      rmSync(house.journalPath)
      const fault = new FailAt(at)
      const failing = await Journal.open(house.db.withPlugin(fault), house.journalPath, HANDLERS).catch(
        (error: unknown) => error,
      )
      if (failing instanceof StatementFailed) continue
      assert.ok(failing instanceof Journal)
      const outcome = await failing.perform('register-funders', [FUNDERS]).catch((error: unknown) => error)
      failing.close()
      if (fault.isOver) break
      assert.ok(outcome instanceof StatementFailed, String(outcome))
      assert.deepEqual([lines().length, await funders()], [0, 0], `statement ${String(at)}`)
      await reopen()
      await house.register('funders', csv([FUNDERS]))
      assert.deepEqual([lines().length, await funders()], [1, 1])
    }
  })

  it('given another command has it open, when opened, it fails with LockedError; once that is over, it opens', async () => {
    await assert.rejects(Journal.open(house.db, house.journalPath, HANDLERS), { name: 'Cli.LockedError' })
    await reopen()
  })

  it('given a line that was cut off, when opened, it is dropped', async () => {
    await house.register('funders', csv([FUNDERS]))
    appendFileSync(house.journalPath, '{"content":[{"addr')
    await reopen()
    assert.equal(lines().length, 1)
  })

  it('given a file without the database’s records, when opened, it fails with MismatchError', async () => {
    await house.register('funders', csv([FUNDERS]))
    writeFileSync(house.journalPath, '')
    await assert.rejects(reopen(), { name: 'Journal.MismatchError' })
  })

  it('given a record that was changed, when opened, it fails with MismatchError', async () => {
    await house.register('funders', csv([FUNDERS]))
    await backend.fresh()
    writeFileSync(house.journalPath, readFileSync(house.journalPath, 'utf8').replace('issuer-1', 'issuer-2'))
    await assert.rejects(reopen(), { name: 'Journal.MismatchError' })
    assert.equal(await funders(), 0)
  })

  for (const [what, line] of [
    ['no JSON', 'hello'],
    ['another shape', '{"seq":"1"}'],
  ] as const) {
    it(`given a line that is ${what}, when opened, it fails with MismatchError`, async () => {
      writeFileSync(house.journalPath, `${line}\n`)
      await assert.rejects(reopen(), { name: 'Journal.MismatchError' })
    })
  }

  it('given a kind nobody knows, when performed, it fails with MismatchError and writes nothing', async () => {
    await assert.rejects(house.journal.perform('magic', {}), { name: 'Journal.MismatchError' })
    assert.equal(lines().length, 0)
  })
})
