import type { Deployment } from '@musubi/sdk'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NetworkConnection } from 'hardhat/types/network'
import { getAddress } from 'viem'
import { z } from 'zod'
import AdminHandover from '../../ignition/modules/AdminHandover.ts'
import LocalJpyToken from '../../ignition/modules/LocalJpyToken.ts'
import Musubi from '../../ignition/modules/Musubi.ts'
import type { Admin } from './admin.ts'
import { DeployError, textOf } from './errors.ts'
import type { Network } from './networks.ts'

/** A local chain makes a block at once, and loses none. */
const LOCAL_CHAIN = { requiredConfirmations: 1, blockPollingInterval: 100 } as const

/** What is deployed; without an admin the deployer stays it. */
export type Plan = { readonly closeDelayFloorSeconds: number; readonly admin: Admin | undefined }

/** Deploys through Ignition, whose journal under `journals` lets a stopped deployment go on where it was. */
export async function ignite(
  connection: NetworkConnection,
  network: Network,
  { closeDelayFloorSeconds, admin, journals }: Plan & { readonly journals: string },
): Promise<Deployment.Deployment> {
  const deploymentId = `chain-${network.chainId}`
  const options = { deploymentId, ...(network.local ? { config: LOCAL_CHAIN } : {}) }
  try {
    const parameters = { Musubi: { closeDelayFloorSeconds } }
    const contracts =
      admin === undefined
        ? await connection.ignition.deploy(Musubi, { ...options, parameters })
        : await connection.ignition.deploy(AdminHandover, {
            ...options,
            parameters: { ...parameters, AdminHandover: { admin: admin.address, delaySeconds: admin.delaySeconds } },
          })
    const token = network.local ? await connection.ignition.deploy(LocalJpyToken, options) : {}
    const addresses = Object.entries({ ...contracts, ...token }).map(([name, { address }]) => [
      name,
      getAddress(address),
    ])
    return {
      version: 1,
      chainId: network.chainId,
      startBlock: await firstBlock(join(journals, 'deployments', deploymentId, 'journal.jsonl')),
      ...(Object.fromEntries(addresses) as Pick<Deployment.Deployment, 'accessManager' | 'identityRegistry'> &
        Pick<Deployment.Deployment, 'p256Sha256Verifier' | 'channelEscrow' | 'ledgerAnchor'>),
      closeDelayFloorSeconds,
    }
  } catch (error) {
    throw new DeployError(
      `The deployment to ${network.name} stopped: ${textOf(error)}. ` +
        (network.local
          ? 'Deploy again: it starts afresh.'
          : 'Mend the cause and deploy again: it goes on where it stopped.'),
    )
  }
}

const confirmation = z.object({
  type: z.literal('TRANSACTION_CONFIRM'),
  receipt: z.object({ blockNumber: z.int().nonnegative() }),
})

/** Ignition keeps the receipt of every transaction; the first one is as old as the deployment. */
async function firstBlock(journal: string): Promise<number> {
  const lines = (await readFile(journal, 'utf8')).split('\n').filter((line) => line !== '')
  const blocks = lines.flatMap((line) => {
    const parsed = confirmation.safeParse(JSON.parse(line))
    return parsed.success ? [parsed.data.receipt.blockNumber] : []
  })
  if (blocks.length === 0) throw new DeployError(`${journal} names no confirmed transaction`)
  return Math.min(...blocks)
}
