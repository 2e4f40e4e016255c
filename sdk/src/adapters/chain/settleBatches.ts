import { size } from 'viem'
import { BaseError } from '../../protocol/Errors.ts'
import { TooLargeError } from '../../ports/TransactionErrors.ts'
import { TRANSACTION_BYTES_MAX, TRANSACTION_GAS_MAX } from './chainClients.ts'
import type { SettleGroup, SettleRow, Settleable } from './settleRows.ts'
import { toSettleGroups } from './settleRows.ts'

/** What one batch may take. */
export type BatchLimits = {
  /** Rows at most. Left out, as many as gas and bytes allow. */
  readonly rowsMax?: number
  /** Gas of its transaction at most. */
  readonly gasMax?: bigint
  /** Bytes of its transaction at most. */
  readonly bytesMax?: number
}

/** Groups of one transaction. */
export type SettleBatch = readonly SettleGroup[]

/**
 * Cuts vouchers into batches, each a transaction that blocks and pools take with a tenth to spare. A large group goes on in
 * the next batch. The gas is a bound from above, of rows that all pay; a chain that is dearer is met by {@link sendBatches}.
 */
export function toSettleBatches(entries: Iterable<Settleable>, limits: BatchLimits = {}): readonly SettleBatch[] {
  const bounds = boundsOf(limits)
  const batches: SettleGroup[][] = []
  let room = NO_ROOM
  for (const { rows, ...head } of toSettleGroups(entries)) {
    let group: { rows: SettleRow[] } | undefined
    for (const row of rows) {
      const added = group === undefined ? plus(costOf(row), GROUP_COST) : costOf(row)
      if (group !== undefined && fits(added, room)) {
        group.rows.push(row)
        room = minus(room, added)
        continue
      }
      const cost = plus(costOf(row), GROUP_COST)
      if (!fits(cost, room)) {
        batches.push([])
        room = minus(bounds, BASE_COST)
      }
      const next = { ...head, rows: [row] }
      group = next
      batches.at(-1)?.push(next)
      room = minus(room, cost)
    }
  }
  return batches
}

/**
 * Sends batches one after another, and cuts one that turns out too large in halves. A single row that is too large is
 * refused: what cannot be sent at all must not look settled.
 */
export async function sendBatches<outcome>(
  batches: readonly SettleBatch[],
  send: (batch: SettleBatch) => Promise<outcome>,
): Promise<outcome[]> {
  const outcomes: outcome[] = []
  const waiting = [...batches]
  for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
    try {
      outcomes.push(await send(batch))
    } catch (error) {
      // It was refused before it was signed: nothing of it is on its way.
      if (!(error instanceof TooLargeError) || rowCount(batch) === 1) throw error
      waiting.unshift(...halves(batch))
    }
  }
  return outcomes
}

type Cost = { readonly rows: number; readonly gas: bigint; readonly bytes: number }

const WORD_BYTES = 32
/** Its place in the list, seven fields, and where its signer is and how long. */
const ROW_BYTES = 10 * WORD_BYTES
/** Measured: 15,000 gas a row, and 21,500 of a P-256 device where the chain has the precompile; a tenth on top, and more. */
const ROW_GAS = { secp256k1: 17_000n, p256: 26_000n }
/** Its place in the list, its fields, its number of rows; a payout that is written for the first time. */
const GROUP_COST: Cost = { rows: 0, gas: 30_000n, bytes: 5 * WORD_BYTES }
/** The transaction itself, its envelope and signature. */
const BASE_COST: Cost = { rows: 0, gas: 25_000n, bytes: 512 }
const NO_ROOM: Cost = { rows: 0, gas: 0n, bytes: 0 }

function costOf({ signer }: SettleRow): Cost {
  const signerBytes = Math.ceil(size(signer) / WORD_BYTES) * WORD_BYTES
  const gas = signer === '0x' ? ROW_GAS.secp256k1 : ROW_GAS.p256
  return { rows: 1, gas, bytes: ROW_BYTES + signerBytes }
}

/** A tenth stays free: an estimate is not the block. */
function boundsOf({ rowsMax = Infinity, ...limits }: BatchLimits): Cost {
  const { gasMax = (TRANSACTION_GAS_MAX * 9n) / 10n, bytesMax = Math.floor(TRANSACTION_BYTES_MAX * 0.9) } = limits
  const least = plus(plus(BASE_COST, GROUP_COST), { rows: 1, gas: ROW_GAS.p256, bytes: ROW_BYTES + 3 * WORD_BYTES })
  if (!(rowsMax >= 1)) throw new BatchSizeError({ what: 'rows', given: rowsMax, expected: 1 })
  if (gasMax < least.gas) throw new BatchSizeError({ what: 'gas', given: gasMax, expected: least.gas })
  if (!(bytesMax >= least.bytes)) throw new BatchSizeError({ what: 'bytes', given: bytesMax, expected: least.bytes })
  return { rows: rowsMax, gas: gasMax, bytes: bytesMax }
}

function fits(cost: Cost, room: Cost): boolean {
  return cost.rows <= room.rows && cost.gas <= room.gas && cost.bytes <= room.bytes
}

function plus(a: Cost, b: Cost): Cost {
  return { rows: a.rows + b.rows, gas: a.gas + b.gas, bytes: a.bytes + b.bytes }
}

function minus(a: Cost, b: Cost): Cost {
  return { rows: a.rows - b.rows, gas: a.gas - b.gas, bytes: a.bytes - b.bytes }
}

function rowCount(batch: SettleBatch): number {
  return batch.reduce((sum, { rows }) => sum + rows.length, 0)
}

/** The first half of its rows, and the rest. */
function halves(batch: SettleBatch): readonly [SettleBatch, SettleBatch] {
  let room = Math.ceil(rowCount(batch) / 2)
  const first: SettleGroup[] = []
  const second: SettleGroup[] = []
  for (const { rows, ...head } of batch) {
    const taken = rows.slice(0, room)
    const rest = rows.slice(taken.length)
    room -= taken.length
    if (taken.length > 0) first.push({ ...head, rows: taken })
    if (rest.length > 0) second.push({ ...head, rows: rest })
  }
  return [first, second]
}

/** No batch can be so small. */
export class BatchSizeError extends BaseError {
  override readonly name = 'SettleBatches.BatchSizeError'
  constructor({ what, given, expected }: { what: string; given: bigint | number; expected: bigint | number }) {
    super(`A batch of at most ${given} ${what} settles nothing.`, {
      next: `Allow at least ${expected} ${what}.`,
      given,
      expected,
    })
  }
}
