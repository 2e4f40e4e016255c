import type { Abi, Address, EncodeFunctionDataParameters } from 'viem'
import { encodeFunctionData } from 'viem'
import type { ChainCall } from './chainCall.ts'

/** Makes the function that writes a call of one contract for somebody else to send; whoever types it names the functions. */
export function encodedCall({ address, abi }: { readonly address: Address; readonly abi: Abi }) {
  return (functionName: string, args: unknown): ChainCall => {
    const call = { abi, functionName, args } as unknown as EncodeFunctionDataParameters
    return { to: address, data: encodeFunctionData(call), name: functionName }
  }
}
