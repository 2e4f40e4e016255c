import { setTimeout as delay } from 'node:timers/promises'
import { ProgramError } from '@musubi/cli'
import { withRetry } from 'viem'

const RETRY_AFTER_MS_MAX = 60_000

/** Runs work until the process is told to end. A second signal ends it at once, which the books survive as well. */
export async function untilStopped<T>(work: (stopped: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    return await work(stop.signal)
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

/**
 * Takes a step again and again until it is told to stop. A node that is away is asked again, each time later, and given
 * up after so many times in a row; a chain that changed is no reason to wait.
 */
export async function follow(step: () => Promise<unknown>, options: follow.Options): Promise<void> {
  const { stopped, pollMs, retries } = options
  let running: Promise<unknown> = Promise.resolve()
  const attempt = (): Promise<unknown> => (running = step())
  try {
    while (!stopped.aborted) {
      await withRetry(attempt, {
        retryCount: retries,
        delay: ({ count }) => Math.min(pollMs * 2 ** count, RETRY_AFTER_MS_MAX),
        shouldRetry: ({ error, count }) => {
          if (!isNodesFault(error)) return false
          options.onFailure(error, count + 1)
          return true
        },
        signal: stopped,
      })
      await delay(pollMs, undefined, { signal: stopped })
    }
  } catch (error) {
    if (!stopped.aborted) throw error
  }
  // A stop does not wait for the step, but whoever closes the database must.
  await running.catch((error: unknown) => {
    if (!stopped.aborted || !isNodesFault(error)) throw error
  })
}
export declare namespace follow {
  type Options = {
    readonly stopped: AbortSignal
    readonly pollMs: number
    /** How many times in a row a node is asked again before it is given up. */
    readonly retries: number
    readonly onFailure: (error: ProgramError, count: number) => void
  }
}

function isNodesFault(error: unknown): error is ProgramError {
  return error instanceof ProgramError && error.name.startsWith('Rpc.')
}
