import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Deployment } from '@musubi/sdk'
import { registryClient } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { createTestClient, http, parseEther, toHex } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { createWallets } from '../../../scripts/demo/accounts.ts'
import { startChain } from '../../../scripts/demo/ChainProcess.ts'
import { deployContracts } from '../../../scripts/demo/deploy.ts'
import { Programs } from '../../../scripts/demo/Programs.ts'
import { decrypt, encrypt } from '../../src/keys/keystore.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const CLI = join(ROOT, 'attester', 'src', 'cli.ts')
/** What a test sees does not depend on the day. */
export const GENESIS_SECONDS = 1_800_000_000
/** The accounts that every local chain gives ether to. Public, so worth nothing anywhere else. */
const PHRASE = 'test test test test test test test test test test test junk'
export const PASSWORD = 'correct horse battery staple'

/** How a run of the command line ended. */
export type Run = { readonly code: number | null; readonly out: string; readonly err: string }
export type RunOptions = { readonly env?: Readonly<Record<string, string>>; readonly rpc?: string }

/** A chain process with the contracts, files of keys, and the command line. */
export class World {
  readonly folder: string
  readonly url: string
  readonly deployment: Deployment.Deployment & { readonly settlementToken: Address }
  readonly deploymentPath: string
  readonly wallets: ReturnType<typeof createWallets>
  readonly #programs: Programs

  private constructor(options: Pick<World, 'folder' | 'url' | 'deployment' | 'deploymentPath'>, programs: Programs) {
    this.folder = options.folder
    this.url = options.url
    this.deployment = options.deployment
    this.deploymentPath = options.deploymentPath
    this.wallets = createWallets(options.url, 2)
    this.#programs = programs
    writeFileSync(this.path('password.txt'), `${PASSWORD}\n`)
    for (const [name, index] of [...Object.entries(ACCOUNTS)]) writeFileSync(this.path(`${name}.key`), secretOf(index))
  }

  static async start(): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'musubi-attester-'))
    const programs = new Programs({ temporaryFolder: folder })
    try {
      const chain = await startChain('anvil', { programs, startAtSeconds: GENESIS_SECONDS })
      const { reader } = createWallets(chain.url, 1).deployer
      const { deployment } = await deployContracts(chain, { folder, root: ROOT, programs, reader })
      const { settlementToken } = deployment
      if (settlementToken === undefined) throw new Error('a local deployment has a token')
      const deploymentPath = join(folder, `${deployment.chainId}.json`)
      const place = { folder, url: chain.url, deployment: { ...deployment, settlementToken }, deploymentPath }
      return new World(place, programs)
    } catch (error) {
      await programs.end()
      throw error
    }
  }

  async stop(): Promise<void> {
    await this.#programs.end()
    rmSync(this.folder, { recursive: true, force: true })
  }

  path(...names: readonly string[]): string {
    return join(this.folder, ...names)
  }

  /** Encrypts the state's secrets anew, at a cost that a hundred commands can pay. */
  async cheapenKeystores(): Promise<void> {
    for (const name of ['keystore.json', 'freshness-secret.json']) {
      const path = this.path('state', name)
      const secret = await decrypt(readFileSync(path, 'utf8'), { password: PASSWORD, path })
      writeFileSync(path, JSON.stringify(await encrypt(secret, { password: PASSWORD, cost: { n: 1024, r: 8, p: 1 } })))
    }
  }

  /** The registry for whoever pays: the relayer, unless named. */
  registry(wallet = this.wallets.operator) {
    return registryClient({ clients: wallet, deployment: this.deployment })
  }

  get client() {
    return createTestClient({ mode: 'anvil', transport: http(this.url) })
  }

  async now(): Promise<number> {
    return Number((await this.wallets.operator.reader.getBlock()).timestamp)
  }

  /** Lets everything so far become final. */
  async finalize(): Promise<void> {
    await this.client.mine({ blocks: 9, interval: 2 })
  }

  async passTo(seconds: number): Promise<void> {
    await this.client.setNextBlockTimestamp({ timestamp: BigInt(seconds) })
    await this.client.mine({ blocks: 1 })
  }

  async giveEther(address: Address): Promise<void> {
    await this.client.setBalance({ address, value: parseEther('10') })
  }

  /** Starts the command line, and gives the process. */
  spawn(args: readonly string[], { env = {}, rpc = this.url }: RunOptions = {}) {
    const places = ['--state', this.path('state'), '--deployment', this.deploymentPath, '--rpc', rpc]
    const files = { MUSUBI_PASSWORD_FILE: this.path('password.txt') }
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MUSUBI_')))
    return spawn(process.execPath, [CLI, ...places, ...args], {
      env: { ...clean, NODE_TEST_CONTEXT: undefined, ...files, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: this.folder,
    })
  }

  async run(args: readonly string[], options?: RunOptions): Promise<Run> {
    const child = this.spawn(args, options)
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    return { code, out, err }
  }

  /** Runs a command that must work, and gives its last line. */
  async json(args: readonly string[], options?: RunOptions): Promise<Record<string, unknown>> {
    const { code, out, err } = await this.run([...args, '--json'], options)
    if (code !== 0) throw new Error(`musubi-attester ${args.join(' ')} ended with ${String(code)}: ${err}`)
    return lastLine(out)
  }

  /** Runs a command that must fail, and gives its code and its error. */
  async fails(
    args: readonly string[],
    options?: RunOptions,
  ): Promise<{ code: number | null; name: string; message: string }> {
    const { code, out } = await this.run([...args, '--json'], options)
    const { error } = lastLine(out) as { error?: { name: string; message: string } }
    return { code, name: error?.name ?? 'none', message: error?.message ?? out }
  }

  keyFile(name: keyof typeof ACCOUNTS): string {
    return this.path(`${name}.key`)
  }
}

const ACCOUNTS = { admin: 0, issuer: 1, payer: 3, party: 5, buyer: 6 } as const

export function secretOf(addressIndex: number): Hex {
  return toHex(mnemonicToAccount(PHRASE, { addressIndex }).getHdKey().privateKey ?? new Uint8Array(32))
}

export function lastLine(out: string): Record<string, unknown> {
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
}
