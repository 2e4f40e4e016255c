import { decodeLog } from './decode.ts'
import type { Range } from './promote.ts'
import { type Header, type Log, type Rpc, RpcRefusedError } from './Rpc.ts'
import { badLogs, chainChanged, type Target } from './Target.ts'

const RANGE_BLOCKS_START = 2_000n
export const RANGE_BLOCKS_MAX = 50_000n
const LOGS_WANTED = 5_000

/** How many blocks to ask for at once: fewer when a node refuses, more when it has little to say. */
export class RangeSize {
  readonly #max: bigint
  #blocks: bigint

  constructor(max = RANGE_BLOCKS_MAX) {
    this.#max = max
    this.#blocks = max < RANGE_BLOCKS_START ? max : RANGE_BLOCKS_START
  }

  get blocks(): bigint {
    return this.#blocks
  }

  shrink(): void {
    this.#blocks = this.#blocks / 2n > 0n ? this.#blocks / 2n : 1n
  }

  adapt(logs: number): void {
    if (logs > LOGS_WANTED) this.shrink()
    else if (logs < LOGS_WANTED / 2 && this.#blocks * 2n <= this.#max) this.#blocks *= 2n
  }
}

/** Reads and checks the blocks after the cursor, as many as the node gives at once. */
export async function readRange(rpc: Rpc, target: Target, options: readRange.Options): Promise<Range> {
  const { cursor, finalized, size } = options
  const { logs, to } = await readLogs(rpc, target, options)
  size.adapt(logs.length)
  const numbers = [...new Set([...logs.map((log) => log.blockNumber), to])].sort((a, b) => (a < b ? -1 : 1))
  const headers = await Promise.all(
    numbers.map(async (number) => (number === finalized.number ? finalized : rpc.header(number))),
  )
  checkHeaders(numbers, headers, cursor)
  const end = headers.at(-1) ?? finalized
  const byNumber = new Map(headers.map((header) => [header.number, header]))
  const sorted = checkLogs(logs, { target, byNumber, from: cursor.number + 1n, to })
  const events = sorted.map(({ log, header }) => decodeLog(log, header, target))
  return { cursor, end, finalized, headers, logs: sorted.map(({ log }) => log), events }
}
export declare namespace readRange {
  type Options = { readonly cursor: Header; readonly finalized: Header; readonly size: RangeSize }
}

async function readLogs(rpc: Rpc, target: Target, { cursor, finalized, size }: readRange.Options) {
  const from = cursor.number + 1n
  for (;;) {
    const last = cursor.number + size.blocks
    const to = last < finalized.number ? last : finalized.number
    try {
      return { logs: await rpc.logs([target.registry, target.escrow], from, to), to }
    } catch (error) {
      if (!(error instanceof RpcRefusedError) || to === from) throw error
      size.shrink()
    }
  }
}

/** Each header is of the number asked for, and follows the one before when they are neighbours. */
function checkHeaders(numbers: readonly bigint[], headers: readonly Header[], cursor: Header): void {
  let previous = cursor
  numbers.forEach((number, index) => {
    const header = headers[index]
    if (header?.number !== number) {
      throw badLogs('The node gave another block than asked for.', String(header?.number), String(number))
    }
    if (number === previous.number + 1n && header.parentHash !== previous.hash) {
      throw chainChanged(`Block ${String(number)} does not follow the one before.`, header.parentHash, previous.hash)
    }
    if (header.seconds < previous.seconds) {
      throw badLogs(
        `Block ${String(number)} is older than one before.`,
        String(header.seconds),
        String(previous.seconds),
      )
    }
    previous = header
  })
}

type Frame = {
  readonly target: Target
  readonly byNumber: ReadonlyMap<bigint, Header>
  readonly from: bigint
  readonly to: bigint
}

/** Logs are of our contracts, of the range, of the very blocks that were read, each once; they come back in chain order. */
function checkLogs(logs: readonly Log[], { target, byNumber, from, to }: Frame) {
  const seen = new Set<string>()
  const checked = logs.map((log) => {
    const place = `log ${String(log.logIndex)} of block ${String(log.blockNumber)}`
    if (log.address !== target.registry && log.address !== target.escrow) {
      throw badLogs(`${place} is of another contract.`, log.address, `${target.registry} or ${target.escrow}`)
    }
    const header = byNumber.get(log.blockNumber)
    if (header === undefined || log.blockNumber < from || log.blockNumber > to) {
      throw badLogs(`${place} is outside the range.`, String(log.blockNumber), `${String(from)} to ${String(to)}`)
    }
    if (log.blockHash !== header.hash) throw badLogs(`${place} is of another block.`, log.blockHash, header.hash)
    if (seen.has(place)) throw badLogs(`${place} came twice.`, place, 'every log once')
    seen.add(place)
    return { log, header }
  })
  return checked.sort((a, b) =>
    a.log.blockNumber === b.log.blockNumber
      ? a.log.logIndex - b.log.logIndex
      : a.log.blockNumber < b.log.blockNumber
        ? -1
        : 1,
  )
}
