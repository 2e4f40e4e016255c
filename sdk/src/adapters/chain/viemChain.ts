import type { Hex } from 'viem'
import { channelEscrowAbi, identityRegistryAbi } from '../../generated/abis.ts'
import { ChannelStatus } from '../../generated/constants.ts'
import type { Channel } from '../../protocol/Channel.ts'
import type { ChannelView } from '../../protocol/ChannelView.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import type { Chain } from '../../ports/Chain.ts'
import { BadAnswerError } from '../../ports/ChainErrors.ts'
import type { ChainReader } from './chainClients.ts'
import { requireChain } from './checkDeployment.ts'
import { asking, isZeroData } from './failures.ts'

/**
 * The chain as a device sees it, over a node's JSON-RPC. What money stands on is read at one finalized block; only a close
 * that is not final yet is looked for at the newest block, since it can only make the device more careful.
 */
export function viemChain({ reader, deployment }: viemChain.Options): Chain {
  let checked: Promise<void> | undefined
  const requireOnce = async () => {
    // Kept only when it worked: a node that was away may be asked again.
    checked ??= requireChain(reader, deployment)
    await checked.catch((error: unknown) => {
      checked = undefined
      throw error
    })
  }
  return {
    view: async (channelId, channel) => {
      await requireOnce()
      const block = await finalizedBlock(reader)
      const [finalized, newest] = await Promise.all([
        finalizedState(reader, { deployment, block, channelId, channel }),
        channelOf(reader, { deployment, channelId, blockTag: 'latest' }),
      ])
      return toView(block, finalized, newest)
    },
  }
}
export declare namespace viemChain {
  type Options = { readonly reader: ChainReader; readonly deployment: Deployment }
}

type Block = { readonly number: bigint; readonly hash: Hex; readonly timestamp: number }
type ChannelState = {
  readonly settled: bigint
  readonly deposit: bigint
  readonly closeAt: number
  readonly status: number
}
type FinalizedState = { readonly channel: ChannelState; readonly bindingEndsAt: number }

/** What the contracts would say before they were there. */
const NOTHING: FinalizedState = {
  channel: { settled: 0n, deposit: 0n, closeAt: 0, status: ChannelStatus.NONE },
  bindingEndsAt: 0,
}

async function finalizedBlock(reader: ChainReader): Promise<Block> {
  const expected = 'eth_getBlockByNumber finalized'
  const { number, hash, timestamp } = await asking(reader, expected, () => reader.getBlock({ blockTag: 'finalized' }))
  // viem passes on what the node left out.
  if (typeof number !== 'bigint' || typeof hash !== 'string' || typeof timestamp !== 'bigint') {
    throw new BadAnswerError({ given: 'a block without number, hash or time', expected })
  }
  return { number, hash, timestamp: Number(timestamp) }
}

type Place = { readonly deployment: Deployment; readonly channelId: Hex }

/** By the block's number: it is finalized, so the number names it for good, and every node takes numbers. */
async function finalizedState(
  reader: ChainReader,
  { deployment, block, channelId, channel }: Place & { readonly block: Block; readonly channel: Channel },
): Promise<FinalizedState> {
  const blockNumber = block.number
  try {
    const [state, record] = await Promise.all([
      channelOf(reader, { deployment, channelId, blockNumber }),
      asking(reader, 'recordOf', () =>
        reader.readContract({
          address: deployment.identityRegistry,
          abi: identityRegistryAbi,
          functionName: 'recordOf',
          args: [channel.terms.payerBinding],
          blockNumber,
        }),
      ),
    ])
    return { channel: state, bindingEndsAt: record.endsAt }
  } catch (error) {
    // A young deployment: finality has not reached it yet, or only some of its contracts.
    if (isZeroData(error) && (await isBeforeContracts(reader, { deployment, blockNumber }))) return NOTHING
    throw error
  }
}

async function channelOf(
  reader: ChainReader,
  { deployment, channelId, ...at }: Place & ({ readonly blockNumber: bigint } | { readonly blockTag: 'latest' }),
): Promise<ChannelState> {
  return await asking(reader, 'channelOf', () =>
    reader.readContract({
      address: deployment.channelEscrow,
      abi: channelEscrowAbi,
      functionName: 'channelOf',
      args: [channelId],
      ...at,
    }),
  )
}

async function isBeforeContracts(
  reader: ChainReader,
  { deployment, blockNumber }: { deployment: Deployment; blockNumber: bigint },
): Promise<boolean> {
  const addresses = [deployment.identityRegistry, deployment.channelEscrow]
  const codes = await Promise.all(
    addresses.map((address) => asking(reader, 'eth_getCode', () => reader.getCode({ address, blockNumber }))),
  )
  return codes.includes(undefined)
}

function toView(block: Block, { channel, bindingEndsAt }: FinalizedState, newest: ChannelState): ChannelView {
  return {
    finalizedAtSeconds: block.timestamp,
    deposit: channel.deposit,
    settled: channel.settled,
    closeAtSeconds: closeAt({ finalized: channel, newest, now: block.timestamp }),
    status: statusOf(channel),
    payerBindingEndsAtSeconds: bindingEndsAt,
  }
}

function closeAt(seen: { finalized: ChannelState; newest: ChannelState; now: number }): number | undefined {
  const { finalized, newest, now } = seen
  if (newest.closeAt !== 0) return newest.closeAt
  // Closed at once by agreement, and not final yet: a device that forgot its own signature must not go on.
  if (newest.status === ChannelStatus.CLOSED && finalized.status === ChannelStatus.OPEN) return now
  // A node that lags behind may have answered for the newest block.
  return finalized.closeAt === 0 ? undefined : finalized.closeAt
}

const STATUS_NAMES: Readonly<Record<number, ChannelView['status']>> = {
  [ChannelStatus.NONE]: 'none',
  [ChannelStatus.OPEN]: 'open',
  [ChannelStatus.CLOSED]: 'closed',
}

function statusOf({ status }: ChannelState): ChannelView['status'] {
  const name = STATUS_NAMES[status]
  if (name === undefined) throw new BadAnswerError({ given: `channel status ${status}`, expected: 'channelOf' })
  return name
}
