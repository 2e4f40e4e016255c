import { channelEscrowAbi } from '../../../generated/abis.ts'
import type { Deployment } from '../../../protocol/Deployment.ts'
import type { ChainCall } from '../chainCall.ts'
import { encodedCall } from '../encodedCall.ts'
import { closingCalls } from './closingCalls.ts'
import { depositCalls } from './depositCalls.ts'
import type { EscrowSend } from './escrowSend.ts'
import { settlementCalls } from './settlementCalls.ts'
import { withdrawalCalls } from './withdrawalCalls.ts'

/**
 * The escrow's functions as calls that somebody else will send: a smart account, or a program that keeps each transaction
 * on disk before it sends it.
 *
 * @example
 * const { to, data } = escrowCalls(deployment).finalizeClose({ channel })
 */
export function escrowCalls({ channelEscrow: address }: Deployment) {
  const encode: EscrowSend<ChainCall> = encodedCall({ address, abi: channelEscrowAbi })
  return { ...depositCalls(encode), ...settlementCalls(encode), ...closingCalls(encode), ...withdrawalCalls(encode) }
}
