/** What stops the demo: one sentence, and what to do next. */
export class DemoError extends Error {
  override readonly name = 'DemoError'
  constructor(message: string, { next, cause }: { next: string; cause?: unknown }) {
    super(`${message} ${next}`, cause === undefined ? undefined : { cause })
  }
}
