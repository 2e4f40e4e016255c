import type { OnProgress } from '@musubi/cli'
import { ProgramError } from '@musubi/cli'
import { type Entry, transfer, writeEntries } from '../books/Posting.ts'
import { cardReceivable, unbilled } from '../books/rules.ts'
import { insertRows } from '../database/bulk.ts'
import type { Database } from '../database/open.ts'
import { present } from '../errors.ts'
import { hashJson } from '../hash.ts'
import { loadRegisters, type Registers } from '../registers/lookup.ts'
import { atomicOfE18, minorUnitE18, roundDown, valueE18 } from './Carry.ts'
import { type BillingRow, contentHash } from './columns.ts'
import { exponentOf } from './Currency.ts'
import { type Cycle, requireCycle } from './Cycle.ts'
import { buildRow, type LineBasis } from './LineRow.ts'
import { loadLeaves, type LineSum, sumLines } from './lineParts.ts'
import type { ProofLeaf } from './proof.ts'

/** A line that is fixed for ever, as it is written and as it is proved. */
export type SealedLine = {
  readonly row: BillingRow
  readonly carryKeyId: string
  readonly decimals: number
  readonly leaves: readonly ProofLeaf[]
}

/** Fixes a frozen cycle's lines and posts what they request from the card rail. */
export async function sealCycle(
  db: Database,
  { name, seq, onProgress }: sealCycle.Options,
): Promise<readonly SealedLine[]> {
  const cycle = await requireCycle(db, name, 'frozen')
  const registers = await loadRegisters(db)
  const carries = await openingCarries(db)
  const leaves = await loadLeaves(db, name)
  const decimals = await loadDecimals(db)
  const bases = (await sumLines(db, name)).map((sum) =>
    basisOf(sum, {
      cycle,
      registers,
      carryInE18: carries.get(sum.carryKeyId) ?? 0n,
      leaves: present(leaves.get(sum.lineId), 'settlements of the line'),
      decimals: present(decimals.get(sum.key.asset), 'decimals of the asset'),
    }),
  )
  const lines = number(bases, onProgress)
  await db.insertInto('cycle_seal').values({ cycle: name, journal_seq: seq }).execute()
  await insertRows(
    db,
    'line',
    lines.map((line) => lineRow(line, name)),
  )
  await writeEntries(
    db,
    lines.flatMap((line) => sealEntry(line, cycle)),
  )
  return lines
}
export declare namespace sealCycle {
  type Options = { readonly name: string; readonly seq: bigint; readonly onProgress: OnProgress }
}

/** Numbers lines batch by batch; the hash of a line's content comes last because it covers the charge. */
function number(bases: readonly LineBasis[], onProgress: OnProgress): readonly SealedLine[] {
  const counts = new Map<string, number>()
  return bases.map((basis, index) => {
    const lineNo = (counts.get(basis.batchId) ?? 0) + 1
    counts.set(basis.batchId, lineNo)
    const row = buildRow(basis, lineNo)
    const { carryKeyId } = basis.sum
    onProgress(index + 1, bases.length)
    return {
      row: { ...row, content_hash: contentHash(row) },
      carryKeyId,
      decimals: basis.decimals,
      leaves: basis.leaves,
    }
  })
}

type Context = Pick<LineBasis, 'cycle' | 'carryInE18' | 'leaves' | 'decimals'> & { readonly registers: Registers }

function basisOf(sum: LineSum, context: Context): LineBasis {
  const { cycle, registers, carryInE18, leaves, decimals } = context
  const { bookEntity, billingAccount, payeeMerchantRef, currency, funding } = sum.key
  const account = registers.account(billingAccount, cycle.chargeDate)
  const merchant = registers.merchant(payeeMerchantRef, cycle.chargeDate)
  if (account === undefined) throw notSealable(sum, 'a billing account in force on the charge date')
  if (merchant === undefined) throw notSealable(sum, 'a merchant in force on the charge date')
  const exponent = exponentOf(currency)
  const rounded = roundDown(carryInE18, valueE18(sum.sourceAtomic, decimals), exponent)
  // A line of nothing is never charged: it is stated, and its carry rolls on.
  const recordType = funding === 'credit' && rounded.amountMinor > 0n ? 'CHARGE' : 'STATEMENT'
  if (recordType === 'CHARGE' && account.card_ref === '') throw notSealable(sum, 'an account with a card (NO_CARD_REF)')
  const batch = [cycle.cycle, bookEntity, account.rail, recordType]
  return {
    ...{ sum, cycle, account, merchant, carryInE18, leaves, decimals, exponent, recordType },
    ...rounded,
    batchId: `${cycle.cycle}-${recordType === 'CHARGE' ? 'C' : 'S'}-${shortHash('batch', batch, 8)}`,
    chargeId: `C-${shortHash('charge', [...batch, billingAccount], 24)}`,
  }
}

function shortHash(kind: string, parts: readonly string[], digits: number): string {
  return hashJson([kind, ...parts])
    .slice(0, digits)
    .toUpperCase()
}

/** By carry key, what the newest line of every earlier cycle carried out. */
async function openingCarries(db: Database): Promise<ReadonlyMap<string, bigint>> {
  const rows = await db
    .selectFrom('line')
    .innerJoin('cycle', 'cycle.cycle', 'line.cycle')
    .select(['line.carry_key', 'line.carry_out_e18'])
    .orderBy('cycle.cut_off_seconds')
    .execute()
  return new Map(rows.map((row) => [row.carry_key, row.carry_out_e18]))
}

async function loadDecimals(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom('asset').select(['asset', 'decimals']).execute()
  return new Map(rows.map((row) => [row.asset, row.decimals]))
}

function lineRow({ row, carryKeyId }: SealedLine, cycle: string) {
  return {
    line_id: row.line_id,
    cycle,
    carry_key: carryKeyId,
    batch_id: row.batch_id,
    line_no: Number(row.line_no),
    charge_id: row.charge_id,
    record_type: row.record_type === 'CHARGE' ? ('CHARGE' as const) : ('STATEMENT' as const),
    rail: row.rail,
    source_atomic: BigInt(row.source_atomic),
    amount_minor: BigInt(row.amount_minor),
    carry_in_e18: BigInt(row.carry_in_e18),
    carry_out_e18: BigInt(row.carry_out_e18),
    content_hash: row.content_hash,
  }
}

/** Whole units of a credit line leave Unbilled; what stays there is the carry. */
function sealEntry({ row, carryKeyId, decimals }: SealedLine, cycle: Cycle): readonly Entry[] {
  if (row.record_type !== 'CHARGE') return []
  const whole = BigInt(row.amount_minor) * minorUnitE18(Number(row.exponent))
  const places = { debit: cardReceivable(row.billing_account), credit: unbilled(carryKeyId) }
  return [
    {
      id: `seal:${row.line_id}`,
      rule: 'seal',
      atSeconds: cycle.cutOffSeconds,
      cause: row.line_id,
      postings: transfer(row.asset, atomicOfE18(whole, decimals), places),
    },
  ]
}

function notSealable(sum: LineSum, expected: string): ProgramError {
  return new ProgramError('Seal.NotSealableError', 'A line cannot be sealed.', {
    given: `billing account ${sum.key.billingAccount}, merchant ${sum.key.payeeMerchantRef}`,
    expected,
    next: 'Nothing was sealed; register what is missing and seal again.',
  })
}
