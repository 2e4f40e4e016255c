import { ProgramError } from '@musubi/cli'
import { createClient, type EIP1193RequestFn, type Hex, http, RpcRequestError } from 'viem'
import { z } from 'zod'

const quantity = z
  .string()
  .regex(/^0x[0-9a-f]{1,16}$/i)
  .transform((text) => BigInt(text))
const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/i)
  .transform((text) => text.toLowerCase() as Hex)
const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/i)
  .transform((text) => text.toLowerCase() as Hex)
const data = z
  .string()
  .regex(/^0x(?:[0-9a-f]{2})*$/i)
  .transform((text) => text.toLowerCase() as Hex)

const header = z
  .object({ number: quantity, hash, parentHash: hash, timestamp: quantity })
  .transform(({ timestamp, ...rest }) => ({ ...rest, seconds: timestamp }))
export type Header = z.output<typeof header>

const log = z.object({
  address,
  blockHash: hash,
  blockNumber: quantity,
  transactionHash: hash,
  logIndex: quantity.transform(Number),
  topics: z.array(hash).min(1).max(4),
  data,
  // Some nodes leave the flag out; a log that was removed has no place in a finalized block.
  removed: z.literal(false).optional(),
})
export type Log = z.output<typeof log>

/** The node said no to a request, for instance because the range is too wide. */
export class RpcRefusedError extends ProgramError {}

/** A node, asked for what the indexer needs. Every answer is checked for its shape before anybody sees it. */
export type Rpc = {
  chainId(): Promise<bigint>
  finalized(): Promise<Header>
  header(number: bigint): Promise<Header>
  logs(addresses: readonly string[], from: bigint, to: bigint): Promise<readonly Log[]>
  call(to: string, input: Hex): Promise<Hex>
}

const TIMEOUT_MS = 20_000
/** Some ten times what nodes give at once; a node that says more does not take the process down. */
export const ANSWER_BYTES_MAX = 128 * 1024 * 1024

class TooLargeError extends Error {
  override readonly name = 'TooLargeError'
}
const RETRIES = 2

export function connect(url: string, options: connect.Options = {}): Rpc {
  const { signal } = options
  const transport = http(url, {
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    retryCount: options.retries ?? RETRIES,
    batch: { batchSize: 100 },
    fetchFn: async (input, init) => limit(await fetch(input, init), options.answerBytesMax ?? ANSWER_BYTES_MAX),
  })
  // The typed request function names every method of Ethereum; this one is only ever given its own few.
  const request = createClient({ transport }).request as EIP1193RequestFn
  const ask = async <T>(method: string, params: readonly unknown[], shape: z.ZodType<T>): Promise<T> => {
    let answer: unknown
    try {
      answer = await request({ method, params } as never, signal === undefined ? {} : { signal })
    } catch (error) {
      throw requestError(method, error)
    }
    const parsed = shape.safeParse(answer)
    if (parsed.success) return parsed.data
    throw answerError(method, answer, parsed.error)
  }
  const toHex = (number: bigint): string => `0x${number.toString(16)}`
  return {
    chainId: () => ask('eth_chainId', [], quantity),
    finalized: () => ask('eth_getBlockByNumber', ['finalized', false], header),
    header: (number) => ask('eth_getBlockByNumber', [toHex(number), false], header),
    logs: (addresses, from, to) =>
      ask('eth_getLogs', [{ address: addresses, fromBlock: toHex(from), toBlock: toHex(to) }], z.array(log)),
    call: (to, input) => ask('eth_call', [{ to, data: input }, 'latest'], data),
  }
}

export declare namespace connect {
  type Options = {
    readonly timeoutMs?: number
    readonly retries?: number
    readonly answerBytesMax?: number
    /** Gives up the requests that are under way. */
    readonly signal?: AbortSignal | undefined
  }
}

/** The answer, which fails once it says more than is allowed. */
function limit(response: Response, bytesMax: number): Response {
  let bytes = 0
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length
      if (bytes > bytesMax) controller.error(new TooLargeError(`more than ${String(bytesMax)} bytes`))
      else controller.enqueue(chunk)
    },
  })
  const { status, statusText, headers } = response
  return new Response(response.body?.pipeThrough(counted) ?? null, { status, statusText, headers })
}

function isCausedBy(error: unknown, kind: new (...args: never[]) => Error): boolean {
  if (!(error instanceof Error)) return false
  const { cause } = error
  return error instanceof kind || isCausedBy(cause, kind)
}

function requestError(method: string, error: unknown): ProgramError {
  const message =
    error instanceof Error ? ((error as { shortMessage?: string }).shortMessage ?? error.message) : String(error)
  const details = error instanceof Error ? ((error as { details?: string }).details ?? '') : ''
  // Too much at once is a refusal as well, only that it is ours: a smaller range may do.
  const isRefusal = isCausedBy(error, RpcRequestError) || isCausedBy(error, TooLargeError)
  const text = {
    given: [message, details].filter((part) => part !== '').join(' '),
    expected: `an answer to ${method}`,
    next: 'What was read before stands; check the node and run the command again.',
    cause: error,
  }
  if (isRefusal) return new RpcRefusedError('Rpc.RefusedError', 'The node refused a request.', text)
  return new ProgramError('Rpc.UnreachableError', 'The node did not answer.', text)
}

function answerError(method: string, answer: unknown, cause: z.ZodError): ProgramError {
  const issue = cause.issues[0]
  return new ProgramError('Rpc.AnswerError', `The node’s answer to ${method} cannot be used.`, {
    given: answer === null ? 'null' : JSON.stringify(answer).slice(0, 200),
    expected: `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'another shape'}`.trim(),
    next: 'Nothing of it was kept; ask another node.',
    cause,
  })
}
