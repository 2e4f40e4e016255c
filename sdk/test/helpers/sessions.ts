import assert from 'node:assert/strict'
import type { Hex } from 'viem'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import type { Message } from '../../src/protocol/Message.ts'
import * as Wire from '../../src/protocol/Message.ts'
import type { Timers } from '../../src/ports/Timers.ts'
import type { Connection } from '../../src/ports/Transport.ts'
import { ConnectionLostError } from '../../src/ports/TransportErrors.ts'
import type { Payee } from '../../src/roles/Payee.ts'
import { servePayer } from '../../src/roles/PayeeSession.ts'
import type { Payer } from '../../src/roles/Payer.ts'
import { PayerSession } from '../../src/roles/PayerSession.ts'
import { manualTimers } from '../../src/testing/manualTimers.ts'
import { domains, verifier } from './roleWorld.ts'

export type Pair = { readonly left: Connection; readonly right: Connection; cut(): void }

/** The payer's end of a session, over the left end of a pair. */
export function startSession(payer: Payer, { left }: Pair, timers: Timers = manualTimers()): Promise<PayerSession> {
  return PayerSession.start({ payer, connection: left, verifier, escrowDomain: domains.escrow, timers })
}

/** The payee's end, over the right end: for its own channel only. */
export function serve(
  payee: Payee,
  { right }: Pair,
  onAccepted?: servePayer.Options['onAccepted'],
  timers: Timers = manualTimers(),
): Promise<Error | undefined> {
  const payeeOf = async (channelId: Hex) => (channelId === payee.record.channelId ? payee : undefined)
  return servePayer({ connection: right, payeeOf, timers, ...(onAccepted === undefined ? {} : { onAccepted }) })
}

/** Payer and payee in a session; `served` resolves when the payee's end has ended. */
export async function meet({ payer, payee }: { payer: Payer; payee: Payee }, pair: Pair = memoryPair()) {
  const served = serve(payee, pair)
  return { session: await startSession(payer, pair), served, pair }
}

/** A peer that says what a test tells it to. */
export function scripted(connection: Connection) {
  const frames = connection.frames[Symbol.asyncIterator]()
  return {
    say: (message: Message) => connection.send(Wire.encode(message)),
    sayBytes: (frame: Uint8Array) => connection.send(frame),
    /** The peer's next message; undefined when the connection has ended. */
    hear: async (): Promise<Message | undefined> => {
      const next = await frames.next()
      return next.done === true ? undefined : Wire.decode(next.value)
    },
    close: () => connection.close(),
  }
}

export type Scripted = ReturnType<typeof scripted>

/** The payer's part of a handshake, by hand, as far as the payee has told what it holds. Gives that. */
export async function greetAsPayer(peer: Scripted, { payer, payee }: { payer: Payer; payee: Payee }) {
  const { channelId } = payee.record
  await peer.say({ type: 'hello', channelId, version: payer.progress.version })
  const offer = await peer.hear()
  assert(offer?.type === 'offer')
  await peer.say({ type: 'agree', channelId, ...(await payer.agree(offer.offered)) })
  return peer.hear()
}

/** The payee's part of a handshake, by hand: tells what it is told to hold. */
export async function greetAsPayee(peer: Scripted, payee: Payee, newest = payee.newest): Promise<void> {
  const { channelId } = payee.record
  assert.equal((await peer.hear())?.type, 'hello')
  await peer.say({ type: 'offer', channelId, offered: await payee.offer() })
  assert.equal((await peer.hear())?.type, 'agree')
  await peer.say(newest === undefined ? { type: 'empty', channelId } : { type: 'newest', ...newest })
}

/** A pair that loses the connection at the n-th frame, of both directions together: before or after it is delivered. */
export function cutAtFrame(nth: number, when: 'before' | 'after'): Pair & { sent(): number } {
  const pair = memoryPair()
  let sent = 0
  const through = (end: Connection): Connection => ({
    frames: end.frames,
    closed: end.closed,
    close: () => end.close(),
    send: async (frame) => {
      sent++
      if (sent === nth && when === 'before') {
        pair.cut()
        throw new ConnectionLostError({ given: 'it was cut' })
      }
      await end.send(frame)
      if (sent === nth) pair.cut()
    },
  })
  return { left: through(pair.left), right: through(pair.right), cut: () => pair.cut(), sent: () => sent }
}
