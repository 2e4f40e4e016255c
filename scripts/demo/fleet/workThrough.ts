import { setImmediate as yieldToSignals } from 'node:timers/promises'

/** Things done between two looks at whether somebody wants to stop. */
const BATCH = 100

/** Does what takes long, one thing after another: signals come through in between, and it says how far it is. */
export async function workThrough<Thing>(things: Iterable<Thing>, options: workThrough.Options<Thing>): Promise<void> {
  const { signal, onDone, work } = options
  let done = 0
  for (const thing of things) {
    await work(thing)
    done += 1
    if (done < BATCH) continue
    onDone(done)
    done = 0
    await yieldToSignals()
    signal.throwIfAborted()
  }
  onDone(done)
}
export declare namespace workThrough {
  type Options<Thing> = {
    readonly signal: AbortSignal
    readonly onDone: (count: number) => void
    readonly work: (thing: Thing) => void | Promise<void>
  }
  /** What whoever asks for long work gives along. */
  type Watching = Pick<Options<never>, 'signal' | 'onDone'>
}
