import type { Hex } from 'viem'
import { identityRegistryAbi } from '../../generated/abis.ts'
import type { Binding } from '../../protocol/Binding.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import type { ChainClients } from './chainClients.ts'
import { contractCalls } from './contractCalls.ts'
import { asking } from './failures.ts'
import { adminCalls } from './registry/adminCalls.ts'
import { bindingCalls } from './registry/bindingCalls.ts'
import type { Leaf } from './registry/fleetCalls.ts'
import { fleetCalls } from './registry/fleetCalls.ts'
import type { RegistryOutcome } from './registry/registrySend.ts'

export type RegistryClient = ReturnType<typeof registryClient>

/** The registry's functions, sent by the account of `clients`. All but the admin's may be relayed by anybody. */
export function registryClient({ clients, deployment }: { clients: ChainClients; deployment: Deployment }) {
  const { reader } = clients
  const registry = { address: deployment.identityRegistry, abi: identityRegistryAbi } as const
  const send = contractCalls({ clients, ...registry })
  return {
    ...adminCalls<Promise<RegistryOutcome>>(send),
    ...bindingCalls<Promise<RegistryOutcome>>(send),
    ...fleetCalls<Promise<RegistryOutcome>>(send),

    /** Where a binding stands now: one of `BindingStatus`. */
    check: (binding: Binding) =>
      asking(reader, 'check', () => reader.readContract({ ...registry, functionName: 'check', args: [binding] })),
    /** Where a leaf of an enrolled fleet stands now. */
    checkLeaf: ({ enrolment, binding, index, proof }: Leaf) => {
      const args = [enrolment, binding, index, proof] as const
      return asking(reader, 'checkLeaf', () => reader.readContract({ ...registry, functionName: 'checkLeaf', args }))
    },
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
