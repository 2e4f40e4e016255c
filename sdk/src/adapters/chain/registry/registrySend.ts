import type { ContractFunctionArgs, ContractFunctionName } from 'viem'
import type { identityRegistryAbi } from '../../../generated/abis.ts'
import type { Outcome } from '../contractCalls.ts'

type Abi = typeof identityRegistryAbi

export type RegistryOutcome = Outcome<Abi>

/** Does something with one of the registry's functions: sends it and waits, unless `result` says otherwise. */
export type RegistrySend<result = Promise<RegistryOutcome>> = <name extends ContractFunctionName<Abi, 'nonpayable'>>(
  functionName: name,
  args: ContractFunctionArgs<Abi, 'nonpayable', name>,
) => result
