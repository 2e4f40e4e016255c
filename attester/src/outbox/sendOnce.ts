import { existsSync } from 'node:fs'
import type { ChainCall, ChainClients, Mined } from '@musubi/sdk'
import { asking, broadcast, outcomeOf, signCall } from '@musubi/sdk'
import type { Hex, TransactionSerialized } from 'viem'
import { TransactionReceiptNotFoundError, parseTransaction } from 'viem'
import { z } from 'zod'
import type { StateDirectory } from '../state/StateDirectory.ts'
import { readJson, writeJson } from '../state/files.ts'
import { address, bytes32, hex } from '../state/schemas.ts'

const entrySchema = z.strictObject({
  version: z.literal(1),
  call: z.string(),
  to: address,
  data: hex,
  from: address,
  hash: bytes32,
  serialized: hex,
})

/** A transaction as it lies on disk before it leaves the house. */
type Entry = z.output<typeof entrySchema>

/**
 * Sends a transaction once, however often the program is killed and started again: signed and synced to disk first, then
 * sent. What is found on disk is sent again as it is, which is the same transaction to the chain, or was mined already.
 * `key` names the act, not the attempt: two runs that want the same thing use the same key.
 */
export async function sendOnce(call: ChainCall, options: sendOnce.Options): Promise<Mined> {
  const { state, clients, key } = options
  const file = state.at('outbox', `${key}.json`)
  const entry = existsSync(file) ? readJson(file, entrySchema) : undefined
  if (entry !== undefined && !(await isSpent(clients, entry))) return await finish(clients, entry)

  const { hash, serialized } = await signCall(clients, call)
  const { name, to, data } = call
  const signed: Entry = { version: 1, call: name, to, data, from: clients.writer.account.address, hash, serialized }
  writeJson(file, signed)
  await broadcast(clients, call, { hash, serialized })
  return await outcomeOf(clients, call, hash)
}
export declare namespace sendOnce {
  type Options = { readonly state: StateDirectory; readonly clients: ChainClients; readonly key: string }
}

/** Whether the transaction can do nothing any more: it was mined and failed, or its nonce went to another one. */
async function isSpent({ reader }: ChainClients, { from, hash, serialized }: Entry): Promise<boolean> {
  const { nonce = 0 } = parseTransaction(serialized as TransactionSerialized)
  const next = await asking(reader, 'the nonce', () =>
    reader.getTransactionCount({ address: from, blockTag: 'latest' }),
  )
  const isPassed = next > nonce
  // In this order: a receipt that comes in between is seen.
  const status = await receiptStatus(reader, hash)
  return status === 'reverted' || (isPassed && status === undefined)
}

async function finish(clients: ChainClients, { call: name, to, data, hash, serialized }: Entry): Promise<Mined> {
  const call = { name, to, data }
  if ((await receiptStatus(clients.reader, hash)) === undefined) {
    try {
      await broadcast(clients, call, { hash, serialized })
    } catch (error) {
      // The node has it already, and says so in words of its own.
      if (!(await isKnown(clients.reader, hash))) throw error
    }
  }
  return await outcomeOf(clients, call, hash)
}

async function receiptStatus(reader: ChainClients['reader'], hash: Hex): Promise<'success' | 'reverted' | undefined> {
  return await asking(reader, 'a receipt', async () => {
    try {
      return (await reader.getTransactionReceipt({ hash })).status
    } catch (error) {
      if (error instanceof TransactionReceiptNotFoundError) return undefined
      throw error
    }
  })
}

async function isKnown(reader: ChainClients['reader'], hash: Hex): Promise<boolean> {
  const found = await asking(reader, 'a transaction', () =>
    reader.request({ method: 'eth_getTransactionByHash', params: [hash] }),
  )
  return found !== null
}
