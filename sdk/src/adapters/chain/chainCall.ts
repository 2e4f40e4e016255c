import type { Address, Hex, Log } from 'viem'

/** One call that changes the chain. */
export type ChainCall = {
  readonly to: Address
  readonly data: Hex
  /** The function's name, for errors. */
  readonly name: string
}

/** A transaction that took effect. Its block is the newest and not a finalized one: what stands on it may still fall. */
export type Mined = {
  readonly hash: Hex
  readonly blockNumber: bigint
  readonly gasUsed: bigint
  readonly logs: readonly Log<bigint, number, false>[]
}

/** Whoever sends the calls of an account. See `TransactionSender`, which keeps them in a journal. */
export type CallSender = { send(call: ChainCall): Promise<Mined> }
