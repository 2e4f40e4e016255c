import type { Abi, Hex } from 'viem'
import {
  BaseError as ViemError,
  ContractFunctionZeroDataError,
  ExecutionRevertedError,
  HttpRequestError,
  TimeoutError,
  decodeErrorResult,
  isHex,
  size,
  slice,
} from 'viem'
import { channelEscrowAbi, identityRegistryAbi, ledgerAnchorAbi, localJpyTokenAbi } from '../../generated/abis.ts'
import { BaseError } from '../../protocol/Errors.ts'
import { BadAnswerError, RevertedError, UnreachableError } from '../../ports/ChainErrors.ts'
import type { ChainReader } from './chainClients.ts'
import { nodeOf } from './chainClients.ts'
import { sentenceOf } from './refusals.ts'

/** Asks the chain, and turns whatever goes wrong into one of the errors of ports/ChainErrors. */
export async function asking<answer>(client: ChainReader, what: string, ask: () => Promise<answer>): Promise<answer> {
  try {
    return await ask()
  } catch (cause) {
    throw toChainError(cause, { node: nodeOf(client), what })
  }
}

/** What a failed call means: the contract refused, nobody answered, or the answer is none. */
export function toChainError(cause: unknown, { node, what }: { node: string; what: string }): BaseError {
  if (cause instanceof BaseError) return cause
  const data = revertData(cause)
  if (data !== undefined) return toRevertedError(data, { call: what, cause })
  if (!(cause instanceof ViemError)) return new BadAnswerError({ given: textOf(cause), expected: what, cause })
  if (cause.walk((error) => error instanceof ExecutionRevertedError) !== null) {
    return new RevertedError({ call: what, errorName: NO_REASON, args: {}, cause })
  }
  if (cause.walk((error) => error instanceof TimeoutError) !== null) {
    return new UnreachableError({ given: node, problem: 'it does not answer in time', cause })
  }
  const request = cause.walk((error) => error instanceof HttpRequestError)
  if (request instanceof HttpRequestError && request.status === undefined && !(request.cause instanceof SyntaxError)) {
    return new UnreachableError({ given: node, problem: rootOf(request), cause })
  }
  return new BadAnswerError({ given: cause.details || cause.shortMessage, expected: what, cause })
}

/** Names the contract's error. One contract may pass on the error of another, so all of ours are tried. */
export function toRevertedError(data: Hex, { call, cause }: { call: string; cause?: unknown }): RevertedError {
  return new RevertedError({ call, ...decode(data), cause })
}

/** The data of a revert inside an error of viem; undefined when it is about something else. */
export function revertData(error: unknown): Hex | undefined {
  if (!(error instanceof ViemError)) return undefined
  const found = error.walk((inner) => dataOf(inner) !== undefined)
  return found === null ? undefined : dataOf(found)
}

/** Whether a read gave no data at all: there is no contract, or none with this function. */
export function isZeroData(error: unknown): boolean {
  const cause = error instanceof BadAnswerError ? error.cause : undefined
  return cause instanceof ViemError && cause.walk((inner) => inner instanceof ContractFunctionZeroDataError) !== null
}

/** Stands for the name of the error when a contract gave none. */
export const NO_REASON = 'revert without a reason'

const KNOWN_ABIS: Abi = [...identityRegistryAbi, ...channelEscrowAbi, ...ledgerAnchorAbi, ...localJpyTokenAbi]
const KNOWN_ERRORS: Abi = KNOWN_ABIS.filter(({ type }) => type === 'error')

type Decoded = Pick<RevertedError.Options, 'errorName' | 'args' | 'sentence'>

function decode(data: Hex): Decoded {
  try {
    const { abiItem, errorName, args = [] } = decodeErrorResult({ abi: KNOWN_ERRORS, data })
    const values: readonly unknown[] = args
    const inputs = abiItem.type === 'error' ? abiItem.inputs : []
    return {
      errorName,
      args: Object.fromEntries(inputs.map(({ name }, index) => [name ?? String(index), values[index]])),
      sentence: abiItem.type === 'error' ? sentenceOf(abiItem, values) : undefined,
    }
  } catch {
    // An error of a contract that is not ours, for example a token's own: its selector is all that can be said.
    return { errorName: size(data) < 4 ? NO_REASON : slice(data, 0, 4), args: { data } }
  }
}

/** Nodes put a revert's data beside a code, plain or one level deeper. Errors of decoding have data, too, and no code. */
function dataOf(error: unknown): Hex | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error && 'code' in error)) return undefined
  const { data } = error
  const inner: unknown = typeof data === 'object' && data !== null && 'data' in data ? data.data : data
  return isHex(inner) ? inner : undefined
}

/** Node's fetch says "fetch failed"; why it failed lies deeper. */
function rootOf(error: Error): string {
  let root: Error = error
  while (root.cause instanceof Error) root = root.cause
  return textOf(root)
}

function textOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message
}
