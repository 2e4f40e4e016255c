import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Abi, Address, Hex } from 'viem'
import { encodeDeployData, getAddress } from 'viem'
import type { Wallet } from '../../scripts/demo/accounts.ts'
import { createWallets } from '../../scripts/demo/accounts.ts'
import { findAnvil, startChain } from '../../scripts/demo/ChainProcess.ts'
import { deployContracts } from '../../scripts/demo/deploy.ts'
import type { Ledger } from '../../scripts/demo/Ledger.ts'
import { Programs } from '../../scripts/demo/Programs.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')
const START_SECONDS = 1_800_000_000

/** The contracts on a chain process as the demo has it, an account that is the admin, and one that relays. */
export type LocalChain = { readonly ledger: Ledger; readonly admin: Wallet; readonly relayer: Wallet }

/** Starts a chain and deploys to it. Nothing of it is left when `use` is done. */
export async function onLocalChain<Result>(use: (chain: LocalChain) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'musubi-bench-chain-'))
  const programs = new Programs({ temporaryFolder: folder })
  try {
    const kind = findAnvil() === undefined ? 'hardhat' : 'anvil'
    const chain = await startChain(kind, { programs, startAtSeconds: START_SECONDS })
    const { deployer, stranger } = createWallets(chain.url, 0)
    const ledger = await deployContracts(chain, { folder, root: ROOT, programs, reader: deployer.reader })
    return await use({ ledger, admin: deployer, relayer: stranger })
  } finally {
    await programs.end()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A compiled contract, ours or of a package. */
export type Artifact = { readonly abi: Abi; readonly bytecode: Hex }

/** One of our own, which `onLocalChain` has compiled. */
export async function readArtifact(source: string): Promise<Artifact> {
  const name = source.slice(source.lastIndexOf('/') + 1)
  return parseArtifact(await readFile(join(ROOT, 'artifacts', `${source}.sol`, `${name}.json`), 'utf8'))
}

export function parseArtifact(text: string): Artifact {
  return JSON.parse(text) as Artifact
}

export async function deploy(
  { reader, writer }: Wallet,
  { abi, bytecode }: Artifact,
  args: readonly unknown[],
): Promise<Address> {
  const hash = await writer.sendTransaction({ data: encodeDeployData({ abi, bytecode, args }) })
  const { contractAddress } = await reader.waitForTransactionReceipt({ hash })
  if (!contractAddress) throw new Error('The contract was not deployed.')
  return getAddress(contractAddress)
}
