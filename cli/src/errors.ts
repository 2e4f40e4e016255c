/** Base of every error of our programs: what was given, what was expected, what to do next. */
export class ProgramError extends Error {
  override readonly name: string
  readonly given: string
  readonly expected: string
  readonly next: string

  constructor(name: string, message: string, details: ProgramError.Details) {
    super(`${message} Given: ${details.given}. Expected: ${details.expected}. ${details.next}`, {
      cause: details.cause,
    })
    this.name = name
    this.given = details.given
    this.expected = details.expected
    this.next = details.next
  }
}
export declare namespace ProgramError {
  type Details = {
    readonly given: string
    readonly expected: string
    readonly next: string
    readonly cause?: unknown
  }
}

/** The command line, or a file named on it, cannot be used as it is: exit code 2. */
export class UsageError extends ProgramError {}

/** What a thrown thing says. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
