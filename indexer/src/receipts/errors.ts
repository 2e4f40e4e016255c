import { ProgramError } from '@musubi/cli'

/** A line of a receipts file says what it does not prove. */
export function badHistory(line: number, given: string, expected: string, cause?: unknown): ProgramError {
  return new ProgramError('Receipts.BadHistoryError', `Line ${String(line)} of the receipts cannot be accepted.`, {
    given,
    expected,
    next: 'Nothing of the file was imported; let the payee export its history again.',
    cause,
  })
}
