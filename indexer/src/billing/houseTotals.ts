import { sql } from 'kysely'
import { FUNDING } from '../books/rules.ts'
import type { Database } from '../database/open.ts'
import { atomicOfE18, minorUnitE18 } from './Carry.ts'
import { exponentOf } from './Currency.ts'

/** Where settled value is, in base units of the asset: `settled = billed + prepaid + carry + deferred + held + own`. */
export type AssetTotals = {
  readonly asset: string
  readonly settled: bigint
  /** Whole units of sealed lines funded by credit. */
  readonly billed: bigint
  /** Whole units of sealed lines that were prepaid. */
  readonly prepaid: bigint
  /** What the newest sealed line of every carry key carries out. */
  readonly carry: bigint
  /** Not sealed yet: settled after the last freeze, or frozen and waiting for the seal. */
  readonly deferred: bigint
  readonly held: bigint
  /** Hubs' own channels, which are never billed. */
  readonly own: bigint
  readonly difference: bigint
}

/** Sums every asset from facts, parts and lines, each from its own table. */
export async function houseTotals(db: Database): Promise<readonly AssetTotals[]> {
  const settled = await settledByAsset(db)
  const lines = await linesByAsset(db)
  const parts = await partsByAsset(db)
  return settled.map(({ asset, amount, own }) => {
    const line = lines.get(asset) ?? { billed: 0n, prepaid: 0n, carry: 0n }
    const part = parts.get(asset) ?? { unsealed: 0n, held: 0n, taken: 0n, ownTaken: 0n }
    const untaken = amount - own - (part.taken - part.ownTaken)
    const deferred = untaken + part.unsealed
    const found = line.billed + line.prepaid + line.carry + deferred + part.held + own
    return { asset, settled: amount, ...line, deferred, held: part.held, own, difference: amount - found }
  })
}

async function settledByAsset(db: Database) {
  return db
    .selectFrom('settlement')
    .innerJoin('channel', 'channel.channel_id', 'settlement.channel_id')
    .leftJoin('asset', (join) =>
      join.onRef('asset.chain_id', '=', 'channel.chain_id').onRef('asset.token', '=', 'channel.token'),
    )
    .select([
      sql<string>`coalesce(asset.asset, 'eip155:' || channel.chain_id || '/' || channel.token)`.as('asset'),
      sql<bigint>`sum(to_amount - from_amount)`.as('amount'),
      sql<bigint>`coalesce(sum(to_amount - from_amount) filter (where funding = ${FUNDING.OWN}), 0)`.as('own'),
    ])
    .groupBy(sql`1`)
    .orderBy(sql`1`)
    .execute()
}

async function linesByAsset(db: Database) {
  const rows = await db
    .selectFrom('line')
    .innerJoin('carry_key', 'carry_key.carry_key', 'line.carry_key')
    .innerJoin('cycle', 'cycle.cycle', 'line.cycle')
    .select(['carry_key.carry_key', 'carry_key.asset', 'currency', 'funding', 'amount_minor', 'carry_out_e18'])
    .orderBy('cycle.cut_off_seconds')
    .execute()
  const decimals = new Map(
    (await db.selectFrom('asset').select(['asset', 'decimals']).execute()).map((row) => [row.asset, row.decimals]),
  )
  const totals = new Map<string, { billed: bigint; prepaid: bigint; carry: bigint }>()
  const carries = new Map<string, { asset: string; carry: bigint }>()
  for (const row of rows) {
    const sums = totals.get(row.asset) ?? { billed: 0n, prepaid: 0n, carry: 0n }
    const atomic = (value: bigint): bigint => atomicOfE18(value, decimals.get(row.asset) ?? 0)
    const whole = atomic(row.amount_minor * minorUnitE18(exponentOf(row.currency)))
    if (row.funding === 'credit') sums.billed += whole
    else sums.prepaid += whole
    totals.set(row.asset, sums)
    // Cycles come in order, so the last line of a key wins.
    carries.set(row.carry_key, { asset: row.asset, carry: atomic(row.carry_out_e18) })
  }
  for (const { asset, carry } of carries.values()) {
    const sums = totals.get(asset)
    if (sums !== undefined) sums.carry += carry
  }
  return totals
}

async function partsByAsset(db: Database) {
  const live = sql`not exists (select 1 from exception_end where exception_end.exception_id = part.exception_id)`
  const rows = await db
    .selectFrom('part')
    .leftJoin('cycle_seal', 'cycle_seal.cycle', 'part.cycle')
    .select([
      'asset',
      sql<bigint>`coalesce(sum(to_amount - from_amount) filter (where disposition = 'BILL' and cycle_seal.cycle is null), 0)`.as(
        'unsealed',
      ),
      sql<bigint>`coalesce(sum(to_amount - from_amount) filter (where disposition = 'HOLD' and ${live}), 0)`.as('held'),
      sql<bigint>`coalesce(sum(to_amount - from_amount) filter (where ${live}), 0)`.as('taken'),
      sql<bigint>`coalesce(sum(to_amount - from_amount) filter (where disposition = 'OWN'), 0)`.as('ownTaken'),
    ])
    .groupBy('asset')
    .execute()
  return new Map(rows.map(({ asset, ...sums }) => [asset, sums]))
}
