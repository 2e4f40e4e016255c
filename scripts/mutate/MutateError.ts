/** What stops a run before it can say anything about tests: one sentence, and what to do next. */
export class MutateError extends Error {
  override readonly name = 'MutateError'
  constructor(message: string, { next, cause }: { next: string; cause?: unknown }) {
    super(`${message} ${next}`, cause === undefined ? undefined : { cause })
  }
}
