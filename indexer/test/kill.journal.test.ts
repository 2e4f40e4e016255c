/**
 * what the chain does not hold, given the process is killed
 * |-- given PostgreSQL
 * |   |-- when killed before its record is on disk ... nothing is recorded
 * |   |-- when killed between record and commit, or right after the commit, and run again ... the work is done once
 * |-- given PGlite, when killed while it records, and run again ... the work is done once
 * `-- given an export, when killed while it writes, and run again ... the files are those of an undisturbed run
 */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { createKeyFiles } from '../src/export/keys.ts'
import { type Database, openDatabase } from '../src/database/open.ts'
import { type Backend, startBackend } from './support/backends.ts'
import { Car } from './support/Car.ts'
import { FakeChain, FLOAT, GENESIS_SECONDS } from './support/FakeChain.ts'
import { accountOf, csv, DAY, FUNDERS, House, MERCHANT } from './support/House.ts'
import { Indexer } from './support/Indexer.ts'
import { rowsOf } from './support/rowsOf.ts'
import { type Trap, Wire } from './support/Wire.ts'

const YEN = 10n ** 18n

describe('what the chain does not hold, given the process is killed', () => {
  let folder: string
  let backend: Backend
  let wire: Wire
  let wireUrl: string
  let wanted: Awaited<ReturnType<typeof rowsOf>>
  const car = new Car({ name: 'car-1', party: 'party-1', funder: FLOAT })
  const chain = new FakeChain()
  const path = (name: string): string => join(folder, name)
  const COMMANDS = () => [['import', 'receipts', path('receipts.jsonl')], ['cycle', 'freeze', 'C1'], ['seal']]

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'musubi-killed-'))
    backend = await startBackend('postgres')
    const url = new URL(backend.url ?? '')
    wire = await Wire.to(Number(url.port))
    url.port = String(wire.port)
    wireUrl = url.href
    chain.mine()
    chain.deposit(FLOAT, 1_000n * YEN)
    car.start(chain, 100n * YEN)
    for (let payment = 0; payment < 20; payment += 1) car.pay((5n * YEN) / 2n)
    car.settle(chain)
    chain.mine(GENESIS_SECONDS + DAY)
    writeFileSync(path('receipts.jsonl'), (await car.history()).map((line) => `${line}\n`).join(''))
    createKeyFiles(path('key.pem'))
    await prepare(await backend.fresh(), path('undisturbed'))
    for (const command of COMMANDS()) await done(command, path('undisturbed'))
    wanted = await rowsOf(backend.db)
  })
  after(async () => {
    await wire.stop()
    await backend.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A house with everything but receipts, which nobody has open. */
  const prepare = async (db: Database, directory: string): Promise<void> => {
    mkdirSync(directory)
    const house = await House.open(db, directory)
    await house.sync(chain)
    await house.register('funders', csv([FUNDERS]))
    await house.register('accounts', csv([accountOf(car, 'account-1')]))
    await house.register('merchants', csv([MERCHANT]))
    await house.openCycle('C1', 0, 1)
    house.journal.close()
  }
  const start = (command: readonly string[], data: string, url = wireUrl) =>
    new Indexer([...command, '--data', data, '--json'], url)
  const done = async (command: readonly string[], data: string, url = wireUrl) => {
    const run = start(command, data, url)
    assert.equal((await run.end()).code, 0, run.stderr)
    return run.json
  }
  /** Records in the file, and in the database. */
  const records = async (data: string): Promise<[number, number]> => {
    const lines = readFileSync(join(data, 'journal.jsonl'), 'utf8').split('\n').slice(0, -1)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from journal`.execute(backend.db)
    return [lines.length, rows[0]?.n ?? 0]
  }
  /** A trap at the commit of a record, or at the n-th packet after its work has begun. */
  const trapAt = (moment: 'commit' | number, options: Omit<Trap, 'isSprungBy'>): Trap => {
    let since: number | undefined
    return {
      ...options,
      isSprungBy: (packet, number) => {
        if (packet.includes('LOCK TABLE journal')) since = number
        if (since === undefined) return false
        return moment === 'commit' ? packet.includes('commit') : number === since + moment
      },
    }
  }
  const killedAt = async (moment: 'commit' | number, lose: boolean, command: readonly string[], data: string) => {
    const run = start(command, data)
    wire.set(trapAt(moment, { lose, spring: () => run.kill() }))
    assert.equal((await run.end()).signal, 'SIGKILL', run.stderr)
    wire.set(undefined)
  }

  for (const lose of [true, false]) {
    const moment = lose ? 'between record and commit' : 'right after the commit'
    it(`given PostgreSQL, when each command is killed ${moment} and run again, its work is done once`, async () => {
      const data = path(lose ? 'lost' : 'kept')
      await prepare(await backend.fresh(), data)
      for (const [index, command] of COMMANDS().entries()) {
        const [before] = await records(data)
        await killedAt(index + (lose ? 0 : 2), lose, command, data)
        assert.deepEqual(await records(data), [before, before], `${command.join(' ')}: nothing is recorded yet`)
        await killedAt('commit', lose, command, data)
        assert.equal((await records(data))[0], before + 1, 'the record is on disk before the commit')
        const again = await killedOrDone(command, data, lose)
        assert.deepEqual(await records(data), [before + 1, before + 1], JSON.stringify(again))
      }
      assert.deepEqual(await rowsOf(backend.db), wanted)
    })
  }

  /** What was committed is there, so running it again says so; what was not is finished by the same command. */
  const killedOrDone = async (command: readonly string[], data: string, lose: boolean) => {
    if (lose || command[0] === 'import') return done(command, data)
    const run = start(command, data)
    assert.equal((await run.end()).code, 1)
    assert.match(JSON.stringify(run.json), /Cycle\.WrongStateError/)
    return run.json
  }

  it('given PGlite, when killed while it records, and run again, the work is done once', async () => {
    const data = path('embedded')
    const house = await openDatabase({ directory: data })
    rmSync(path('prepared'), { recursive: true, force: true })
    await prepare(house.db, path('prepared'))
    await house.close()
    const journal = join(data, 'journal.jsonl')
    writeFileSync(journal, readFileSync(path('prepared/journal.jsonl')))
    for (const command of COMMANDS()) {
      const run = start(command, data, '')
      const watcher = watch(journal, () => run.kill())
      assert.equal((await run.end()).signal, 'SIGKILL', run.stderr)
      watcher.close()
      const again = start(command, data, '')
      const { code } = await again.end()
      // The kill comes an instant after the record: the commit may have been faster.
      if (code !== 0) assert.match(JSON.stringify(again.json), /Cycle\.WrongStateError/, again.stderr)
    }
    const opened = await openDatabase({ directory: data })
    assert.deepEqual(await rowsOf(opened.db), wanted)
    await opened.close()
  })

  it('given an export, when killed while it writes, and run again, the files are those of an undisturbed run', async () => {
    const out = path('out')
    const command = (directory: string) => ['export', '--out', directory, '--signing-key', path('key.pem')]
    await done(command(path('whole')), path('kept'))
    mkdirSync(out)
    const run = start(command(out), path('kept'))
    const watcher = watch(out, () => run.kill())
    assert.equal((await run.end()).signal, 'SIGKILL', run.stderr)
    watcher.close()
    await done(command(out), path('kept'))
    assert.deepEqual(readdirSync(out), readdirSync(path('whole')))
    for (const file of readdirSync(out))
      assert.deepEqual(readFileSync(join(out, file)), readFileSync(join(path('whole'), file)), file)
  })
})
