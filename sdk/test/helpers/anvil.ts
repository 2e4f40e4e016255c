import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

/** A chain process on 127.0.0.1 that a test started, and ends. */
export type Anvil = { readonly url: string; stop(): Promise<void> }

/** Genesis of every test chain, in seconds: what a test sees does not depend on the day. */
export const GENESIS_SECONDS = 1_800_000_000

/** Blocks from the newest one back to the finalized one: two epochs of four slots. */
export const FINALITY_BLOCKS = 8n

const OPTIONS = ['--host', '127.0.0.1', '--port', '0', '--hardfork', 'osaka', '--slots-in-an-epoch', '4']

export async function startAnvil({ chainId = 31337 }: { chainId?: number } = {}): Promise<Anvil> {
  const binary = createRequire(import.meta.url).resolve('@foundry-rs/anvil-linux-amd64/bin/anvil')
  const options = [...OPTIONS, '--chain-id', String(chainId), '--timestamp', String(GENESIS_SECONDS)]
  const child = spawn(binary, options, { stdio: ['ignore', 'pipe', 'ignore'] })
  const exit = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGKILL')
    await exit
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /Listening on (127\.0\.0\.1:\d+)/.exec(line)
    if (found === null) continue
    // Whoever stops reading must drain, or a talkative node blocks on a full pipe.
    child.stdout.resume()
    return { url: `http://${found[1]}`, stop }
  }
  throw new Error('anvil ended without listening')
}
