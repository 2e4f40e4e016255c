import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import { WebSocketServer } from 'ws'
import { dialWebSocket } from '../../../src/adapters/transport/websocket.ts'
import { manualTimers } from '../../../src/testing/manualTimers.ts'
import type { Cleanup } from '../../helpers/webSocketPair.ts'
import { listening } from '../../helpers/listening.ts'

describe('dialWebSocket', () => {
  it('given nobody listens there, then it rejects with Unreachable', async (t) => {
    const server = await started(createServer(), (end) => t.after(end))
    const url = urlOf(server)
    server.close()
    await once(server, 'close')
    const error = await unreachable(url, dialWebSocket(url))
    assert.match(error.message, /ECONNREFUSED/)
  })

  for (const url of ['not an address', 'ftp://127.0.0.1', 'ws://127.0.0.1:1/#part', '']) {
    it(`given the address "${url}", then it rejects with Unreachable`, async () => {
      const error = await unreachable(url, dialWebSocket(url))
      assert.match(error.message, /it is no ws:\/\/ or wss:\/\/ address/)
    })
  }

  it('given an HTTP server that knows no WebSocket, then it rejects with Unreachable', async (t) => {
    const server = createHttpServer((_request, response) => response.end('<html>'))
    const url = urlOf(await started(server, (end) => t.after(end)))
    const error = await unreachable(url, dialWebSocket(url))
    assert.match(error.message, /200/)
  })

  it('given a server that breaks off, then it rejects with Unreachable', async (t) => {
    const server = createServer((socket) => socket.resetAndDestroy())
    const url = urlOf(await started(server, (end) => t.after(end)))
    await unreachable(url, dialWebSocket(url))
  })

  it('given a server that takes the connection and says nothing, when the timeout is over, then it rejects with Unreachable', async (t) => {
    const timers = manualTimers()
    const server = createServer()
    const url = urlOf(await started(server, (end) => t.after(end)))
    const dialling = unreachable(url, dialWebSocket(url, { timers, handshakeTimeoutMs: 3_000 }))
    const [socket] = (await once(server, 'connection')) as [Socket]
    timers.advance(3_000)
    assert.match((await dialling).message, /it does not answer/)
    socket.destroy()
  })

  it('given it was given up before, then it rejects with Unreachable and dials nobody', async (t) => {
    const { url } = await listening((end) => t.after(end))
    const signal = AbortSignal.abort(new Error('changed my mind'))
    const error = await unreachable(url, dialWebSocket(url, { signal }))
    assert.match(error.message, /it was given up/)
    assert.equal((error.cause as Error).message, 'changed my mind')
  })

  it('given it is given up while it waits, then it rejects with Unreachable and hangs up', async (t) => {
    const server = createServer()
    const url = urlOf(await started(server, (end) => t.after(end)))
    const controller = new AbortController()
    const dialling = unreachable(url, dialWebSocket(url, { signal: controller.signal }))
    const [socket] = (await once(server, 'connection')) as [Socket]
    const hungUp = once(socket.resume(), 'close')
    controller.abort()
    assert.match((await dialling).message, /it was given up/)
    await hungUp
  })

  it('given an open connection, when the time for its handshake is over, then the connection stays', async (t) => {
    const timers = manualTimers()
    const { url, next } = await listening((end) => t.after(end))
    const connection = await dialWebSocket(url, { timers, handshakeTimeoutMs: 3_000 })
    const accepted = await next()
    timers.advance(3_000)
    await connection.send(Uint8Array.of(1))
    for await (const frame of accepted.frames) {
      assert.deepEqual(frame, Uint8Array.of(1))
      break
    }
  })

  it('given an open connection, when the signal aborts later, then the connection stays', async (t) => {
    const { url, next } = await listening((end) => t.after(end))
    const controller = new AbortController()
    const connection = await dialWebSocket(url, { signal: controller.signal })
    const accepted = await next()
    controller.abort()
    await connection.send(Uint8Array.of(1))
    for await (const frame of accepted.frames) {
      assert.deepEqual(frame, Uint8Array.of(1))
      break
    }
  })
})

describe('given a peer that closes with a code', () => {
  const cases = [
    [1000, undefined],
    [1001, undefined],
    [undefined, undefined],
    [1002, 'the peer could not read what it got (close code 1002)'],
    [1003, 'the peer takes binary frames only (close code 1003)'],
    [1009, 'the peer refused a frame as too large (close code 1009)'],
    [1011, 'the peer ended it (close code 1011)'],
    [4999, 'the peer ended it (close code 4999)'],
  ] as const
  for (const [code, given] of cases) {
    it(`when it is ${code ?? 'none'}, then the end is ${given ?? 'peaceful'}`, async (t) => {
      const server = await started(createHttpServer(), (end) => t.after(end))
      new WebSocketServer({ server }).on('connection', (socket) => socket.close(code))
      const reason = await (await dialWebSocket(urlOf(server))).closed
      const seen = reason as (Error & { given?: unknown }) | undefined
      const expected = given === undefined ? [undefined, undefined] : ['Transport.ConnectionLostError', given]
      assert.deepEqual([seen?.name, seen?.given], expected)
    })
  }
})

async function started<server extends Server | HttpServer>(server: server, cleanup: Cleanup): Promise<server> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup(async () => {
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  })
  return server
}

function urlOf(server: Server): string {
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function unreachable(url: string, dialling: Promise<unknown>): Promise<Error> {
  const error = (await dialling.then(
    () => assert.fail('it connected'),
    (reason: unknown) => reason,
  )) as Error & { given?: unknown }
  assert.deepEqual([error.name, error.given], ['Transport.UnreachableError', url])
  return error
}
