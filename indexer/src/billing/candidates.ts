import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Database } from '../database/open.ts'
import type { Tables } from '../database/types.ts'
import { present } from '../errors.ts'

export type FrozenBlock = { readonly chainId: bigint; readonly number: bigint; readonly hash: string }
export type SettlementRow = Selectable<Tables['settlement']>
/** Settled value that no line has: a whole settlement, or what an earlier cycle held of one. */
export type Candidate = {
  readonly settlement: SettlementRow
  readonly fromAmount: bigint
  readonly toAmount: bigint
  /** Number of the settlement's last part so far. */
  readonly lastPartNo: number
  readonly held: { readonly exceptionId: string; readonly code: string } | undefined
}

/** What the cycle may bill: new settlements before its cut-off, and values that are still held. */
export async function findCandidates(
  db: Database,
  cutOffSeconds: bigint,
  frozen: readonly FrozenBlock[],
): Promise<readonly Candidate[]> {
  const fresh = await findFresh(db, cutOffSeconds, frozen)
  const held = await findHeld(db)
  return [...fresh, ...held].sort(byChainOrder)
}

async function findFresh(
  db: Database,
  cutOffSeconds: bigint,
  frozen: readonly FrozenBlock[],
): Promise<readonly Candidate[]> {
  const found: Candidate[] = []
  for (const block of frozen) {
    const rows = await db
      .selectFrom('settlement')
      .selectAll()
      .where('chain_id', '=', block.chainId)
      .where('block_number', '<=', block.number)
      .where('at_seconds', '<', cutOffSeconds)
      .where(
        sql<boolean>`not exists (select 1 from part where part.party_id = settlement.party_id
          and part.month = settlement.month and part.chain_id = settlement.chain_id
          and part.block_hash = settlement.block_hash and part.log_index = settlement.log_index)`,
      )
      .execute()
    for (const settlement of rows) {
      const { from_amount: fromAmount, to_amount: toAmount } = settlement
      found.push({ settlement, fromAmount, toAmount, lastPartNo: 0, held: undefined })
    }
  }
  return found
}

async function findHeld(db: Database): Promise<readonly Candidate[]> {
  const parts = await db
    .selectFrom('part')
    .selectAll()
    .where('disposition', '=', 'HOLD')
    .where('exception_id', 'not in', db.selectFrom('exception_end').select('exception_id'))
    .orderBy('part_no')
    .execute()
  const found: Candidate[] = []
  for (const part of parts) {
    const settlement = await db
      .selectFrom('settlement')
      .selectAll()
      .where('chain_id', '=', part.chain_id)
      .where('block_hash', '=', part.block_hash)
      .where('log_index', '=', part.log_index)
      .executeTakeFirstOrThrow()
    found.push({
      settlement,
      fromAmount: part.from_amount,
      toAmount: part.to_amount,
      lastPartNo: await lastPartNo(db, part),
      held: { exceptionId: present(part.exception_id, 'exception'), code: present(part.hold_code, 'hold code') },
    })
  }
  return found
}

async function lastPartNo(db: Database, part: Selectable<Tables['part']>): Promise<number> {
  const row = await db
    .selectFrom('part')
    .select((eb) => eb.fn.max('part_no').as('last'))
    .where('chain_id', '=', part.chain_id)
    .where('block_hash', '=', part.block_hash)
    .where('log_index', '=', part.log_index)
    .executeTakeFirstOrThrow()
  return row.last
}

function byChainOrder(a: Candidate, b: Candidate): number {
  const x = a.settlement
  const y = b.settlement
  if (x.chain_id !== y.chain_id) return x.chain_id < y.chain_id ? -1 : 1
  if (x.block_number !== y.block_number) return x.block_number < y.block_number ? -1 : 1
  if (x.log_index !== y.log_index) return x.log_index - y.log_index
  return a.fromAmount < b.fromAmount ? -1 : 1
}
