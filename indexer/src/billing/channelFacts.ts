import type { Selectable } from 'kysely'
import type { Database } from '../database/open.ts'
import type { Tables } from '../database/types.ts'
import { present } from '../errors.ts'
import type { FrozenBlock, SettlementRow } from './candidates.ts'
import type { SplitReceipt, Tax } from './split.ts'

type Row<T extends keyof Tables> = Selectable<Tables[T]>

/** All that is known about a channel when a cycle freezes. */
export type ChannelFacts = {
  readonly channel: Row<'channel'>
  readonly binding: Row<'binding'>
  readonly bindingEndsAt: bigint
  readonly asset: Row<'asset'> | undefined
  readonly billableToken: string
  readonly receipts: readonly Row<'receipt'>[]
  readonly agreements: ReadonlyMap<string, Row<'agreement'>>
}

/** Reads a channel, its binding up to the frozen block, its receipts and their agreements. */
export async function loadChannelFacts(
  db: Database,
  channelId: string,
  frozen: readonly FrozenBlock[],
): Promise<ChannelFacts> {
  const channel = await db
    .selectFrom('channel')
    .selectAll()
    .where('channel_id', '=', channelId)
    .executeTakeFirstOrThrow()
  const binding = await db
    .selectFrom('binding')
    .selectAll()
    .where('chain_id', '=', channel.chain_id)
    .where('binding_id', '=', channel.payer_binding)
    .executeTakeFirstOrThrow()
  const chain = await db
    .selectFrom('chain')
    .select('token')
    .where('chain_id', '=', channel.chain_id)
    .executeTakeFirstOrThrow()
  const asset = await db
    .selectFrom('asset')
    .selectAll()
    .where('chain_id', '=', channel.chain_id)
    .where('token', '=', channel.token)
    .executeTakeFirst()
  const receipts = await db
    .selectFrom('receipt')
    .selectAll()
    .where('channel_id', '=', channelId)
    .orderBy('cumulative_amount')
    .execute()
  return {
    channel,
    binding,
    bindingEndsAt: await endOf(db, binding, frozen),
    asset,
    billableToken: chain.token,
    receipts,
    agreements: await loadAgreements(db, receipts),
  }
}

/** A channel's receipts as intervals of its value, each with its tax or the reason why that is not known. */
export function splitReceipts(
  facts: ChannelFacts,
  settlement: SettlementRow,
  merchantRef: string,
): readonly SplitReceipt[] {
  const newest = facts.receipts.findLast((receipt) => receipt.version <= settlement.version)
  const isProven = facts.receipts.length === 0 || newest?.root === settlement.receipts_root
  return facts.receipts.map((receipt) => ({
    fromAmount: receipt.cumulative_amount - receipt.amount,
    toAmount: receipt.cumulative_amount,
    atSeconds: receipt.at_seconds,
    tax: isProven
      ? taxOf(present(facts.agreements.get(receipt.agreement_hash), 'agreement'), facts, merchantRef)
      : { code: 'TAX_UNKNOWN', detail: 'the receipts are not those that the settled voucher signed' },
  }))
}

function taxOf(agreement: Row<'agreement'>, facts: ChannelFacts, merchantRef: string): SplitReceipt['tax'] {
  if (agreement.token !== facts.channel.token || agreement.currency !== facts.asset?.currency) {
    return { code: 'STALE_FX', detail: 'the agreement is in another token or currency than the channel' }
  }
  if (agreement.merchant_ref !== merchantRef) {
    return { code: 'TAX_UNKNOWN', detail: 'the agreement names another merchant than the register' }
  }
  const tax: Tax = { category: agreement.tax_category, rateBp: agreement.tax_rate_bp }
  return tax
}

/** The binding's end, by a message or a mark on its attester, as the frozen chain has it: later ones are the next cycle's. */
async function endOf(db: Database, binding: Row<'binding'>, frozen: readonly FrozenBlock[]): Promise<bigint> {
  const block = present(
    frozen.find((one) => one.chainId === binding.chain_id),
    'frozen block',
  )
  const changes = await db
    .selectFrom('binding_change')
    .select('ends_at')
    .where('chain_id', '=', binding.chain_id)
    .where('binding_id', '=', binding.binding_id)
    .where('block_number', '<=', block.number)
    .execute()
  const marks = await db
    .selectFrom('attester_change')
    .select('at_seconds')
    .where('chain_id', '=', binding.chain_id)
    .where('attester_index', '=', binding.attester_index)
    .where('kind', '=', 'COMPROMISED')
    .where('since', '<', binding.vouched_at)
    .where('block_number', '<=', block.number)
    .execute()
  const ends = [...changes.map(({ ends_at }) => ends_at), ...marks.map(({ at_seconds }) => at_seconds)]
  return ends.reduce<bigint>((first, end) => (end !== null && end < first ? end : first), binding.valid_until)
}

async function loadAgreements(
  db: Database,
  receipts: readonly Row<'receipt'>[],
): Promise<ReadonlyMap<string, Row<'agreement'>>> {
  const hashes = [...new Set(receipts.map((receipt) => receipt.agreement_hash))]
  if (hashes.length === 0) return new Map()
  const rows = await db.selectFrom('agreement').selectAll().where('agreement_hash', 'in', hashes).execute()
  return new Map(rows.map((row) => [row.agreement_hash, row]))
}
