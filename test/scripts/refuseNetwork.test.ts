/**
 * refuseNetwork
 * `-- given somebody listens, when a device without a network tries to reach it ... every way in fails
 */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { dialWebSocket } from '@musubi/sdk'
import { NoNetworkError, refuseNetwork } from '../../scripts/demo/devices/refuseNetwork.ts'

describe('refuseNetwork', () => {
  let server: Server
  let port: number
  before(async () => {
    server = createServer((_, response) => response.end('reached'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
    // Somebody does answer there.
    assert.equal(
      await (await fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } })).text(),
      'reached',
    )
    refuseNetwork()
  })
  after(() => server.close())

  const WAYS: readonly (readonly [string, () => unknown])[] = [
    ['a TCP connection', () => connect(port, '127.0.0.1')],
    ['http', () => get(`http://127.0.0.1:${port}`)],
    ['fetch', () => fetch(`http://127.0.0.1:${port}`)],
    ['a WebSocket', () => dialWebSocket(`ws://127.0.0.1:${port}`)],
    [
      'a datagram',
      () => {
        const socket = createSocket('udp4')
        socket.unref()
        socket.send('anybody?', port, '127.0.0.1')
      },
    ],
  ]
  for (const [way, reach] of WAYS) {
    it(`given somebody listens, when a device without a network tries to reach it by ${way}: it fails`, async () => {
      await assert.rejects(
        async () => reach(),
        (error) => causesOf(error).some((each) => each instanceof NoNetworkError),
      )
    })
  }
})

function causesOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}
