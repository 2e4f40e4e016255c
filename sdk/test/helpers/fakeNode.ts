import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cleanup } from './webSocketPair.ts'

/** What a JSON-RPC call asks for. */
export type RpcCall = { readonly method: string; readonly params: readonly unknown[] }

/** Answers as a node would, or as no node should. */
export type Answer = (response: ServerResponse, call: RpcCall, id: number) => void

/** A node on 127.0.0.1 that is none. Returns its address. */
export async function startFakeNode(cleanup: Cleanup, answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const {
        id,
        method,
        params = [],
      } = JSON.parse(Buffer.concat(chunks).toString()) as Partial<RpcCall> & { id: number }
      answer(response, { method: method ?? '', params }, id)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Answers each method with its result, and an unknown one with an error. */
export function results(byMethod: Readonly<Record<string, unknown>>): Answer {
  return (response, { method }, id) => {
    const result = byMethod[method]
    const error = { code: -32601, message: `the method ${method} does not exist` }
    json(response, { jsonrpc: '2.0', id, ...(result === undefined ? { error } : { result }) })
  }
}

export function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
