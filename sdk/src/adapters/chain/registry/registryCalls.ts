import { encodeFunctionData } from 'viem'
import type { EncodeFunctionDataParameters } from 'viem'
import { identityRegistryAbi } from '../../../generated/abis.ts'
import type { Deployment } from '../../../protocol/Deployment.ts'
import type { ChainCall } from '../chainCall.ts'
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
export function registryCalls({ identityRegistry: to }: Deployment) {
  const encode: RegistrySend<ChainCall> = (functionName, args) => {
    const call = { abi: identityRegistryAbi, functionName, args } as unknown as EncodeFunctionDataParameters
    return { to, data: encodeFunctionData(call), name: functionName }
  }
  return { ...adminCalls(encode), ...bindingCalls(encode), ...fleetCalls(encode) }
}
