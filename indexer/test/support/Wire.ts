import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** Looks at each packet of a client. Where it springs, the packet goes on, or is lost with its connection. */
export type Trap = {
  isSprungBy(packet: Buffer, number: number): boolean
  readonly lose: boolean
  spring(): void
}

/** A wire between a process and a server on loopback. It sees what the process sends, and can be cut. */
export class Wire {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #target: number
  #isCut = false
  #packets = 0
  #trap: Trap | undefined

  private constructor(target: number) {
    this.#target = target
    this.#server = createServer((client) => this.#join(client))
  }

  static async to(port: number): Promise<Wire> {
    const wire = new Wire(port)
    wire.#server.listen(0, '127.0.0.1')
    await once(wire.#server, 'listening')
    return wire
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  set(trap: Trap | undefined): void {
    this.#trap = trap
    this.#packets = 0
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#isCut = false
  }

  async stop(): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(client: Socket): void {
    if (this.#isCut) {
      client.destroy()
      return
    }
    const server = connect(this.#target, '127.0.0.1')
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket)
      // A killed process resets its connections; that is what these tests are about.
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
    }
    server.on('data', (bytes: Buffer) => client.write(bytes))
    client.on('data', (bytes: Buffer) => {
      this.#packets += 1
      const trap = this.#trap?.isSprungBy(bytes, this.#packets) === true ? this.#trap : undefined
      trap?.spring()
      if (trap?.lose === true) server.destroy()
      else server.write(bytes)
    })
  }
}
