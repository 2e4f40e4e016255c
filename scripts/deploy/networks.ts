import { CLOSE_DELAY_MAX_SECONDS } from '../../sdk/src/generated/constants.ts'
import { DeployError } from './errors.ts'

const HOUR = 3600

/** What has to be known of a chain before money is locked on it. */
export type Network = {
  readonly name: string
  readonly chainId: number
  /** Throw-away: gets a settlement token of its own, and no deployment on it is worth resuming. */
  readonly local: boolean
  /** A sequencer can keep a payee's transaction out for that long; zero where there is none. */
  readonly forcedInclusionSeconds: number
  readonly closeDelayFloorSeconds: number
  /** Configuration variables of Hardhat that the network needs. */
  readonly variables: readonly string[]
}

const local = { chainId: 31337, local: true, forcedInclusionSeconds: 0, closeDelayFloorSeconds: HOUR }
const opType = { local: false, forcedInclusionSeconds: 14 * HOUR, closeDelayFloorSeconds: 48 * HOUR }
const arbitrumType = { local: false, forcedInclusionSeconds: 26 * HOUR, closeDelayFloorSeconds: 48 * HOUR }

const NETWORKS: readonly Network[] = [
  { ...local, name: 'localhost', variables: [] },
  { ...local, name: 'anvil', variables: ['ANVIL_RPC_URL'] },
  { ...opType, name: 'baseSepolia', chainId: 84532, variables: ['BASE_SEPOLIA_RPC_URL', 'DEPLOYER_KEY'] },
  { ...opType, name: 'opSepolia', chainId: 11155420, variables: ['OP_SEPOLIA_RPC_URL', 'DEPLOYER_KEY'] },
  {
    ...arbitrumType,
    name: 'arbitrumSepolia',
    chainId: 421614,
    variables: ['ARBITRUM_SEPOLIA_RPC_URL', 'DEPLOYER_KEY'],
  },
]

export const NETWORK_NAMES = NETWORKS.map(({ name }) => name)

export function findNetwork(name: string): Network {
  const found = NETWORKS.find((network) => network.name === name)
  if (found === undefined) {
    throw new DeployError(`There is no network "${name}". Give one of ${NETWORK_NAMES.join(', ')} with --network.`)
  }
  return found
}

/** A whole number of seconds that protects a payee on this chain. */
export function parseCloseDelayFloor(text: string, network: Network): number {
  const min = network.forcedInclusionSeconds + 1
  const given = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (given >= min && given <= CLOSE_DELAY_MAX_SECONDS) return given
  const reason = network.local ? '' : `: it must exceed the forced inclusion of ${network.forcedInclusionSeconds} s`
  throw new DeployError(
    `A close delay floor of "${text}" seconds was given, but ${network.name} takes ${min} to ${CLOSE_DELAY_MAX_SECONDS}${reason}. ` +
      `Leave --close-delay-floor away for ${network.closeDelayFloorSeconds}.`,
  )
}
