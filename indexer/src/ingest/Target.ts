import { ProgramError } from '@musubi/cli'

/** The deployment that is followed. Addresses are in lower case. */
export type Target = {
  readonly chainId: bigint
  readonly registry: string
  readonly escrow: string
  readonly token: string
  readonly p256Verifier: string
  readonly deployedAtBlock: bigint
  /** ISO 4217 currency of which one token is worth one unit. */
  readonly currency: string
}

/** The chain is not, or no longer, the one that was read. Nothing is written any more. */
export function chainChanged(message: string, given: string, expected: string): ProgramError {
  return new ProgramError('Ingest.ChainChangedError', message, {
    given,
    expected,
    next: 'Nothing was written. Check the node; final blocks never change, so books and node do not belong together.',
  })
}

/** What the node said contradicts itself, or what it said before. */
export function badLogs(message: string, given: string, expected: string): ProgramError {
  return new ProgramError('Ingest.BadLogsError', message, {
    given,
    expected,
    next: 'Nothing of this range was written; ask another node.',
  })
}
