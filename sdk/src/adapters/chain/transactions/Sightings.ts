import type { Address, Hex, TransactionReceipt } from 'viem'
import { TransactionReceiptNotFoundError } from 'viem'
import type { Attempt, JournalEntry } from '../../../ports/TransactionJournal.ts'
import type { ChainReader } from '../chainClients.ts'
import { asking } from '../failures.ts'

/** An attempt that is in a block now. A reorganisation can take it out again. */
export type Landed = { readonly kind: 'landed'; readonly attempt: Attempt; readonly receipt: TransactionReceipt }

/** What the chain shows of an entry at this moment. */
export type Sighting =
  | Landed
  /** The node has an attempt, and waits to see it mined. */
  | { readonly kind: 'pending' }
  /** The node has no attempt: it never came, or the pool or a reorganisation dropped it. */
  | { readonly kind: 'dropped' }
  /** The nonce is used, and not by one of the attempts. */
  | { readonly kind: 'taken' }

type Account = { readonly reader: ChainReader; readonly account: Address }

export async function sight(
  { reader, account }: Account,
  { nonce, attempts }: Pick<JournalEntry, 'nonce' | 'attempts'>,
): Promise<Sighting> {
  // In this order: whatever used the nonce up has its receipt by now.
  const next = await transactionCount({ reader, account }, 'latest')
  const newestFirst = attempts.toReversed()
  for (const attempt of newestFirst) {
    const receipt = await findReceipt(reader, attempt.hash)
    if (receipt !== undefined) return { kind: 'landed', attempt, receipt }
  }
  if (next > nonce) return { kind: 'taken' }
  for (const { hash } of newestFirst) if (await isKnown(reader, hash)) return { kind: 'pending' }
  return { kind: 'dropped' }
}

/** Undefined while there is none. */
export async function findReceipt(reader: ChainReader, hash: Hex): Promise<TransactionReceipt | undefined> {
  return await asking(reader, 'a receipt', async () => {
    try {
      return await reader.getTransactionReceipt({ hash })
    } catch (error) {
      if (error instanceof TransactionReceiptNotFoundError) return undefined
      throw error
    }
  })
}

/** Whether the node has the transaction, in a block or waiting for one. */
export async function isKnown(reader: ChainReader, hash: Hex): Promise<boolean> {
  const found = await asking(reader, 'a transaction', () =>
    reader.request({ method: 'eth_getTransactionByHash', params: [hash] }),
  )
  return found !== null
}

/** Nonces that the account has used up to a block, which is the next one that is free there. */
export async function transactionCount(
  { reader, account }: Account,
  blockTag: 'latest' | 'pending' | 'finalized',
): Promise<number> {
  return await asking(reader, 'the nonce', () => reader.getTransactionCount({ address: account, blockTag }))
}

/** Number of the newest block of this depth. */
export async function blockNumberAt(reader: ChainReader, blockTag: 'latest' | 'safe' | 'finalized'): Promise<bigint> {
  const { number } = await asking(reader, `eth_getBlockByNumber ${blockTag}`, () => reader.getBlock({ blockTag }))
  return number
}
