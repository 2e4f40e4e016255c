/** The newest that a verifier has seen: nothing older is believed. */
export type Newest = {
  /** The newest time, in whole seconds. */
  readonly seconds: number
  /** Version of the newest trust list. */
  readonly trustListVersion: number
}

/**
 * Where a verifier keeps the newest that it has seen, so that a clock that was set back and a trust list that was put back are
 * noticed after a restart, too.
 */
export type TimeStore = {
  /** Undefined when there is none yet. */
  load(): Promise<Newest | undefined>
  /** Resolves once it is durable. A verifier calls it again only after that. */
  save(newest: Newest): Promise<void>
}
