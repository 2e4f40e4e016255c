import { Deployment } from '@musubi/sdk'
import type { Domain, RegistryClient } from '@musubi/sdk'
import type { Address } from 'viem'
import { createWallets } from '../accounts.ts'
import type { ChainProcess } from '../ChainProcess.ts'
import { deployContracts } from '../deploy.ts'
import type { Programs } from '../Programs.ts'
import { placeOf } from './drafts.ts'
import type { Place } from './drafts.ts'
import { makePeople } from './People.ts'
import type { People } from './People.ts'

/** The registry, and everybody who has to exist before the first device is enrolled. */
export type FleetWorld = {
  readonly chain: ChainProcess
  readonly deployment: Deployment.Deployment
  readonly domain: Domain.Domain
  readonly place: Place
  readonly people: People
  /** Sent by an operator, which relays what others have signed. */
  readonly registry: RegistryClient
  /** Sent by the admin. */
  readonly admin: RegistryClient
  /** Who would fund what the devices spend, and in what. */
  readonly money: { readonly funder: Address; readonly token: Address }
}

/** Deploys, and accredits the two attesters. */
export async function buildFleetWorld(chain: ChainProcess, options: buildFleetWorld.Options): Promise<FleetWorld> {
  const { deployer, operator, issuer } = createWallets(chain.url, 0)
  const ledger = await deployContracts(chain, { ...options, reader: deployer.reader })
  const { deployment } = ledger
  const people = await makePeople(deployment.p256Sha256Verifier)
  const admin = ledger.registry(deployer)
  for (const { address } of [people.north, people.south]) await admin.accredit({ attester: address })
  return {
    ...{ chain, deployment, people, admin },
    domain: Deployment.registryDomain(deployment),
    place: placeOf(deployment),
    registry: ledger.registry(operator),
    money: { funder: issuer.address, token: ledger.token },
  }
}
export declare namespace buildFleetWorld {
  type Options = { readonly folder: string; readonly root: string; readonly programs: Programs }
}
