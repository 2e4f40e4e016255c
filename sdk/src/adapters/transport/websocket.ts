import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { Connection, Listener } from '../../ports/Transport.ts'
import { ListenError, UnreachableError } from '../../ports/TransportErrors.ts'
import type { WebSocketOptions } from './webSocketConnection.ts'
import { WS_LIMITS, WebSocketConnection, withDefaults } from './webSocketConnection.ts'

/** Connects to a peer's listener. Rejects with {@link UnreachableError} when no connection comes about. */
export async function dialWebSocket(url: string, options: dialWebSocket.Options = {}): Promise<Connection> {
  const { signal, ...rest } = options
  const full = withDefaults(rest)
  if (signal?.aborted === true)
    throw new UnreachableError({ given: url, problem: 'it was given up', cause: signal.reason })
  const socket = begin(url)
  return await new Promise<Connection>((resolve, reject) => {
    let problem = 'it refused'
    const giveUp = (why: string) => {
      problem = why
      socket.terminate()
    }
    const onAbort = () => giveUp('it was given up')
    signal?.addEventListener('abort', onAbort, { once: true })
    const cancelTimeout = full.timers.after(full.handshakeTimeoutMs, () => giveUp('it does not answer'))
    const settle = () => {
      cancelTimeout()
      signal?.removeEventListener('abort', onAbort)
    }
    socket.once('error', (cause) => {
      settle()
      reject(new UnreachableError({ given: url, problem: `${problem} (${textOf(cause)})`, cause }))
    })
    socket.once('open', () => {
      settle()
      resolve(new WebSocketConnection(socket, full))
    })
  })
}
export declare namespace dialWebSocket {
  /** `signal` gives the dialling up; an open connection is closed by `close`. */
  type Options = WebSocketOptions & { readonly signal?: AbortSignal }
}

/** Waits for peers. Listens on this machine alone unless another `host` is given. */
export async function listenWebSocket(options: listenWebSocket.Options): Promise<Listener> {
  const { host = '127.0.0.1', port = 0, onConnection, maxConnections = 1_024, ...rest } = options
  const full = withDefaults(rest)
  const server = createServer((_request, response) => response.writeHead(426, { connection: 'close' }).end())
  server.maxConnections = maxConnections + HANDSHAKES_MAX
  const handshakes = watchHandshakes(server, full)
  const upgrades = new WebSocketServer({ noServer: true, ...WS_LIMITS })
  const connections = new Set<Connection>()

  server.on('upgrade', (request, socket, head) => {
    if (connections.size >= maxConnections) {
      refuse(socket)
      return
    }
    upgrades.handleUpgrade(request, socket, head, (webSocket) => {
      handshakes.done(socket)
      const connection = new WebSocketConnection(webSocket, full, request.socket.remoteAddress)
      connections.add(connection)
      void connection.closed.then(() => connections.delete(connection))
      onConnection(connection)
    })
  })

  const url = `ws://${await bind(server, { host, port })}`
  const shut = async () => {
    const closed = once(server, 'close')
    server.close()
    handshakes.drop()
    await Promise.all([...connections].map((connection) => connection.close()))
    await closed
  }
  let closing: Promise<void> | undefined
  return { url, close: () => (closing ??= shut()) }
}
export declare namespace listenWebSocket {
  type Options = WebSocketOptions & {
    /** Address to listen on; by default this machine alone. */
    readonly host?: string
    /** 0 takes any free one. */
    readonly port?: number
    /** Peers beyond these are refused with HTTP status 503. */
    readonly maxConnections?: number
    readonly onConnection: (connection: Connection) => void
  }
}

/** Sockets that may be in their handshake, beside the open connections. */
const HANDSHAKES_MAX = 64

/** Ends sockets that do not become connections in time: who says nothing takes no place for long. */
function watchHandshakes(server: Server, { timers, handshakeTimeoutMs }: Required<WebSocketOptions>) {
  const waiting = new Map<Duplex, () => void>()
  const done = (socket: Duplex) => {
    waiting.get(socket)?.()
    waiting.delete(socket)
  }
  server.on('connection', (socket) => {
    const cancelTimeout = timers.after(handshakeTimeoutMs, () => socket.destroy())
    waiting.set(socket, cancelTimeout)
    socket.once('close', () => done(socket))
  })
  const drop = () => {
    for (const socket of waiting.keys()) socket.destroy()
  }
  return { done, drop }
}

function refuse(socket: Duplex): void {
  // The peer may be gone already; nobody else listens to this socket any more.
  socket.once('error', () => socket.destroy())
  socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

async function bind(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (cause) {
    throw new ListenError({ given: `${host}:${port}`, cause })
  }
  const { address, family, port: bound } = server.address() as AddressInfo
  return family === 'IPv6' ? `[${address}]:${bound}` : `${address}:${bound}`
}

function begin(url: string): WebSocket {
  try {
    return new WebSocket(url, WS_LIMITS)
  } catch (cause) {
    throw new UnreachableError({ given: url, problem: 'it is no ws:// or wss:// address', cause })
  }
}

function textOf(error: Error): string {
  // Node gives several attempts (IPv6, IPv4) as one error without a message of its own.
  return error.message === '' && 'code' in error ? String(error.code) : error.message
}
