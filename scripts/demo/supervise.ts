import { interruption } from './interruption.ts'
import { openWorkplace } from './Workplace.ts'
import type { Workplace } from './Workplace.ts'

/** What work is given: where it may write, what ends its processes, and what says that it shall stop. */
export type Supervised = {
  readonly workplace: Workplace
  readonly stack: AsyncDisposableStack
  /** Aborted as soon as the work has failed or was interrupted. Work that waits for no process asks it now and then. */
  readonly signal: AbortSignal
}

/** Lets work run to its end. Whatever happens, no process stays behind, and no file unless `keep` names a folder. */
export async function supervise<Result>(
  keep: string | undefined,
  work: (supervised: Supervised) => Promise<Result>,
): Promise<Result> {
  const interrupted = interruption()
  const workplace = await openWorkplace(keep)
  const stack = new AsyncDisposableStack()
  const controller = new AbortController()
  const running = work({ workplace, stack, signal: controller.signal })
  try {
    return await Promise.race([running, interrupted])
  } finally {
    controller.abort()
    await stack.disposeAsync()
    // Interrupted work fails soon for want of its processes; until then it may still write.
    await Promise.allSettled([running])
    await workplace.remove()
  }
}
