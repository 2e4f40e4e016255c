import assert from 'node:assert/strict'
import { MESSAGE_BYTES_MAX } from '../protocol/Codec.ts'
import type { Connection } from '../ports/Transport.ts'

/** Two ends of one connection, and a way to lose it as a broken network does. */
export type TransportPair = { readonly left: Connection; readonly right: Connection; cut(): void }

/** One rule that every transport keeps. `run` throws when this one does not. */
export type TransportCase = {
  readonly title: string
  readonly run: (connect: () => Promise<TransportPair>) => Promise<void>
}

/** What a role may rely on, whatever carries its messages. */
export const transportConformance: readonly TransportCase[] = [
  {
    title: 'given a connection, when both ends send, then frames arrive whole and in order, from none to all bytes',
    run: async (connect) => {
      const { left, right } = await connect()
      const sizes = [0, 1, 2, 125, 126, 127, MESSAGE_BYTES_MAX]
      const frames = sizes.map((size, index) => new Uint8Array(size).fill(index + 1))
      for (const [from, to] of bothWays(left, right)) {
        for (const frame of frames) await from.send(frame)
        assert.deepEqual(await take(to, frames.length), frames)
      }
    },
  },
  {
    title:
      'given a connection, when a frame is larger than any message, then send refuses it and the connection goes on',
    run: async (connect) => {
      const { left, right } = await connect()
      await assert.rejects(left.send(new Uint8Array(MESSAGE_BYTES_MAX + 1)), {
        name: 'Transport.FrameTooLargeError',
        given: MESSAGE_BYTES_MAX + 1,
        expected: MESSAGE_BYTES_MAX,
      })
      await left.send(numbered(7))
      assert.deepEqual(await take(right, 1), [numbered(7)])
    },
  },
  {
    title: 'given a frame was handed over, when the sender uses its buffer again, then the peer reads what it was',
    run: async (connect) => {
      const { left, right } = await connect()
      for (const [from, to] of bothWays(left, right)) {
        // Many at once, so that some of them wait here while the buffer changes.
        const buffer = new Uint8Array(MESSAGE_BYTES_MAX)
        const sends = Array.from({ length: 1_000 }, (_, index) => {
          const sent = from.send(buffer.fill(index % 256))
          buffer.fill(0xff)
          return sent
        })
        const frames = await take(to, sends.length)
        await Promise.all(sends)
        frames.forEach((frame, index) => assert.deepEqual(frame, new Uint8Array(MESSAGE_BYTES_MAX).fill(index % 256)))
      }
    },
  },
  {
    title: 'given a reader that left its loop, when it reads again, then it goes on with the next frame',
    run: async (connect) => {
      const { left, right } = await connect()
      for (let index = 0; index < 6; index++) await left.send(numbered(index))
      assert.deepEqual((await take(right, 2)).map(numberOf), [0, 1])
      assert.deepEqual((await take(right, 4)).map(numberOf), [2, 3, 4, 5])
    },
  },
  {
    title:
      'given 10,000 frames and a reader that does not read, when it starts, then the sender had to wait and all arrive in order',
    run: async (connect) => {
      const { left, right } = await connect()
      const count = 10_000
      let sent = 0
      const sending = (async () => {
        for (; sent < count; sent++) await left.send(numbered(sent, MESSAGE_BYTES_MAX))
      })()
      await standstill(() => sent)
      assert.ok(sent < count, `${sent} frames were taken from the sender, though nobody read`)

      let expected = 0
      for await (const frame of right.frames) {
        assert.equal(numberOf(frame), expected++)
        if (expected === count) break
      }
      await sending
    },
  },
  {
    title:
      'given more frames at once than may wait, when nobody reads, then send refuses the rest and the others arrive in order',
    run: async (connect) => {
      const { left, right } = await connect()
      const sends = Array.from({ length: 5_000 }, (_, index) => left.send(numbered(index)))
      const outcome = Promise.allSettled(sends)
      const refused = await Promise.any(
        sends.map((send) =>
          send.then(
            () => Promise.reject(new Error('sent')),
            (e: unknown) => e,
          ),
        ),
      )
      assert.equal((refused as Error).name, 'Transport.BacklogFullError')

      const read = (async () => {
        const numbers: number[] = []
        for await (const frame of right.frames) numbers.push(numberOf(frame))
        return numbers
      })()
      const taken = (await outcome).flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []))
      await left.close()
      assert.deepEqual(await read, taken)
      assert.ok(taken.length < sends.length)
    },
  },
  ...(['left', 'right'] as const).map(closeCase),
  {
    title: 'given frames that were not read, when their reader closes, then it reads none of them any more',
    run: async (connect) => {
      const { left, right } = await connect()
      await left.send(numbered(1))
      await left.send(numbered(2))
      assert.deepEqual((await take(right, 1)).map(numberOf), [1])
      await right.close()
      assert.deepEqual(await rest(right), [])
    },
  },
  {
    title: 'given a connection, when both ends close it at once and again, then it ends in peace',
    run: async (connect) => {
      const { left, right } = await connect()
      await Promise.all([left.close(), right.close(), left.close()])
      await right.close()
      assert.deepEqual(await Promise.all([left.closed, right.closed]), [undefined, undefined])
    },
  },
  {
    title: 'given a connection, when the network loses it, then both ends say so and what had arrived is still read',
    run: async (connect) => {
      const pair = await connect()
      const { left, right } = pair
      await left.send(numbered(1))
      await left.send(numbered(2))
      assert.deepEqual((await take(right, 1)).map(numberOf), [1])
      pair.cut()
      for (const end of [left, right]) {
        assert.equal((await end.closed)?.name, 'Transport.ConnectionLostError')
        await assert.rejects(end.send(numbered(3)), {
          name: 'Transport.ConnectionLostError',
          expected: 'an open connection',
        })
      }
      assert.deepEqual(await rest(left), [])
      // The second one was on its way: it may be lost, and nothing else may come.
      assert.ok((await rest(right)).every((frame) => numberOf(frame) === 2))
    },
  },
  {
    title: 'given a sender that waits for a slow reader, when the connection ends, then its send rejects',
    run: async (connect) => {
      const pair = await connect()
      let sent = 0
      const sending = (async () => {
        for (;;) {
          await pair.left.send(numbered(sent, MESSAGE_BYTES_MAX))
          sent++
        }
      })()
      const outcome = assert.rejects(sending, { name: 'Transport.ConnectionLostError' })
      await standstill(() => sent)
      pair.cut()
      await outcome
    },
  },
]

function closeCase(side: 'left' | 'right'): TransportCase {
  return {
    title: `given frames were sent, when the ${side} end closes, then its peer reads them, and both ends end in peace`,
    run: async (connect) => {
      const pair = await connect()
      const closer = pair[side]
      const peer = side === 'left' ? pair.right : pair.left
      for (let index = 0; index < 100; index++) await closer.send(numbered(index))
      const read = rest(peer)
      await closer.close()
      assert.deepEqual(
        (await read).map(numberOf),
        Array.from({ length: 100 }, (_, index) => index),
      )
      assert.deepEqual(await Promise.all([closer.closed, peer.closed]), [undefined, undefined])
      assert.deepEqual(await rest(closer), [])
      for (const end of [closer, peer]) {
        await assert.rejects(end.send(numbered(0)), { name: 'Transport.ConnectionLostError' })
      }
    },
  }
}

function bothWays(left: Connection, right: Connection): readonly (readonly [Connection, Connection])[] {
  return [
    [left, right],
    [right, left],
  ]
}

function numbered(index: number, size = 4): Uint8Array {
  const frame = new Uint8Array(size)
  new DataView(frame.buffer).setUint32(0, index)
  return frame
}

function numberOf(frame: Uint8Array): number {
  return new DataView(frame.buffer, frame.byteOffset).getUint32(0)
}

async function take({ frames }: Connection, count: number): Promise<Uint8Array[]> {
  const taken: Uint8Array[] = []
  for await (const frame of frames) {
    taken.push(frame)
    if (taken.length === count) break
  }
  return taken
}

async function rest({ frames }: Connection): Promise<Uint8Array[]> {
  const taken: Uint8Array[] = []
  for await (const frame of frames) taken.push(frame)
  return taken
}

/** Turns of the event loop without progress after which a sender counts as waiting. Too few could hide a fault, never make one. */
const STANDSTILL_TURNS = 500

async function standstill(progress: () => number): Promise<void> {
  let seen = -1
  for (let turns = 0; turns < STANDSTILL_TURNS; turns++) {
    await new Promise((resolve) => setImmediate(resolve))
    if (progress() !== seen) turns = 0
    seen = progress()
  }
}
