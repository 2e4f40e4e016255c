import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dialWebSocket } from '../../../src/adapters/transport/websocket.ts'
import { MESSAGE_BYTES_MAX } from '../../../src/protocol/Codec.ts'
import { OPCODE, dialRaw, frameHead } from '../../helpers/rawPeer.ts'
import { listening } from '../../helpers/listening.ts'

/** Bytes without any sense, and bytes that begin like a frame and then lie about themselves. */
const bytes = fc.uint8Array({ minLength: 1, maxLength: 6_000 })
const almostFrame = fc
  .record({
    opcode: fc.constantFrom(...Object.values(OPCODE)),
    length: fc.integer({ min: 0, max: 70_000 }),
    last: fc.boolean(),
    body: fc.uint8Array({ maxLength: 6_000 }),
  })
  .map(({ body, ...head }) => Buffer.concat([frameHead(head), body]))

describe('given a peer that sends random bytes', () => {
  it('when it leaves, then its connection has ended with a typed error or in peace, and others are served', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const property = fc.asyncProperty(fc.oneof(bytes, almostFrame), async (sent) => {
      const [connection, peer] = await Promise.all([next(), dialRaw(url)])
      peer.end(sent)
      for await (const frame of connection.frames) assert.ok(frame.length <= MESSAGE_BYTES_MAX)
      const reason = await connection.closed
      assert.ok(reason === undefined || reason.name.startsWith('Transport.'), reason?.name)
      peer.destroy()
    })
    await fc.assert(property, { numRuns: 200, seed: 20_261_123 })

    const honest = await dialWebSocket(url)
    const accepted = await next()
    await honest.send(Uint8Array.of(1))
    for await (const frame of accepted.frames) {
      assert.deepEqual(frame, Uint8Array.of(1))
      break
    }
  })
})
