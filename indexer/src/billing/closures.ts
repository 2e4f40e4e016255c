import type { Insertable } from 'kysely'
import type { Database } from '../database/open.ts'
import type { Tables } from '../database/types.ts'
import { hashJson } from '../hash.ts'
import type { FrozenBlock } from './candidates.ts'

type ExceptionRow = Insertable<Tables['exception']>

/** Closed channels whose receipts say more than the chain paid, or that have none. Each is noticed once. */
export async function findClosureExceptions(
  db: Database,
  cycle: string,
  frozen: readonly FrozenBlock[],
): Promise<readonly ExceptionRow[]> {
  const found: ExceptionRow[] = []
  for (const block of frozen) {
    const closures = await db
      .selectFrom('closure')
      .innerJoin('channel', 'channel.channel_id', 'closure.channel_id')
      .innerJoin('asset', (join) =>
        join.onRef('asset.chain_id', '=', 'channel.chain_id').onRef('asset.token', '=', 'channel.token'),
      )
      .leftJoin(
        db
          .selectFrom('receipt')
          .select(['channel_id', (eb) => eb.fn.max('cumulative_amount').as('delivered')])
          .groupBy('channel_id')
          .as('receipts'),
        (join) => join.onRef('receipts.channel_id', '=', 'closure.channel_id'),
      )
      .select(['closure.channel_id', 'closure.settled', 'asset.asset', 'receipts.delivered'])
      .where('closure.chain_id', '=', block.chainId)
      .where('closure.block_number', '<=', block.number)
      .orderBy('closure.block_number')
      .orderBy('closure.log_index')
      .execute()
    for (const closure of closures) {
      const row = notice(cycle, closure)
      if (row !== undefined) found.push(row)
    }
  }
  const known = new Set(
    (await db.selectFrom('exception').select('exception_id').execute()).map((row) => row.exception_id),
  )
  return found.filter((row) => !known.has(row.exception_id))
}

type Closure = {
  readonly channel_id: string
  readonly settled: bigint
  readonly asset: string
  readonly delivered: bigint | null
}

function notice(cycle: string, closure: Closure): ExceptionRow | undefined {
  const { channel_id: subject, settled, asset, delivered } = closure
  const row = (code: string, amount: bigint, detail: string): ExceptionRow => ({
    // Without the cycle: a closure is noticed once, not in every cycle after it.
    exception_id: hashJson(['notice', code, subject]),
    code,
    effect: 'INFO',
    cycle,
    subject,
    asset,
    amount,
    detail,
  })
  if (delivered === null) {
    return settled > 0n
      ? row('CLOSURE_WITHOUT_RECEIPT', settled, 'the closed channel has no imported receipt')
      : undefined
  }
  if (delivered <= settled) return undefined
  return row('RECEIPT_GT_CLOSURE', delivered - settled, 'the receipts say more than the closed channel paid')
}
