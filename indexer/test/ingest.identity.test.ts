import assert from 'node:assert/strict'
import { after, before, beforeEach, it } from 'node:test'
import type { Database } from '../src/database/open.ts'
import { connect } from '../src/ingest/Rpc.ts'
import { sync } from '../src/ingest/sync.ts'
import { type Backend, describeOnEach, startBackend } from './support/backends.ts'
import { Car } from './support/Car.ts'
import { ATTESTER, FakeChain, FLOAT, GENESIS_SECONDS, TARGET } from './support/FakeChain.ts'
import { RpcServer } from './support/RpcServer.ts'

const YEN = 10n ** 18n

describeOnEach('ingest of who vouched', (name) => {
  let backend: Backend
  let db: Database
  let server: RpcServer

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
  })

  const run = () => sync(db, connect(server.url, { retries: 0, timeoutMs: 300, answerBytesMax: 65_536 }), TARGET)
  it('given a leaf activated after its fleet was enrolled, when synced, it was vouched for then', async () => {
    const fleet = new FakeChain()
    fleet.mine(GENESIS_SECONDS + 10)
    const leaf = new Car({ name: 'car-2', party: 'party-1', funder: FLOAT })
    const enrolmentId = `0x${'e1'.repeat(32)}`
    const enrolment = {
      root: enrolmentId,
      count: 10_000,
      partyId: leaf.partyId,
      attester: ATTESTER,
      validFrom: GENESIS_SECONDS,
      validUntil: GENESIS_SECONDS + 100,
    }
    const { partyId } = leaf
    fleet.emit('registry', 'Enrolled', { enrolmentId, partyId, attester: ATTESTER, enrolment, partySigner: '0x01' })
    fleet.mine(GENESIS_SECONDS + 20)
    // Retired, it vouches for nothing new; what was enrolled can be activated all the same.
    fleet.emit('registry', 'AttesterRetired', { attester: ATTESTER, index: 1 })
    fleet.emit('registry', 'LeafActivated', { enrolmentId, index: 7, bindingId: leaf.bindingId })
    leaf.start(fleet, 100n * YEN)
    server.serve(fleet)
    await run()
    const [binding] = await db.selectFrom('binding').select(['attester_index', 'vouched_at']).execute()
    assert.deepEqual(binding, { attester_index: 1, vouched_at: BigInt(GENESIS_SECONDS + 10) })
    const [found] = await db.selectFrom('enrolment').select(['count', 'attester_index', 'party_id']).execute()
    assert.deepEqual(found, { count: 10_000, attester_index: 1, party_id: partyId.toLowerCase() })
  })

  for (const [state, kind, args] of [
    ['a retired attester', 'AttesterRetired', {}],
    ['a compromised attester', 'AttesterCompromised', { since: GENESIS_SECONDS, markedAt: GENESIS_SECONDS + 20 }],
  ] as const) {
    it(`given a binding of ${state}, when synced, it fails with BadLogsError`, async () => {
      const liar = new FakeChain()
      liar.mine()
      liar.emit('registry', kind, { attester: ATTESTER, index: 1, ...args })
      new Car({ name: 'car-1', party: 'party-1', funder: FLOAT }).start(liar, 100n * YEN)
      server.serve(liar)
      await assert.rejects(run(), { name: 'Ingest.BadLogsError' })
    })
  }
})
