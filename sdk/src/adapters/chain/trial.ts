import { BaseError as ViemError, size } from 'viem'
import { TooLargeError } from '../../ports/TransactionErrors.ts'
import type { ChainCall } from './chainCall.ts'
import type { ChainClients } from './chainClients.ts'
import { TRANSACTION_BYTES_MAX, TRANSACTION_GAS_MAX } from './chainClients.ts'
import { asking } from './failures.ts'

/** What a transaction has besides its data: fees, nonce, recipient and signature, with room to spare. */
const ENVELOPE_BYTES = 256
/** A tenth more than was estimated: another transaction may come first and make this one dearer. */
const marginOf = (gas: bigint) => gas / 10n

/**
 * Tries a call against the newest block, and says how much gas its transaction should be given. What the contract refuses
 * is refused here, before it costs anything; so is what fits into no block and into no node's pool.
 */
export async function tryCall(clients: ChainClients, call: ChainCall): Promise<bigint> {
  const { gasMax: allowed = TRANSACTION_GAS_MAX, bytesMax = TRANSACTION_BYTES_MAX } = clients.limits ?? {}
  // First: a node need not even read what is longer.
  const bytes = size(call.data) + ENVELOPE_BYTES
  if (bytes > bytesMax) {
    throw new TooLargeError({ call: call.name, unit: 'bytes', given: BigInt(bytes), allowed: BigInt(bytesMax) })
  }
  const given = await gasOf(clients, call, allowed)
  if (given > allowed) throw new TooLargeError({ call: call.name, unit: 'gas', given, allowed })
  const roomy = given + marginOf(given)
  return roomy < allowed ? roomy : allowed
}

/** Runs a call without sending it; at a past block to learn why it failed there. */
export async function simulate(
  { reader, writer }: ChainClients,
  { to, data, name }: ChainCall,
  at: { readonly blockNumber?: bigint; readonly gas?: bigint } = {},
): Promise<void> {
  await asking(reader, name, () => reader.call({ account: writer.account, to, data, ...at }))
}

async function gasOf(clients: ChainClients, call: ChainCall, allowed: bigint): Promise<bigint> {
  const { reader, writer } = clients
  const { to, data, name } = call
  try {
    await simulate(clients, call, { gas: allowed })
    // By its address: for an account that signs here viem would prepare a whole transaction, and estimate twice.
    return await asking(reader, name, () => reader.estimateGas({ account: writer.account.address, to, data }))
  } catch (cause) {
    if (!ranOutOfGas(cause)) throw cause
    throw new TooLargeError({ call: name, unit: 'gas', given: undefined, allowed, cause })
  }
}

/** Nodes say it in words of their own, and have no code for it. */
function ranOutOfGas(error: unknown): boolean {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof ViemError && OUT_OF_GAS.test(inner.details)) return true
  }
  return false
}
const OUT_OF_GAS = /out ?of ?gas|gas required exceeds|intrinsic gas|gas limit/i
