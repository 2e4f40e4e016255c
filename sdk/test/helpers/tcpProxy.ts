import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** A wire between a peer and a listener on this machine, which a test can cut. */
export type TcpProxy = { readonly port: number; cut(): void; stop(): Promise<void> }

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    // A cut shows up here as an error; it is what the test asked for.
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
    return socket
  }
  const server = createServer((inbound) => {
    const outbound = keep(connect(targetPort, '127.0.0.1'))
    keep(inbound).pipe(outbound).pipe(inbound)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const stop = async () => {
    cut()
    server.close()
    await once(server, 'close')
  }
  return { port: (server.address() as AddressInfo).port, cut, stop }
}
