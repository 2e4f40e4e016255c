/**
 * a session that is cut
 * `-- given the connection is lost at the n-th frame, before or after it arrives
 *     |-- and both sides go on ... nothing is lost, and nothing is paid or served twice
 *     |-- and the payer starts again from its store ... the same
 *     |-- and the payee starts again from its store ... the same
 *     `-- and both start again ... the same
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import type { Payment } from '../../src/protocol/Payment.ts'
import type { Payee } from '../../src/roles/Payee.ts'
import type { Payer } from '../../src/roles/Payer.ts'
import { collect } from '../helpers/async.ts'
import { PRICE, itemOf, roleWorld } from '../helpers/roleWorld.ts'
import type { Pair } from '../helpers/sessions.ts'
import { cutAtFrame, serve, startSession } from '../helpers/sessions.ts'
import { storeKinds } from '../helpers/stores.ts'

const PAYMENTS = 3
/** hello, offer, agree, empty, then payment and accepted for each, acknowledge, acknowledgement */
const FRAMES = 4 + 2 * PAYMENTS + 2

type Restart = { readonly payer: boolean; readonly payee: boolean }
const RESTARTS: readonly (readonly [string, Restart])[] = [
  ['both sides go on ... nothing is lost, and nothing is paid or served twice', { payer: false, payee: false }],
  ['the payer starts again from its store ... the same', { payer: true, payee: false }],
  ['the payee starts again from its store ... the same', { payer: false, payee: true }],
  ['both start again ... the same', { payer: true, payee: true }],
]

/** Pays until three payments are signed and accepted, as a device does: what it has paid it asks its own progress. */
async function payAll(payer: Payer, pair: Pair): Promise<void> {
  const session = await startSession(payer, pair)
  while (payer.progress.version < BigInt(PAYMENTS)) await session.pay(itemOf(payer.progress.version + 1n))
  await session.acknowledge()
  await session.close()
}

async function run(pair: Pair, restart: Restart, world = roleWorld()) {
  const servedVersions: bigint[] = []
  const onAccepted = ({ version }: Payment) => servedVersions.push(version)
  let payer = await world.openPayer()
  let payee: Payee = await world.openPayee()
  await payee.refresh()
  const serving = serve(payee, pair, onAccepted)
  let error: Error | undefined
  try {
    await payAll(payer, pair)
  } catch (caught) {
    error = caught as Error
  }
  await serving
  if (error !== undefined) {
    assert.equal(error.name, 'Session.SessionEndedError')
    if (restart.payer) payer = await world.openPayer()
    if (restart.payee) payee = await world.openPayee()
    const again = memoryPair()
    const servingAgain = serve(payee, again, onAccepted)
    await payAll(payer, again)
    assert.equal(await servingAgain, undefined)
  }
  return { world, payer, payee, servedVersions, error }
}

describe('a session that is cut', () => {
  for (const [title, restart] of RESTARTS) {
    for (const when of ['before', 'after'] as const) {
      it(`given the connection is lost at the n-th frame, ${when} it arrives, and ${title}`, async () => {
        for (let nth = 1; nth <= FRAMES; nth++) {
          const { world, payer, payee, servedVersions } = await run(cutAtFrame(nth, when), restart)
          const { channelId } = world.record
          assert.deepEqual(payer.progress, payee.progress, `cut ${when} frame ${nth}`)
          // 1 + 2 + 3 units: an item that was paid twice, or lost, would show in the total.
          assert.equal(payer.progress.cumulativeAmount, 6n * PRICE)
          assert.deepEqual(servedVersions, [1n, 2n, 3n])
          const own = await collect(world.stores.payer.payments(channelId, 0n))
          assert.deepEqual(await collect(world.stores.payee.payments(channelId, 0n)), own)
        }
      })
    }
  }

  it('the loop above cuts at every frame, and not behind the last one', async () => {
    const pair = cutAtFrame(FRAMES + 1, 'before')
    const { error } = await run(pair, { payer: false, payee: false })
    assert.equal(error, undefined)
    assert.equal(pair.sent(), FRAMES)
  })

  it('given files and P-256 keys ... the same', async (t) => {
    const kind = storeKinds.find(({ name }) => name === 'sqlite')!
    for (const nth of [4, 6, 7]) {
      const files = await kind.folder(t)
      const world = roleWorld({ payerKind: 'p256', payeeKind: 'p256' })
      world.stores.payer = await files.open(world.record, 'payer')
      world.stores.payee = await files.open(world.record, 'payee')
      const { payer, payee, servedVersions } = await run(cutAtFrame(nth, 'after'), { payer: true, payee: true }, world)
      assert.deepEqual(payer.progress, payee.progress)
      assert.deepEqual(servedVersions, [1n, 2n, 3n])
    }
  })
})
