import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { dialWebSocket, listenWebSocket } from '../../../src/adapters/transport/websocket.ts'
import { manualTimers } from '../../../src/testing/manualTimers.ts'
import { dialRaw } from '../../helpers/rawPeer.ts'
import { listening } from '../../helpers/listening.ts'

describe('listenWebSocket', () => {
  it('given no host, then it listens on this machine alone, on a free port', async (t) => {
    const { url } = await listening((end) => t.after(end))
    assert.match(url, /^ws:\/\/127\.0\.0\.1:[1-9]\d*$/)
  })

  it('given IPv6, then its address can be dialled', async (t) => {
    const { url, next } = await listening((end) => t.after(end), { host: '::1' })
    assert.match(url, /^ws:\/\/\[::1\]:\d+$/)
    const connection = await dialWebSocket(url)
    await next()
    await connection.close()
  })

  it('given the port is taken, then it rejects with Listen', async (t) => {
    const { url } = await listening((end) => t.after(end))
    const port = Number(new URL(url).port)
    await assert.rejects(listenWebSocket({ port, onConnection: () => assert.fail('nobody dials') }), {
      name: 'Transport.ListenError',
      given: `127.0.0.1:${port}`,
    })
  })

  it('given as many connections as it takes, when one more dials, then it is refused until one ends', async (t) => {
    const { url, next } = await listening((end) => t.after(end), { maxConnections: 2 })
    const first = await dialWebSocket(url)
    const firstAccepted = await next()
    await dialWebSocket(url)
    await assert.rejects(dialWebSocket(url), { name: 'Transport.UnreachableError', given: url, message: /503/ })
    await first.close()
    await firstAccepted.closed
    const third = await dialWebSocket(url)
    await third.send(Uint8Array.of(3))
  })

  it('given a socket that starts no handshake, when the timeout is over, then it is ended', async (t) => {
    const timers = manualTimers()
    const { url } = await listening((end) => t.after(end), { timers, handshakeTimeoutMs: 3_000 })
    const { port } = new URL(url)
    const silent = connect(Number(port), '127.0.0.1')
    await once(silent, 'connect')
    // Taken after the silent one, so when it is open the silent one was seen.
    const connection = await dialWebSocket(url)
    timers.advance(3_000)
    await once(silent.resume(), 'close')
    await connection.send(Uint8Array.of(1))
  })

  it('given a handshake that is none, then it is answered with a client error', async (t) => {
    const { url } = await listening((end) => t.after(end))
    const { port, host } = new URL(url)
    const peer = connect(Number(port), '127.0.0.1')
    peer.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`)
    const [answer] = (await once(peer, 'data')) as [Buffer]
    assert.match(answer.toString(), /^HTTP\/1\.1 400 /)
    peer.destroy()
  })

  it('given a plain HTTP request, then it asks for an upgrade', async (t) => {
    const { url } = await listening((end) => t.after(end))
    const response = await fetch(url.replace('ws:', 'http:'))
    assert.equal(response.status, 426)
  })

  it('given open connections and half-open ones, when it closes, then all end in peace and nobody can dial', async () => {
    const cleanups: (() => Promise<void>)[] = []
    // Its timers stand still: the half-open one must not wait for its timeout.
    const { listener, url, next } = await listening((end) => cleanups.push(end), { timers: manualTimers() })
    const halfOpen = connect(Number(new URL(url).port), '127.0.0.1')
    halfOpen.write('GET / HTTP/1.1\r\nHost: ')
    await once(halfOpen, 'connect')
    // Taken after the half-open one, so when it is open the other was seen.
    const connection = await dialWebSocket(url)
    const accepted = await next()
    await Promise.all([listener.close(), listener.close(), once(halfOpen.resume(), 'close')])
    assert.deepEqual(await Promise.all([connection.closed, accepted.closed]), [undefined, undefined])
    await assert.rejects(dialWebSocket(url), { name: 'Transport.UnreachableError' })
  })

  it('given a peer that breaks off, then its place is free for the next one', async (t) => {
    const { url, next } = await listening((end) => t.after(end), { maxConnections: 1 })
    const peer = await dialRaw(url)
    const accepted = await next()
    peer.resetAndDestroy()
    assert.equal((await accepted.closed)?.name, 'Transport.ConnectionLostError')
    const connection = await dialWebSocket(url)
    await connection.send(Uint8Array.of(1))
  })
})
