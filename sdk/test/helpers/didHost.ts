import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cleanup } from './webSocketPair.ts'

/** A host on this machine that publishes DID documents, and what it was asked for. */
export async function startDidHost(cleanup: Cleanup, answer: RequestListener) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  cleanup(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const host = `localhost:${(server.address() as AddressInfo).port}`
  return { host, asked }
}
