import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { dialWebSocket } from '@musubi/sdk'
import { channelRecords, openSide } from './fixture.ts'
import { latencies, payAll } from './pay.ts'
import { requireStored } from './requireStored.ts'
import { startPayer } from './sessions.ts'
import { quantile } from './statistics.ts'

/** Payments on one channel alone, to see how long one takes. */
const LATENCY_PAYMENTS = 500

/** Payments per second between two processes over WebSocket, and how long one takes when nothing else is paid. */
export async function measureWebSocket({ folder, payments, channels }: measureWebSocket.Options) {
  const program = join(import.meta.dirname, 'payeeProcess.ts')
  const paths = { payer: join(folder, 'web-socket-payer.sqlite'), payee: join(folder, 'web-socket-payee.sqlite') }
  const child = fork(program, [paths.payee, String(channels)])
  const [url] = (await once(child, 'message')) as [string]
  const side = await openSide('payer', paths.payer)
  const sessions = []
  for (const record of await channelRecords(channels)) {
    sessions.push(await startPayer(record, { side, connection: await dialWebSocket(url) }))
  }
  const [first] = sessions
  const { made, perSecond } = await payAll(sessions, payments)
  const taken = first === undefined ? [] : await latencies(first, LATENCY_PAYMENTS)
  await Promise.all(sessions.map((session) => session.close()))
  await side.store.dispose()
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
  const all = made + taken.length
  for (const role of ['payer', 'payee'] as const) await requireStored(role, { path: paths[role], payments: all })
  return { perSecond, p50Ms: quantile(taken, 0.5), p99Ms: quantile(taken, 0.99) }
}
export declare namespace measureWebSocket {
  type Options = { readonly folder: string; readonly payments: number; readonly channels: number }
}
