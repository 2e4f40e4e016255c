import type { ParseEventLogsReturnType } from 'viem'
import { parseEventLogs } from 'viem'
import { identityRegistryAbi } from '../../../generated/abis.ts'
import type { Deployment } from '../../../protocol/Deployment.ts'
import type { ChainReader } from '../chainClients.ts'
import type { BlockRange } from '../logRanges.ts'
import { logRanges } from '../logRanges.ts'

/** Any event of the registry, with where it stands. */
export type RegistryEvent = ParseEventLogsReturnType<typeof identityRegistryAbi, undefined, true>[number]

/**
 * Everything that the registry has said from its deployment to a block, in order.
 *
 * @example
 * for await (const event of registryEvents(reader, deployment, { toBlock })) if (event.eventName === 'Enrolled') …
 */
export async function* registryEvents(
  reader: ChainReader,
  { identityRegistry: address, startBlock }: Deployment,
  { toBlock, onProgress }: registryEvents.Options,
): AsyncGenerator<RegistryEvent> {
  const ask = async (range: BlockRange) =>
    parseEventLogs({ abi: identityRegistryAbi, logs: await reader.getLogs({ address, ...range }) })
  yield* logRanges(reader, { fromBlock: BigInt(startBlock), toBlock, ask, onProgress })
}
export declare namespace registryEvents {
  type Options = {
    readonly toBlock: bigint
    /** Blocks done, and in all. */
    readonly onProgress?: ((done: number, total: number) => void) | undefined
  }
}
