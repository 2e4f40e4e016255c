import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a call is: about to be handed on, or answered by the node and not yet by us. */
export type Phase = 'before' | 'after'

/** A node's JSON-RPC with somebody in between, who sees every call and may end whoever called. */
export class RpcProxy {
  readonly #server: Server
  /** Awaited at both phases of each call. */
  onCall: (method: string, phase: Phase) => void = () => undefined
  /** While it is cut, nothing is handed on and nothing answered: what a process that is being killed would not see. */
  isCut = false

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(target: string): Promise<RpcProxy> {
    const server = createServer()
    const proxy = new RpcProxy(server)
    server.on('request', (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString()
        const { method } = JSON.parse(body) as { method: string }
        void (async () => {
          const isOpen = (phase: Phase) => {
            proxy.onCall(method, phase)
            return !proxy.isCut
          }
          if (!isOpen('before')) return response.destroy()
          const answer = await fetch(target, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
          const text = await answer.text()
          if (!isOpen('after')) return response.destroy()
          return response.writeHead(200, { 'content-type': 'application/json' }).end(text)
        })()
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
