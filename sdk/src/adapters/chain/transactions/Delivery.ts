import { BaseError as ViemError } from 'viem'
import type { BaseError } from '../../../protocol/Errors.ts'
import { BadAnswerError, UnconfirmedError, UnreachableError } from '../../../ports/ChainErrors.ts'
import type { Attempt } from '../../../ports/TransactionJournal.ts'
import type { ChainClients } from '../chainClients.ts'
import { broadcast } from '../transact.ts'
import { isKnown } from './Sightings.ts'

/**
 * Hands an attempt of the journal to the node. Gives the node's refusal, or undefined when the node has it or may have it:
 * a lost answer is no refusal, and what is not there after all shows itself as dropped.
 */
export async function deliver(
  clients: ChainClients,
  { attempt, purpose }: { readonly attempt: Attempt; readonly purpose: string },
): Promise<BaseError | undefined> {
  try {
    await broadcast(clients, { name: purpose }, attempt)
    return undefined
  } catch (error) {
    if (error instanceof UnconfirmedError) return undefined
    if (!(error instanceof BadAnswerError)) throw error
    return (await mayBeKnown(clients, attempt)) ? undefined : error
  }
}

/** Whether a refusal means that another transaction has the nonce, in a block or in the pool. Nodes have only words for it. */
export function isNonceTaken(refusal: BaseError): boolean {
  const { cause } = refusal
  return cause instanceof ViemError && NONCE_TAKEN.test(cause.details)
}
const NONCE_TAKEN = /nonce too low|nonce is too low|replacement transaction underpriced|invalid nonce|oldnonce/i

/** Whether an error says nothing about the transaction: it may work the next time. */
export function isPassing(error: unknown): error is BaseError {
  return error instanceof UnreachableError || error instanceof BadAnswerError
}

/** A node that has a transaction already refuses it, too, in words of its own. Without an answer it counts as there. */
async function mayBeKnown({ reader }: ChainClients, { hash }: Attempt): Promise<boolean> {
  try {
    return await isKnown(reader, hash)
  } catch (error) {
    if (isPassing(error)) return true
    throw error
  }
}
