import { Binding, Enrolment, LeafTree, SignerId } from '@musubi/sdk'
import { signerOf } from '../devices/keys.ts'
import { draftBinding } from './drafts.ts'
import { signed } from './FleetDevice.ts'
import type { FleetDevice } from './FleetDevice.ts'
import type { FleetWorld } from './FleetWorld.ts'
import { keyOf } from './keys.ts'
import type { Attester, Party } from './People.ts'

/** A leaf that an attester enrolled for a party that knows nothing of it: somebody else signed as the party. */
export async function forgeLeaf(world: FleetWorld, { name, party, attester }: Forging): Promise<FleetDevice> {
  const { people, domain, deployment, money, place } = world
  const key = keyOf(name, 'secp256k1')
  const { signer: deviceSigner } = await signerOf(key, deployment.p256Sha256Verifier)
  const binding = draftBinding(deviceSigner, { ...money, party, attester })
  const tree = LeafTree.build({ bindingIds: [Binding.id(binding)] })
  const { partyId, validFrom, validUntil } = binding
  const enrolment = { root: tree.root, count: 1, partyId, attester: attester.address, validFrom, validUntil }
  const digest = Enrolment.digest(enrolment, domain)
  const signatures = {
    partySignature: await signed(people.selfMade.signer, digest),
    attesterSignature: await signed(attester.signer, digest),
  }
  const proof = { kind: 'leaf', enrolment, index: 0, siblings: LeafTree.proof(tree, 0), ...signatures } as const
  const credential = { registry: place, binding, deviceSigner, partySigner: party.signer.signer, proof }
  return { name, key, credential, bindingId: Binding.id(binding) }
}
type Forging = { readonly name: string; readonly party: Party; readonly attester: Attester }

/** A device that somebody vouches for whom nobody asked: party and attester are one person with two keys. */
export async function forgeBinding(world: FleetWorld, name: string): Promise<FleetDevice> {
  const { people, domain, deployment, money, place } = world
  const key = keyOf(name, 'secp256k1')
  const { signer: deviceSigner } = await signerOf(key, deployment.p256Sha256Verifier)
  const partySigner = await signerOf(keyOf(`party of ${name}`, 'secp256k1'), deployment.p256Sha256Verifier)
  const party = { name, signer: partySigner, partyId: SignerId.of(partySigner.signer) }
  const binding = draftBinding(deviceSigner, { ...money, party, attester: people.selfMade })
  const digest = Binding.digest(binding, domain)
  const proof = {
    kind: 'binding',
    partySignature: await signed(partySigner, digest),
    attesterSignature: await signed(people.selfMade.signer, digest),
  } as const
  const credential = { registry: place, binding, deviceSigner, partySigner: partySigner.signer, proof }
  return { name, key, credential, bindingId: Binding.id(binding) }
}

/** The same device with a hundred times the limits, which nobody has signed. */
export function raiseLimits(device: FleetDevice): FleetDevice {
  const { credential } = device
  const { maxPerPayment, maxPerPeriod } = credential.binding
  const binding = { ...credential.binding, maxPerPayment: 100n * maxPerPayment, maxPerPeriod: 100n * maxPerPeriod }
  return { ...device, credential: { ...credential, binding }, bindingId: Binding.id(binding) }
}
