/**
 * Deploys the contracts to one network, and writes `deployments/<chainId>.json` for SDK, demo and indexer.
 * Running it again on the same chain changes nothing; a local chain that was thrown away is deployed to afresh.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Table from 'cli-table3'
import { Command } from 'commander'
import type { Deployment } from '@musubi/sdk'
import type { NetworkConnection } from 'hardhat/types/network'
import type { HardhatRuntimeEnvironment } from 'hardhat/types/hre'
import { adminsOf, describeAdmins, parseAdmin, requireAdmin } from './deploy/admin.ts'
import type { Admin } from './deploy/admin.ts'
import { connect, createHardhat } from './deploy/connect.ts'
import * as deploymentFile from './deploy/deploymentFile.ts'
import { DeployError, textOf } from './deploy/errors.ts'
import { ignite } from './deploy/ignite.ts'
import { difference, isCurrent } from './deploy/inspect.ts'
import { NETWORK_NAMES, findNetwork, parseCloseDelayFloor } from './deploy/networks.ts'
import type { Network } from './deploy/networks.ts'

const ROOT = resolve(import.meta.dirname, '..')

type Options = {
  readonly network: string
  readonly out: string
  readonly journals: string
  readonly closeDelayFloor?: string
  readonly admin?: string
  readonly adminDelay?: string
  readonly json?: true
}

const options = new Command('deploy')
  .description('Deploy the contracts to one network, and write deployments/<chainId>.json.')
  .requiredOption('--network <name>', `one of ${NETWORK_NAMES.join(', ')}`)
  .option('--out <folder>', 'where the file goes', join(ROOT, 'deployments'))
  .option('--close-delay-floor <seconds>', 'shortest close delay; default 3600 on local chains, 172800 elsewhere')
  .option('--admin <address>', 'multisig or timelock that takes the admin role over; the deployer keeps nothing')
  .option('--admin-delay <seconds>', 'how long everything that this admin does is announced before (default 0)')
  .option(
    '--journals <folder>',
    'where Ignition keeps what it sent to a public chain, to go on after a stop',
    join(ROOT, 'ignition'),
  )
  .option('--json', 'print the file and its path on the last line')
  .parse()
  .opts<Options>()

try {
  await main(options)
} catch (error) {
  console.error(`deploy: ${error instanceof DeployError ? error.message : textOf(error)}`)
  process.exitCode = 1
}

async function main({ network: name, out, closeDelayFloor, json, ...options }: Options): Promise<void> {
  const network = findNetwork(name)
  const floor = closeDelayFloor === undefined ? undefined : parseCloseDelayFloor(closeDelayFloor, network)
  const admin = parseAdmin(options.admin, options.adminDelay)
  const path = deploymentFile.pathOf(resolve(out), network.chainId)

  await deploymentFile.prepare(path)
  const throwAway = network.local ? await mkdtemp(join(tmpdir(), 'musubi-deploy-')) : undefined
  const journals = throwAway ?? resolve(options.journals)
  try {
    const hre = await createHardhat(ROOT, journals)
    const connection = await connect(hre, network)
    try {
      await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
      const deployment =
        (await findExisting(hre, connection, { network, path, floor })) ??
        (await deploy(connection, { network, path, journals, admin, floor: floor ?? network.closeDelayFloorSeconds }))
      const admins = await adminsOf(connection, deployment)
      requireAdmin(admins, admin)
      print({ network, path, deployment, admins, json: json ?? false })
    } finally {
      await connection.close()
    }
  } finally {
    if (throwAway !== undefined) await rm(throwAway, { recursive: true, force: true })
  }
}

/** The deployment that the file describes, when the chain still has it. */
async function findExisting(
  hre: HardhatRuntimeEnvironment,
  connection: NetworkConnection,
  { network, path, floor }: { network: Network; path: string; floor: number | undefined },
): Promise<Deployment.Deployment | undefined> {
  const existing = await deploymentFile.read(path)
  if (existing === undefined) return undefined
  if (network.local && !(await isCurrent(hre, connection, existing))) {
    progress(`${path} is of another chain, or of other sources: deploying afresh`)
    return undefined
  }
  const found =
    existing.chainId === network.chainId ? await difference(connection, existing) : `it is of chain ${existing.chainId}`
  if (found !== undefined) {
    throw new DeployError(`${path} does not describe ${network.name}: ${found}. Move the file away to deploy afresh.`)
  }
  if (floor !== undefined && floor !== existing.closeDelayFloorSeconds) {
    throw new DeployError(
      `${network.name} has an escrow with a close delay floor of ${existing.closeDelayFloorSeconds} s, and ${floor} s were asked for. ` +
        `An escrow's floor never changes: leave --close-delay-floor away, or give another folder with --out.`,
    )
  }
  progress(`${path} describes this chain already: nothing to do`)
  return existing
}

type Deploying = {
  readonly network: Network
  readonly path: string
  readonly journals: string
  readonly admin: Admin | undefined
  readonly floor: number
}
type Printing = {
  readonly network: Network
  readonly path: string
  readonly deployment: Deployment.Deployment
  readonly admins: readonly Admin[]
  readonly json: boolean
}

async function deploy(
  connection: NetworkConnection,
  { network, path, journals, admin, floor }: Deploying,
): Promise<Deployment.Deployment> {
  progress(`deploying to ${network.name} (chain ${network.chainId}), close delay floor ${floor} s`)
  if (admin !== undefined) progress(`handing the admin role over to ${describeAdmins([admin])}`)
  const deployment = await ignite(connection, network, { closeDelayFloorSeconds: floor, admin, journals })
  const found = await difference(connection, deployment)
  if (found !== undefined)
    throw new DeployError(`The deployment to ${network.name} is not what was asked for: ${found}.`)
  await deploymentFile.write(path, deployment)
  progress(`wrote ${path}`)
  return deployment
}

function print({ network, path, deployment, admins, json }: Printing): void {
  const { version: _, ...fields } = deployment
  const table = new Table({ head: ['network', network.name], style: { head: [], border: [] } })
  for (const [field, value] of Object.entries(fields)) table.push([field, String(value)])
  table.push(['admin', describeAdmins(admins)])
  console.log(table.toString())
  if (json) console.log(JSON.stringify({ ...deployment, path }))
}

function progress(line: string): void {
  console.error(`deploy: ${line}`)
}
