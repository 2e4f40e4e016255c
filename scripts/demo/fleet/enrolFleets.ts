import { Binding, Enrolment, LeafTree } from '@musubi/sdk'
import type { Hex } from 'viem'
import { signerOf } from '../devices/keys.ts'
import { must } from '../must.ts'
import { EARLY_END, START, VALID_UNTIL } from './calendar.ts'
import { draftBinding } from './drafts.ts'
import type { Enrolled, Fleet } from './Fleet.ts'
import type { FleetWorld } from './FleetWorld.ts'
import { signed } from './FleetDevice.ts'
import { keyOf } from './keys.ts'
import type { Attester, Party } from './People.ts'
import { workThrough } from './workThrough.ts'

/** Enough that every fleet has leaves to activate and leaves to leave alone. */
export const DEVICES_MIN = 100
/** Every binding is kept in memory: 10,000 make a process of 400 MB, most of it garbage not collected yet. */
export const DEVICES_MAX = 100_000

/** What the chain says of the enrolments. */
export type Enrolling = {
  readonly fleets: readonly Fleet[]
  readonly enrolled: number
  readonly transactions: number
  /** What the transactions took. */
  readonly gas: bigint
}

/** Of the first fleet: the leaf that ends before the others. */
export const EARLY_LEAF = 4

/** Parties that the first attester vouches for; the second one has the others. */
const PARTIES_OF_NORTH = 3

/** Makes the keys and bindings of all devices, and enrols each party's with one transaction. */
export async function enrolFleets(world: FleetWorld, options: enrolFleets.Options): Promise<Enrolling> {
  const { parties, north, south } = world.people
  const fleets: Fleet[] = []
  const transactions = new Set<Hex>()
  let [enrolled, gas] = [0, 0n]
  for (const [at, party] of parties.entries()) {
    const attester = at < PARTIES_OF_NORTH ? north : south
    const count = Math.ceil((options.devices - at) / parties.length)
    const fleet = await draftFleet(world, { ...options, party, attester, count, isFirst: at === 0 })
    const { enrolment, signatures } = fleet
    const { events, gasUsed, hash } = await world.registry.enrol({
      enrolment,
      partySigner: party.signer.signer,
      signatures,
    })
    for (const event of events) if (event.eventName === 'Enrolled') enrolled += event.args.enrolment.count
    transactions.add(hash)
    gas += gasUsed
    fleets.push(fleet)
  }
  return { fleets, enrolled, transactions: transactions.size, gas }
}
export declare namespace enrolFleets {
  type Options = workThrough.Watching & {
    /** How many in all. */
    readonly devices: number
  }
}

type Drafting = enrolFleets.Options & {
  readonly party: Party
  readonly attester: Attester
  readonly count: number
  readonly isFirst: boolean
}

async function draftFleet(world: FleetWorld, drafting: Drafting): Promise<Fleet> {
  const { party, attester, count, signal, onDone } = drafting
  const devices: Enrolled[] = []
  await workThrough(Array(count).keys(), {
    ...{ signal, onDone },
    work: async (index) => void devices.push(await draftDevice(world, { ...drafting, index })),
  })
  const tree = LeafTree.build({
    bindingIds: devices.map(({ binding }) => Binding.id(binding)),
    deviceIds: devices.map(({ binding }) => binding.deviceId),
  })
  const { root } = tree
  const [validFrom, validUntil] = [START, VALID_UNTIL]
  const enrolment = { root, count, partyId: party.partyId, attester: attester.address, validFrom, validUntil }
  const digest = Enrolment.digest(enrolment, world.domain)
  const signatures = {
    party: await signed(party.signer, digest),
    attester: await signed(attester.signer, digest),
  }
  return { party, attester, devices, tree, enrolment, signatures }
}

/** Keys alternate between the two kinds. */
async function draftDevice(
  world: FleetWorld,
  { party, attester, isFirst, index }: Drafting & { readonly index: number },
): Promise<Enrolled> {
  const name = `${must(party.name.at(-1), 'letter')}-${String(index).padStart(4, '0')}`
  const key = keyOf(name, index % 2 === 0 ? 'secp256k1' : 'p256')
  const { signer: deviceSigner } = await signerOf(key, world.deployment.p256Sha256Verifier)
  const validUntil = isFirst && index === EARLY_LEAF ? EARLY_END : VALID_UNTIL
  const binding = draftBinding(deviceSigner, { ...world.money, party, attester, validUntil })
  return { name, key, deviceSigner, binding }
}
