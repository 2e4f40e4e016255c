import { LOG_LEVELS, readOptions, versionIn } from '@musubi/cli'
import type { ChainClients, ChainReader, Deployment as DeploymentType, SignatureVerifier } from '@musubi/sdk'
import {
  Deployment,
  asking,
  chainReader,
  chainWriter,
  checkDeployment,
  createSignatureVerifier,
  identityRegistryAbi,
  loadFastestBackend,
} from '@musubi/sdk'
import type { Command } from 'commander'
import { type Logger, pino } from 'pino'
import type { ContractFunctionArgs, ContractFunctionName, ContractFunctionReturnType, Hex } from 'viem'
import { z } from 'zod'
import type { Key } from '../keys/keySource.ts'
import { readText } from '../state/files.ts'

const globals = z.object({
  state: z.string().min(1),
  json: z.boolean(),
  logLevel: z.enum(LOG_LEVELS),
  deployment: z.string().min(1),
  rpc: z.url(),
})
export type Globals = z.output<typeof globals>

/** Options that every command has. */
export function readGlobals(command: Command): Globals {
  return readOptions(command, globals)
}

export type Deployed = DeploymentType.Deployment

export function readDeployment({ deployment }: Globals): Deployed {
  return Deployment.parse(readText(deployment))
}

/** The chain as a command sees it. */
export type Chain = { readonly deployment: Deployed; readonly reader: ChainReader; readonly log: Logger }

/** Connects to the chain, once it is sure that it is the one of the deployment. */
export async function openChain(options: Globals): Promise<Chain> {
  const deployment = readDeployment(options)
  const reader = chainReader(nodeOf(options, deployment))
  await checkDeployment(reader, deployment)
  return { deployment, reader, log: createLog(options.logLevel) }
}

/** The same chain, to be changed by transactions that `key` pays for. */
export function clientsOf(
  options: Globals,
  { deployment, reader }: Chain,
  { account }: Pick<Key, 'account'>,
): ChainClients {
  return { reader, writer: chainWriter({ ...nodeOf(options, deployment), account }) }
}

/** Seconds of the newest block: what the contracts go by. */
export async function chainTime({ reader }: Pick<Chain, 'reader'>): Promise<number> {
  return Number((await asking(reader, 'eth_getBlockByNumber', () => reader.getBlock())).timestamp)
}

type View = ContractFunctionName<typeof identityRegistryAbi, 'view'>

/** Asks the registry, and names what goes wrong. */
export async function readRegistry<name extends View>(
  { deployment, reader }: Pick<Chain, 'deployment' | 'reader'>,
  functionName: name,
  args: ContractFunctionArgs<typeof identityRegistryAbi, 'view', name>,
): Promise<ContractFunctionReturnType<typeof identityRegistryAbi, 'view', name>> {
  const call = { address: deployment.identityRegistry, abi: identityRegistryAbi, functionName, args }
  const answer: unknown = await asking(reader, functionName, () => reader.readContract(call as never))
  return answer as ContractFunctionReturnType<typeof identityRegistryAbi, 'view', name>
}

/** What the registry keeps of a binding. */
export async function recordOf(chain: Pick<Chain, 'deployment' | 'reader'>, bindingId: Hex) {
  return await readRegistry(chain, 'recordOf', [bindingId])
}

export async function createVerifier({ p256Sha256Verifier }: Deployed): Promise<SignatureVerifier> {
  return createSignatureVerifier({ backend: await loadFastestBackend(), p256Verifier: p256Sha256Verifier })
}

function nodeOf({ rpc: rpcUrl }: Globals, { chainId }: Deployed) {
  // A local chain answers at once; a public one is not asked more often than its blocks come.
  return { rpcUrl, chainId, timeoutMs: 30_000, pollingIntervalMs: chainId === LOCAL_CHAIN_ID ? 50 : 2_000 }
}

const LOCAL_CHAIN_ID = 31337

/** Logs go to standard error. Nothing that holds a key or a password is ever handed to them. */
function createLog(level: string): Logger {
  return pino({ level }, pino.destination({ fd: 2, sync: true }))
}

export function softwareVersion(): string {
  return versionIn(new URL('../../package.json', import.meta.url))
}
