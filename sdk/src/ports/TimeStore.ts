/**
 * Where a verifier keeps the newest time that it has seen, in whole seconds, so that a clock that was set back is noticed
 * after a restart, too.
 */
export type TimeStore = {
  /** Undefined when there is none yet. */
  load(): Promise<number | undefined>
  /** Resolves once it is durable. */
  save(seconds: number): Promise<void>
}
