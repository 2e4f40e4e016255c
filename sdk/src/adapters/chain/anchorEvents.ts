import type { Hex } from 'viem'
import { getAbiItem } from 'viem'
import { ledgerAnchorAbi } from '../../generated/abis.ts'
import type { Anchor } from '../../protocol/Anchor.ts'
import { NO_ROOT } from '../../protocol/Anchor.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import { BadAnswerError } from '../../ports/ChainErrors.ts'
import type { ChainReader } from './chainClients.ts'
import type { BlockRange } from './logRanges.ts'
import { logRanges } from './logRanges.ts'

/** An anchor as the chain has it, and where. */
export type PublishedAnchor = Anchor & { readonly blockNumber: bigint; readonly transactionHash: Hex }

/** Whose anchors, up to which block: take a finalized one, since what comes later may still fall. */
export type Publisher = { readonly publisher: Hex; readonly toBlock: bigint }

/** What an event says: it does not repeat the root of the epoch before. */
export type Anchored = Omit<PublishedAnchor, 'previousRoot'>

type Place = { readonly reader: ChainReader; readonly deployment: Deployment }
type Sought = Publisher & { readonly epoch?: bigint; readonly root?: Hex }

const anchored = getAbiItem({ abi: ledgerAnchorAbi, name: 'Anchored' })

/** A publisher's events in order; of one epoch or of one root alone when that is given. */
export function anchorEvents({ reader, deployment }: Place, { toBlock, ...args }: Sought): AsyncGenerator<Anchored> {
  const address = deployment.ledgerAnchor
  const ask = async (range: BlockRange) => {
    const logs = await reader.getLogs({ address, event: anchored, args, strict: true, ...range })
    return logs.map(({ args: { publisher, epoch, root, count, total }, blockNumber, transactionHash }) => ({
      ...{ publisher, epoch, root, count, total },
      ...{ blockNumber, transactionHash },
    }))
  }
  return logRanges(reader, { fromBlock: BigInt(deployment.startBlock), toBlock, ask })
}

/** The event of an epoch that the contract knows. */
export async function anchorEvent(place: Place, sought: Publisher & { readonly epoch: bigint }): Promise<Anchored> {
  const event = await firstOf(anchorEvents(place, sought))
  if (event === undefined) throw incomplete('no event', sought.epoch)
  return event
}

/** The anchor behind an event, with the root of the epoch before. */
export async function completed(place: Place, event: Anchored): Promise<PublishedAnchor> {
  const { publisher, epoch, blockNumber: toBlock } = event
  if (epoch === 1n) return { ...event, previousRoot: NO_ROOT }
  return { ...event, previousRoot: (await anchorEvent(place, { publisher, epoch: epoch - 1n, toBlock })).root }
}

/** What a node answers that leaves an event out. */
export function incomplete(given: unknown, epoch: unknown): BadAnswerError {
  return new BadAnswerError({ given: String(given), expected: `eth_getLogs of Anchored, epoch ${String(epoch)}` })
}

export async function firstOf<item>(items: AsyncIterable<item>): Promise<item | undefined> {
  for await (const item of items) return item
  return undefined
}
