import type { Abi, Address, ContractFunctionArgs, ContractFunctionName, EncodeFunctionDataParameters, Hex } from 'viem'
import { encodeFunctionData, isAddressEqual, parseEventLogs } from 'viem'
import type { ParseEventLogsReturnType } from 'viem'
import { BadCallError } from '../../ports/ChainErrors.ts'
import type { Mined } from './chainCall.ts'
import type { ChainClients } from './chainClients.ts'
import { transact } from './transact.ts'

/** A transaction that took effect, with the contract's own events. */
export type Outcome<abi extends Abi> = Omit<Mined, 'logs'> & {
  readonly events: ParseEventLogsReturnType<abi, undefined, true>
}

/** Makes the function that calls one contract and changes it; function names and arguments are those of the ABI. */
export function contractCalls<const abi extends Abi>({ clients, address, abi }: contractCalls.Options<abi>) {
  return async <name extends ContractFunctionName<abi, 'nonpayable'>>(
    functionName: name,
    args: ContractFunctionArgs<abi, 'nonpayable', name>,
  ): Promise<Outcome<abi>> => {
    const data = encode({ abi, functionName, args })
    const { logs, ...mined } = await transact(clients, { to: address, data, name: functionName })
    const own = logs.filter((log) => isAddressEqual(log.address, address))
    return { ...mined, events: parseEventLogs({ abi, logs: own }) }
  }
}
export declare namespace contractCalls {
  type Options<abi extends Abi> = { readonly clients: ChainClients; readonly address: Address; readonly abi: abi }
}

function encode(call: { abi: Abi; functionName: string; args: unknown }): Hex {
  try {
    return encodeFunctionData(call as EncodeFunctionDataParameters)
  } catch (cause) {
    throw new BadCallError({
      call: call.functionName,
      given: cause instanceof Error ? cause.message : String(cause),
      cause,
    })
  }
}
