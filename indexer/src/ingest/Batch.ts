import type { Insertable } from 'kysely'
import type { Entry, Posting } from '../books/Posting.ts'
import type { Tables } from '../database/types.ts'
import type { Origin } from './decode.ts'

type Row<T extends keyof Tables> = Insertable<Tables[T]>

/** What later events of a batch need to know of a binding or a channel. */
export type KnownBinding = { readonly funding: number; readonly partyId: string }
/** Who vouched, under which number, and when (seconds). */
export type Vouching = { readonly attesterIndex: number; readonly vouchedAt: bigint }
export type KnownChannel = {
  readonly funder: string
  readonly token: string
  readonly funding: number
  readonly partyId: string
  deposit: bigint
  settled: bigint
  closed: boolean
}

/** Facts and entries of a range of blocks while they are worked out, to be written together. */
export class Batch {
  readonly facts = {
    attester_change: [] as Row<'attester_change'>[],
    enrolment: [] as Row<'enrolment'>[],
    binding: [] as Row<'binding'>[],
    binding_change: [] as Row<'binding_change'>[],
    channel: [] as Row<'channel'>[],
    deposit: [] as Row<'deposit'>[],
    settlement: [] as Row<'settlement'>[],
    closure: [] as Row<'closure'>[],
    close_request: [] as Row<'close_request'>[],
    refund: [] as Row<'refund'>[],
    withdrawal: [] as Row<'withdrawal'>[],
  }
  readonly entries: Entry[] = []
  /** Numbers of the attesters that are accredited. */
  readonly attesters: Map<string, number>
  readonly enrolments: Map<string, Vouching>
  /** Leaves whose binding starts later in the same transaction. */
  readonly activated = new Map<string, Vouching>()
  readonly bindings: Map<string, KnownBinding>
  readonly channels: Map<string, KnownChannel>
  readonly assetOf: (token: string) => string

  constructor(known: Pick<Batch, 'attesters' | 'enrolments' | 'bindings' | 'channels' | 'assetOf'>) {
    this.attesters = known.attesters
    this.enrolments = known.enrolments
    this.bindings = known.bindings
    this.channels = known.channels
    this.assetOf = known.assetOf
  }

  /** Adds an entry for a log. One log can have several, told apart by their rule. */
  post(origin: Origin, rule: string, postings: readonly Posting[]): void {
    const place = `${String(origin.chain_id)}:${origin.block_hash}:${String(origin.log_index)}`
    this.entries.push({
      id: `log:${place}:${rule}`,
      rule,
      atSeconds: origin.at_seconds,
      cause: origin.tx_hash,
      postings,
    })
  }
}
