import type { NetworkConnection } from 'hardhat/types/network'
import { createHardhatRuntimeEnvironment } from 'hardhat/hre'
import type { HardhatRuntimeEnvironment } from 'hardhat/types/hre'
import config from '../../hardhat.config.ts'
import { DeployError, textOf } from './errors.ts'
import type { Network } from './networks.ts'

/** A node that has not answered by then is called unreachable. */
const ANSWER_MAX_MILLISECONDS = 10_000

/** Hardhat with Ignition's journals under `journals`. */
export async function createHardhat(root: string, journals: string): Promise<HardhatRuntimeEnvironment> {
  const paths = { ...config.paths, ignition: journals }
  return await createHardhatRuntimeEnvironment({ ...config, paths }, {}, root)
}

/** Connects to the node, and refuses one of another chain before anything is sent to it. */
export async function connect(hre: HardhatRuntimeEnvironment, network: Network): Promise<NetworkConnection> {
  const override = { timeout: ANSWER_MAX_MILLISECONDS }
  const connection = await hre.network.create({ network: network.name, override }).catch(refuse(network))
  const answer: unknown = await connection.provider.request({ method: 'eth_chainId' }).catch(refuse(network))
  if (answer !== `0x${network.chainId.toString(16)}`) {
    throw new DeployError(
      `The node answers ${JSON.stringify(answer)} for its chain id, but ${network.name} is chain ${network.chainId}. ` +
        `Point ${network.variables[0] ?? 'http://127.0.0.1:8545'} at a node of that chain, or name another --network.`,
    )
  }
  const accounts = await connection.viem.getWalletClients().catch(refuse(network))
  if (accounts.length === 0) refuse(network)('it has no account to deploy from')
  return connection
}

function refuse({ name, variables }: Network): (error: unknown) => never {
  const advice =
    variables.length === 0
      ? 'Start a node with `npx hardhat node --hostname 127.0.0.1`.'
      : `It needs a node that runs, and ${variables.join(' and ')} from \`npx hardhat keystore set NAME\` or the environment.`
  return (error) => {
    throw new DeployError(`${name} cannot be used: ${textOf(error)}. ${advice}`)
  }
}
