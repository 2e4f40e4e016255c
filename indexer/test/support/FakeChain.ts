import { channelEscrowAbi, DepositSource, identityRegistryAbi } from '@musubi/sdk'
import {
  type AbiEvent,
  type Address,
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionResult,
  erc20Abi,
  type Hex,
  keccak256,
  stringToHex,
  toHex,
} from 'viem'
import type { Target } from '../../src/ingest/Target.ts'

export const REGISTRY: Address = '0x1111111111111111111111111111111111111111'
export const ESCROW: Address = '0x2222222222222222222222222222222222222222'
export const TOKEN: Address = '0x3333333333333333333333333333333333333333'
export const P256_VERIFIER: Address = '0x4444444444444444444444444444444444444444'
export const FLOAT: Address = '0x5555555555555555555555555555555555555555'
export const ATTESTER: Address = '0x7777777777777777777777777777777777777777'
const LEDGER_ANCHOR: Address = '0x8888888888888888888888888888888888888888'
export const STATION: Address = '0x6666666666666666666666666666666666666666'
export const CHAIN_ID = 31337
/** 2026-11-01T00:00:00Z */
export const GENESIS_SECONDS = 1_793_491_200

export const TARGET: Target = {
  chainId: BigInt(CHAIN_ID),
  registry: REGISTRY,
  escrow: ESCROW,
  token: TOKEN,
  p256Verifier: P256_VERIFIER,
  deployedAtBlock: 1n,
  currency: 'JPY',
}

/** What `npm run deploy` would have written for it. */
export const DEPLOYMENT = {
  version: 1,
  chainId: CHAIN_ID,
  startBlock: 1,
  accessManager: FLOAT,
  p256Sha256Verifier: P256_VERIFIER,
  identityRegistry: REGISTRY,
  channelEscrow: ESCROW,
  ledgerAnchor: LEDGER_ANCHOR,
  settlementToken: TOKEN,
  closeDelayFloorSeconds: 60,
}

type RawLog = { address: Address; topics: Hex[]; data: Hex; logIndex: number; transactionHash: Hex }
type Block = { number: number; hash: Hex; parentHash: Hex; seconds: number; logs: RawLog[] }

/** A chain of blocks in memory, which answers JSON-RPC as a node does. Everything in it is final. */
export class FakeChain {
  readonly blocks: Block[] = []
  finalized = 0
  decimals = 18
  readonly #salt: string

  constructor(salt = '') {
    this.#salt = salt
    this.mine(GENESIS_SECONDS)
  }

  get last(): Block {
    const block = this.blocks.at(-1)
    if (block === undefined) throw new Error('no block')
    return block
  }

  /** Adds a block, final at once, with no logs yet. */
  mine(seconds = this.last.seconds + 2): void {
    const number = this.blocks.length
    const hash = keccak256(stringToHex(`block ${String(number)} ${this.#salt}`))
    this.blocks.push({
      number,
      hash,
      parentHash: this.blocks.at(-1)?.hash ?? toHex(0, { size: 32 }),
      seconds,
      logs: [],
    })
    this.finalized = number
    // The deployment, which accredits who vouches for the cars.
    if (number === 1) this.emit('registry', 'AttesterAccredited', { attester: ATTESTER, index: 1 })
  }

  /** Adds an event to the last block. */
  emit(contract: 'registry' | 'escrow', eventName: string, args: Record<string, unknown>): void {
    const abi = contract === 'registry' ? identityRegistryAbi : channelEscrowAbi
    const event = (abi as readonly { type: string; name?: string }[]).find(
      (item) => item.type === 'event' && item.name === eventName,
    ) as AbiEvent
    const topics = encodeEventTopics({ abi: [event], eventName, args }) as Hex[]
    const plain = event.inputs.filter((input) => input.indexed !== true)
    const data = encodeAbiParameters(
      plain,
      plain.map((input) => args[input.name ?? '']),
    )
    const logIndex = this.last.logs.length
    const transactionHash = keccak256(stringToHex(`tx ${String(this.last.number)} ${String(logIndex)}`))
    this.last.logs.push({
      address: contract === 'registry' ? REGISTRY : ESCROW,
      topics,
      data,
      logIndex,
      transactionHash,
    })
  }

  deposit(account: Address, amount: bigint, balance = amount): void {
    this.emit('escrow', 'BalanceDeposited', { account, token: TOKEN, amount, balance })
  }

  open(channelId: Hex, channel: object, deposit: bigint): void {
    this.emit('escrow', 'ChannelOpened', { channelId, channel, deposit, source: DepositSource.BALANCE })
  }

  settle(channelId: Hex, totals: { settled: bigint; authorised?: bigint; version: bigint }, receiptsRoot: Hex): void {
    this.emit('escrow', 'VoucherSettled', { channelId, totals: packTotals(totals), receiptsRoot })
  }

  /** A cooperative close. Nothing newly settled means that no voucher was shown: version and root are the payee's word. */
  close(channelId: Hex, closed: FakeChain.Closed): void {
    const { receiptsRoot, refund, ...totals } = closed
    this.emit('escrow', 'ChannelClosed', { channelId, totals: packTotals(totals), receiptsRoot, refund })
  }

  /** The answer of a node to one request. */
  answer(method: string, params: readonly unknown[]): unknown {
    if (method === 'eth_chainId') return toHex(CHAIN_ID)
    if (method === 'eth_getBlockByNumber') return this.#header(params[0] as string)
    if (method === 'eth_getLogs') return this.#logs(params[0] as { fromBlock: Hex; toBlock: Hex })
    if (method === 'eth_call') return this.#token((params[0] as { data: Hex }).data)
    throw new Error(`the fake chain does not know ${method}`)
  }

  #header(tag: string): unknown {
    const block = this.blocks[tag === 'finalized' ? this.finalized : Number(tag)]
    if (block === undefined) return null
    const { number, hash, parentHash, seconds } = block
    return { number: toHex(number), hash, parentHash, timestamp: toHex(seconds) }
  }

  #logs({ fromBlock, toBlock }: { fromBlock: Hex; toBlock: Hex }): unknown {
    return this.blocks
      .filter((block) => block.number >= Number(fromBlock) && block.number <= Number(toBlock))
      .flatMap((block) =>
        block.logs.map(({ logIndex, ...log }) => ({
          ...log,
          logIndex: toHex(logIndex),
          blockNumber: toHex(block.number),
          blockHash: block.hash,
          removed: false,
        })),
      )
  }

  #token(data: Hex): Hex {
    const { functionName } = decodeFunctionData({ abi: erc20Abi, data })
    return functionName === 'decimals'
      ? encodeFunctionResult({ abi: erc20Abi, functionName, result: this.decimals })
      : encodeFunctionResult({ abi: erc20Abi, functionName: 'symbol', result: 'JPYT' })
  }
}

export declare namespace FakeChain {
  type Closed = {
    readonly settled: bigint
    readonly authorised?: bigint
    readonly version: bigint
    readonly receiptsRoot: Hex
    readonly refund: bigint
  }
}

export function packTotals(totals: { settled: bigint; authorised?: bigint; version: bigint }): bigint {
  return totals.settled | ((totals.authorised ?? totals.settled) << 96n) | (totals.version << 192n)
}
