import { Binding, Bytes, LeafTree } from '@musubi/sdk'
import type { Credential, Signer } from '@musubi/sdk'
import type { Hex } from 'viem'
import type { DeviceKey } from '../devices/protocol.ts'
import type { Fleet } from './Fleet.ts'
import { must } from '../must.ts'
import type { Place } from './drafts.ts'

/** A device as it goes to a charger: its key, and what it holds about who answers for it, but for the freshness. */
export type FleetDevice = {
  readonly name: string
  readonly key: DeviceKey
  readonly credential: Credential.Credential
  readonly bindingId: Hex
}

/** A device whose binding is a leaf of its fleet's enrolment. */
export function leafOf(fleet: Fleet, index: number, registry: Place): FleetDevice {
  const { enrolment, tree, signatures, party } = fleet
  const { name, key, deviceSigner, binding } = must(fleet.devices[index], `device ${index} of ${party.name}`)
  const proof = {
    ...({ kind: 'leaf', enrolment, index, siblings: LeafTree.proof(tree, index) } as const),
    ...{ partySignature: signatures.party, attesterSignature: signatures.attester },
  }
  const credential = { registry, binding, deviceSigner, partySigner: party.signer.signer, proof }
  return { name, key, credential, bindingId: Binding.id(binding) }
}

/** Signs an EIP-712 digest. */
export async function signed(signer: Signer, digest: Hex): Promise<Hex> {
  return Bytes.toHex(await signer.sign(Bytes.fromHex(digest)))
}
