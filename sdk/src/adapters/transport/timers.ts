import type { Timers } from '../../ports/Timers.ts'

/** The machine's own timers. They keep no process alive: the socket that they watch does. */
export const machineTimers: Timers = {
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds).unref()
    return () => clearTimeout(timer)
  },
}
