import type { Address } from 'viem'
import type { TransactionJournal } from '../../../ports/TransactionJournal.ts'
import type { ChainClients, ChainReader } from '../chainClients.ts'
import type { FeeCaps } from './Fees.ts'

/** What all work on one account's transactions shares. */
export type Account = {
  readonly clients: ChainClients
  readonly reader: ChainReader
  readonly account: Address
  readonly journal: TransactionJournal
  readonly feeCaps: FeeCaps
  /** How long an attempt may wait before it is raised, in milliseconds. */
  readonly stuckAfterMs: number
  /** When an entry's newest attempt left, by the entry's `ref`; those of an earlier process left when this one started. */
  readonly leftAtMs: Map<number, number>
  readonly startedAtMs: number
  /** In which block an entry was seen last, by its `ref`: what is not final yet need not be looked for at each turn. */
  readonly seenIn: Map<number, bigint>
  /** Lets one change of the account's nonces happen after another. */
  readonly inTurn: <result>(run: () => Promise<result>) => Promise<result>
}
