import type { Address, Hex } from 'viem'

/** Whose transactions a journal keeps. One of another chain or account is refused. */
export type JournalOwner = { readonly chainId: number; readonly account: Address }

/** A signed transaction as it lies in the journal before it leaves. */
export type Attempt = {
  readonly hash: Hex
  readonly serialized: Hex
  /** `cancel` does nothing but use the nonce up, so that no other attempt can be mined. */
  readonly kind: 'call' | 'cancel'
}

/** How an entry ended for good. Each holds in a finalized block, but for `refused`: then no node ever took it. */
export type EntryEnd =
  | { readonly kind: 'mined' | 'reverted' | 'cancelled'; readonly hash: Hex }
  /** `lost`: the nonce went to a transaction that this journal does not know. */
  | { readonly kind: 'lost' | 'refused' }

/** One act: all attempts share a nonce, so at most one of them is ever mined. */
export type JournalEntry = {
  readonly ref: number
  readonly nonce: number
  /** What it is for, in words for people: the function's name. */
  readonly purpose: string
  /** Names the act, not the attempt: who asks for the same act again finds this entry. */
  readonly key: string | undefined
  /** Oldest first; at least one. */
  readonly attempts: readonly Attempt[]
  /** Undefined while a reorganisation of the chain can still change what comes of it. */
  readonly end: EntryEnd | undefined
}

/** An act whose first attempt is signed. */
export type NewEntry = Pick<JournalEntry, 'nonce' | 'purpose' | 'key'> & { readonly attempt: Attempt }

/**
 * Keeps what an account signed. A resolved promise means that it is on disk and survives the loss of power: only then may
 * the transaction leave. One process at a time has a journal open, so one process at a time gives out the account's nonces.
 */
export type TransactionJournal = {
  readonly owner: JournalOwner
  /** Refused when an open entry has this nonce, or when one with this key is open or mined. */
  add(entry: NewEntry): Promise<JournalEntry>
  /** Adds another attempt for an open entry's nonce. */
  addAttempt(ref: number, attempt: Attempt): Promise<JournalEntry>
  end(ref: number, end: EntryEnd): Promise<void>
  /** Entries without an end, in order of nonces. */
  open(): Promise<readonly JournalEntry[]>
  /** The newest entry of this key. */
  byKey(key: string): Promise<JournalEntry | undefined>
  /** The entry that has this attempt. */
  byHash(hash: Hex): Promise<JournalEntry | undefined>
  /** Ends all writing, and lets others open the journal. */
  dispose(): Promise<void>
}

/** Entries without an end at most. An account with more of them waits for finality. */
export const OPEN_ENTRIES_MAX = 1_024
/** Attempts of one entry at most: 32 raises by an eighth are more than fortyfold. */
export const ATTEMPTS_MAX = 32
/** Ended entries without a key that are kept; older ones go. Those with a key stay: a key that is forgotten could act twice. */
export const KEYLESS_KEPT_MAX = 1_024
/** Bytes of a key or a purpose. */
export const KEY_BYTES_MAX = 200
