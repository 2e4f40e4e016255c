import type { Timers } from '../ports/Timers.ts'

/** Timers that a test moves on by hand. */
export type ManualTimers = Timers & {
  /** Lets so many milliseconds pass: what is due is called in its order, also what that sets up anew. */
  advance(milliseconds: number): void
}

type Waiting = { readonly due: number; readonly call: () => void }

export function manualTimers(): ManualTimers {
  let now = 0
  const waiting = new Set<Waiting>()
  const next = (until: number): Waiting | undefined =>
    [...waiting].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0]
  return {
    after: (milliseconds, call) => {
      const entry = { due: now + milliseconds, call }
      waiting.add(entry)
      return () => void waiting.delete(entry)
    },
    advance: (milliseconds) => {
      const until = now + milliseconds
      for (let entry = next(until); entry !== undefined; entry = next(until)) {
        waiting.delete(entry)
        now = entry.due
        entry.call()
      }
      now = until
    },
  }
}
