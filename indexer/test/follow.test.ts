/**
 * sync --follow
 * |-- given new final blocks ... it reads them, and says so
 * |-- given the node goes away and comes back ... it goes on
 * |-- given SIGTERM or SIGINT ... it exits 0 with the cursor where the books are, also while the node is silent
 * `-- given a node that stays away ... it asks so often, and exits 1
 */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { type Backend, startBackend } from './support/backends.ts'
import { DEPLOYMENT, FakeChain, FLOAT } from './support/FakeChain.ts'
import { Indexer } from './support/Indexer.ts'
import { RealChain } from './support/RealChain.ts'
import { RpcServer } from './support/RpcServer.ts'
import { Wire } from './support/Wire.ts'

describe('sync --follow', () => {
  let folder: string
  let backend: Backend
  const path = (name: string): string => join(folder, name)
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'musubi-follow-'))
    writeFileSync(path('deployment.json'), JSON.stringify(DEPLOYMENT))
    backend = await startBackend('postgres')
  })
  beforeEach(() => backend.fresh())
  after(async () => {
    await backend.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const follow = (t: TestContext, url: string, ...more: readonly string[]): Indexer => {
    const node = ['--rpc-url', url, '--poll-seconds', '0.05', '--timeout-seconds', '3600']
    const place = ['--deployment', path('deployment.json'), '--data', path('data')]
    const run = new Indexer(['sync', '--follow', ...place, ...node, ...more], backend.url ?? '')
    t.after(() => run.signal('SIGKILL'))
    return run
  }
  const cursor = async () =>
    (await backend.db.selectFrom('chain').select('cursor_number').executeTakeFirst())?.cursor_number
  const served = async (t: TestContext): Promise<{ server: RpcServer; chain: FakeChain }> => {
    const chain = new FakeChain()
    chain.mine()
    chain.deposit(FLOAT, 5n)
    const server = await RpcServer.start(chain)
    t.after(() => server.stop())
    return { server, chain }
  }

  it('given a real chain, when it goes on, its node goes away and comes back, it reads every settlement', async (t) => {
    const chain = await RealChain.start(path('deployments'))
    t.after(() => chain.stop())
    const wire = await Wire.to(Number(new URL(chain.url).port))
    t.after(() => wire.stop())
    await chain.finalize()
    const settled = async () => (await backend.db.selectFrom('settlement').select('version').execute()).length
    const run = follow(t, `http://127.0.0.1:${String(wire.port)}`, '--deployment', chain.deploymentPath)
    await run.says(/blocks: \d+ of \d+/)
    run.stderr = ''
    await chain.settle(2)
    await chain.finalize()
    await run.says(/blocks: \d+ of \d+/)
    wire.cut()
    await run.says(/Rpc\.UnreachableError/)
    await chain.settle(1)
    await chain.finalize()
    run.stderr = ''
    wire.mend()
    await run.says(/blocks: \d+ of \d+/)
    assert.deepEqual(await run.signal('SIGTERM'), { code: 0, signal: null })
    assert.equal(await settled(), 9)
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(
      `given ${signal} while the node is silent, it exits 0 at once with the cursor where the books are`,
      { timeout: 60_000 },
      async (t) => {
        const { server, chain } = await served(t)
        const run = follow(t, server.url, '--log-level', 'info', '--json')
        await run.says(/promoted/)
        const silent = new Promise<void>((resolve) => {
          server.fault = () => {
            resolve()
            return 'silence'
          }
        })
        chain.mine()
        await silent
        assert.deepEqual(await run.signal(signal), { code: 0, signal: null }, run.stderr)
        assert.deepEqual(run.json, { chainId: '31337', from: '0', cursor: '1', logs: 2 })
        assert.equal(await cursor(), 1n)
      },
    )
  }

  it('given a node that stays away, when asked so often, it exits 1 and keeps what was read', async (t) => {
    const { server } = await served(t)
    const run = follow(t, server.url, '--retries', '1', '--log-level', 'info', '--json')
    await run.says(/promoted/)
    await server.stop()
    assert.equal((await run.end()).code, 1)
    assert.match(run.stderr, /"count":1,"of":1/)
    assert.equal((run.json as { error: { name: string } }).error.name, 'Rpc.UnreachableError')
    assert.equal(await cursor(), 1n)
  })

  it('given a chain that changed, when followed, it exits 1 and asks no more', async (t) => {
    const { server } = await served(t)
    const run = follow(t, server.url, '--log-level', 'info', '--json')
    await run.says(/promoted/)
    const other = new FakeChain('another fork')
    other.mine()
    server.serve(other)
    assert.equal((await run.end()).code, 1)
    assert.equal((run.json as { error: { name: string } }).error.name, 'Ingest.ChainChangedError')
  })
})
