import type { ParseEventLogsReturnType } from 'viem'
import { parseEventLogs } from 'viem'
import { identityRegistryAbi } from '../../../generated/abis.ts'
import type { Deployment } from '../../../protocol/Deployment.ts'
import { BadAnswerError, UnreachableError } from '../../../ports/ChainErrors.ts'
import type { ChainReader } from '../chainClients.ts'
import { asking } from '../failures.ts'

/** Any event of the registry, with where it stands. */
export type RegistryEvent = ParseEventLogsReturnType<typeof identityRegistryAbi, undefined, true>[number]

/** Most blocks that a node is asked for at once. */
export const RANGE_BLOCKS_MAX = 10_000n

/**
 * Everything that the registry has said from its deployment to a block, in order. A range that a node does not answer, or
 * whose answer is larger than a reader takes, is asked for in halves.
 *
 * @example
 * for await (const event of registryEvents(reader, deployment, { toBlock })) if (event.eventName === 'Enrolled') …
 */
export async function* registryEvents(
  reader: ChainReader,
  { identityRegistry: address, startBlock }: Deployment,
  { toBlock, onProgress }: registryEvents.Options,
): AsyncGenerator<RegistryEvent> {
  const first = BigInt(startBlock)
  let from = first
  let blocks = RANGE_BLOCKS_MAX
  while (from <= toBlock) {
    const to = from + blocks - 1n < toBlock ? from + blocks - 1n : toBlock
    let events: readonly RegistryEvent[]
    try {
      const logs = await asking(reader, 'eth_getLogs', () => reader.getLogs({ address, fromBlock: from, toBlock: to }))
      events = parseEventLogs({ abi: identityRegistryAbi, logs })
    } catch (error) {
      if (to === from || !(error instanceof BadAnswerError || error instanceof UnreachableError)) throw error
      blocks = (to - from + 1n) / 2n
      continue
    }
    yield* events
    from = to + 1n
    if (blocks < RANGE_BLOCKS_MAX) blocks *= 2n
    onProgress?.(Number(from - first), Number(toBlock - first + 1n))
  }
}
export declare namespace registryEvents {
  type Options = {
    readonly toBlock: bigint
    /** Blocks done, and in all. */
    readonly onProgress?: ((done: number, total: number) => void) | undefined
  }
}
