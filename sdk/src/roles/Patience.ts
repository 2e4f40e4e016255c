import { SilentPeerError } from '../protocol/SessionErrors.ts'
import type { Timers } from '../ports/Timers.ts'

/** How long a peer may take for its next answer, unless a session is told otherwise. */
export const ANSWER_TIMEOUT_MS = 30_000

type Owed = { readonly what: string }

/**
 * Watches a peer that owes something: calls `onSilence` when what is owed longest does not come in time. A peer that is slow
 * with many answers is not silent, and one that leaves out an answer cannot hide that behind later ones.
 */
export class Patience {
  readonly #options: Patience.Options
  readonly #owed = new Set<Owed>()
  #cancel: () => void = () => undefined
  #isOver = false

  constructor(options: Patience.Options) {
    this.#options = options
  }

  /** The peer owes this from now on, until what is given back is called. */
  owe(what: string): () => void {
    if (this.#isOver) return () => undefined
    const owed: Owed = { what }
    this.#owed.add(owed)
    if (this.#owed.size === 1) this.#watch()
    return () => {
      const wasWatched = this.#oldest === owed
      this.#owed.delete(owed)
      if (wasWatched) this.#watch()
    }
  }

  /** Nothing is owed any more. */
  end(): void {
    this.#isOver = true
    this.#owed.clear()
    this.#cancel()
  }

  #watch(): void {
    this.#cancel()
    const { timers, timeoutMs, onSilence } = this.#options
    const oldest = this.#oldest
    if (oldest === undefined) return
    this.#cancel = timers.after(timeoutMs, () => onSilence(new SilentPeerError({ timeoutMs, expected: oldest.what })))
  }

  get #oldest(): Owed | undefined {
    for (const owed of this.#owed) return owed
    return undefined
  }
}
export declare namespace Patience {
  type Options = {
    readonly timers: Timers
    readonly timeoutMs: number
    readonly onSilence: (error: SilentPeerError) => void
  }
}
