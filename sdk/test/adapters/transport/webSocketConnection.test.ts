import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { describe, it } from 'node:test'
import type { WebSocket } from 'ws'
import { WebSocketConnection, withDefaults } from '../../../src/adapters/transport/webSocketConnection.ts'
import { manualTimers } from '../../../src/testing/manualTimers.ts'

/** A socket whose every event comes when a test says so. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  isPaused = false
  pings = 0
  closedWith: number | undefined
  pause() {
    this.isPaused = true
  }
  resume() {
    this.isPaused = false
  }
  ping() {
    this.pings++
  }
  close(code: number) {
    this.closedWith = code
    this.readyState = 2
  }
  terminate() {
    this.readyState = 3
    this.emit('close', 1006)
  }
}

function makeConnection() {
  const socket = new FakeSocket()
  const timers = manualTimers()
  const options = withDefaults({ timers, heartbeatIntervalMs: 1_000, heartbeatMissesMax: 2, inboundFramesMax: 4 })
  const connection = new WebSocketConnection(socket as unknown as WebSocket, options)
  const arrive = (count: number) => {
    for (let index = 0; index < count; index++) socket.emit('message', Buffer.of(index), true)
  }
  return { socket, timers, connection, arrive }
}

describe('WebSocketConnection', () => {
  it('given a slow reader, when its frames reach the mark, then the socket is paused until half of them are read', async () => {
    const { socket, connection, arrive } = makeConnection()
    arrive(3)
    assert.equal(socket.isPaused, false)
    arrive(1)
    assert.equal(socket.isPaused, true)
    const frames = connection.frames[Symbol.asyncIterator]()
    await frames.next()
    assert.equal(socket.isPaused, true)
    await frames.next()
    assert.equal(socket.isPaused, false)
  })

  it('given a socket paused by its reader, when pings stay unread, then the connection lasts', async () => {
    const { socket, timers, connection, arrive } = makeConnection()
    arrive(4)
    timers.advance(10_000)
    assert.deepEqual([socket.pings, socket.readyState], [10, 1])

    // Read again, it must answer again.
    const frames = connection.frames[Symbol.asyncIterator]()
    await frames.next()
    await frames.next()
    timers.advance(3_000)
    assert.equal((await connection.closed)?.name, 'Transport.ConnectionLostError')
  })

  it('given unanswered pings, when a pong or a frame comes, then the misses count anew', () => {
    const { socket, timers, arrive } = makeConnection()
    timers.advance(2_000)
    socket.emit('pong')
    timers.advance(2_000)
    arrive(1)
    timers.advance(2_000)
    assert.equal(socket.readyState, 1)
    timers.advance(1_000)
    assert.equal(socket.readyState, 3)
  })

  it('given the connection has ended, when time goes on, then no ping is sent', () => {
    const { socket, timers } = makeConnection()
    socket.emit('close', 1000)
    timers.advance(10_000)
    assert.equal(socket.pings, 0)
  })

  it('given a socket paused by its reader, when this side closes, then it reads on for the answer', async () => {
    const { socket, connection, arrive } = makeConnection()
    arrive(4)
    const closing = connection.close()
    assert.deepEqual([socket.closedWith, socket.isPaused], [1000, false])
    arrive(100)
    socket.emit('close', 1000)
    await closing
    for await (const frame of connection.frames) assert.fail(`read ${frame.length} bytes after the end`)
  })
})
