/**
 * servePayer
 * |-- given hello of a channel that it does not serve ... it refuses with unknown-channel
 * |-- given a message before it is due ... it refuses with bad-message, and tells nothing
 * |-- given a message that only a payee sends ... it refuses with bad-message
 * |-- given bytes that are no message ... it refuses with bad-message
 * |-- given a message of another channel after hello ... it refuses with unknown-channel
 * |-- given an agreement that it did not offer ... it refuses with wrong-agreement
 * |-- given an agreement that another key signed ... it refuses with wrong-signer, and tells nothing
 * |-- given a payment that the payee refuses ... it refuses with the reason
 * |-- given a second hello ... it refuses with bad-message
 * |-- given a payee that cannot be opened ... it refuses with channel-frozen, and tells its caller why
 * |-- given a refusal ... it names the version that it holds, and ends the connection
 * |-- given hello and the payer's signature under the offer ... it tells what it holds
 * |-- given a payer that leaves ... it resolves without an error
 * `-- given a connection that is lost ... it resolves with the error
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Hex } from 'viem'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import type { Message, Refusal } from '../../src/protocol/Message.ts'
import { REFUSALS } from '../../src/protocol/Message.ts'
import type { OfferedPayment, Payee } from '../../src/roles/Payee.ts'
import { servePayer } from '../../src/roles/PayeeSession.ts'
import { manualTimers } from '../../src/testing/manualTimers.ts'
import { turns } from '../helpers/async.ts'
import { diskFailure, intercepted } from '../helpers/interceptedStore.ts'
import { signPayment } from '../helpers/payments.ts'
import { DAY, PRICE, START, agreedRoles, itemOf, named, roleWorld, secp256k1Machine } from '../helpers/roleWorld.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'
import { greetAsPayer, scripted, serve } from '../helpers/sessions.ts'

/** A payee that serves a payer who says what the test tells it to. */
async function serving(world: RoleWorld = roleWorld(), options: Parameters<typeof agreedRoles>[1] = {}) {
  const { payer, payee } = await agreedRoles(world, options)
  const pair = memoryPair()
  const served = serve(payee, pair)
  return { world, payer, payee, pair, served, peer: scripted(pair.left), channelId: world.record.channelId }
}

/** The same, with hello said and answered. */
async function greeted(...args: Parameters<typeof serving>) {
  const scene = await serving(...args)
  assert.equal((await greetAsPayer(scene.peer, scene))?.type, 'empty')
  return scene
}

/** A payee that has accepted a payment, and offers to whoever knows the channel. */
async function offered() {
  const scene = await serving()
  const { world, payee, peer, channelId } = scene
  await payee.accept(await signPayment(world, payee))
  await peer.say({ type: 'hello', channelId, version: 0n })
  assert.equal((await peer.hear())?.type, 'offer')
  return scene
}

type Scene = Awaited<ReturnType<typeof serving>>

async function requireRefused({ peer, served }: Scene, refused: Partial<Message>, name: string): Promise<void> {
  const heard = await peer.hear()
  assert.deepEqual(heard, { type: 'refused', ...heard, ...refused })
  assert.equal(await peer.hear(), undefined)
  assert.equal((await served)?.name, name)
}

function paymentMessage({ item, ...payment }: OfferedPayment): Message {
  return { type: 'payment', ...payment, ...item }
}

describe('servePayer', () => {
  it('given hello of a channel that it does not serve ... it refuses with unknown-channel', async () => {
    const scene = await serving()
    const channelId = named('another channel')
    await scene.peer.say({ type: 'hello', channelId, version: 0n })
    await requireRefused(scene, { channelId, version: 0n, reason: 'unknown-channel' }, 'Payment.ChannelNotOpenError')
  })

  const early: readonly ((channelId: Hex, payment: OfferedPayment) => Message)[] = [
    (channelId) => ({ type: 'agree', channelId, agreementHash: channelId, signature: `0x${'11'.repeat(64)}` }),
    (_, payment) => paymentMessage(payment),
    (channelId) => ({ type: 'acknowledge', channelId }),
  ]
  for (const [index, make] of early.entries()) {
    it(`given a message before it is due ... it refuses with bad-message, and tells nothing (${index}, before hello)`, async () => {
      const scene = await serving()
      await scene.peer.say(make(scene.channelId, await signPayment(scene.world, scene.payee)))
      await requireRefused(scene, { reason: 'bad-message' }, 'Session.UnexpectedMessageError')
      assert.equal(scene.payee.progress.version, 0n)
    })
  }

  for (const [index, make] of early.slice(1).entries()) {
    it(`given a message before it is due ... it refuses with bad-message, and tells nothing (${index}, before agree)`, async () => {
      const scene = await serving()
      const { channelId, peer, payee, world } = scene
      await payee.accept(await signPayment(world, payee))
      const next = await signPayment(world, payee)
      await peer.say({ type: 'hello', channelId, version: 0n })
      assert.equal((await peer.hear())?.type, 'offer')
      await peer.say(make(channelId, next))
      await requireRefused(scene, { version: 0n, reason: 'bad-message' }, 'Session.UnexpectedMessageError')
      assert.equal(payee.progress.version, 1n)
    })
  }

  const payees: readonly ((channelId: Hex) => Message)[] = [
    (channelId) => ({ type: 'empty', channelId }),
    (channelId) => ({ type: 'accepted', channelId, version: 1n, cumulativeAmount: PRICE }),
    (channelId) => ({ type: 'refused', channelId, version: 1n, reason: 'wrong-time' }),
  ]
  for (const make of payees) {
    it(`given a message that only a payee sends ... it refuses with bad-message (${make('0x').type})`, async () => {
      const scene = await greeted()
      await scene.peer.say(make(scene.channelId))
      const { channelId } = scene
      await requireRefused(scene, { channelId, reason: 'bad-message' }, 'Session.UnexpectedMessageError')
    })
  }

  for (const [name, frame] of [
    ['random', new Uint8Array(200).fill(77)],
    ['empty', new Uint8Array()],
    ['unknown type', Uint8Array.of(1, 99)],
    ['as long as a message may be', new Uint8Array(4096).fill(1)],
  ] as const) {
    it(`given bytes that are no message ... it refuses with bad-message (${name})`, async () => {
      const scene = await serving()
      await scene.peer.sayBytes(frame)
      const nobody = { channelId: `0x${'00'.repeat(32)}`, version: 0n, reason: 'bad-message' } as const
      await requireRefused(scene, nobody, 'Codec.BadMessageError')
    })
  }

  it('given a message of another channel after hello ... it refuses with unknown-channel', async () => {
    const scene = await greeted()
    const channelId = named('another channel')
    await scene.peer.say(paymentMessage({ ...(await signPayment(scene.world, scene.payee)), channelId }))
    await requireRefused(scene, { channelId, reason: 'unknown-channel' }, 'Payment.WrongChannelError')
  })

  it('given an agreement that it did not offer ... it refuses with wrong-agreement', async () => {
    const scene = await offered()
    const { channelId, payer, payee, peer } = scene
    const { signature } = await payer.agree(await payee.offer())
    await peer.say({ type: 'agree', channelId, agreementHash: named('another agreement'), signature })
    await requireRefused(scene, { channelId, reason: 'wrong-agreement' }, 'Payment.NotAgreedError')
  })

  it('given an agreement that another key signed ... it refuses with wrong-signer, and tells nothing', async () => {
    const scene = await offered()
    const { channelId, payer, payee, peer } = scene
    const { agreementHash } = await payer.agree(await payee.offer())
    await peer.say({ type: 'agree', channelId, agreementHash, signature: `0x${'11'.repeat(64)}` })
    await requireRefused(scene, { channelId, version: 0n, reason: 'wrong-signer' }, 'Payment.WrongSignerError')
  })

  type Refused = (world: RoleWorld, payee: Payee) => OfferedPayment | Promise<OfferedPayment>
  const refusals: readonly (readonly [Refusal, string, Refused])[] = [
    ['wrong-signer', 'Payment.WrongSignerError', (w, p) => signPayment(w, p, { signer: secp256k1Machine('stranger') })],
    [
      'stale-voucher',
      'Payment.StaleVoucherError',
      async (world, payee) => ({ ...(await signPayment(world, payee)), version: 0n }),
    ],
    ['wrong-amount', 'Payment.WrongAmountError', (world, payee) => signPayment(world, payee, { amount: PRICE - 1n })],
    [
      'wrong-agreement',
      'Agreement.NotValidError',
      (world, payee) => {
        world.clock.seconds = START + 30 * DAY
        return signPayment(world, payee)
      },
    ],
    ['wrong-time', 'Payment.WrongTimeError', (world, payee) => signPayment(world, payee, { timestamp: START + 1301 })],
    [
      'deposit-exceeded',
      'Payment.DepositExceededError',
      async (world, payee) => {
        world.chain.change({ deposit: PRICE - 1n })
        await payee.refresh()
        return signPayment(world, payee)
      },
    ],
    [
      'channel-closing',
      'Payment.ChannelClosingError',
      async (world, payee) => {
        world.chain.change({ payerBindingEndsAtSeconds: START })
        await payee.refresh()
        return signPayment(world, payee)
      },
    ],
    [
      'channel-closed',
      'Payment.ChannelNotOpenError',
      async (world, payee) => {
        await payee.close()
        return signPayment(world, payee)
      },
    ],
  ]
  for (const [reason, name, make] of refusals) {
    it(`given a payment that the payee refuses ... it refuses with the reason (${reason})`, async () => {
      const scene = await greeted()
      await scene.peer.say(paymentMessage(await make(scene.world, scene.payee)))
      await requireRefused(scene, { channelId: scene.channelId, version: 0n, reason }, name)
      assert.equal(await scene.world.stores.payee.newest(scene.channelId), undefined)
    })
  }

  it('given a payment that the payee refuses ... it refuses with the reason (channel-frozen)', async () => {
    const world = roleWorld()
    const store = intercepted(world.stores.payee, { append: () => Promise.reject(diskFailure) })
    const scene = await greeted(world, { payee: { store } })
    await scene.peer.say(paymentMessage(await signPayment(world, scene.payee)))
    await requireRefused(scene, { reason: 'channel-frozen' }, 'Payment.ChannelFrozenError')
  })

  it('the cases above have every reason', () => {
    const elsewhere = ['unknown-channel', 'bad-message', 'channel-frozen', 'not-identified', 'busy']
    const tried = new Set([...refusals.map(([reason]) => reason), ...elsewhere])
    assert.deepEqual([...tried].sort(), [...REFUSALS].sort())
  })

  it('given a second hello ... it refuses with bad-message', async () => {
    for (const other of ['its own channel', 'another channel']) {
      const scene = await greeted()
      const channelId = other === 'another channel' ? named(other) : scene.channelId
      await scene.peer.say({ type: 'hello', channelId, version: 0n })
      await requireRefused(scene, { channelId, reason: 'bad-message' }, 'Session.UnexpectedMessageError')
    }
  })

  it('given a payee that cannot be opened ... it refuses with channel-frozen, and tells its caller why', async () => {
    const { left, right } = memoryPair()
    const served = servePayer({
      connection: right,
      payeeOf: () => Promise.reject(diskFailure),
      timers: manualTimers(),
    })
    const peer = scripted(left)
    await peer.say({ type: 'hello', channelId: named('a channel'), version: 0n })
    const heard = await peer.hear()
    assert.equal(heard?.type === 'refused' && heard.reason, 'channel-frozen')
    assert.equal(await served, diskFailure)
  })

  it('given a refusal ... it names the version that it holds, and ends the connection', async () => {
    const scene = await greeted()
    await scene.peer.say(paymentMessage(await signPayment(scene.world, scene.payee)))
    assert.equal((await scene.peer.hear())?.type, 'accepted')
    const channelId = named('another channel')
    await scene.peer.say({ type: 'acknowledge', channelId })
    await requireRefused(scene, { channelId, version: 1n, reason: 'unknown-channel' }, 'Payment.WrongChannelError')
  })

  it("given hello and the payer's signature under the offer ... it tells what it holds", async () => {
    const { world, payer, payee, peer, channelId, served } = await serving()
    await payee.accept(await signPayment(world, payee))
    await peer.say({ type: 'hello', channelId, version: 7n })
    const offer = await peer.hear()
    assert(offer?.type === 'offer')
    const { agreement, tariff, payeeSignature } = await payee.offer()
    assert.deepEqual(offer.offered, { agreement, tariff, payeeSignature })
    // Nothing more until the payer's key has signed.
    const next = peer.hear()
    await turns()
    await peer.say({ type: 'agree', channelId, ...(await payer.agree(offer.offered)) })
    assert.deepEqual(await next, { type: 'newest', ...payee.newest })
    await peer.close()
    assert.equal(await served, undefined)
  })

  it('given a payer that leaves ... it resolves without an error', async () => {
    const scene = await greeted()
    await scene.peer.close()
    assert.equal(await scene.served, undefined)
  })

  it('given a connection that is lost ... it resolves with the error', async () => {
    const scene = await greeted()
    scene.pair.cut()
    assert.equal((await scene.served)?.name, 'Transport.ConnectionLostError')
    // The payee goes on over the next connection.
    const pair = memoryPair()
    const peer = scripted(pair.left)
    const served = serve(scene.payee, pair)
    assert.equal((await greetAsPayer(peer, scene))?.type, 'empty')
    await peer.say(paymentMessage({ ...(await signPayment(scene.world, scene.payee)), item: itemOf(1n) }))
    assert.equal((await peer.hear())?.type, 'accepted')
    await peer.close()
    assert.equal(await served, undefined)
  })
})
