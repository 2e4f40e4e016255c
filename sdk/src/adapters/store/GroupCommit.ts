import type { DatabaseSync } from 'node:sqlite'
import { BaseError } from '../../protocol/Errors.ts'
import { StoreLimitError, StoreWriteError } from '../../ports/StoreErrors.ts'

/** Writes in one transaction at most: bounds how long the process stands still for one. */
export const GROUP_MAX = 1_024
/** Writes that wait at most. */
export const QUEUE_MAX = 65_536

type Write = { readonly write: () => void; readonly resolve: () => void; readonly reject: (error: unknown) => void }

/**
 * Commits writes in groups: all that is asked for in one turn of the event loop shares a transaction, and with it one
 * wait for the disk. A write that is refused by a rule is refused alone; when the disk refuses, the whole group is rolled
 * back, and every later write is refused, because what this process remembers may then differ from the file.
 *
 * One case stays open, as on any disk: when the disk fails while it confirms a group, and the process dies before it
 * closes the file, the group may be found in the log later although its callers were told that it failed. It was refused
 * to them, so nothing was sent or served on it; a later start goes on behind it.
 */
export class GroupCommit {
  readonly #database: DatabaseSync
  #queue: Write[] = []
  #isScheduled = false
  #failure: StoreWriteError | undefined
  #commits = 0

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Transactions so far. */
  get commits(): number {
    return this.#commits
  }

  /**
   * Resolves when what `write` did is on disk. It checks before it writes, and throws a `BaseError` while it has written
   * nothing: there is no savepoint to take its half back.
   */
  enqueue(write: () => void): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(again(this.#failure))
    if (this.#queue.length >= QUEUE_MAX) {
      const given = this.#queue.length + 1
      return Promise.reject(new StoreLimitError({ what: 'queue of writes', given, expected: QUEUE_MAX }))
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ write, resolve, reject })
      this.#schedule()
    })
  }

  /** Commits all that waits, now. Never throws: each caller hears of its own write. */
  flush(): void {
    while (this.#queue.length > 0) this.#commitGroup()
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      if (this.#queue.length > 0) this.#commitGroup()
      if (this.#queue.length > 0) this.#schedule()
    })
  }

  #commitGroup(): void {
    const group = this.#queue.splice(0, GROUP_MAX)
    try {
      for (const settle of this.#writeAll(group)) settle()
    } catch (cause) {
      const failure = new StoreWriteError({ given: messageOf(cause), cause: this.#rollback(cause) })
      this.#failure = failure
      for (const { reject } of [...group, ...this.#queue.splice(0)]) reject(failure)
    }
  }

  /** Runs a group in one transaction; returns how each caller is to be told once it is on disk. */
  #writeAll(group: readonly Write[]): (() => void)[] {
    const settles: (() => void)[] = []
    this.#database.exec('BEGIN IMMEDIATE')
    for (const { write, resolve, reject } of group) {
      try {
        write()
        settles.push(resolve)
      } catch (error) {
        if (!(error instanceof BaseError)) throw error
        settles.push(() => reject(error))
      }
    }
    this.#database.exec('COMMIT')
    this.#commits++
    return settles
  }

  /** SQLite rolls back by itself after some failures. What else goes wrong here is kept beside the first cause. */
  #rollback(cause: unknown): unknown {
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      return cause
    } catch (second) {
      return new AggregateError([cause, second], 'The write failed, and so did taking it back.')
    }
  }
}

function again(failure: StoreWriteError): StoreWriteError {
  return new StoreWriteError({ given: `an earlier write failed (${String(failure.given)})`, cause: failure })
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
