import { ProgramError } from '@musubi/cli'

/** Something that can only be a mistake in this program. */
export class InternalError extends ProgramError {
  constructor(message: string, given: string, expected: string) {
    super('Indexer.InternalError', message, { given, expected, next: 'Please report this with the command you ran.' })
  }
}

/** Returns the value, or fails: for what an earlier check has proved to be there. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new InternalError(`${what} is missing.`, 'nothing', what)
  return value
}
