import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FakeChain } from './FakeChain.ts'

type Request = { readonly id: number; readonly method: string; readonly params?: readonly unknown[] }
type Raw = { readonly raw: string; readonly status: number }
/** What the node does instead of answering honestly. `undefined` is an honest answer. */
export type Fault = (
  request: Request,
  honest: () => unknown,
) => { result: unknown } | { error: object } | { raw: string; status: number } | 'silence' | undefined

/** A JSON-RPC node on loopback that answers from a fake chain, and lies when it is told to. */
export class RpcServer {
  readonly #server: Server
  #chain: FakeChain
  fault: Fault = () => undefined

  private constructor(chain: FakeChain) {
    this.#chain = chain
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Request | Request[]
        const requests = Array.isArray(body) ? body : [body]
        const answers = requests.map((one) => this.#answer(one))
        if (answers.includes(undefined)) return
        const raw = answers.find((answer) => answer !== undefined && 'raw' in answer) as Raw | undefined
        if (raw !== undefined) {
          response.writeHead(raw.status, { 'content-type': 'application/json' }).end(raw.raw)
          return
        }
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]))
      })
    })
  }

  static async start(chain: FakeChain): Promise<RpcServer> {
    const rpc = new RpcServer(chain)
    await new Promise<void>((resolve) => rpc.#server.listen(0, '127.0.0.1', resolve))
    return rpc
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`
  }

  serve(chain: FakeChain): void {
    this.#chain = chain
    this.fault = () => undefined
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(request: Request): object | undefined {
    const honest = (): unknown => this.#chain.answer(request.method, request.params ?? [])
    const faulty = this.fault(request, honest)
    if (faulty === 'silence') return undefined
    return { jsonrpc: '2.0', id: request.id, ...(faulty ?? { result: honest() }) }
  }
}
