import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { createTestClient, http, publicActions } from 'viem'
import { foundry } from 'viem/chains'
import { DemoError } from './DemoError.ts'
import type { Program, Programs } from './Programs.ts'

/** A chain process of the demo's own, on 127.0.0.1. */
export type ChainProcess = {
  readonly kind: ChainKind
  readonly url: string
  /** Lets the chain's time pass until `atSeconds`, with enough blocks that everything before is finalized. Time that has passed already takes none. */
  passTimeUntil(atSeconds: number): Promise<void>
}
export type ChainKind = 'anvil' | 'hardhat'

/** Blocks until one is finalized: two epochs. */
const FINALITY_BLOCKS = 8
const SLOTS_IN_AN_EPOCH = FINALITY_BLOCKS / 2
const SECONDS_PER_BLOCK = 2
const START_TIMEOUT_MS = 60_000
/** Nobody asks for older states than the finalized one; anvil would write each of them to a file under the user's home. */
const STATES_MAX = 8 * FINALITY_BLOCKS

/** Starts anvil, whose `finalized` tag lags as on a real chain, or Hardhat's node, whose does not. It ends with `programs`. */
export async function startChain(kind: ChainKind, options: startChain.Options): Promise<ChainProcess> {
  const child = kind === 'anvil' ? startAnvil(options) : startHardhat(options)
  const url = await urlOf(child, kind)
  const client = createTestClient({ chain: foundry, mode: kind, transport: http(url) }).extend(publicActions)
  return {
    kind,
    url,
    passTimeUntil: async (atSeconds) => {
      const { timestamp } = await client.getBlock({ blockTag: 'latest' })
      if (timestamp >= BigInt(atSeconds)) return
      const first = BigInt(atSeconds - FINALITY_BLOCKS * SECONDS_PER_BLOCK)
      if (first > timestamp) await client.setNextBlockTimestamp({ timestamp: first })
      await client.mine({ blocks: 1 })
      await client.mine({ blocks: FINALITY_BLOCKS, interval: SECONDS_PER_BLOCK })
    },
  }
}
export declare namespace startChain {
  type Options = { readonly programs: Programs; readonly startAtSeconds: number }
}

/** anvil's binary from its npm package, or undefined where there is none for this machine. */
export function findAnvil(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@foundry-rs/anvil-linux-amd64/bin/anvil')
  } catch {
    return undefined
  }
}

function startAnvil({ programs, startAtSeconds }: startChain.Options): Program {
  const anvil = findAnvil()
  if (anvil === undefined) {
    throw new DemoError('There is no anvil for this machine.', { next: 'Run again with --chain hardhat.' })
  }
  const place = ['--host', '127.0.0.1', '--port', '0']
  // Osaka's limit of a transaction's gas is a switch of its own.
  const rules = ['--hardfork', 'osaka', '--enable-tx-gas-limit', '--timestamp', String(startAtSeconds)]
  const states = ['--slots-in-an-epoch', String(SLOTS_IN_AN_EPOCH), '--prune-history', String(STATES_MAX)]
  return programs.start(anvil, { args: [...place, ...rules, ...states] })
}

function startHardhat({ programs, startAtSeconds }: startChain.Options): Program {
  const hardhat = createRequire(import.meta.url)
    .resolve('hardhat/package.json')
    .replace(/package\.json$/, 'dist/src/cli.js')
  const flags = ['node', '--hostname', '127.0.0.1', '--port', '0', '--network', 'replay']
  const env = { MUSUBI_CHAIN_START: new Date(startAtSeconds * 1000).toISOString() }
  return programs.start(process.execPath, { args: [hardhat, ...flags], env })
}

async function urlOf(child: Program, kind: ChainKind): Promise<string> {
  const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS)
  const { stdout } = child
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2000)))
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
