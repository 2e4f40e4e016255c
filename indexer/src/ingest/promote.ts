import { sql } from 'kysely'
import { foreignAsset } from '../books/asset.ts'
import { writeEntries } from '../books/Posting.ts'
import { insertRows } from '../database/bulk.ts'
import type { Database } from '../database/open.ts'
import { Batch, type KnownBinding, type KnownChannel, type Vouching } from './Batch.ts'
import type { ChainEvent } from './decode.ts'
import { project } from './project.ts'
import type { Header, Log } from './Rpc.ts'
import { chainChanged, type Target } from './Target.ts'

/** A range of final blocks, checked, as it is about to become fact. */
export type Range = {
  readonly cursor: Header
  readonly end: Header
  readonly finalized: Header
  readonly headers: readonly Header[]
  readonly logs: readonly Log[]
  readonly events: readonly ChainEvent[]
}

/** Writes logs, facts and entries of a range and moves the cursor: all of it, or nothing. */
export async function promote(db: Database, target: Target, range: Range): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockCursor(tx, target, range.cursor)
    const batch = await loadBatch(tx, target, range.events)
    project(batch, range.events)
    await writeChain(tx, target, range)
    for (const [table, rows] of Object.entries(batch.facts))
      await insertRows(tx, table as keyof typeof batch.facts, rows)
    await writeEntries(tx, batch.entries)
    await tx
      .updateTable('chain')
      .set({
        cursor_number: range.end.number,
        cursor_hash: range.end.hash,
        cursor_seconds: range.end.seconds,
        finalized_number: range.finalized.number,
        finalized_hash: range.finalized.hash,
      })
      .where('chain_id', '=', target.chainId)
      .execute()
  })
}

/** Another indexer on the same database may have been faster: then this range is not the next one any more. */
async function lockCursor(tx: Database, target: Target, cursor: Header): Promise<void> {
  const row = await tx
    .selectFrom('chain')
    .select(['cursor_number', 'cursor_hash'])
    .where('chain_id', '=', target.chainId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (row.cursor_hash === cursor.hash) return
  throw chainChanged(
    'The cursor moved while the range was read.',
    `block ${String(row.cursor_number)}`,
    `block ${String(cursor.number)}`,
  )
}

async function writeChain(tx: Database, target: Target, { headers, logs }: Range): Promise<void> {
  await insertRows(
    tx,
    'block',
    headers.map(({ number, hash, parentHash, seconds }) => ({
      chain_id: target.chainId,
      number,
      hash,
      parent_hash: parentHash,
      at_seconds: seconds,
      status: 'FINALIZED' as const,
    })),
  )
  await insertRows(
    tx,
    'raw_log',
    logs.map((log) => ({
      chain_id: target.chainId,
      block_hash: log.blockHash,
      log_index: log.logIndex,
      block_number: log.blockNumber,
      tx_hash: log.transactionHash,
      address: log.address,
      topics: log.topics,
      data: log.data,
    })),
  )
}

/** What the events refer to and earlier ranges have written. */
async function loadBatch(tx: Database, target: Target, events: readonly ChainEvent[]): Promise<Batch> {
  const assets = await tx
    .selectFrom('asset')
    .select(['token', 'asset'])
    .where('chain_id', '=', target.chainId)
    .execute()
  const names = new Map(assets.map((row) => [row.token, row.asset]))
  const bindingIds = new Set<string>()
  const channelIds = new Set<string>()
  const enrolmentIds = new Set<string>()
  for (const event of events) {
    if (event.eventName === 'ChannelOpened') bindingIds.add(event.args.channel.terms.payerBinding.toLowerCase())
    // The one event without arguments: the library leaves them out.
    else if (event.eventName === 'EIP712DomainChanged') continue
    else if (event.eventName === 'LeafActivated') enrolmentIds.add(event.args.enrolmentId.toLowerCase())
    else if ('channelId' in event.args) channelIds.add(event.args.channelId.toLowerCase())
    else if ('bindingId' in event.args) bindingIds.add(event.args.bindingId.toLowerCase())
  }
  return new Batch({
    attesters: await loadAttesters(tx, target),
    enrolments: await loadEnrolments(tx, target, [...enrolmentIds]),
    bindings: await loadBindings(tx, target, [...bindingIds]),
    channels: await loadChannels(tx, [...channelIds]),
    assetOf: (token) => names.get(token) ?? foreignAsset(target.chainId, token),
  })
}

/** Those that are accredited: neither retired nor marked under the number that they have. */
async function loadAttesters(tx: Database, target: Target): Promise<Map<string, number>> {
  const { rows } = await sql<{ attester: string; attester_index: number }>`
    select attester, attester_index from attester_change as accredited
    where chain_id = ${target.chainId} and kind = 'ACCREDITED' and not exists (
      select 1 from attester_change as later
      where later.chain_id = accredited.chain_id and later.attester_index = accredited.attester_index
        and later.kind <> 'ACCREDITED')`.execute(tx)
  return new Map(rows.map((row) => [row.attester, row.attester_index]))
}

async function loadEnrolments(tx: Database, target: Target, ids: readonly string[]): Promise<Map<string, Vouching>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('enrolment')
    .select(['enrolment_id', 'attester_index', 'at_seconds'])
    .where('chain_id', '=', target.chainId)
    .where('enrolment_id', '=', sql<string>`any(${ids}::text[])`)
    .execute()
  return new Map(
    rows.map((row) => [row.enrolment_id, { attesterIndex: row.attester_index, vouchedAt: row.at_seconds }]),
  )
}

async function loadBindings(tx: Database, target: Target, ids: readonly string[]): Promise<Map<string, KnownBinding>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('binding')
    .select(['binding_id', 'funding', 'party_id'])
    .where('chain_id', '=', target.chainId)
    .where('binding_id', '=', sql<string>`any(${ids}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.binding_id, { funding: row.funding, partyId: row.party_id }]))
}

async function loadChannels(tx: Database, ids: readonly string[]): Promise<Map<string, KnownChannel>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('channel')
    .select(['channel_id', 'funder', 'token', 'funding', 'party_id'])
    .select([
      sql<bigint>`(select max(total) from deposit where deposit.channel_id = channel.channel_id)`.as('deposit'),
      sql<bigint | null>`(select max(to_amount) from settlement where settlement.channel_id = channel.channel_id)`.as(
        'settled',
      ),
      sql<boolean>`exists (select 1 from closure where closure.channel_id = channel.channel_id)`.as('closed'),
    ])
    .where('channel_id', '=', sql<string>`any(${ids}::text[])`)
    .execute()
  return new Map(
    rows.map((row) => [
      row.channel_id,
      {
        funder: row.funder,
        token: row.token,
        funding: row.funding,
        partyId: row.party_id,
        deposit: row.deposit,
        settled: row.settled ?? 0n,
        closed: row.closed,
      },
    ]),
  )
}
