// A process of its own: deposits once under a key, on a journal in a file, and stands still where it is told to.
import process from 'node:process'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { ChainCall } from '../../../../../src/adapters/chain/chainCall.ts'
import type { ChainWriter } from '../../../../../src/adapters/chain/chainClients.ts'
import { chainReader, chainWriter } from '../../../../../src/adapters/chain/chainClients.ts'
import { TransactionSender } from '../../../../../src/adapters/chain/transactions/TransactionSender.ts'
import { openSqliteJournal } from '../../../../../src/adapters/store/journal/sqliteJournal.ts'

const [rpcUrl = '', path = '', privateKey = '', callText = '', stage = ''] = process.argv.slice(2)
const call = JSON.parse(callText) as ChainCall
const account = privateKeyToAccount(privateKey as Hex)
const node = { rpcUrl, chainId: 31337, pollingIntervalMs: 20 }

const journal = await openSqliteJournal({ path, owner: { chainId: 31337, account: account.address } })
if (stage === 'signed') journal.add = standStillAfter(journal.add.bind(journal))
if (stage === 'raised') journal.addAttempt = standStillAfter(journal.addAttempt.bind(journal))
const plain = chainWriter({ ...node, account })
const writer: ChainWriter =
  stage === 'sent' ? { ...plain, sendRawTransaction: standStillAfter(plain.sendRawTransaction) } : plain

const clients = { reader: chainReader(node), writer, receiptTimeoutMs: 20_000 }
const sender = TransactionSender.open({ clients, journal, stuckAfterMs: stage === 'raised' ? 40 : 3_600_000 })
const { hash } = await sender.send(call, { key: 'the deposit' })
process.stdout.write(`mined ${hash}\n`)
await journal.dispose()

/** Does it, says so, and never goes on: the parent kills the process then. */
function standStillAfter<args extends readonly unknown[], result>(run: (...args: args) => Promise<result>) {
  return async (...args: args): Promise<result> => {
    await run(...args)
    process.stdout.write(`${stage}\n`)
    // Keeps the process alive without a socket.
    setInterval(() => undefined, 60_000)
    return await new Promise<never>(() => undefined)
  }
}
