import { listenWebSocket } from '../../src/adapters/transport/websocket.ts'
import type { Connection } from '../../src/ports/Transport.ts'
import type { Cleanup } from './webSocketPair.ts'

/** A listener whose connections a test takes one by one. */
export async function listening(cleanup: Cleanup, options: Omit<listenWebSocket.Options, 'onConnection'> = {}) {
  const accepted: Connection[] = []
  const takers: ((connection: Connection) => void)[] = []
  const onConnection = (connection: Connection) => {
    const taker = takers.shift()
    if (taker === undefined) accepted.push(connection)
    else taker(connection)
  }
  const listener = await listenWebSocket({ ...options, onConnection })
  cleanup(() => listener.close())
  /** The next connection, in the order in which they came. */
  const next = async (): Promise<Connection> => {
    const connection = accepted.shift()
    return connection ?? (await new Promise<Connection>((resolve) => takers.push(resolve)))
  }
  return { listener, url: listener.url, next }
}
