import type { Address, Hex, Log } from 'viem'
import { BaseError as ViemError, RpcRequestError, keccak256 } from 'viem'
import { RevertedError, UnconfirmedError } from '../../ports/ChainErrors.ts'
import type { ChainClients } from './chainClients.ts'
import { nodeOf } from './chainClients.ts'
import { NO_REASON, asking, toChainError } from './failures.ts'

/** One call that changes the chain. */
export type ChainCall = {
  readonly to: Address
  readonly data: Hex
  /** The function's name, for errors. */
  readonly name: string
}

/** A transaction that took effect. Its block is the newest and not a finalized one: what stands on it may still fall. */
export type Mined = {
  readonly hash: Hex
  readonly blockNumber: bigint
  readonly gasUsed: bigint
  readonly logs: readonly Log<bigint, number, false>[]
}

/**
 * Tries the call, sends it, and waits for its receipt. What the contract refuses is refused before it costs anything; what
 * it refuses only when mined, because another transaction came first, gives the same {@link RevertedError}.
 */
export async function transact(clients: ChainClients, call: ChainCall): Promise<Mined> {
  const hash = await oneAfterAnother(clients.writer, async () => {
    await simulate(clients, call)
    return await send(clients, call)
  })
  const receipt = await receiptOf(clients, call, hash)
  const { blockNumber, gasUsed, logs, status } = receipt
  if (status === 'success') return { hash, blockNumber, gasUsed, logs }

  await simulate(clients, call, blockNumber)
  // It would work now: it ran out of gas, or what stood in its way is gone again.
  throw new RevertedError({ call: call.name, errorName: NO_REASON, args: { hash } })
}

async function simulate({ reader, writer }: ChainClients, call: ChainCall, blockNumber?: bigint): Promise<void> {
  const at = blockNumber === undefined ? {} : { blockNumber }
  const { to, data } = call
  await asking(reader, call.name, () => reader.call({ account: writer.account, to, data, ...at }))
}

async function send({ writer }: ChainClients, { to, data, name }: ChainCall): Promise<Hex> {
  const problem = (cause: unknown) => toChainError(cause, { node: nodeOf(writer), what: name })
  const transaction = await signed(writer, { to, data }).catch((cause: unknown) => {
    throw problem(cause)
  })
  const hash = keccak256(transaction)
  try {
    return await writer.sendRawTransaction({ serializedTransaction: transaction })
  } catch (cause) {
    if (cause instanceof ViemError && cause.walk((error) => error instanceof RpcRequestError) !== null)
      throw problem(cause)
    // Only the answer is missing: the node may have it. Sent again, a deposit would be paid twice.
    throw new UnconfirmedError({ given: hash, call: name, cause: problem(cause) })
  }
}

/** Signed here and not in passing, so that its hash is known whatever happens to the answer. */
async function signed(writer: ChainClients['writer'], call: Pick<ChainCall, 'to' | 'data'>) {
  const request = await writer.prepareTransactionRequest(call)
  return await writer.signTransaction(request)
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
