/**
 * sync, given its process is killed
 * |-- given PostgreSQL, when killed at any packet to the database and run again ... the books are those of an undisturbed run
 * `-- given PGlite, when killed while it makes the database, at any request to the node, and run again ... the same
 */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { openDatabase } from '../src/database/open.ts'
import { type Backend, startBackend } from './support/backends.ts'
import { Indexer } from './support/Indexer.ts'
import { RealChain } from './support/RealChain.ts'
import { rowsOf } from './support/rowsOf.ts'
import { Wire } from './support/Wire.ts'

/** `MUSUBI_KILLS=100 MUSUBI_SEED=7` looks longer, and elsewhere. */
const KILLS = Number(process.env.MUSUBI_KILLS ?? 10)
const SEED = Number(process.env.MUSUBI_SEED ?? 1)
const ROUNDS = 24
/** Small, so that there are many ranges, each with its transaction. */
const RANGE_BLOCKS = 4

describe('sync, given its process is killed', () => {
  let folder: string
  let chain: RealChain
  let backend: Backend
  let wanted: Awaited<ReturnType<typeof rowsOf>>
  const path = (name: string): string => join(folder, name)
  const sync = (options: { data: string; databaseUrl?: string; rpcUrl?: string }): Indexer => {
    const { data, databaseUrl = '', rpcUrl = chain.url } = options
    const place = ['--deployment', chain.deploymentPath, '--rpc-url', rpcUrl, '--data', data]
    return new Indexer(['sync', ...place, '--range-blocks', String(RANGE_BLOCKS), '--json'], databaseUrl)
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'musubi-kill-'))
    chain = await RealChain.start(path('deployments'))
    await chain.settle(ROUNDS)
    await chain.finalize()
    backend = await startBackend('postgres')
    const undisturbed = sync({ data: path('data'), databaseUrl: backend.url ?? '' })
    assert.equal((await undisturbed.end()).code, 0, undisturbed.stderr)
    wanted = await rowsOf(backend.db)
    assert.equal(wanted.settlement?.length, 3 * ROUNDS)
  })
  after(async () => {
    await backend.stop()
    await chain.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Kills run after run at seeded packets; then lets one end. Says how many were killed. */
  const torment = async (wire: Wire, start: () => Indexer, options: { kills: number; packetsMax: number }) => {
    const moments = fc.sample(fc.tuple(fc.integer({ min: 1, max: options.packetsMax }), fc.boolean()), {
      seed: SEED,
      numRuns: options.kills,
    })
    let killed = 0
    for (const [at, lose] of moments) {
      const run = start()
      wire.set({ isSprungBy: (_, number) => number === at, lose, spring: () => run.kill() })
      const { code, signal } = await run.end()
      if (signal === 'SIGKILL') killed += 1
      else assert.equal(code, 0, run.stderr)
    }
    wire.set(undefined)
    const last = start()
    assert.equal((await last.end()).code, 0, last.stderr)
    return killed
  }

  it('given PostgreSQL, when killed at any packet and run again, the books are those of an undisturbed run', async (t) => {
    await backend.fresh()
    const url = new URL(backend.url ?? '')
    const wire = await Wire.to(Number(url.port))
    t.after(() => wire.stop())
    url.port = String(wire.port)
    const start = () => sync({ data: path('data'), databaseUrl: url.href })
    const killed = await torment(wire, start, { kills: KILLS, packetsMax: 40 })
    assert.ok(killed >= Math.min(5, KILLS), `seed ${String(SEED)}: ${String(killed)} were killed`)
    assert.deepEqual(await rowsOf(backend.db), wanted, `seed ${String(SEED)}`)
  })

  it('given PGlite, when killed at any request and run again, the books are those of an undisturbed run', async (t) => {
    const wire = await Wire.to(Number(new URL(chain.url).port))
    t.after(() => wire.stop())
    const data = path('pglite')
    const start = () => sync({ data, rpcUrl: `http://127.0.0.1:${String(wire.port)}` })
    // The first is killed while it makes the database.
    mkdirSync(join(data, 'pglite'), { recursive: true })
    const first = start()
    const watcher = watch(join(data, 'pglite'), () => first.kill())
    assert.equal((await first.end()).signal, 'SIGKILL')
    watcher.close()
    const killed = await torment(wire, start, { kills: Math.ceil(KILLS / 2), packetsMax: 16 })
    assert.ok(killed >= Math.min(3, KILLS), `seed ${String(SEED)}: ${String(killed)} were killed`)
    const opened = await openDatabase({ directory: data })
    assert.deepEqual(await rowsOf(opened.db), wanted, `seed ${String(SEED)}`)
    await opened.close()
  })
})
