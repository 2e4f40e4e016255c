import { identityRegistryAbi } from '../../../generated/abis.ts'
import type { Deployment } from '../../../protocol/Deployment.ts'
import type { ChainCall } from '../chainCall.ts'
import { encodedCall } from '../encodedCall.ts'
import { adminCalls } from './adminCalls.ts'
import { bindingCalls } from './bindingCalls.ts'
import { fleetCalls } from './fleetCalls.ts'
import type { RegistrySend } from './registrySend.ts'

/**
 * The registry's functions as calls that somebody else will send: an admin's multisig, or a program that keeps each
 * transaction on disk before it sends it.
 *
 * @example
 * const { to, data } = registryCalls(deployment).accredit({ attester })
 */
export function registryCalls({ identityRegistry: address }: Deployment) {
  const encode: RegistrySend<ChainCall> = encodedCall({ address, abi: identityRegistryAbi })
  return { ...adminCalls(encode), ...bindingCalls(encode), ...fleetCalls(encode) }
}
