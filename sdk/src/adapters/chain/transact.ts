import type { Hex, TransactionReceipt } from 'viem'
import { BaseError as ViemError, RpcRequestError, keccak256 } from 'viem'
import { RevertedError, UnconfirmedError } from '../../ports/ChainErrors.ts'
import type { ChainCall, Mined } from './chainCall.ts'
import type { ChainClients } from './chainClients.ts'
import { nodeOf } from './chainClients.ts'
import { NO_REASON, asking, toChainError } from './failures.ts'
import { simulate, tryCall } from './trial.ts'

/**
 * Tries the call, sends it, and waits for its receipt. What the contract refuses is refused before it costs anything; what
 * it refuses only when mined, because another transaction came first, gives the same {@link RevertedError}. With a `sender`
 * among the clients, that one sends.
 */
export async function transact(clients: ChainClients, call: ChainCall): Promise<Mined> {
  if (clients.sender !== undefined) return await clients.sender.send(call)
  const hash = await oneAfterAnother(clients.writer, async () => {
    const signed = await signCall(clients, call)
    return await broadcast(clients, call, signed)
  })
  return await outcomeOf(clients, call, hash)
}

/** A transaction that is signed, and may have been sent or not. */
export type SignedCall = { readonly hash: Hex; readonly serialized: Hex }

/**
 * Tries the call, and signs its transaction. Signed here and not in passing, so that its hash is known whatever happens to
 * the answer: whoever keeps it can send it again, and it takes effect once.
 */
export async function signCall(clients: ChainClients, call: ChainCall): Promise<SignedCall> {
  const { writer } = clients
  const gas = await tryCall(clients, call)
  const request = { to: call.to, data: call.data, gas }
  try {
    const serialized = await writer.signTransaction(await writer.prepareTransactionRequest(request))
    return { hash: keccak256(serialized), serialized }
  } catch (cause) {
    throw toChainError(cause, { node: nodeOf(writer), what: call.name })
  }
}

/** Hands a signed transaction to the node, and gives the hash under which the node knows it. */
export async function broadcast(
  { writer }: Pick<ChainClients, 'writer'>,
  { name }: Pick<ChainCall, 'name'>,
  { hash, serialized }: SignedCall,
): Promise<Hex> {
  try {
    return await writer.sendRawTransaction({ serializedTransaction: serialized })
  } catch (cause) {
    const problem = toChainError(cause, { node: nodeOf(writer), what: name })
    if (cause instanceof ViemError && cause.walk((error) => error instanceof RpcRequestError) !== null) throw problem
    // Only the answer is missing: the node may have it. Sent again, a deposit would be paid twice.
    throw new UnconfirmedError({ given: hash, call: name, cause: problem })
  }
}

/** Waits for the receipt of a transaction that was sent. */
export async function outcomeOf(clients: ChainClients, call: ChainCall, hash: Hex): Promise<Mined> {
  return await effectOf(clients, call, await receiptOf(clients, call, hash))
}

/** What a mined transaction did; throws why it did nothing. */
export async function effectOf(clients: ChainClients, call: ChainCall, receipt: TransactionReceipt): Promise<Mined> {
  const { transactionHash: hash, blockNumber, gasUsed, logs, status } = receipt
  if (status === 'success') return { hash, blockNumber, gasUsed, logs }

  await simulate(clients, call, { blockNumber })
  // It would work now: it ran out of gas, or what stood in its way is gone again.
  throw new RevertedError({ call: call.name, errorName: NO_REASON, args: { hash } })
}

/** What a call would cost now, in gas and in the chain's own coin (wei). Tries it, and sends nothing. */
export async function estimateCall(
  { reader, writer }: ChainClients,
  { to, data, name }: ChainCall,
): Promise<{ readonly gas: bigint; readonly cost: bigint }> {
  return await asking(reader, name, async () => {
    const gas = await reader.estimateGas({ account: writer.account, to, data })
    return { gas, cost: gas * (await reader.getGasPrice()) }
  })
}

async function receiptOf({ reader, receiptTimeoutMs = 120_000 }: ChainClients, { name }: ChainCall, hash: Hex) {
  try {
    // A replacement is not looked for: it would be another call, and its success not ours.
    return await reader.waitForTransactionReceipt({ hash, timeout: receiptTimeoutMs, checkReplacement: false })
  } catch (cause) {
    // Whatever the reason: it was sent, and whoever asked must not take it for undone.
    throw new UnconfirmedError({ given: hash, call: name, cause })
  }
}

/** By sender: two transactions that are sent at once would take the same nonce. */
const sending = new WeakMap<ChainClients['writer'], Promise<unknown>>()

async function oneAfterAnother<result>(writer: ChainClients['writer'], run: () => Promise<result>): Promise<result> {
  const before = sending.get(writer) ?? Promise.resolve()
  const mine = before.then(run)
  // The next one starts whether or not this one worked; its failure is its caller's.
  sending.set(
    writer,
    mine.catch(() => undefined),
  )
  return await mine
}
