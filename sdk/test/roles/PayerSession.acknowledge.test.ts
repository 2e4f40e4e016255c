/**
 * PayerSession.acknowledge
 * |-- given a signature that is not the payee's over it ... it throws WrongSignerError
 * |-- given another total, version or root than it signed ... it throws HistoryMismatchError
 * |-- given a connection that is lost before it is asked, or before it answers ... it throws SessionEndedError, once
 * |-- given payments on their way ... it waits for them
 * `-- given the payee's signature over all of it ... it gives the acknowledgement
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import * as Acknowledgement from '../../src/protocol/Acknowledgement.ts'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import * as Voucher from '../../src/protocol/Voucher.ts'
import { ConnectionLostError } from '../../src/ports/TransportErrors.ts'
import { turns } from '../helpers/async.ts'
import { PRICE, agreedRoles, domains, elsewhere, itemOf, named, roleWorld, verifier } from '../helpers/roleWorld.ts'
import { greetAsPayee, meet, scripted, startSession } from '../helpers/sessions.ts'

/** A payer that has paid once, and asks a scripted peer for an acknowledgement. */
async function asked() {
  const world = roleWorld()
  const { payer, payee } = await agreedRoles(world)
  const payment = await payer.pay(itemOf(1n))
  await payee.accept(payment)
  const pair = memoryPair()
  const peer = scripted(pair.right)
  const starting = startSession(payer, pair)
  await greetAsPayee(peer, payee)
  const acknowledging = (await starting).acknowledge()
  assert.equal((await peer.hear())?.type, 'acknowledge')
  const progress = { channelId: payment.channelId, ...payer.progress }
  return { world, payer, peer, acknowledging, progress }
}

type Message = Acknowledgement.Acknowledgement

describe('PayerSession.acknowledge', () => {
  for (const [who, domain] of [
    ['payer', domains.escrow],
    ['payee', elsewhere],
    ['payee', domains.registry],
  ] as const) {
    it(`given a signature that is not the payee's over it ... it throws WrongSignerError (${who}, ${domain.name} on ${domain.chainId})`, async () => {
      const { world, peer, acknowledging, progress } = await asked()
      const digest = Acknowledgement.hasher({ channelId: progress.channelId, domain })(progress)
      await peer.say({ type: 'acknowledgement', ...progress, signature: toHex(await world[who].sign(digest)) })
      const expected = { name: 'Payment.WrongSignerError', expected: world.payee.signer }
      await assert.rejects(acknowledging, expected)
    })
  }

  it("given a signature that is not the payee's over it ... it throws WrongSignerError (over a voucher)", async () => {
    const { world, peer, acknowledging, progress } = await asked()
    const digest = Voucher.hasher({ channelId: progress.channelId, domain: domains.escrow })(progress)
    await peer.say({ type: 'acknowledgement', ...progress, signature: toHex(await world.payee.sign(digest)) })
    await assert.rejects(acknowledging, { name: 'Payment.WrongSignerError' })
  })

  const others: [string, (progress: Message) => Message][] = [
    ['less', (progress) => ({ ...progress, cumulativeAmount: PRICE - 1n })],
    ['more', (progress) => ({ ...progress, cumulativeAmount: PRICE + 1n })],
    ['an older version', (progress) => ({ ...progress, version: 0n })],
    ['another history', (progress) => ({ ...progress, receiptsRoot: named('another history') })],
  ]
  for (const [name, change] of others) {
    it(`given another total, version or root than it signed ... it throws HistoryMismatchError (${name})`, async () => {
      const { world, peer, acknowledging, progress } = await asked()
      const message = change(progress)
      const digest = Acknowledgement.hasher({ channelId: progress.channelId, domain: domains.escrow })(message)
      await peer.say({ type: 'acknowledgement', ...message, signature: toHex(await world.payee.sign(digest)) })
      await assert.rejects(acknowledging, { name: 'Payment.HistoryMismatchError' })
    })
  }

  it('given a connection that is lost before it is asked, or before it answers ... it throws SessionEndedError, once', async () => {
    const { peer, acknowledging } = await asked()
    await peer.close()
    await assert.rejects(acknowledging, { name: 'Session.SessionEndedError' })
  })

  it('given a connection that is lost before it is asked, or before it answers ... it throws SessionEndedError, once (sending fails first)', async () => {
    const world = roleWorld()
    const pair = memoryPair()
    let failing = false
    const send = (frame: Uint8Array) =>
      failing ? Promise.reject(new ConnectionLostError({ given: 'it was cut' })) : pair.left.send(frame)
    const { left } = pair
    const wrapped = { send, frames: left.frames, closed: left.closed, close: () => left.close() }
    const { session } = await meet(await agreedRoles(world), { ...pair, left: wrapped })
    failing = true
    await assert.rejects(session.acknowledge(), { name: 'Session.SessionEndedError' })
    // The end of the connection is seen later: it must not reject what nobody waits for any more.
    pair.cut()
    await turns()
    await assert.rejects(session.acknowledge(), { name: 'Session.SessionEndedError' })
  })

  it('given payments on their way ... it waits for them', async () => {
    const world = roleWorld()
    const { payer, payee } = await agreedRoles(world)
    const { session } = await meet({ payer, payee })
    const paying = Array.from({ length: 20 }, () => session.pay(itemOf(1n)))
    await turns()
    const { version, cumulativeAmount } = await session.acknowledge()
    assert.deepEqual({ version, cumulativeAmount }, { version: 20n, cumulativeAmount: 20n * PRICE })
    await Promise.all(paying)
    await session.close()
  })

  it("given the payee's signature over all of it ... it gives the acknowledgement", async () => {
    for (const payeeKind of ['secp256k1', 'p256'] as const) {
      const world = roleWorld({ payeeKind })
      const { payer, payee } = await agreedRoles(world)
      const { session, served } = await meet({ payer, payee })
      await session.pay(itemOf(3n))
      const { signature, ...message } = await session.acknowledge()
      const { channelId } = world.record
      assert.deepEqual(message, { channelId, ...payer.progress })
      const digest = Acknowledgement.hasher({ channelId, domain: domains.escrow })(message)
      assert.equal(verifier.verify(world.payee.signer, digest, fromHex(signature)), true)
      await session.close()
      assert.equal(await served, undefined)
    }
  })
})
