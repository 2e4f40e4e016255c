import { sql } from 'kysely'
import type { Database } from '../database/open.ts'
import { present } from '../errors.ts'
import type { CarryKey } from './LineKey.ts'
import { finalStateHash, type ProofLeaf, signatureHash } from './proof.ts'

/** What a frozen cycle bills under one key. */
export type LineSum = {
  readonly lineId: string
  readonly carryKeyId: string
  readonly key: CarryKey
  readonly sourceAtomic: bigint
  readonly paymentCount: bigint
  readonly deviceCount: bigint
  readonly settlementCount: bigint
  readonly serviceFromSeconds: bigint | null
  readonly serviceToSeconds: bigint | null
}

/** The cycle's lines, in the order in which they are written. */
export async function sumLines(db: Database, cycle: string): Promise<readonly LineSum[]> {
  const rows = await db
    .selectFrom('part')
    .innerJoin('carry_key', 'carry_key.carry_key', 'part.carry_key')
    .innerJoin('channel', 'channel.channel_id', 'part.channel_id')
    .selectAll('carry_key')
    .select([
      'part.line_id',
      sql<bigint>`sum(part.to_amount - part.from_amount)`.as('source'),
      sql<bigint>`sum(part.payment_count)`.as('payments'),
      sql<bigint>`count(distinct channel.payer)`.as('devices'),
      sql<bigint>`count(distinct (part.chain_id, part.block_hash, part.log_index))`.as('settlements'),
      sql<bigint | null>`min(part.service_from_seconds)`.as('service_from'),
      sql<bigint | null>`max(part.service_to_seconds)`.as('service_to'),
    ])
    .where('part.cycle', '=', cycle)
    .where('part.disposition', '=', 'BILL')
    .groupBy(['carry_key.carry_key', 'part.line_id'])
    .execute()
  return rows
    .map((row) => ({
      lineId: present(row.line_id, 'line id'),
      carryKeyId: row.carry_key,
      key: {
        bookEntity: row.book_entity,
        funding: row.funding,
        liablePartyRef: row.liable_party_ref,
        billingAccount: row.billing_account,
        payeeMerchantRef: row.payee_merchant_ref,
        taxCategory: row.tax_category,
        taxRateBp: row.tax_rate_bp,
        asset: row.asset,
        currency: row.currency,
      },
      sourceAtomic: row.source,
      paymentCount: row.payments,
      deviceCount: row.devices,
      settlementCount: row.settlements,
      serviceFromSeconds: row.service_from,
      serviceToSeconds: row.service_to,
    }))
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
}

/** By account, merchant and tax, as a clerk reads them; the id decides between what is left. */
function sortKey(line: LineSum): string {
  const { billingAccount, payeeMerchantRef, taxCategory, taxRateBp } = line.key
  return [billingAccount, payeeMerchantRef, taxCategory, String(taxRateBp).padStart(5, '0'), line.lineId].join('\n')
}

/** The settlements behind each line, in chain order. */
export async function loadLeaves(db: Database, cycle: string): Promise<ReadonlyMap<string, readonly ProofLeaf[]>> {
  const rows = await db
    .selectFrom('part')
    .innerJoin('settlement', (join) =>
      join
        .onRef('settlement.chain_id', '=', 'part.chain_id')
        .onRef('settlement.block_hash', '=', 'part.block_hash')
        .onRef('settlement.log_index', '=', 'part.log_index'),
    )
    .select([
      'part.line_id',
      'settlement.chain_id',
      'settlement.tx_hash',
      'settlement.log_index',
      'settlement.channel_id',
    ])
    .select(['settlement.totals_word', 'settlement.receipts_root', 'settlement.block_number'])
    .distinct()
    .where('part.cycle', '=', cycle)
    .where('part.disposition', '=', 'BILL')
    .orderBy('settlement.chain_id')
    .orderBy('settlement.block_number')
    .orderBy('settlement.log_index')
    .execute()
  const signatures = await newestSignatures(db)
  const leaves = new Map<string, ProofLeaf[]>()
  for (const row of rows) {
    const id = present(row.line_id, 'line id')
    const leaf = {
      chainId: String(row.chain_id),
      txHash: row.tx_hash,
      logIndex: row.log_index,
      finalStateHash: finalStateHash(row.channel_id, row.totals_word, row.receipts_root),
      signatureHash: signatureHash(signatures.get(row.channel_id)),
    }
    const known = leaves.get(id)
    if (known === undefined) leaves.set(id, [leaf])
    else known.push(leaf)
  }
  return leaves
}

async function newestSignatures(db: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('voucher').select(['channel_id', 'signature']).orderBy('version').execute()
  return new Map(rows.map((row) => [row.channel_id, row.signature]))
}
