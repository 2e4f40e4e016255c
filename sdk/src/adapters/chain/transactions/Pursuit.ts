import { setTimeout as pause } from 'node:timers/promises'
import { UnconfirmedError } from '../../../ports/ChainErrors.ts'
import { FeeCapError, NonceTakenError } from '../../../ports/TransactionErrors.ts'
import type { JournalEntry } from '../../../ports/TransactionJournal.ts'
import type { Account } from './Account.ts'
import { deliver, isPassing } from './Delivery.ts'
import { newestOf, raiseIfStuck } from './Replacement.ts'
import type { Landed } from './Sightings.ts'
import { sight } from './Sightings.ts'

/** Times in a row that a nonce must look taken: behind one address there may be nodes that are not quite in step. */
const TAKEN_SIGHTINGS = 2

/**
 * Follows an entry until one of its attempts is in a block: sends again what was dropped, and raises what is stuck. A node
 * that cannot be reached for a while, or a cap that is too low for a while, only takes time.
 */
export async function pursue(account: Account, first: JournalEntry, timeoutMs: number): Promise<Landed> {
  const startedAtMs = performance.now()
  let entry = first
  let takenSightings = 0
  let problem: unknown
  for (;;) {
    try {
      // Anew each time: it may have been raised or cancelled meanwhile.
      const before = entry.attempts.length
      entry = (await account.journal.byHash(newestOf(first).hash)) ?? entry
      // What stood in the way of an older attempt is no matter of a newer one.
      if (entry.attempts.length > before) problem = undefined
      const seen = await sight(account, entry)
      if (seen.kind === 'landed') return seen
      takenSightings = seen.kind === 'taken' ? takenSightings + 1 : 0
      if (takenSightings >= TAKEN_SIGHTINGS) throw takenError(entry)
      problem = (await nudge(account, entry, seen.kind)) ?? problem
    } catch (error) {
      if (!isPassing(error) && !(error instanceof FeeCapError)) throw error
      problem = error
    }
    if (performance.now() - startedAtMs >= timeoutMs) {
      throw new UnconfirmedError({ given: newestOf(entry).hash, call: entry.purpose, cause: problem })
    }
    await pause(account.reader.pollingInterval)
  }
}

async function nudge(account: Account, entry: JournalEntry, seen: 'pending' | 'dropped' | 'taken'): Promise<unknown> {
  if (seen === 'taken') return undefined
  const attempt = newestOf(entry)
  const refusal = seen === 'dropped' ? await deliver(account.clients, { attempt, purpose: entry.purpose }) : undefined
  return (await raiseIfStuck(account, entry.ref)) ?? refusal
}

export function takenError(entry: JournalEntry, cause?: unknown): NonceTakenError {
  return new NonceTakenError({ nonce: entry.nonce, given: newestOf(entry).hash, call: entry.purpose, cause })
}
