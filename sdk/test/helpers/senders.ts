import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Hex } from 'viem'
import { encodeFunctionData, erc20Abi } from 'viem'
import type { ChainCall } from '../../src/adapters/chain/chainCall.ts'
import type { ChainClients } from '../../src/adapters/chain/chainClients.ts'
import { TransactionSender } from '../../src/adapters/chain/transactions/TransactionSender.ts'
import { MemoryJournal } from '../../src/adapters/store/journal/memoryJournal.ts'
import type { LocalChain } from './localChain.ts'

/** Longer than any test: nothing is raised unless a test wants it. */
const NEVER_MS = 3_600_000

export type Options = Partial<Omit<TransactionSender.Options, 'clients'>> & { readonly clients?: Partial<ChainClients> }

/** A sender of the funder's transactions, on a journal in memory unless told otherwise. */
export function senderOf(chain: LocalChain, { clients: changed = {}, journal, ...options }: Options = {}) {
  const clients = { ...chain.funder, ...changed }
  const owner = { chainId: 31337, account: clients.writer.account.address }
  const kept = journal ?? new MemoryJournal(owner)
  const sender = TransactionSender.open({ clients, stuckAfterMs: NEVER_MS, ...options, journal: kept })
  return { sender, journal: kept, clients: { ...clients, sender } }
}

/** Approves the escrow for an amount: a call that always works, and whose effect names it. */
export function approval({ deployment }: LocalChain, amount: bigint): ChainCall {
  const args = [deployment.channelEscrow, amount] as const
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args })
  return { to: deployment.settlementToken, data, name: 'approve' }
}

export function allowanceOf({ reader, deployment, funder }: LocalChain): Promise<bigint> {
  const args = [funder.writer.account.address, deployment.channelEscrow] as const
  return reader.readContract({ address: deployment.settlementToken, abi: erc20Abi, functionName: 'allowance', args })
}

/** Ends automatic mining until the test ends. */
export async function stopMining(test: TestContext, { testClient }: LocalChain): Promise<void> {
  await testClient.setAutomine(false)
  test.after(async () => {
    await testClient.setAutomine(true)
    await testClient.mine({ blocks: 1 })
  })
}

/** Waits until something is so, as a person would: asks, lets others work, asks again. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let asked = 0; asked < ASKED_MAX; asked++) {
    if (await isSo()) return
    await pause(ASK_AGAIN_MS)
  }
  throw new Error(`It never came to this: ${what}`)
}
const ASKED_MAX = 2_000
const ASK_AGAIN_MS = 5

/** Transactions of the node's pool that are not in a block. */
export async function pooled({ testClient }: LocalChain): Promise<number> {
  const { pending, queued } = await testClient.getTxpoolStatus()
  return pending + queued
}

/** Takes the newest blocks out again; their transactions are dropped, and as many other blocks come in their place. */
export async function reorganise({ testClient }: LocalChain, blocks: number): Promise<void> {
  await testClient.request({ method: 'anvil_reorg', params: [blocks, []] } as never)
}

export function drop({ testClient }: LocalChain, hash: Hex): Promise<void> {
  return testClient.dropTransaction({ hash })
}
