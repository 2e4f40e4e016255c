import type { Address, Hex, TransactionSerialized } from 'viem'
import { keccak256, parseTransaction } from 'viem'
import type { Attempt } from '../../../ports/TransactionJournal.ts'
import type { ChainWriter } from '../chainClients.ts'
import { nodeOf } from '../chainClients.ts'
import { toChainError } from '../failures.ts'
import type { Fees } from './Fees.ts'

/** All that is signed of a transaction. Its value is always zero: these contracts take tokens, never ether. */
export type Request = {
  readonly kind: Attempt['kind']
  readonly nonce: number
  readonly to: Address
  readonly data: Hex
  readonly gas: bigint
  readonly fees: Fees
}

/** Gas of a transaction that does nothing. */
const IDLE_GAS = 21_000n

/** A transaction of the account to itself, with nothing in it: it uses a nonce up. */
export function idleRequest(to: Address, { nonce, fees }: Pick<Request, 'nonce' | 'fees'>): Request {
  return { kind: 'cancel', nonce, to, data: '0x', gas: IDLE_GAS, fees }
}

export async function signAttempt(writer: ChainWriter, { kind, fees, ...fields }: Request): Promise<Attempt> {
  const { account, chain } = writer
  try {
    const transaction = { ...fields, ...fees, type: 'eip1559', chainId: chain.id, value: 0n } as const
    const serialized = await account.signTransaction(transaction)
    return { kind, serialized, hash: keccak256(serialized) }
  } catch (cause) {
    throw toChainError(cause, { node: nodeOf(writer), what: 'a signature' })
  }
}

/** Takes apart what {@link signAttempt} made. */
export function requestOf({ kind, serialized }: Attempt): Request {
  const signed = parseTransaction(serialized as TransactionSerialized)
  // RLP has no zero: what is left out is one.
  const { nonce = 0, to, data = '0x', gas = 0n, maxFeePerGas = 0n, maxPriorityFeePerGas = 0n } = signed
  return { kind, nonce, to: to as Address, data, gas, fees: { maxFeePerGas, maxPriorityFeePerGas } }
}
