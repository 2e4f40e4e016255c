import { Binding, StandingMessage } from '@musubi/sdk'
import type { Credential, SignedSuccessor } from '@musubi/sdk'
import { signerOf } from '../devices/keys.ts'
import * as calendar from './calendar.ts'
import { draftBinding } from './drafts.ts'
import { signed } from './FleetDevice.ts'
import type { FleetDevice } from './FleetDevice.ts'
import type { FleetWorld } from './FleetWorld.ts'
import { keyOf } from './keys.ts'
import type { Attester, Party } from './People.ts'

type Selling = { readonly seller: FleetDevice; readonly from: Party; readonly to: Party }

/** The car gets a new key: a copy of the old one that the seller kept must not act for the buyer. */
export async function sell(world: FleetWorld, { seller, from, to }: Selling): Promise<FleetDevice> {
  const { registry, people, domain } = world
  const validFrom = calendar.at(10)
  const { device: buyer, successor } = await succeed(world, seller, {
    key: 'p256',
    party: to,
    attester: people.south,
    validFrom,
  })
  const { sequence } = await registry.recordOf(seller.bindingId)
  const deadline = calendar.SALE + 3600
  const release = { bindingId: seller.bindingId, sequence, successor: buyer.bindingId, deadline }
  const signature = await signed(from.signer, StandingMessage.releaseDigest(release, domain))
  const consent = { deadlineSeconds: deadline, partySigner: from.signer.signer, signature }
  await registry.rebind({ ...successor, consent })
  return buyer
}

type Replacing = { readonly device: FleetDevice; readonly party: Party; readonly attester: Attester }

/** The key goes into another chip; the party stays. */
export async function rotate(world: FleetWorld, { device, party, attester }: Replacing): Promise<FleetDevice> {
  const validFrom = calendar.at(12)
  const { device: after, successor } = await succeed(world, device, { key: 'secp256k1', party, attester, validFrom })
  await world.registry.rotateKey(successor)
  return after
}

/** The same key, party and car: somebody else vouches. */
export async function renew(world: FleetWorld, { device, party, attester }: Replacing): Promise<FleetDevice> {
  const validFrom = calendar.at(13)
  const { device: renewed, successor } = await succeed(world, device, { party, attester, validFrom })
  await world.registry.renew(successor)
  return renewed
}

type Succeeding = {
  /** The kind of the new key; the old key stays unless given. */
  readonly key?: 'p256' | 'secp256k1'
  readonly party: Party
  readonly attester: Attester
  readonly validFrom: number
}

/** Makes the binding that takes the place of a device's newest, with all three signatures. */
async function succeed(
  { domain, deployment, money }: FleetWorld,
  head: FleetDevice,
  { key: kind, party, attester, validFrom }: Succeeding,
): Promise<{ readonly device: FleetDevice; readonly successor: SignedSuccessor }> {
  const key = kind === undefined ? head.key : keyOf(`${head.name}, its second one`, kind)
  const signer = await signerOf(key, deployment.p256Sha256Verifier)
  const [deviceSigner, partySigner] = [signer.signer, party.signer.signer]
  const binding = draftBinding(deviceSigner, { ...money, party, attester, validFrom, previous: head.bindingId })
  const digest = Binding.digest(binding, domain)
  const signatures = {
    device: await signed(signer, digest),
    party: await signed(party.signer, digest),
    attester: await signed(attester.signer, digest),
  }
  const proof = { kind: 'binding', partySignature: signatures.party, attesterSignature: signatures.attester } as const
  const credential: Credential.Credential = {
    registry: head.credential.registry,
    binding,
    deviceSigner,
    partySigner,
    proof,
  }
  return {
    device: { name: head.name, key, credential, bindingId: Binding.id(binding) },
    successor: { binding, head: head.credential.binding, deviceSigner, partySigner, signatures },
  }
}
