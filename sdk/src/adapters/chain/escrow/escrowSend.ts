import type { ContractFunctionArgs, ContractFunctionName } from 'viem'
import type { channelEscrowAbi } from '../../../generated/abis.ts'
import type { Outcome } from '../contractCalls.ts'

type Abi = typeof channelEscrowAbi

export type EscrowOutcome = Outcome<Abi>

/** Does something with one of the escrow's functions: sends it and waits, unless `result` says otherwise. */
export type EscrowSend<result = Promise<EscrowOutcome>> = <name extends ContractFunctionName<Abi, 'nonpayable'>>(
  functionName: name,
  args: ContractFunctionArgs<Abi, 'nonpayable', name>,
) => result
