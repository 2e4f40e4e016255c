import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { createTestClient, http, publicActions } from 'viem'
import { foundry } from 'viem/chains'
import { DemoError } from './DemoError.ts'
import { must } from './must.ts'

/** A chain process of the demo's own, on 127.0.0.1. */
export type ChainProcess = {
  readonly kind: ChainKind
  readonly url: string
  /** Lets the chain's time pass until `atSeconds`, with enough blocks that everything before is finalized. */
  passTimeUntil(atSeconds: number): Promise<void>
  stop(): Promise<void>
}
export type ChainKind = 'anvil' | 'hardhat'

/** Blocks until one is finalized: two epochs. */
const FINALITY_BLOCKS = 8
const SLOTS_IN_AN_EPOCH = FINALITY_BLOCKS / 2
const SECONDS_PER_BLOCK = 2
const START_TIMEOUT_MS = 60_000

/** Starts anvil, whose `finalized` tag lags as on a real chain, or Hardhat's node, whose does not. */
export async function startChain(kind: ChainKind, startAtSeconds: number): Promise<ChainProcess> {
  const child = kind === 'anvil' ? spawnAnvil(startAtSeconds) : spawnHardhat(startAtSeconds)
  const url = await urlOf(child, kind)
  const client = createTestClient({ chain: foundry, mode: kind, transport: http(url) }).extend(publicActions)
  return {
    kind,
    url,
    passTimeUntil: async (atSeconds) => {
      const { timestamp } = await client.getBlock({ blockTag: 'latest' })
      const first = BigInt(atSeconds - FINALITY_BLOCKS * SECONDS_PER_BLOCK)
      if (first > timestamp) await client.setNextBlockTimestamp({ timestamp: first })
      await client.mine({ blocks: 1 })
      await client.mine({ blocks: FINALITY_BLOCKS, interval: SECONDS_PER_BLOCK })
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** anvil's binary from its npm package, or undefined where there is none for this machine. */
export function findAnvil(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@foundry-rs/anvil-linux-amd64/bin/anvil')
  } catch {
    return undefined
  }
}

function spawnAnvil(startAtSeconds: number): ChildProcess {
  const anvil = findAnvil()
  if (anvil === undefined) {
    throw new DemoError('There is no anvil for this machine.', { next: 'Run again with --chain hardhat.' })
  }
  const flags = ['--host', '127.0.0.1', '--port', '0', '--hardfork', 'osaka', '--timestamp', String(startAtSeconds)]
  return spawn(anvil, [...flags, '--slots-in-an-epoch', String(SLOTS_IN_AN_EPOCH)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function spawnHardhat(startAtSeconds: number): ChildProcess {
  const hardhat = createRequire(import.meta.url)
    .resolve('hardhat/package.json')
    .replace(/package\.json$/, 'dist/src/cli.js')
  const flags = ['node', '--hostname', '127.0.0.1', '--port', '0', '--network', 'replay']
  const env = { ...process.env, MUSUBI_CHAIN_START: new Date(startAtSeconds * 1000).toISOString() }
  return spawn(process.execPath, [hardhat, ...flags], { stdio: ['ignore', 'pipe', 'pipe'], env })
}

async function urlOf(child: ChildProcess, kind: ChainKind): Promise<string> {
  const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS)
  const stdout = must(child.stdout, `output of ${kind}`)
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2000)))
  try {
    for await (const line of createInterface({ input: stdout })) {
      const found = /(?:Listening on|server at) (?:http:\/\/)?(127\.0\.0\.1:\d+)/.exec(line)
      if (found === null) continue
      // Read on, or the process blocks once its pipe is full.
      stdout.resume()
      return `http://${found[1]}`
    }
  } finally {
    clearTimeout(timer)
  }
  throw new DemoError(`The chain process (${kind}) ended before it listened: ${said.trim()}`, {
    next: 'See what it said; `npm ci` brings both chains.',
  })
}
