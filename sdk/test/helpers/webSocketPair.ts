import { dialWebSocket, listenWebSocket } from '../../src/adapters/transport/websocket.ts'
import type { WebSocketOptions } from '../../src/adapters/transport/webSocketConnection.ts'
import type { Connection } from '../../src/ports/Transport.ts'
import type { TransportPair } from '../../src/testing/transportConformance.ts'
import { startTcpProxy } from './tcpProxy.ts'

/** What a test made, and must end: given to `t.after`. */
export type Cleanup = (end: () => Promise<void>) => void

/** A dialled connection over a wire that can be cut. `left` dialled, `right` listened. */
export async function webSocketPair(cleanup: Cleanup, options: WebSocketOptions = {}): Promise<TransportPair> {
  const accepted: Connection[] = []
  const listener = await listenWebSocket({ ...options, onConnection: (connection) => accepted.push(connection) })
  const proxy = await startTcpProxy(Number(new URL(listener.url).port))
  cleanup(async () => {
    await proxy.stop()
    await listener.close()
  })
  const left = await dialWebSocket(`ws://127.0.0.1:${proxy.port}`, options)
  const [right] = accepted
  // The listener's side opens first: the dialling side opens on its answer.
  if (right === undefined) throw new Error('the listener took no connection')
  return { left, right, cut: () => proxy.cut() }
}
