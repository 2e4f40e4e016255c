import type { Attempt, JournalEntry, NewEntry } from '../../../ports/TransactionJournal.ts'
import { ATTEMPTS_MAX, KEY_BYTES_MAX, OPEN_ENTRIES_MAX } from '../../../ports/TransactionJournal.ts'
import { StoreConflictError, StoreLimitError } from '../../../ports/StoreErrors.ts'

/** What a journal has that a new entry could contradict. */
export type Known = {
  readonly openCount: number
  /** Whether an open entry has the new one's nonce. */
  readonly hasNonce: boolean
  readonly ofKey: JournalEntry | undefined
  readonly hasHash: boolean
}

/** What every journal refuses, whatever it is written on. */
export function requireNew({ nonce, key, purpose, attempt }: NewEntry, known: Known): void {
  requireShort('key', key ?? '')
  requireShort('purpose', purpose)
  if (known.openCount >= OPEN_ENTRIES_MAX) {
    const given = known.openCount + 1
    throw new StoreLimitError({ what: 'number of open transactions', given, expected: OPEN_ENTRIES_MAX })
  }
  if (known.hasNonce) throw conflict('Nonce', nonce, 'one that no open entry has')
  const { ofKey } = known
  if (ofKey !== undefined && (ofKey.end === undefined || ofKey.end.kind === 'mined')) {
    throw conflict('Key', key, 'one that no open or mined entry has')
  }
  requireUnknown(attempt, known.hasHash)
}

export function requireRoom(entry: JournalEntry, attempt: Attempt, hasHash: boolean): void {
  if (entry.end !== undefined) throw conflict('Entry', entry.end.kind, 'an open one')
  if (entry.attempts.length >= ATTEMPTS_MAX) {
    const given = entry.attempts.length + 1
    throw new StoreLimitError({ what: 'number of attempts', given, expected: ATTEMPTS_MAX })
  }
  requireUnknown(attempt, hasHash)
}

export function requireOpen(entry: JournalEntry): void {
  if (entry.end !== undefined) throw conflict('Entry', entry.end.kind, 'an open one')
}

export function unknownEntry(ref: number): StoreConflictError {
  return conflict('Entry', ref, 'one of the journal')
}

function requireUnknown({ hash }: Attempt, hasHash: boolean): void {
  if (hasHash) throw conflict('Transaction', hash, 'one that is not in the journal')
}

function requireShort(what: string, text: string): void {
  const given = new TextEncoder().encode(text).length
  if (given > KEY_BYTES_MAX) throw new StoreLimitError({ what: `${what} in bytes`, given, expected: KEY_BYTES_MAX })
}

function conflict(what: string, given: unknown, expected: unknown): StoreConflictError {
  return new StoreConflictError({ what, given, expected })
}
