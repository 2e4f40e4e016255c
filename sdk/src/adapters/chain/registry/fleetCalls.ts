import type { Address, Hex } from 'viem'
import type { Binding } from '../../../protocol/Binding.ts'
import type { Enrolment } from '../../../protocol/Enrolment.ts'
import type { RegistrySend } from './registrySend.ts'
import type { PartySigner } from './signers.ts'
import { sentDevice, sentParty } from './signers.ts'

/** A fleet's enrolment with what party and attester have to say about it. */
export type SignedEnrolment = {
  readonly enrolment: Enrolment
  readonly partySigner: PartySigner
  readonly signatures: { readonly party: Hex; readonly attester: Hex }
}

/** One device of an enrolled fleet: its binding, and where that is in the tree. */
export type Leaf = {
  readonly enrolment: Enrolment
  readonly binding: Binding
  readonly index: number
  /** Siblings from the leaf up. */
  readonly proof: readonly Hex[]
}

type Activating = Leaf & { readonly deviceSigner: Hex; readonly deviceSignature: Hex }
type LeavesRevoking = {
  readonly message: { readonly enrolmentId: Hex; readonly indexes: readonly number[]; readonly deadline: number }
  readonly signature: Hex
}
type SnapshotAnchoring = {
  readonly attesterIndex: number
  readonly snapshot: { readonly attester: Address; readonly asOf: number; readonly count: number; readonly root: Hex }
  readonly signature: Hex
}

/** Fleets and snapshots of status. Everything may be relayed by anybody. */
export function fleetCalls<result>(send: RegistrySend<result>) {
  return {
    enrol: ({ enrolment, partySigner, signatures }: SignedEnrolment) =>
      send('enrol', [enrolment, sentParty(partySigner), signatures.party, signatures.attester]),
    /** Makes a leaf the first binding of its device. */
    activate: ({ enrolment, binding, index, proof, deviceSigner, deviceSignature }: Activating) =>
      send('activate', [enrolment, binding, index, proof, sentDevice(deviceSigner), deviceSignature]),
    /** Makes a leaf the renewal of its device's head. */
    activateRenewal: ({ enrolment, binding, head, ...leaf }: Activating & { readonly head: Binding }) => {
      const { index, proof, deviceSigner, deviceSignature } = leaf
      return send('activateRenewal', [
        enrolment,
        binding,
        head,
        index,
        proof,
        sentDevice(deviceSigner),
        deviceSignature,
      ])
    },
    revokeLeaves: ({ message, signature }: LeavesRevoking) => send('revokeLeaves', [message, signature]),
    anchorStatus: ({ attesterIndex, snapshot, signature }: SnapshotAnchoring) =>
      send('anchorStatus', [attesterIndex, snapshot, signature]),
  }
}
