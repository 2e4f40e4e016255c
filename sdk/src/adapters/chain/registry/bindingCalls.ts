import type { Hex } from 'viem'
import type { Binding } from '../../../protocol/Binding.ts'
import type { RegistrySend } from './registrySend.ts'
import type { PartySigner } from './signers.ts'
import { sentDevice, sentParty } from './signers.ts'

/** A binding with all that device, liable party and attester have to say about it. Signers are ERC-7913. */
export type SignedBinding = {
  readonly binding: Binding
  readonly deviceSigner: Hex
  readonly partySigner: PartySigner
  readonly signatures: { readonly device: Hex; readonly party: Hex; readonly attester: Hex }
}

/** A signed binding and the one whose place it takes. */
export type SignedSuccessor = SignedBinding & { readonly head: Binding }

/** A message about a binding, used up by the record's sequence. */
export type Standing = { readonly bindingId: Hex; readonly sequence: number; readonly deadline: number }

/** What the liable party says about its binding. */
export type OfParty<message> = {
  readonly binding: Binding
  readonly message: message
  readonly partySigner: PartySigner
  readonly signature: Hex
}

type OfAttester<message> = { readonly message: message; readonly signature: Hex }
type Resuming = OfParty<Standing> & { readonly attesterSignature: Hex }

/** The old party's consent to a resale: its signature under a `Release` that names head, sequence and successor. */
export type Consent = {
  readonly deadlineSeconds: number
  readonly partySigner: PartySigner
  readonly signature: Hex
}

/** Ends many bindings with one signature. */
export type RevokeMany = {
  readonly rows: readonly { readonly bindingId: Hex; readonly sequence: number }[]
  readonly deadline: number
}

/** The life of a binding. Everything may be relayed by anybody. */
export function bindingCalls<result>(send: RegistrySend<result>) {
  return {
    bind: ({ binding, signatures, deviceSigner, partySigner }: SignedBinding) =>
      send('bind', [binding, signatures, sentDevice(deviceSigner), sentParty(partySigner)]),
    renew: ({ binding, head, signatures, deviceSigner, partySigner }: SignedSuccessor) =>
      send('renew', [binding, head, signatures, sentDevice(deviceSigner), sentParty(partySigner)]),
    /** Gives the device another key for the same party. */
    rotateKey: ({ binding, head, signatures, deviceSigner, partySigner }: SignedSuccessor) =>
      send('rotateKey', [binding, head, signatures, sentDevice(deviceSigner), sentParty(partySigner)]),
    /** Passes the device on to another party, with the old one's consent. */
    rebind: ({ binding, head, signatures, deviceSigner, partySigner, consent }: SignedSuccessor & Consenting) => {
      const { deadlineSeconds, partySigner: headPartySigner, signature } = consent
      const ofSuccessor = [binding, head, signatures, sentDevice(deviceSigner), sentParty(partySigner)] as const
      return send('rebind', [...ofSuccessor, sentParty(headPartySigner), signature, deadlineSeconds])
    },
    /** Announces a resale without the old party's word. */
    announceRebind: ({ message, signature }: OfAttester<Standing & { readonly successor: Hex }>) =>
      send('announceRebind', [message, signature]),
    vetoRebind: ({ binding, message, partySigner, signature }: OfParty<Standing>) =>
      send('vetoRebind', [message, binding, sentParty(partySigner), signature]),
    /** Does what was announced, when the old party's time to veto is over. */
    rebindAnnounced: ({ binding, head, signatures, deviceSigner, partySigner }: SignedSuccessor) =>
      send('rebindAnnounced', [binding, head, signatures, sentDevice(deviceSigner), sentParty(partySigner)]),

    suspendByParty: ({ binding, message, partySigner, signature }: OfParty<Standing>) =>
      send('suspendByParty', [message, binding, sentParty(partySigner), signature]),
    suspendByAttester: ({ message, signature }: OfAttester<Standing>) =>
      send('suspendByAttester', [message, signature]),
    resume: ({ binding, message, partySigner, signature, attesterSignature }: Resuming) =>
      send('resume', [message, binding, sentParty(partySigner), signature, attesterSignature]),
    revoke: ({ message, signature }: OfAttester<Standing>) => send('revoke', [message, signature]),
    /** Rows that cannot be revoked are skipped, each with an event `RevocationSkipped`. */
    revokeMany: ({ attesterIndex, message, signature }: OfAttester<RevokeMany> & { attesterIndex: number }) =>
      send('revokeMany', [attesterIndex, message, signature]),
    release: ({ binding, message, partySigner, signature }: OfParty<Standing & { readonly successor: Hex }>) =>
      send('release', [message, binding, sentParty(partySigner), signature]),
  }
}

type Consenting = { readonly consent: Consent }
