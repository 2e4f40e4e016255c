import { createServer, connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { once } from 'node:events'

/** The stations' way to the chain: a TCP relay on 127.0.0.1 that can be cut, as networks are. */
export class Uplink {
  readonly #target: URL
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #port = 0

  static async start(targetUrl: string): Promise<Uplink> {
    const uplink = new Uplink(targetUrl)
    await uplink.restore()
    return uplink
  }

  private constructor(targetUrl: string) {
    this.#target = new URL(targetUrl)
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Drops every connection and refuses new ones. */
  async cut(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    const closed = once(server, 'close')
    server.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  /** Listens again, on the same port. */
  async restore(): Promise<void> {
    if (this.#server !== undefined) return
    this.#server = createServer((socket) => this.#relay(socket))
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  #relay(socket: Socket): void {
    const upstream = connect(Number(this.#target.port), this.#target.hostname)
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      this.#sockets.add(from)
      from.pipe(to)
      // Either end may vanish: that is what a network does, and the other end learns it by the close.
      from.on('error', () => to.destroy())
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
    }
  }
}
