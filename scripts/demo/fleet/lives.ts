import { Binding, LeafTree, StandingMessage } from '@musubi/sdk'
import type { RegistryClient } from '@musubi/sdk'
import { signerOf } from '../devices/keys.ts'
import { must } from '../must.ts'
import * as calendar from './calendar.ts'
import { EARLY_LEAF } from './enrolFleets.ts'
import type { Fleet } from './Fleet.ts'
import { leafOf, signed } from './FleetDevice.ts'
import type { FleetDevice } from './FleetDevice.ts'
import type { FleetWorld } from './FleetWorld.ts'
import type { Attester, Party } from './People.ts'
import { renew, rotate, sell } from './successions.ts'

/** The devices that something happened to, each as it stood with one of its bindings. */
export type Lives = {
  /** All leaves that were activated. */
  readonly activated: readonly FleetDevice[]
  /** The car that changed hands: the seller's leaf, the buyer's first binding, and the one that took that one's place. */
  readonly sold: Sold
  readonly stolen: FleetDevice
  readonly revoked: FleetDevice
  /** The device whose key was replaced, under the old and the new one. */
  readonly rotated: { readonly before: FleetDevice; readonly after: FleetDevice }
  /** The device whose leaf was over early. */
  readonly ended: FleetDevice
}

export type Sold = {
  readonly from: Party
  readonly to: Party
  readonly seller: FleetDevice
  readonly buyer: FleetDevice
  readonly renewed: FleetDevice
}

/** Activated of each fleet: its first ones. */
const ACTIVATED_PER_FLEET = 8

/** Leaves of the first fleet that have a story. */
const SOLD = 0
const STOLEN = 1
const REVOKED = 2
const ROTATED = 3

/** Lets a month pass. */
export async function live(
  world: FleetWorld,
  fleets: readonly Fleet[],
  onStep: (step: string) => void,
): Promise<Lives> {
  const { people, registry, chain, admin } = world
  const first = must(fleets[0], 'first fleet')
  const [from, to] = [first.party, must(people.parties[3], 'buying party')]
  const leaf = (index: number): FleetDevice => leafOf(first, index, world.place)

  await chain.passTimeUntil(calendar.ACTIVATION)
  onStep(`activating ${ACTIVATED_PER_FLEET * fleets.length} leaves`)
  const activated: FleetDevice[] = []
  for (const fleet of fleets) activated.push(...(await activateSome(world, fleet)))

  await chain.passTimeUntil(calendar.SALE)
  onStep('selling a car in the middle of a day, vouched for by an attester that was just compromised')
  const seller = leaf(SOLD)
  const buyer = await sell(world, { seller, from, to })

  await chain.passTimeUntil(calendar.STOPS)
  onStep('suspending a stolen car, revoking a second one, rotating the key of a third')
  const [stolen, revoked, before] = [leaf(STOLEN), leaf(REVOKED), leaf(ROTATED)]
  await suspend(world, { device: stolen, party: from })
  await revoke(world, { device: revoked, attester: first.attester })
  const after = await rotate(world, { device: before, party: from, attester: first.attester })

  await chain.passTimeUntil(calendar.MARK)
  onStep(`marking the attester ${people.south.name} as compromised since ${calendar.dateOf(calendar.COMPROMISE)}`)
  const { attesterIndex } = await registry.recordOf(buyer.bindingId)
  await admin.markCompromised({ attesterIndex, sinceSeconds: calendar.COMPROMISE })

  await chain.passTimeUntil(calendar.RENEWAL)
  const renewed = await renew(world, { device: buyer, party: to, attester: people.north })
  return {
    activated,
    sold: { from, to, seller, buyer, renewed },
    ...{ stolen, revoked, rotated: { before, after }, ended: leaf(EARLY_LEAF) },
  }
}

async function activateSome(world: FleetWorld, fleet: Fleet): Promise<FleetDevice[]> {
  const activated: FleetDevice[] = []
  for (let index = 0; index < ACTIVATED_PER_FLEET; index++) {
    const device = leafOf(fleet, index, world.place)
    const { binding, deviceSigner } = device.credential
    const signer = await signerOf(device.key, world.deployment.p256Sha256Verifier)
    await world.registry.activate({
      ...{ enrolment: fleet.enrolment, binding, index, proof: LeafTree.proof(fleet.tree, index), deviceSigner },
      deviceSignature: await signed(signer, Binding.digest(binding, world.domain)),
    })
    activated.push(device)
  }
  return activated
}

type OfParty = { readonly device: FleetDevice; readonly party: Party }

async function suspend({ registry, domain }: FleetWorld, { device, party }: OfParty): Promise<void> {
  const message = await messageAbout(registry, device)
  const signature = await signed(party.signer, StandingMessage.suspendDigest(message, domain))
  const { binding } = device.credential
  await registry.suspendByParty({ binding, message, partySigner: party.signer.signer, signature })
}

type OfAttester = { readonly device: FleetDevice; readonly attester: Attester }

async function revoke({ registry, domain }: FleetWorld, { device, attester }: OfAttester): Promise<void> {
  const message = await messageAbout(registry, device)
  await registry.revoke({
    message,
    signature: await signed(attester.signer, StandingMessage.revokeDigest(message, domain)),
  })
}

async function messageAbout(
  registry: RegistryClient,
  { bindingId }: FleetDevice,
): Promise<StandingMessage.StandingMessage> {
  const { sequence } = await registry.recordOf(bindingId)
  return { bindingId, sequence, deadline: calendar.STOPS + 3600 }
}
