import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { connect } from '../src/ingest/Rpc.ts'
import { sync } from '../src/ingest/sync.ts'
import type { Database } from '../src/database/open.ts'
import { type Backend, BACKENDS, startBackend } from './support/backends.ts'
import { Car } from './support/Car.ts'
import { FailAt, StatementFailed } from './support/FailAt.ts'
import { FakeChain, FLOAT, packTotals, TARGET } from './support/FakeChain.ts'
import { type Fault, RpcServer } from './support/RpcServer.ts'

const YEN = 10n ** 18n
/** A root that no payer ever signed. */
const PAYEES_WORD = `0x${'ee'.repeat(32)}` as const
const FACTS = [
  'raw_log',
  'attester_change',
  'binding',
  'channel',
  'deposit',
  'settlement',
  'closure',
  'refund',
  'entry',
  'posting',
] as const

for (const name of BACKENDS) {
  describe(`ingest on ${name}`, () => {
    let backend: Backend
    let db: Database
    let chain: FakeChain
    let server: RpcServer
    let car: Car

    before(async () => {
      backend = await startBackend(name)
      server = await RpcServer.start(new FakeChain())
    })
    after(async () => {
      await server.stop()
      await backend.stop()
    })
    beforeEach(async () => {
      db = await backend.fresh()
      chain = lifeOfAChannel()
      server.serve(chain)
    })
    afterEach(() => {
      server.fault = () => undefined
    })

    /** A channel from its opening to its close, in blocks 1 to 6. */
    const lifeOfAChannel = (salt = ''): FakeChain => {
      const made = new FakeChain(salt)
      car = new Car({ name: 'car-1', party: 'party-1', funder: FLOAT })
      made.mine()
      made.deposit(FLOAT, 1_000n * YEN)
      made.mine()
      car.start(made, 100n * YEN)
      made.mine()
      made.emit('escrow', 'ChannelToppedUp', { channelId: car.channelId, deposit: 150n * YEN, source: 1 })
      made.mine()
      made.settle(car.channelId, { settled: 20n * YEN, version: 2n }, car.channelId)
      made.emit('escrow', 'RowSkipped', { channelId: car.channelId, reason: 1 })
      made.mine()
      made.emit('escrow', 'CloseRequested', { channelId: car.channelId, closeAt: 1_800_000_000 })
      made.mine()
      made.emit('escrow', 'CloseFinalized', { channelId: car.channelId, settled: 20n * YEN, refund: 130n * YEN })
      made.emit('escrow', 'PayoutWithdrawn', {
        account: car.channel.beneficiary,
        token: car.channel.token,
        amount: 20n * YEN,
      })
      return made
    }
    const run = (database = db) =>
      sync(database, connect(server.url, { retries: 0, timeoutMs: 300, answerBytesMax: 65_536 }), TARGET)
    const cursor = async () => (await db.selectFrom('chain').select('cursor_number').executeTakeFirst())?.cursor_number
    const counts = async () =>
      Promise.all(
        FACTS.map(async (table) => {
          const rows = await sql<{ count: bigint }>`select count(*) from ${sql.table(table)}`.execute(db)
          return `${table} ${String(rows.rows[0]?.count)}`
        }),
      )
    const balanceOf = async (account: string) =>
      (
        await db
          .selectFrom('posting')
          .select((eb) => eb.fn.sum<bigint>('amount').as('sum'))
          .where('account', '=', account)
          .executeTakeFirst()
      )?.sum

    it('given a final chain, when synced, it writes facts and postings and moves the cursor', async () => {
      assert.deepEqual(await run(), { from: 0n, to: 6n, logs: 10 })
      assert.deepEqual(await counts(), [
        ...[
          'raw_log 10',
          'attester_change 1',
          'binding 1',
          'channel 1',
          'deposit 3',
          'settlement 1',
          'closure 1',
          'refund 1',
        ],
        ...['entry 5', 'posting 10'],
      ])
      assert.equal(await balanceOf('FLOAT'), -1_000n * YEN)
      assert.equal(await balanceOf('ESCROW_BALANCE'), 980n * YEN - 0n)
      assert.equal(await balanceOf('ESCROW_DEPOSIT'), 0n)
      assert.equal(await balanceOf('UNBILLED'), 20n * YEN)
    })

    it('given it is synced, when synced again, it changes nothing', async () => {
      await run()
      assert.deepEqual(await run(), { from: 6n, to: 6n, logs: 0 })
    })

    it('given blocks that are not final, when synced, it leaves them alone', async () => {
      chain.finalized = 4
      assert.equal((await run()).to, 4n)
      chain.finalized = 6
      assert.deepEqual(await run(), { from: 4n, to: 6n, logs: 3 })
    })

    it('given the n-th statement fails, for every n, when synced again, it ends as if nothing had happened', async () => {
      await run()
      const wanted = await counts()
      // The embedded database takes its time: every third statement there, every one on the server.
      for (let at = 1; ; at += name === 'pglite' ? 3 : 1) {
        await backend.fresh()
        const fault = new FailAt(at)
        const outcome = await run(db.withPlugin(fault)).catch((error: unknown) => error)
        if (fault.isOver) break
        assert.ok(outcome instanceof StatementFailed, `statement ${String(at)}: ${String(outcome)}`)
        const between = await cursor()
        assert.ok(between === undefined || between === 0n, `cursor at ${String(between)} after statement ${String(at)}`)
        await run()
        assert.deepEqual(await counts(), wanted, `after statement ${String(at)}`)
      }
    })

    it('given a range that is too wide for the node, when synced, it asks for less and gets all of it', async () => {
      server.fault = ({ method, params }) => {
        const { fromBlock, toBlock } = (params?.[0] ?? {}) as { fromBlock: string; toBlock: string }
        if (method !== 'eth_getLogs' || Number(toBlock) - Number(fromBlock) < 2) return undefined
        return { error: { code: -32005, message: 'query returned more than 10000 results' } }
      }
      assert.deepEqual(await run(), { from: 0n, to: 6n, logs: 10 })
    })

    const lie =
      (method: string, change: (answer: never) => unknown): Fault =>
      (request, honest) =>
        request.method === method ? { result: change(honest() as never) } : undefined
    type LogAnswer = { address: string; topics: string[]; blockHash: string; logIndex: string; data: string }[]
    const logs = (change: (logs: LogAnswer) => unknown): Fault => lie('eth_getLogs', change)
    const first = (change: object): Fault => logs(([log, ...rest]) => [{ ...log, ...change }, ...rest])

    const faults: readonly [string, string, Fault][] = [
      ['another chain id', 'Ingest.ChainChangedError', lie('eth_chainId', () => '0x1')],
      ['no chain id', 'Rpc.AnswerError', lie('eth_chainId', () => null)],
      ['nothing', 'Rpc.UnreachableError', () => 'silence'],
      ['an error', 'Rpc.RefusedError', () => ({ error: { code: -32000, message: 'internal error' } })],
      ['half of its answer', 'Rpc.UnreachableError', () => ({ raw: '[{"jsonrpc":"2.0","id":0,"res', status: 200 })],
      ['a page for people', 'Rpc.UnreachableError', () => ({ raw: '<html>busy</html>', status: 503 })],
      ['a number that is too long', 'Rpc.AnswerError', lie('eth_chainId', () => `0x${'1'.repeat(17)}`)],
      ['more bytes than anybody needs', 'Rpc.RefusedError', () => ({ raw: `"${'x'.repeat(70_000)}"`, status: 200 })],
      ['no finalized block', 'Rpc.AnswerError', lie('eth_getBlockByNumber', () => null)],
      ['no list of logs', 'Rpc.AnswerError', logs(() => ({}))],
      ['a removed log', 'Rpc.AnswerError', first({ removed: true })],
      ['a log of another contract', 'Ingest.BadLogsError', first({ address: FLOAT })],
      ['a log of another block', 'Ingest.BadLogsError', first({ blockHash: `0x${'ab'.repeat(32)}` })],
      ['a log outside the range', 'Ingest.BadLogsError', first({ blockNumber: '0x0' })],
      ['a log twice', 'Ingest.BadLogsError', logs((all) => [...all, all[0]])],
      ['an event nobody knows', 'Ingest.BadLogsError', first({ topics: [`0x${'cd'.repeat(32)}`] })],
      ['an event cut short', 'Ingest.BadLogsError', first({ data: '0x00' })],
      ['no opening of the channel', 'Ingest.BadLogsError', logs((all) => all.filter((_, index) => index !== 3))],
      ['no accreditation', 'Ingest.BadLogsError', logs((all) => all.filter((_, index) => index !== 0))],
      ['no binding', 'Ingest.BadLogsError', logs((all) => all.filter((_, index) => index !== 2))],
      ['no settlement', 'Ingest.BadLogsError', logs((all) => all.filter((_, index) => index !== 5))],
      [
        'headers that do not follow each other',
        'Ingest.ChainChangedError',
        lie('eth_getBlockByNumber', (block: object) => ({ ...block, parentHash: `0x${'ab'.repeat(32)}` })),
      ],
    ]
    // What a node says does not depend on the database: the faster one is enough.
    for (const [answer, error, fault] of name === 'postgres' ? faults : []) {
      it(`given a node that answers ${answer}, when synced, it fails with ${error} and writes nothing`, async () => {
        server.fault = fault
        await assert.rejects(run(), { name: error })
        const before = await cursor()
        assert.ok(before === undefined || before === 0n)
        assert.equal((await counts())[0], 'raw_log 0')
        server.fault = () => undefined
        assert.equal((await run()).to, 6n)
      })
    }

    it('given logs in another order, when synced, it writes the same entries', async () => {
      await run()
      const wanted = await db.selectFrom('posting').selectAll().orderBy('entry_id').orderBy('posting_no').execute()
      await backend.fresh()
      server.fault = logs((all) => [...all].reverse())
      await run()
      assert.deepEqual(
        await db.selectFrom('posting').selectAll().orderBy('entry_id').orderBy('posting_no').execute(),
        wanted,
      )
    })

    it('given the cursor’s block is another one now, when synced, it stops with ChainChangedError', async () => {
      await run()
      const other = lifeOfAChannel('another fork')
      other.mine()
      server.serve(other)
      await assert.rejects(run(), { name: 'Ingest.ChainChangedError' })
      assert.equal(await cursor(), 6n)
    })

    it('given the finalized block moved back, when synced, it stops with ChainChangedError', async () => {
      await run()
      chain.finalized = 5
      await assert.rejects(run(), { name: 'Ingest.ChainChangedError', given: '5' })
    })

    it('given books of another deployment, when synced, it stops with ChainChangedError', async () => {
      await run()
      const rpc = connect(server.url, { retries: 0 })
      await assert.rejects(sync(db, rpc, { ...TARGET, escrow: FLOAT }), { name: 'Ingest.ChainChangedError' })
    })

    it('given a token with 19 decimals, when synced, it fails with BadTokenError', async () => {
      chain.decimals = 19
      await assert.rejects(run(), { name: 'Ingest.BadTokenError', given: '19' })
    })

    it('given a close that needed no voucher, when synced, what the payee alone said of it is no fact', async () => {
      const quiet = new FakeChain()
      quiet.mine()
      car.start(quiet, 100n * YEN)
      quiet.settle(car.channelId, { settled: 20n * YEN, version: 2n }, car.channelId)
      quiet.close(car.channelId, { settled: 20n * YEN, version: 9n, receiptsRoot: PAYEES_WORD, refund: 80n * YEN })
      server.serve(quiet)
      await run()
      const closure = await db.selectFrom('closure').selectAll().executeTakeFirstOrThrow()
      assert.equal(closure.settled, 20n * YEN)
      assert.deepEqual([closure.authorised_amount, closure.version, closure.receipts_root], [null, null, null])
      const settlements = await db.selectFrom('settlement').select(['version', 'receipts_root']).execute()
      assert.deepEqual(settlements, [{ version: 2n, receipts_root: car.channelId }])
    })

    it('given a close by a voucher, when synced, its version and root are the payer’s', async () => {
      const quiet = new FakeChain()
      quiet.mine()
      car.start(quiet, 100n * YEN)
      const totals = { settled: 30n * YEN, authorised: 40n * YEN, version: 3n }
      quiet.close(car.channelId, { ...totals, receiptsRoot: car.channelId, refund: 70n * YEN })
      server.serve(quiet)
      await run()
      const closure = await db.selectFrom('closure').selectAll().executeTakeFirstOrThrow()
      assert.deepEqual(
        [closure.settled, closure.authorised_amount, closure.version, closure.receipts_root],
        [30n * YEN, 40n * YEN, 3n, car.channelId],
      )
      const settlements = await db.selectFrom('settlement').select(['kind', 'version']).execute()
      assert.deepEqual(settlements, [{ kind: 'CLOSE', version: 3n }])
    })

    it('given a settlement above the deposit, when synced, it fails with BadLogsError', async () => {
      const liar = new FakeChain()
      liar.mine()
      car.start(liar, 10n * YEN)
      liar.emit('escrow', 'VoucherSettled', {
        channelId: car.channelId,
        totals: packTotals({ settled: 11n * YEN, version: 1n }),
        receiptsRoot: car.channelId,
      })
      server.serve(liar)
      await assert.rejects(run(), { name: 'Ingest.BadLogsError' })
    })
  })
}
