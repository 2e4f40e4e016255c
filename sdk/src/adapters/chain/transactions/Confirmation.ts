import { setTimeout as pause } from 'node:timers/promises'
import type { Hex, TransactionReceipt } from 'viem'
import { BadCallError, RevertedError, UnconfirmedError } from '../../../ports/ChainErrors.ts'
import { NotConfirmedError } from '../../../ports/TransactionErrors.ts'
import type { Mined } from '../chainCall.ts'
import type { ChainReader } from '../chainClients.ts'
import { NO_REASON, asking } from '../failures.ts'
import { isPassing } from './Delivery.ts'
import { blockNumberAt, findReceipt } from './Sightings.ts'

/**
 * How deep a transaction is to lie: in so many blocks, its own the first, or under what the chain itself calls safe or
 * finalized. Where money is given for it, take `finalized`.
 */
export type Depth = { readonly depth: number } | 'safe' | 'finalized'

/** A transaction that lies as deep as was asked for. */
export type Confirmed = Mined & { readonly blockHash: Hex; readonly until: Depth }

/** How long to wait, unless told otherwise: finality takes some 13 minutes on the main network, and more on what settles there. */
export const CONFIRM_TIMEOUT_MS = 30 * 60_000

/**
 * Waits until a transaction lies deep enough, wherever reorganisations put it. Nothing is sent: a transaction of a journal,
 * which can be sent again when it is dropped, is confirmed by `TransactionSender.confirm`.
 *
 * @example
 * const { blockNumber } = await confirm(reader, hash, { until: 'finalized' })
 */
export async function confirm(reader: ChainReader, hash: Hex, options: confirm.Options): Promise<Confirmed> {
  return await confirmAny(reader, options, {
    landing: (timeoutMs) => receiptOf(reader, hash, timeoutMs),
    effect: async (receipt) => requireSuccess(receipt),
  })
}
export declare namespace confirm {
  type Options = { readonly until: Depth; readonly timeoutMs?: number }
}

/** How a transaction is found in a block, again when it fell out of one, and what it did there. */
type Target = {
  readonly landing: (timeoutMs: number) => Promise<TransactionReceipt>
  /** Throws why it did nothing. */
  readonly effect: (receipt: TransactionReceipt) => Promise<Mined>
}

/** {@link confirm} for whatever may be in a block under one of several hashes. */
export async function confirmAny(
  reader: ChainReader,
  { until, timeoutMs = CONFIRM_TIMEOUT_MS }: confirm.Options,
  { landing, effect }: Target,
): Promise<Confirmed> {
  requireDepth(until)
  const startedAtMs = performance.now()
  const leftMs = () => timeoutMs - (performance.now() - startedAtMs)
  for (;;) {
    const receipt = await landing(Math.max(0, leftMs()))
    const place = await patiently(() => placeOf(reader, receipt, until))
    if (place === 'deep') return { ...(await effect(receipt)), blockHash: receipt.blockHash, until }
    if (leftMs() <= 0) throw notConfirmed(receipt, until)
    await pause(reader.pollingInterval)
  }
}

function requireDepth(until: Depth): void {
  if (typeof until === 'string' || (Number.isSafeInteger(until.depth) && until.depth >= 1)) return
  throw new BadCallError({ call: 'confirm', given: `a depth of ${until.depth} blocks` })
}

/** In this order: a block that is still on the chain after it was seen deep was deep. */
async function placeOf(reader: ChainReader, receipt: TransactionReceipt, until: Depth): Promise<'deep' | 'shallow'> {
  const { blockNumber, blockHash } = receipt
  const tag = typeof until === 'string' ? until : 'latest'
  const blocksAbove = typeof until === 'string' ? 0n : BigInt(until.depth - 1)
  if ((await blockNumberAt(reader, tag)) < blockNumber + blocksAbove) return 'shallow'
  const { hash } = await asking(reader, 'eth_getBlockByNumber', () => reader.getBlock({ blockNumber }))
  return hash === blockHash ? 'deep' : 'shallow'
}

async function receiptOf(reader: ChainReader, hash: Hex, timeoutMs: number): Promise<TransactionReceipt> {
  const startedAtMs = performance.now()
  for (;;) {
    const receipt = await patiently(() => findReceipt(reader, hash))
    if (receipt !== undefined) return receipt
    if (performance.now() - startedAtMs >= timeoutMs) throw new UnconfirmedError({ given: hash, call: 'confirm' })
    await pause(reader.pollingInterval)
  }
}

function requireSuccess({ transactionHash: hash, blockNumber, gasUsed, logs, status }: TransactionReceipt): Mined {
  if (status === 'success') return { hash, blockNumber, gasUsed, logs }
  throw new RevertedError({ call: 'the transaction', errorName: NO_REASON, args: { hash } })
}

function notConfirmed({ transactionHash: hash, blockNumber: given }: TransactionReceipt, until: Depth) {
  const expected = typeof until === 'string' ? until : `${until.depth} blocks deep`
  return new NotConfirmedError({ hash, given, expected })
}

/** A node that does not answer now may do so later: then there is only nothing new. */
async function patiently<answer>(ask: () => Promise<answer>): Promise<answer | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (isPassing(error)) return undefined
    throw error
  }
}
