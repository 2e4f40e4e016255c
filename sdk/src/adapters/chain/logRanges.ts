import { BadAnswerError, UnreachableError } from '../../ports/ChainErrors.ts'
import type { ChainReader } from './chainClients.ts'
import { asking } from './failures.ts'

/** Most blocks that a node is asked for at once. */
export const RANGE_BLOCKS_MAX = 10_000n

/** Blocks from the first to the last, both included. */
export type BlockRange = { readonly fromBlock: bigint; readonly toBlock: bigint }

/**
 * Asks for the logs of many blocks, range by range, in order. A range that a node does not answer, or whose answer is larger
 * than a reader takes, is asked for in halves.
 */
export async function* logRanges<log>(
  reader: ChainReader,
  { fromBlock: first, toBlock, ask, onProgress }: logRanges.Options<log>,
): AsyncGenerator<log> {
  let from = first
  let blocks = RANGE_BLOCKS_MAX
  while (from <= toBlock) {
    const to = from + blocks - 1n < toBlock ? from + blocks - 1n : toBlock
    const range = { fromBlock: from, toBlock: to }
    let logs: readonly log[]
    try {
      logs = await asking(reader, 'eth_getLogs', () => ask(range))
    } catch (error) {
      if (to === from || !(error instanceof BadAnswerError || error instanceof UnreachableError)) throw error
      blocks = (to - from + 1n) / 2n
      continue
    }
    yield* logs
    from = to + 1n
    if (blocks < RANGE_BLOCKS_MAX) blocks *= 2n
    onProgress?.(Number(from - first), Number(toBlock - first + 1n))
  }
}
export declare namespace logRanges {
  type Options<log> = BlockRange & {
    readonly ask: (range: BlockRange) => Promise<readonly log[]>
    /** Blocks done, and in all. */
    readonly onProgress?: ((done: number, total: number) => void) | undefined
  }
}
