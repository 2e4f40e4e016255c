/**
 * Payments per second: signed, verified and durably stored on both sides, by the SDK's own roles, stores and transports.
 * Medians over several rounds; the machine is shared, so compare figures of one run only.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadFastestBackend } from '@musubi/sdk'
import Table from 'cli-table3'
import { Command, InvalidArgumentError } from 'commander'
import { measureInProcess } from './payments/inProcess.ts'
import { median } from './payments/statistics.ts'
import { measureWebSocket } from './payments/webSocket.ts'

const options = new Command('bench')
  .description('Measure signed, verified and durably stored payments.')
  .option('--rounds <n>', 'rounds of each measurement; medians are shown', whole, 5)
  .option('--payments <n>', 'payments a round', whole, 4_000)
  .option('--channels <n>', 'channels that pay at the same time', whole, 64)
  .option('--json', 'print the figures as one JSON object on the last line')
  .parse()
  .opts<{ rounds: number; payments: number; channels: number; json?: true }>()

const folder = await mkdtemp(join(tmpdir(), 'musubi-bench-'))
try {
  const figures = await measure(folder)
  const table = new Table({ head: ['figure', 'median'], style: { head: [], border: [] } })
  for (const [name, value] of Object.entries(figures)) table.push([name, String(value)])
  console.log(table.toString())
  if (options.json) console.log(JSON.stringify(figures))
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function measure(parent: string) {
  const { rounds, payments, channels } = options
  const inProcess: number[] = []
  const webSocket: { perSecond: number; p50Ms: number; p99Ms: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const path = await mkdtemp(join(parent, 'round-'))
    inProcess.push(await measureInProcess({ folder: path, payments, channels }))
    webSocket.push(await measureWebSocket({ folder: path, payments, channels }))
    console.error(`bench: round ${round + 1} of ${rounds} done`)
  }
  return {
    backend: `secp256k1 ${(await loadFastestBackend()).name}`,
    inProcessPerSecond: Math.round(median(inProcess)),
    webSocketPerSecond: Math.round(median(webSocket.map(({ perSecond }) => perSecond))),
    p50Ms: rounded(median(webSocket.map(({ p50Ms }) => p50Ms))),
    p99Ms: rounded(median(webSocket.map(({ p99Ms }) => p99Ms))),
    rounds,
    payments,
    channels,
  }
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}

function whole(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000) {
    throw new InvalidArgumentError(`expected a whole number from 1 to 1000000, got ${text}`)
  }
  return value
}
