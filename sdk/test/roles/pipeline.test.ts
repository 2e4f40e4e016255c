/**
 * pipelined payments
 * |-- given 1,000 payments at once ... all are accepted in order, once, and not more than a bound wait for the disk
 * |-- given 3,000 payments at once over a network that holds few ... none is lost
 * |-- given a bad payment in the middle
 * |   |-- it accepts those before it, refuses it, and takes none behind it
 * |   `-- when the payer comes back ... it goes on behind those that were accepted
 * |-- given a disk that fails in the middle ... nothing behind it is accepted
 * |-- given bytes that are no message behind payments ... those are accepted, and on disk before it resolves
 * |-- given a connection that ends while payments are written ... it resolves after they are on disk, with what ended it
 * |-- given payments that the connection before still delivers after hello
 * |   |-- when the payer sends them again ... they are accepted, and not served twice
 * |   `-- when it sends another payment of such a version ... it is refused
 * |-- given a payment that was signed for the connection before, and stored after the payer came back ... it is sent, too
 * |-- given a payment that is verified and on disk ... it is served before the payer hears of it
 * `-- given a service that fails ... the payment stays accepted, and the session ends
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import type { Message } from '../../src/protocol/Message.ts'
import type { Payment } from '../../src/protocol/Payment.ts'
import { collect, turns } from '../helpers/async.ts'
import type { Interception } from '../helpers/interceptedStore.ts'
import { diskFailure, gate, intercepted } from '../helpers/interceptedStore.ts'
import { PRICE, YEN, agreedRoles, itemOf, roleWorld } from '../helpers/roleWorld.ts'
import { greetAsPayer, meet, scripted, serve, startSession } from '../helpers/sessions.ts'

/** Rich enough for thousands of payments. */
function richWorld() {
  const world = roleWorld()
  world.chain.change({ deposit: 1_000_000n * YEN })
  return { ...world, limits: { ...world.limits, maxTotal: 1_000_000n * YEN } }
}

async function arrange(interception: Interception = {}) {
  const world = richWorld()
  const store = intercepted(world.stores.payee, interception)
  const roles = await agreedRoles(world, { payee: { store }, payer: { limits: world.limits } })
  return { world, ...roles }
}

function messageOf({ channelId, version, cumulativeAmount, amount, timestamp, item, signature }: Payment): Message {
  return { type: 'payment', channelId, version, cumulativeAmount, amount, timestamp, ...item, signature }
}

/** A payer that has greeted, with `count` payments signed and not sent. */
async function greeted(count: number, interception: Interception = {}, onAccepted?: (payment: Payment) => void) {
  const { world, payer, payee } = await arrange(interception)
  const payments = await Promise.all(Array.from({ length: count }, () => payer.pay(itemOf(1n))))
  const pair = memoryPair()
  const served = serve(payee, pair, onAccepted)
  const peer = scripted(pair.left)
  await greetAsPayer(peer, { payer, payee })
  return { world, payer, payee, payments, pair, peer, served }
}

async function heard(peer: ReturnType<typeof scripted>): Promise<string[]> {
  const all: string[] = []
  for (let message = await peer.hear(); message !== undefined; message = await peer.hear()) {
    all.push('version' in message ? `${message.type} ${message.version}` : message.type)
  }
  return all
}

describe('pipelined payments', () => {
  it('given 1,000 payments at once ... all are accepted in order, once, and not more than a bound wait for the disk', async () => {
    let writing = 0
    let most = 0
    const { payer, payee } = await arrange({
      append: async (write) => {
        most = Math.max(most, ++writing)
        await turns(1)
        await write()
        writing--
      },
    })
    const pair = memoryPair()
    const accepted: bigint[] = []
    const served = serve(payee, pair, ({ version }) => accepted.push(version))
    const session = await startSession(payer, pair)
    const payments = await Promise.all(Array.from({ length: 1000 }, () => session.pay(itemOf(1n))))
    assert.deepEqual(
      accepted,
      payments.map(({ version }) => version),
    )
    assert.deepEqual(payee.progress, payer.progress)
    assert.equal(payer.progress.cumulativeAmount, 1000n * PRICE)
    assert(most > 1 && most <= 256, `${most} payments waited for the disk`)
    await session.acknowledge()
    await session.close()
    assert.equal(await served, undefined)
  })

  it('given 3,000 payments at once over a network that holds few ... none is lost', async () => {
    const { payer, payee } = await arrange()
    const pair = memoryPair({ inboundFramesMax: 4, outboundFramesMax: 4 })
    const { session, served } = await meet({ payer, payee }, pair)
    const payments = await Promise.all(Array.from({ length: 3000 }, () => session.pay(itemOf(1n))))
    assert.equal(payments.at(-1)?.version, 3000n)
    assert.deepEqual(payee.progress, payer.progress)
    await session.close()
    assert.equal(await served, undefined)
  })

  it('given a bad payment in the middle ... it accepts those before it, refuses it, and takes none behind it', async () => {
    const { opened, open } = gate()
    const { payments, peer, payee, served } = await greeted(9, { append: (write) => opened.then(write) })
    for (const [index, payment] of payments.entries()) {
      const message = messageOf(payment)
      await peer.say(index === 5 ? ({ ...message, cumulativeAmount: 9n * PRICE } as Message) : message)
    }
    // The disk is slower than the check of the bad one.
    await turns()
    open()
    const answers = ['accepted 1', 'accepted 2', 'accepted 3', 'accepted 4', 'accepted 5', 'refused 5']
    assert.deepEqual(await heard(peer), answers)
    assert.equal((await served)?.name, 'Payment.WrongAmountError')
    assert.equal(payee.progress.version, 5n)
  })

  it('given a bad payment in the middle ... when the payer comes back ... it goes on behind those that were accepted', async () => {
    const { payer, payee, payments, peer, served } = await greeted(9)
    for (const payment of payments.slice(0, 4)) await peer.say(messageOf(payment))
    await peer.say(messageOf(payments[6]!))
    assert.equal((await served)?.name, 'Payment.WrongAmountError')
    const { session } = await meet({ payer, payee })
    assert.deepEqual(payee.progress, payer.progress)
    assert.equal((await session.pay(itemOf(1n))).version, 10n)
    await session.close()
  })

  it('given a disk that fails in the middle ... nothing behind it is accepted', async () => {
    const append = (write: () => Promise<void>, call: number) => (call === 4 ? Promise.reject(diskFailure) : write())
    const { world, payments, peer, served } = await greeted(9, { append })
    for (const payment of payments) await peer.say(messageOf(payment)).catch(() => undefined)
    const answers = await heard(peer)
    assert.deepEqual(answers.slice(0, 3), ['accepted 1', 'accepted 2', 'accepted 3'])
    assert.match(answers[3]!, /^refused/)
    assert.equal(answers.length, 4)
    assert.equal((await served)?.name, 'Payment.ChannelFrozenError')
    // Opened again, it takes what it has not told to have accepted.
    const reopened = await world.openPayee()
    assert(reopened.progress.version >= 3n)
  })

  it('given bytes that are no message behind payments ... those are accepted, and on disk before it resolves', async () => {
    const { opened, open } = gate()
    const { world, payments, peer, served } = await greeted(3, { append: (write) => opened.then(write) })
    for (const payment of payments) await peer.say(messageOf(payment))
    await peer.sayBytes(Uint8Array.of(9, 9, 9))
    await turns()
    open()
    assert.deepEqual(await heard(peer), ['accepted 1', 'accepted 2', 'accepted 3', 'refused 3'])
    assert.equal((await served)?.name, 'Codec.BadMessageError')
    assert.equal((await world.stores.payee.newest(world.record.channelId))?.version, 3n)
  })

  for (const [how, error] of [
    ['cut', 'Transport.ConnectionLostError'],
    ['closed', undefined],
  ] as const) {
    it(`given a connection that ends while payments are written ... it resolves after they are on disk, with what ended it (${how})`, async () => {
      const { opened, open } = gate()
      const served: Payment[] = []
      const scene = await greeted(3, { append: (write) => opened.then(write) }, (payment) => served.push(payment))
      for (const payment of scene.payments) await scene.peer.say(messageOf(payment))
      await turns()
      if (how === 'cut') scene.pair.cut()
      else await scene.peer.close()
      let resolved = false
      const ended = scene.served.finally(() => (resolved = true))
      await turns()
      assert.equal(resolved, false)
      open()
      assert.equal((await ended)?.name, error)
      assert.equal(served.length, 3)
      const { channelId } = scene.world.record
      assert.equal((await collect(scene.world.stores.payee.payments(channelId, 0n))).length, 3)
    })
  }

  it('given payments that the connection before still delivers after hello ... when the payer sends them again ... they are accepted, and not served twice', async () => {
    const served: bigint[] = []
    const { payer, payee, payments, peer } = await greeted(3, {}, ({ version }) => served.push(version))
    const pair = memoryPair()
    const again = scripted(pair.left)
    const serving = serve(payee, pair, ({ version }) => served.push(version))
    assert.equal((await greetAsPayer(again, { payer, payee }))?.type, 'empty')
    for (const payment of payments) await peer.say(messageOf(payment))
    for (const _ of payments) assert.equal((await peer.hear())?.type, 'accepted')
    for (const payment of payments) await again.say(messageOf(payment))
    for (const { version, cumulativeAmount, channelId } of payments) {
      assert.deepEqual(await again.hear(), { type: 'accepted', channelId, version, cumulativeAmount })
    }
    assert.deepEqual(served, [1n, 2n, 3n])
    // A second time in one session it is a replay.
    await again.say(messageOf(payments[2]!))
    assert.deepEqual(await heard(again), ['refused 3'])
    assert.equal((await serving)?.name, 'Payment.StaleVoucherError')
  })

  it('given payments that the connection before still delivers after hello ... when it sends another payment of such a version ... it is refused', async () => {
    const { payer, payee, payments, peer } = await greeted(2)
    const pair = memoryPair()
    const again = scripted(pair.left)
    const serving = serve(payee, pair)
    await greetAsPayer(again, { payer, payee })
    for (const payment of payments) await peer.say(messageOf(payment))
    await peer.hear()
    await peer.hear()
    await again.say(messageOf({ ...payments[0]!, signature: payments[1]!.signature }))
    assert.deepEqual(await heard(again), ['refused 2'])
    assert.equal((await serving)?.name, 'Payment.StaleVoucherError')
  })

  it('given a payment that was signed for the connection before, and stored after the payer came back ... it is sent, too', async () => {
    const world = richWorld()
    const { opened, open } = gate()
    const secureElement = { ready: Promise.resolve() }
    const slow = {
      signer: world.payer.signer,
      sign: async (digest: Uint8Array) => {
        await secureElement.ready
        return world.payer.sign(digest)
      },
    }
    const { payer, payee } = await agreedRoles(world, { payer: { signer: slow } })
    const before = await meet({ payer, payee })
    secureElement.ready = opened
    const late = before.session.pay(itemOf(1n))
    await turns()
    before.pair.cut()
    const { session } = await meet({ payer, payee })
    const next = session.pay(itemOf(2n))
    open()
    await assert.rejects(late, { name: 'Session.SessionEndedError' })
    assert.equal((await next).version, 2n)
    assert.deepEqual(payee.progress, payer.progress)
    await session.close()
  })

  it('given a payment that is verified and on disk ... it is served before the payer hears of it', async () => {
    const log: string[] = []
    const append = async (write: () => Promise<void>) => {
      await write()
      log.push('on disk')
    }
    const { payments, peer } = await greeted(1, { append }, () => log.push('served'))
    await peer.say(messageOf(payments[0]!))
    assert.equal((await peer.hear())?.type, 'accepted')
    log.push('heard')
    assert.deepEqual(log, ['on disk', 'served', 'heard'])
    await peer.close()
  })

  it('given a service that fails ... the payment stays accepted, and the session ends', async () => {
    const broken = new Error('the plug is stuck')
    const fail = () => {
      throw broken
    }
    const { payments, peer, payee, served, payer } = await greeted(2, {}, fail)
    await peer.say(messageOf(payments[0]!))
    assert.deepEqual(await heard(peer), ['refused 1'])
    assert.equal(await served, broken)
    const { session } = await meet({ payer, payee })
    assert.equal(payee.progress.version, 2n)
    await session.close()
  })
})
