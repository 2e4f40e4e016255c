/** What waits. An argument, so that tests need not wait themselves. */
export type Timers = {
  /** Calls once after so many milliseconds, unless what it returns was called before. */
  after(milliseconds: number, call: () => void): () => void
}

/** The machine's own timers. They keep no process alive: the socket that they watch does. */
export const machineTimers: Timers = {
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds).unref()
    return () => clearTimeout(timer)
  },
}
