import { channelEscrowAbi, identityRegistryAbi } from '@musubi/sdk'
import { type ContractEventName, type DecodeEventLogReturnType, decodeEventLog, type Hex } from 'viem'
import { badLogs, type Target } from './Target.ts'
import type { Header, Log } from './Rpc.ts'

type RegistryEvent = DecodeEventLogReturnType<typeof identityRegistryAbi>
type EscrowEvent = DecodeEventLogReturnType<typeof channelEscrowAbi>
export type EventName = ContractEventName<typeof identityRegistryAbi> | ContractEventName<typeof channelEscrowAbi>

/** Where a fact was found: the columns that every fact has. */
export type Origin = {
  readonly chain_id: bigint
  readonly block_number: bigint
  readonly block_hash: string
  readonly log_index: number
  readonly tx_hash: string
  readonly at_seconds: bigint
}
export type ChainEvent = { readonly origin: Origin } & (RegistryEvent | EscrowEvent)
export type EventOf<N extends EventName> = Extract<ChainEvent, { eventName: N }>

/** Reads a log as an event of its contract. An event that nobody knows is an error: money could hide in it. */
export function decodeLog(log: Log, header: Header, target: Target): ChainEvent {
  const origin = {
    chain_id: target.chainId,
    block_number: log.blockNumber,
    block_hash: log.blockHash,
    log_index: log.logIndex,
    tx_hash: log.transactionHash,
    at_seconds: header.seconds,
  }
  const topics = log.topics as [Hex, ...Hex[]]
  try {
    return log.address === target.registry
      ? { origin, ...decodeEventLog({ abi: identityRegistryAbi, topics, data: log.data, strict: true }) }
      : { origin, ...decodeEventLog({ abi: channelEscrowAbi, topics, data: log.data, strict: true }) }
  } catch (error) {
    throw badLogs(
      `Log ${String(log.logIndex)} of block ${String(log.blockNumber)} is no event that this version knows.`,
      `topic ${topics[0]} of ${log.address} (${error instanceof Error ? error.name : 'unknown'})`,
      'an event of the deployed contracts',
    )
  }
}

/** Unpacks settled 96 | cumulativeAmount 96 | version 64, from the lowest bit up. */
export function unpackTotals(word: bigint): { settled: bigint; authorised: bigint; version: bigint; word: string } {
  const mask = (1n << 96n) - 1n
  return {
    settled: word & mask,
    authorised: (word >> 96n) & mask,
    version: word >> 192n,
    word: `0x${word.toString(16).padStart(64, '0')}`,
  }
}
