import type { NetworkConnection } from 'hardhat/types/network'
import { createHardhatRuntimeEnvironment } from 'hardhat/hre'
import type { HardhatRuntimeEnvironment } from 'hardhat/types/hre'
import config from '../../hardhat.config.ts'
import { DeployError, textOf } from './errors.ts'
import type { Network } from './networks.ts'

/** A node that has not answered by then is called unreachable. */
const ANSWER_MAX_MILLISECONDS = 30_000

export type Chain = { readonly hre: HardhatRuntimeEnvironment; readonly connection: NetworkConnection }

/** Hardhat with Ignition's journals under `journals`. */
export async function createHardhat(root: string, journals: string): Promise<HardhatRuntimeEnvironment> {
  const paths = { ...config.paths, ignition: journals }
  return await createHardhatRuntimeEnvironment({ ...config, paths }, {}, root)
}

/** Connects to the node, and refuses one of another chain before anything is sent to it. */
export async function connect(hre: HardhatRuntimeEnvironment, network: Network): Promise<NetworkConnection> {
  const override = { timeout: ANSWER_MAX_MILLISECONDS }
  const connection = await hre.network.create({ network: network.name, override })
  const chainId = await readChainId(connection, network)
  if (chainId !== network.chainId) {
    throw new DeployError(
      `The node answers with chain id ${chainId}, but ${network.name} is chain ${network.chainId}. ` +
        `Point ${network.variables[0] ?? 'http://127.0.0.1:8545'} at a node of chain ${network.chainId}, or name another --network.`,
    )
  }
  return connection
}

async function readChainId(connection: NetworkConnection, network: Network): Promise<number> {
  const answer = await connection.provider.request({ method: 'eth_chainId' }).catch((error: unknown) => {
    throw new DeployError(`The node of ${network.name} cannot be used: ${textOf(error)}. ${adviceFor(network)}`)
  })
  const chainId = Number(answer)
  if (Number.isSafeInteger(chainId)) return chainId
  throw new DeployError(
    `The node of ${network.name} answers ${JSON.stringify(answer)} to eth_chainId. ${adviceFor(network)}`,
  )
}

function adviceFor({ variables }: Network): string {
  const [url] = variables
  if (url === undefined) return 'Start one with `npx hardhat node --hostname 127.0.0.1`.'
  return (
    `Check that the node runs, and set ${variables.join(' and ')}: ` +
    variables.map((name) => `\`npx hardhat keystore set ${name}\``).join(', ') +
    `, or environment variables of these names.`
  )
}
