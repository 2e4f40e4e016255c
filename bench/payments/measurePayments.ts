import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadFastestBackend } from '@musubi/sdk'
import type { Figure } from '../figures.ts'
import { measureInProcess } from './inProcess.ts'
import { median } from './statistics.ts'
import { measureWebSocket } from './webSocket.ts'

/** Payments per second: signed, verified and durably stored on both sides, by the SDK's own roles, stores and transports. */
export async function measurePayments(options: measurePayments.Options): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'musubi-bench-'))
  try {
    return await measure(folder, options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
export declare namespace measurePayments {
  type Options = { readonly rounds: number; readonly payments: number; readonly channels: number }
}

async function measure(parent: string, { rounds, payments, channels }: measurePayments.Options): Promise<Figure[]> {
  const inProcess: number[] = []
  const webSocket: { perSecond: number; p50Ms: number; p99Ms: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const path = await mkdtemp(join(parent, 'round-'))
    inProcess.push(await measureInProcess({ folder: path, payments, channels }))
    webSocket.push(await measureWebSocket({ folder: path, payments, channels }))
    console.error(`bench: round ${round + 1} of ${rounds} done`)
  }
  return [
    { name: 'backend', value: `secp256k1 ${(await loadFastestBackend()).name}` },
    { name: 'inProcessPerSecond', value: Math.round(median(inProcess)) },
    { name: 'webSocketPerSecond', value: Math.round(median(webSocket.map(({ perSecond }) => perSecond))) },
    { name: 'p50Ms', value: hundredths(median(webSocket.map(({ p50Ms }) => p50Ms))) },
    { name: 'p99Ms', value: hundredths(median(webSocket.map(({ p99Ms }) => p99Ms))) },
    { name: 'rounds', value: rounds },
    { name: 'payments', value: payments },
    { name: 'channels', value: channels },
  ]
}

function hundredths(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
