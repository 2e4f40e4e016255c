import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { dialWebSocket } from '../../../src/adapters/transport/websocket.ts'
import { MESSAGE_BYTES_MAX } from '../../../src/protocol/Codec.ts'
import { manualTimers } from '../../../src/testing/manualTimers.ts'
import { listening } from '../../helpers/listening.ts'
import { OPCODE, dialRaw, frameHead } from '../../helpers/rawPeer.ts'

const MEGABYTE = 1024 * 1024

describe('given a peer that keeps to no rules', () => {
  it('when it sends a frame of 1 MB, then it is refused with FrameTooLarge and told so', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const peer = new WebSocket(url)
    const [connection] = await Promise.all([next(), once(peer, 'open')])
    peer.send(new Uint8Array(MEGABYTE))
    const [code] = (await once(peer, 'close')) as [number]
    assert.equal(code, 1009)
    assert.deepEqual(await endOf(connection), {
      name: 'Transport.FrameTooLargeError',
      given: undefined,
      expected: MESSAGE_BYTES_MAX,
    })
  })

  it('when it only announces a frame of 1 MB, then it is refused before anything of it was read', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const [connection, peer] = await Promise.all([next(), dialRaw(url)])
    peer.write(frameHead({ opcode: OPCODE.binary, length: MEGABYTE }))
    await once(peer, 'data')
    peer.destroy()
    assert.equal((await endOf(connection)).name, 'Transport.FrameTooLargeError')
  })

  it('when its fragments add up to more than a message, then it is refused with FrameTooLarge', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const [connection, peer] = await Promise.all([next(), dialRaw(url)])
    for (const opcode of [OPCODE.binary, OPCODE.continuation]) {
      peer.write(frameHead({ opcode, length: 3000, last: false }))
      peer.write(new Uint8Array(3000))
    }
    await once(peer, 'data')
    peer.destroy()
    assert.equal((await endOf(connection)).name, 'Transport.FrameTooLargeError')
  })

  it('when it sends text, then it is refused with NotBinary and told so', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const peer = new WebSocket(url)
    const [connection] = await Promise.all([next(), once(peer, 'open')])
    peer.send(Buffer.from('before'))
    peer.send('{"type":"hello"}')
    peer.send(Buffer.from('after'))
    const [code] = (await once(peer, 'close')) as [number]
    assert.equal(code, 1003)
    assert.deepEqual(await endOf(connection), {
      name: 'Transport.NotBinaryError',
      given: 'a text frame',
      expected: 'a binary frame',
    })
    const read = []
    for await (const frame of connection.frames) read.push(Buffer.from(frame).toString())
    assert.deepEqual(read, ['before'])
  })

  it('when it keeps to none twice, then the first fault is the reason', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const [connection, peer] = await Promise.all([next(), dialRaw(url)])
    const text = Buffer.concat([frameHead({ opcode: OPCODE.text, length: 2 }), Buffer.from('{}')])
    peer.write(Buffer.concat([text, frameHead({ opcode: OPCODE.binary, length: MEGABYTE })]))
    await once(peer, 'data')
    peer.destroy()
    assert.equal((await endOf(connection)).name, 'Transport.NotBinaryError')
  })

  it('when it sends bytes that are no frames, then it is refused with BadFrame', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const [connection, peer] = await Promise.all([next(), dialRaw(url)])
    peer.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
    await once(peer, 'data')
    peer.destroy()
    const { name, given } = await endOf(connection)
    assert.deepEqual({ name, given }, { name: 'Transport.BadFrameError', given: 'WS_ERR_UNEXPECTED_RSV_1' })
  })

  it('when one peer is refused, then another one does not notice', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const honest = await dialWebSocket(url)
    const honestAccepted = await next()
    const peer = new WebSocket(url)
    await once(peer, 'open')
    peer.send('text')
    await once(peer, 'close')
    await honest.send(Uint8Array.of(1, 2, 3))
    for await (const frame of honestAccepted.frames) {
      assert.deepEqual(frame, Uint8Array.of(1, 2, 3))
      break
    }
  })
})

describe('given a peer process that streams', () => {
  it('when it is killed, then the connection is lost and every frame before that was read in order', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const script = join(import.meta.dirname, '..', '..', 'helpers', 'streamingPeer.ts')
    const child = spawn(process.execPath, [script, url], { stdio: ['ignore', 'ignore', 'inherit'], env: {} })
    const exit = once(child, 'exit')
    const connection = await next()
    let count = 0
    for await (const frame of connection.frames) {
      assert.equal(new DataView(frame.buffer).getUint32(0), count++)
      if (count === 1000) child.kill('SIGKILL')
    }
    assert.deepEqual(await exit, [null, 'SIGKILL'])
    assert.ok(count >= 1000)
    assert.equal((await endOf(connection)).name, 'Transport.ConnectionLostError')
  })
})

describe('given a peer that falls silent', () => {
  it('when it answers no ping, then the connection is lost after the misses that are allowed', async (t) => {
    const timers = manualTimers()
    const options = { timers, heartbeatIntervalMs: 1_000, heartbeatMissesMax: 3 }
    const { url, next } = await listening((end) => t.after(end), options)
    const peer = new WebSocket(url, { autoPong: false })
    const [connection] = await Promise.all([next(), once(peer, 'open')])
    for (let beat = 0; beat < 3; beat++) {
      const pinged = once(peer, 'ping')
      timers.advance(1_000)
      await pinged
    }
    timers.advance(1_000)
    assert.deepEqual(await endOf(connection), {
      name: 'Transport.ConnectionLostError',
      given: '3 pings in a row were not answered',
      expected: 'an open connection',
    })
    await once(peer, 'close')
  })

  it('when it answers pings, then the connection lasts', async (t) => {
    const timers = manualTimers()
    const options = { timers, heartbeatIntervalMs: 1_000, heartbeatMissesMax: 1 }
    const { url, next } = await listening((end) => t.after(end), options)
    const peer = new WebSocket(url)
    const [connection] = await Promise.all([next(), once(peer, 'open')])
    const frames = connection.frames[Symbol.asyncIterator]()
    // Behind the answer on the same wire: when it was read, the answer was.
    peer.on('ping', () => peer.send(Uint8Array.of(1)))
    for (let beat = 0; beat < 20; beat++) {
      timers.advance(1_000)
      assert.equal((await frames.next()).done, false)
    }
    peer.terminate()
  })

  it('when it does not answer a close, then the closing side ends in peace after its timeout', async (t) => {
    const timers = manualTimers()
    const { url, next } = await listening((end) => t.after(end), { timers, closeTimeoutMs: 2_000 })
    const [connection, peer] = await Promise.all([next(), dialRaw(url)])
    const closing = connection.close()
    await once(peer, 'data')
    timers.advance(2_000)
    await closing
    assert.equal(await connection.closed, undefined)
    peer.destroy()
  })
})

async function endOf({ closed }: { closed: Promise<Error | undefined> }) {
  const { name, given, expected } = (await closed) as Error & { given?: unknown; expected?: unknown }
  return { name, given, expected }
}
