import type { ContractFunctionArgs, ContractFunctionName } from 'viem'
import type { identityRegistryAbi } from '../../../generated/abis.ts'
import type { Outcome } from '../contractCalls.ts'

type Abi = typeof identityRegistryAbi

export type RegistryOutcome = Outcome<Abi>

/** Sends one of the registry's functions, and waits for what came of it. */
export type RegistrySend = <name extends ContractFunctionName<Abi, 'nonpayable'>>(
  functionName: name,
  args: ContractFunctionArgs<Abi, 'nonpayable', name>,
) => Promise<RegistryOutcome>
