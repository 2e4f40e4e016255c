import type { Hex } from 'viem'
import { ledgerAnchorAbi } from '../../generated/abis.ts'
import { NO_ROOT } from '../../protocol/Anchor.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import { AnchorNotFoundError } from '../../ports/ChainErrors.ts'
import type { PublishedAnchor, Publisher } from './anchorEvents.ts'
import { anchorEvent, anchorEvents, completed, firstOf, incomplete } from './anchorEvents.ts'
import type { ChainReader } from './chainClients.ts'
import { asking, isZeroData } from './failures.ts'

export type AnchorReader = ReturnType<typeof anchorReader>

/**
 * Reads what was anchored. Needs no account and no store: with the chain and any copy of a history it proves the history.
 *
 * @example
 * const anchors = await anchorReader({ reader, deployment }).anchorsOf({ publisher, toBlock })
 * const newest = anchors.at(-1)
 * if (newest !== undefined) AnchorTree.verifyWhole(copy, newest)
 */
export function anchorReader(place: anchorReader.Options) {
  const { reader, deployment } = place
  const contract = { address: deployment.ledgerAnchor, abi: ledgerAnchorAbi } as const
  return {
    /** How many epochs a publisher has published by the newest block. */
    lastEpochOf: (publisher: Hex) =>
      asking(reader, 'lastEpochOf', () =>
        reader.readContract({ ...contract, functionName: 'lastEpochOf', args: [publisher] }),
      ),
    /** Whether a root is the last one that a publisher has published by the newest block. */
    isLastRoot: ({ publisher, root }: { readonly publisher: Hex; readonly root: Hex }) =>
      asking(reader, 'isLastRoot', () =>
        reader.readContract({ ...contract, functionName: 'isLastRoot', args: [publisher, root] }),
      ),

    /** Every anchor of a publisher, in order. A node that leaves one out is refused: the contract counts them. */
    anchorsOf: async (whose: Publisher): Promise<readonly PublishedAnchor[]> => {
      const anchors: PublishedAnchor[] = []
      for await (const event of anchorEvents(place, whose)) {
        const expected = BigInt(anchors.length) + 1n
        if (event.epoch !== expected) throw incomplete(event.epoch, expected)
        anchors.push({ ...event, previousRoot: anchors.at(-1)?.root ?? NO_ROOT })
      }
      const expected = await lastEpochAt(place, whose)
      if (BigInt(anchors.length) !== expected) throw incomplete(anchors.length, expected)
      return anchors
    },

    /** The last anchor of a publisher: what its next one follows. None before the first. */
    lastAnchorOf: async (whose: Publisher): Promise<PublishedAnchor | undefined> => {
      const epoch = await lastEpochAt(place, whose)
      return epoch === 0n ? undefined : await completed(place, await anchorEvent(place, { ...whose, epoch }))
    },

    /** The first anchor of a publisher that has this root. */
    anchorOfRoot: async (sought: Publisher & { readonly root: Hex }): Promise<PublishedAnchor> => {
      const event = await firstOf(anchorEvents(place, sought))
      if (event !== undefined) return await completed(place, event)
      throw new AnchorNotFoundError({ given: sought.root, publisher: sought.publisher })
    },
  }
}
export declare namespace anchorReader {
  type Options = { readonly reader: ChainReader; readonly deployment: Deployment }
}

async function lastEpochAt(
  { reader, deployment: { ledgerAnchor: address } }: anchorReader.Options,
  { publisher, toBlock: blockNumber }: Publisher,
): Promise<bigint> {
  const call = { address, abi: ledgerAnchorAbi, functionName: 'lastEpochOf', args: [publisher], blockNumber } as const
  try {
    return await asking(reader, 'lastEpochOf', () => reader.readContract(call))
  } catch (error) {
    if (!isZeroData(error)) throw error
    // A young deployment: finality has not reached the contract yet.
    const code = await asking(reader, 'eth_getCode', () => reader.getCode({ address, blockNumber }))
    if (code !== undefined) throw error
    return 0n
  }
}
