import { showing } from '@musubi/cli'
import { asking, registryEvents } from '@musubi/sdk'
import type { History } from '../registry/history.ts'
import { fold } from '../registry/history.ts'
import type { Judging } from '../registry/leaves.ts'
import { headsOf } from '../registry/leaves.ts'
import type { Chain, Globals } from './context.ts'

/** What the registry has said up to a block, and when that block was. */
export type Seen = { readonly history: History; readonly block: bigint; readonly at: number }

/** Reads it all: the newest, which may still fall, or what the node reports as final. */
export async function readHistory(
  { reader, deployment }: Chain,
  { blockTag, ...globals }: Pick<Globals, 'json'> & { readonly blockTag: 'latest' | 'finalized' },
): Promise<Seen> {
  const { number: block, timestamp } = await asking(reader, blockTag, () => reader.getBlock({ blockTag }))
  const times = new Map<bigint, Promise<number>>()
  const timeOf = (blockNumber: bigint) => {
    const known =
      times.get(blockNumber) ??
      asking(reader, 'a block', () => reader.getBlock({ blockNumber })).then(({ timestamp }) => Number(timestamp))
    times.set(blockNumber, known)
    return known
  }
  const history = await showing('blocks', globals, (onProgress) =>
    fold(registryEvents(reader, deployment, { toBlock: block, onProgress }), timeOf),
  )
  return { history, block, at: Number(timestamp) }
}

/** What leaves are judged by: all that the registry has said up to the newest block. */
export async function readJudging(chain: Chain, globals: Pick<Globals, 'json'>): Promise<Judging> {
  const { history, at } = await readHistory(chain, { ...globals, blockTag: 'latest' })
  return { history, heads: headsOf(history), at }
}
