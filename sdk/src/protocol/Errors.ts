/**
 * What every error of this package is: one sentence that says what went wrong, what was given and what was expected,
 * and what to do next. `name` is `Module.SomethingError`, so that a caller can tell errors apart without their class.
 */
export class BaseError extends Error {
  override readonly name: string = 'BaseError'
  /** What the reader of the error can do about it. */
  readonly next: string
  readonly given: unknown
  readonly expected: unknown

  constructor(message: string, { next, given, expected, cause }: BaseError.Options) {
    super(`${message} ${next}`, cause === undefined ? undefined : { cause })
    this.next = next
    this.given = given
    this.expected = expected
  }
}
export declare namespace BaseError {
  type Options = {
    readonly next: string
    readonly given?: unknown
    readonly expected?: unknown
    readonly cause?: unknown
  }
}
