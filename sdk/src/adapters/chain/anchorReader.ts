import type { Hex } from 'viem'
import { getAbiItem } from 'viem'
import { ledgerAnchorAbi } from '../../generated/abis.ts'
import type { Anchor } from '../../protocol/Anchor.ts'
import { NO_ROOT } from '../../protocol/Anchor.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import { AnchorNotFoundError, BadAnswerError } from '../../ports/ChainErrors.ts'
import type { ChainReader } from './chainClients.ts'
import { asking } from './failures.ts'
import type { BlockRange } from './logRanges.ts'
import { logRanges } from './logRanges.ts'

/** An anchor as the chain has it, and where. */
export type PublishedAnchor = Anchor & { readonly blockNumber: bigint; readonly transactionHash: Hex }

export type AnchorReader = ReturnType<typeof anchorReader>

/** Whose anchors, up to which block: take a finalized one, since what comes later may still fall. */
type Publisher = { readonly publisher: Hex; readonly toBlock: bigint }
type Sought = Publisher & { readonly epoch?: bigint; readonly root?: Hex }
type Anchored = Omit<PublishedAnchor, 'previousRoot'>

const anchored = getAbiItem({ abi: ledgerAnchorAbi, name: 'Anchored' })

/**
 * Reads what was anchored. Needs no account and no store: with the chain and any copy of a history it proves the history.
 *
 * @example
 * const anchors = await anchorReader({ reader, deployment }).anchorsOf({ publisher, toBlock })
 * const tree = AnchorTree.verifyWhole(copy, anchors.at(-1))
 */
export function anchorReader({ reader, deployment }: anchorReader.Options) {
  const { ledgerAnchor: address, startBlock } = deployment
  const contract = { address, abi: ledgerAnchorAbi } as const

  const eventsOf = ({ toBlock, ...args }: Sought): AsyncGenerator<Anchored> => {
    const ask = async (range: BlockRange) => {
      const logs = await reader.getLogs({ address, event: anchored, args, strict: true, ...range })
      return logs.map(({ args: { publisher, epoch, root, count, total }, blockNumber, transactionHash }) => ({
        ...{ publisher, epoch, root, count, total },
        ...{ blockNumber, transactionHash },
      }))
    }
    return logRanges(reader, { fromBlock: BigInt(startBlock), toBlock, ask })
  }

  const lastEpochAt = (publisher: Hex, at: { readonly blockNumber?: bigint }) =>
    asking(reader, 'lastEpochOf', () =>
      reader.readContract({ ...contract, functionName: 'lastEpochOf', args: [publisher], ...at }),
    )

  const eventOf = async (sought: Publisher & { readonly epoch: bigint }): Promise<Anchored> => {
    const event = await firstOf(eventsOf(sought))
    if (event === undefined) throw incomplete('no event', sought.epoch)
    return event
  }

  /** An event does not repeat the root of the epoch before. */
  const complete = async (event: Anchored): Promise<PublishedAnchor> => {
    const { publisher, epoch, blockNumber: toBlock } = event
    if (epoch === 1n) return { ...event, previousRoot: NO_ROOT }
    return { ...event, previousRoot: (await eventOf({ publisher, epoch: epoch - 1n, toBlock })).root }
  }

  return {
    /** How many epochs a publisher has published by the newest block. */
    lastEpochOf: (publisher: Hex) => lastEpochAt(publisher, {}),
    /** Whether a root is the last one that a publisher has published by the newest block. */
    isLastRoot: ({ publisher, root }: { readonly publisher: Hex; readonly root: Hex }) =>
      asking(reader, 'isLastRoot', () =>
        reader.readContract({ ...contract, functionName: 'isLastRoot', args: [publisher, root] }),
      ),

    /** Every anchor of a publisher, in order. A node that leaves one out is refused: the contract counts them. */
    anchorsOf: async ({ publisher, toBlock }: Publisher): Promise<readonly PublishedAnchor[]> => {
      const anchors: PublishedAnchor[] = []
      for await (const event of eventsOf({ publisher, toBlock })) {
        requireNext(event, anchors.length)
        anchors.push({ ...event, previousRoot: anchors.at(-1)?.root ?? NO_ROOT })
      }
      const expected = await lastEpochAt(publisher, { blockNumber: toBlock })
      if (BigInt(anchors.length) !== expected) throw incomplete(anchors.length, expected)
      return anchors
    },

    /** The last anchor of a publisher: what its next one follows. None before the first. */
    lastAnchorOf: async ({ publisher, toBlock }: Publisher): Promise<PublishedAnchor | undefined> => {
      const epoch = await lastEpochAt(publisher, { blockNumber: toBlock })
      return epoch === 0n ? undefined : await complete(await eventOf({ publisher, epoch, toBlock }))
    },

    /** The first anchor of a publisher that has this root. */
    anchorOfRoot: async ({
      publisher,
      root,
      toBlock,
    }: Publisher & { readonly root: Hex }): Promise<PublishedAnchor> => {
      const event = await firstOf(eventsOf({ publisher, root, toBlock }))
      if (event === undefined) throw new AnchorNotFoundError({ given: root, publisher })
      return await complete(event)
    },
  }
}
export declare namespace anchorReader {
  type Options = { readonly reader: ChainReader; readonly deployment: Deployment }
}

function requireNext({ epoch }: Anchored, known: number): void {
  if (epoch !== BigInt(known) + 1n) throw incomplete(epoch, known + 1)
}

function incomplete(given: unknown, epoch: unknown): BadAnswerError {
  return new BadAnswerError({ given: String(given), expected: `eth_getLogs of Anchored, epoch ${String(epoch)}` })
}

async function firstOf<item>(items: AsyncIterable<item>): Promise<item | undefined> {
  for await (const item of items) return item
  return undefined
}
