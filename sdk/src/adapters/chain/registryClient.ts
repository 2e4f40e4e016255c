import type { Address, Hex } from 'viem'
import { identityRegistryAbi } from '../../generated/abis.ts'
import type { Binding } from '../../protocol/Binding.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import type { ChainClients } from './chainClients.ts'
import type { Outcome } from './contractCalls.ts'
import { contractCalls } from './contractCalls.ts'
import { asking } from './failures.ts'

export type RegistryOutcome = Outcome<typeof identityRegistryAbi>
export type RegistryClient = ReturnType<typeof registryClient>

/** A binding with all that device, liable party and attester have to say about it. Signers are ERC-7913. */
export type SignedBinding = {
  readonly binding: Binding
  readonly deviceSigner: Hex
  readonly partySigner: Hex
  readonly signatures: { readonly device: Hex; readonly party: Hex; readonly attester: Hex }
}

/** A message about a binding, used up by the record's sequence. */
export type Standing = { readonly bindingId: Hex; readonly sequence: number; readonly deadline: number }

/** What the liable party says about its binding. */
export type OfParty<message> = {
  readonly binding: Binding
  readonly message: message
  readonly partySigner: Hex
  readonly signature: Hex
}

/** The registry's functions, sent by the account of `clients`. All but `accredit` and `retire` may be relayed by anybody. */
export function registryClient({ clients, deployment }: { clients: ChainClients; deployment: Deployment }) {
  const { reader } = clients
  const registry = { address: deployment.identityRegistry, abi: identityRegistryAbi } as const
  const send = contractCalls({ clients, ...registry })
  return {
    accredit: ({ attester }: { attester: Address }) => send('accredit', [attester]),
    retire: ({ attester }: { attester: Address }) => send('retire', [attester]),

    bind: ({ binding, deviceSigner, partySigner, signatures }: SignedBinding) =>
      send('bind', [binding, deviceSigner, partySigner, signatures]),
    /** `head` is the binding that is replaced. */
    renew: ({ binding, head, deviceSigner, partySigner, signatures }: SignedBinding & { readonly head: Binding }) =>
      send('renew', [binding, head, deviceSigner, partySigner, signatures]),

    suspendByParty: ({ binding, message, partySigner, signature }: OfParty<Standing>) =>
      send('suspendByParty', [binding, message, partySigner, signature]),
    suspendByAttester: ({ message, signature }: { message: Standing; signature: Hex }) =>
      send('suspendByAttester', [message, signature]),
    resume: ({ binding, message, partySigner, signature, attesterSignature }: Resuming) =>
      send('resume', [binding, message, partySigner, signature, attesterSignature]),
    revoke: ({ message, signature }: { message: Standing; signature: Hex }) => send('revoke', [message, signature]),
    release: ({ binding, message, partySigner, signature }: OfParty<Standing & { readonly successor: Hex }>) =>
      send('release', [binding, message, partySigner, signature]),

    /** Where a binding stands now: one of `BindingStatus`. */
    check: (binding: Binding) =>
      asking(reader, 'check', () => reader.readContract({ ...registry, functionName: 'check', args: [binding] })),
    headOf: (deviceId: Hex) =>
      asking(reader, 'headOf', () => reader.readContract({ ...registry, functionName: 'headOf', args: [deviceId] })),
    recordOf: (bindingId: Hex) =>
      asking(reader, 'recordOf', () =>
        reader.readContract({ ...registry, functionName: 'recordOf', args: [bindingId] }),
      ),
    /** Whether the binding's party answers for what the device did at a past second. */
    liableAt: ({ binding, seconds }: { binding: Binding; seconds: number }) =>
      asking(reader, 'liableAt', () =>
        reader.readContract({ ...registry, functionName: 'liableAt', args: [binding, seconds] }),
      ),
  }
}

type Resuming = OfParty<Standing> & { readonly attesterSignature: Hex }
