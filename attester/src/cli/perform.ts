import type { ChainCall, ChainClients } from '@musubi/sdk'
import { broadcast, estimateCall, outcomeOf, signCall } from '@musubi/sdk'
import type { Hex } from 'viem'
import { formatEther } from 'viem'
import { sendOnce } from '../outbox/sendOnce.ts'
import type { StateDirectory } from '../state/StateDirectory.ts'

/** What came of a transaction, or would come of it. */
export type Performed =
  | {
      readonly dryRun: true
      readonly call: string
      readonly gas: bigint
      readonly costWei: bigint
      readonly cost: string
    }
  | {
      readonly dryRun: false
      readonly call: string
      readonly transaction: Hex
      readonly block: bigint
      readonly gas: bigint
    }

/** Sends a call once, under the name of its act; with `dryRun` says what it would cost, and sends nothing. */
export async function perform(call: ChainCall, options: perform.Options): Promise<Performed> {
  const { clients, state, key, dryRun } = options
  if (dryRun) return await estimate(call, clients)
  const { hash, blockNumber, gasUsed } = await sendOnce(call, { state, clients, key })
  return { dryRun: false, call: call.name, transaction: hash, block: blockNumber, gas: gasUsed }
}
export declare namespace perform {
  type Options = {
    readonly clients: ChainClients
    readonly state: StateDirectory
    /** Names the act, in letters that a file name can have. */
    readonly key: string
    readonly dryRun: boolean
  }
}

/** Sends a call that the contract itself takes once only, without a trace on disk. */
export async function performPlain(call: ChainCall, { clients, dryRun }: performPlain.Options): Promise<Performed> {
  if (dryRun) return await estimate(call, clients)
  const hash = await broadcast(clients, call, await signCall(clients, call))
  const { blockNumber, gasUsed } = await outcomeOf(clients, call, hash)
  return { dryRun: false, call: call.name, transaction: hash, block: blockNumber, gas: gasUsed }
}
export declare namespace performPlain {
  type Options = { readonly clients: ChainClients; readonly dryRun: boolean }
}

async function estimate(call: ChainCall, clients: ChainClients): Promise<Performed> {
  const { gas, cost } = await estimateCall(clients, call)
  return { dryRun: true, call: call.name, gas, costWei: cost, cost: `${formatEther(cost)} of the chain's coin` }
}
