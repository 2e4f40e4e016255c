import type { Hex } from 'viem'
import type {
  Attempt,
  EntryEnd,
  JournalEntry,
  JournalOwner,
  NewEntry,
  TransactionJournal,
} from '../../../ports/TransactionJournal.ts'
import { KEYLESS_KEPT_MAX } from '../../../ports/TransactionJournal.ts'
import { StoreDisposedError } from '../../../ports/StoreErrors.ts'
import * as rules from './rules.ts'

/**
 * A journal that lasts as long as the process: for tests and simulations. An account whose process may be killed needs one
 * that survives.
 */
export class MemoryJournal implements TransactionJournal {
  readonly owner: JournalOwner
  readonly #entries = new Map<number, JournalEntry>()
  #lastRef = 0
  #isDisposed = false

  constructor(owner: JournalOwner) {
    this.owner = owner
  }

  async add({ attempt, ...entry }: NewEntry): Promise<JournalEntry> {
    const open = this.#open()
    rules.requireNew(
      { attempt, ...entry },
      {
        openCount: open.length,
        hasNonce: open.some(({ nonce }) => nonce === entry.nonce),
        ofKey: entry.key === undefined ? undefined : this.#byKey(entry.key),
        hasHash: this.#has(attempt.hash),
      },
    )
    return this.#keep({ ...entry, ref: ++this.#lastRef, attempts: [attempt], end: undefined })
  }

  async addAttempt(ref: number, attempt: Attempt): Promise<JournalEntry> {
    const entry = this.#require(ref)
    rules.requireRoom(entry, attempt, this.#has(attempt.hash))
    return this.#keep({ ...entry, attempts: [...entry.attempts, attempt] })
  }

  async end(ref: number, end: EntryEnd): Promise<void> {
    const entry = this.#require(ref)
    rules.requireOpen(entry)
    this.#keep({ ...entry, end })
    const keyless = this.#all().filter((each) => each.end !== undefined && each.key === undefined)
    for (const old of keyless.slice(0, -KEYLESS_KEPT_MAX)) this.#entries.delete(old.ref)
  }

  async open(): Promise<readonly JournalEntry[]> {
    return this.#open()
  }

  async byKey(key: string): Promise<JournalEntry | undefined> {
    return this.#byKey(key)
  }

  async byHash(hash: Hex): Promise<JournalEntry | undefined> {
    return this.#byHash(hash)
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
  }

  /** In the order in which they were added. */
  #all(): readonly JournalEntry[] {
    if (this.#isDisposed) throw new StoreDisposedError({ given: 'in memory' })
    return [...this.#entries.values()]
  }

  #open(): readonly JournalEntry[] {
    return this.#all()
      .filter(({ end }) => end === undefined)
      .sort((a, b) => a.nonce - b.nonce)
  }

  #byKey(key: string): JournalEntry | undefined {
    return this.#all().findLast((entry) => entry.key === key)
  }

  #byHash(hash: Hex): JournalEntry | undefined {
    return this.#all().find(({ attempts }) => attempts.some((attempt) => attempt.hash === hash))
  }

  #has(hash: Hex): boolean {
    return this.#byHash(hash) !== undefined
  }

  #require(ref: number): JournalEntry {
    const entry = this.#all().find((each) => each.ref === ref)
    if (entry === undefined) throw rules.unknownEntry(ref)
    return entry
  }

  #keep(entry: JournalEntry): JournalEntry {
    this.#entries.set(entry.ref, entry)
    return entry
  }
}
