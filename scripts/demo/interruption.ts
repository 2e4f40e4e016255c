import { constants } from 'node:os'
import { DemoError } from './DemoError.ts'

/** What people, terminals and other programs stop a program with. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Rejects with an {@link InterruptedError} when somebody stops the demo. From the call on, no signal ends this process by
 * itself: whoever waits cleans up first, however often Ctrl-C is pressed (and npm passes on what the terminal sent already).
 */
export function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of SIGNALS) process.on(signal, () => reject(new InterruptedError(signal)))
  })
  // The demo may be over before anybody waits for this.
  interrupted.catch(() => undefined)
  return interrupted
}

/** Somebody stopped the demo. */
export class InterruptedError extends DemoError {
  /** What shells report for a program that a signal ended. */
  readonly exitCode: number
  constructor(signal: (typeof SIGNALS)[number]) {
    super(`Stopped by ${signal}.`, { next: 'Every process was ended.' })
    this.exitCode = 128 + constants.signals[signal]
  }
}
