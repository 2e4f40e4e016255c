/** Base of every error of the indexer: what was given, what was expected, what to do next. */
export class IndexerError extends Error {
  override readonly name: string
  readonly given: string
  readonly expected: string
  readonly next: string

  constructor(name: string, message: string, details: IndexerError.Details) {
    super(`${message} Given: ${details.given}. Expected: ${details.expected}. ${details.next}`, {
      cause: details.cause,
    })
    this.name = name
    this.given = details.given
    this.expected = details.expected
    this.next = details.next
  }
}
export declare namespace IndexerError {
  type Details = {
    readonly given: string
    readonly expected: string
    readonly next: string
    readonly cause?: unknown
  }
}

/** The command line, or a file named on it, cannot be used as it is: exit code 2. */
export class UsageError extends IndexerError {}

/** Something that can only be a mistake in this program. */
export class InternalError extends IndexerError {
  constructor(message: string, given: string, expected: string) {
    super('Indexer.InternalError', message, { given, expected, next: 'Please report this with the command you ran.' })
  }
}

/** Returns the value, or fails: for what an earlier check has proved to be there. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new InternalError(`${what} is missing.`, 'nothing', what)
  return value
}
