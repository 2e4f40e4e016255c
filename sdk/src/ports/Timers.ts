/** What waits. An argument, so that tests need not wait themselves. */
export type Timers = {
  /** Calls once after so many milliseconds, unless what it returns was called before. */
  after(milliseconds: number, call: () => void): () => void
}
