import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = join(import.meta.dirname, '..', '..', '..')

/** A node on 127.0.0.1 that a test started, and ends. */
export type ChainProcess = { readonly url: string; stop(): Promise<void> }

export async function startAnvil(chainId = 31337): Promise<ChainProcess> {
  const anvil = createRequire(import.meta.url).resolve('@foundry-rs/anvil-linux-amd64/bin/anvil')
  const options = ['--host', '127.0.0.1', '--port', '0', '--hardfork', 'osaka', '--chain-id', String(chainId)]
  return await start(anvil, options, /Listening on (127\.0\.0\.1:\d+)/)
}

export async function startHardhatNode(): Promise<ChainProcess> {
  const hardhat = join(ROOT, 'node_modules', 'hardhat', 'dist', 'src', 'cli.js')
  const options = [hardhat, 'node', '--hostname', '127.0.0.1', '--port', '0']
  return await start(process.execPath, options, /http:\/\/(127\.0\.0\.1:\d+)/)
}

/** A node that is none: answers whatever `listener` does. */
export async function startFakeNode(listener: RequestListener): Promise<ChainProcess> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}

async function start(command: string, options: readonly string[], listening: RegExp): Promise<ChainProcess> {
  const child = spawn(command, options, { cwd: ROOT, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill()
    await exit
  }
  const lines = createInterface({ input: child.stdout })
  for await (const line of lines) {
    const found = listening.exec(line)
    if (found === null) continue
    // Whoever stops reading must drain, or a talkative node blocks on a full pipe.
    child.stdout.resume()
    return { url: `http://${found[1]}`, stop }
  }
  throw new Error(`${command} ended without listening`)
}

/** Without what a test runner tells its own process: a child would take itself for a test of its own. */
export function plainEnvironment(variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, ...variables }
}
