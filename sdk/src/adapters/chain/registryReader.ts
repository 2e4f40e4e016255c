import type { Hex } from 'viem'
import { identityRegistryAbi } from '../../generated/abis.ts'
import type { BindingStatus } from '../../generated/constants.ts'
import type { Binding } from '../../protocol/Binding.ts'
import { id } from '../../protocol/Binding.ts'
import type { BindingRecord } from '../../protocol/BindingRecord.ts'
import { statusAt } from '../../protocol/BindingRecord.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import { BadAnswerError, StaleBlockError } from '../../ports/ChainErrors.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { ChainReader } from './chainClients.ts'
import { asking } from './failures.ts'

/** Where a binding stands, and as of which block that was read. */
export type BindingStanding = {
  readonly bindingId: Hex
  /** At the time of asking: what was read, and what time has made of it since. */
  readonly status: BindingStatus
  /** Whether it is the newest binding of its device. */
  readonly isHead: boolean
  readonly record: BindingRecord
  readonly asOf: Block
}

export type RegistryReader = ReturnType<typeof registryReader>

type Block = { readonly number: bigint; readonly seconds: number }
type Entry = { readonly record: BindingRecord; readonly head: Hex; readonly asOf: Block }

/** Bindings of one call: what nodes let an `eth_call` do is limited. */
const BATCH_MAX = 250
const ENTRIES_MAX = 10_000
const AGE_SECONDS_MAX = 60

/**
 * Reads where bindings stand, all of them in one call, and keeps the answers for a while. A kept answer ages by the time of
 * its block, not by when it came: a node that lags is refused rather than believed. What time alone changes (a start, an
 * expiry) is worked out at each asking, so validity never outlives itself in here.
 *
 * @example
 * const registry = registryReader({ reader, deployment, clock })
 * const [car, charger] = await registry.standingsOf([carBinding, chargerBinding])
 */
export function registryReader(options: registryReader.Options) {
  const { reader, deployment, clock, ageSecondsMax = AGE_SECONDS_MAX, entriesMax = ENTRIES_MAX } = options
  const entries = new Map<Hex, Entry>()

  // Both ways: to a clock that lags behind the block, its answer would never grow old.
  const isFresh = ({ asOf }: Entry) => Math.abs(clock.now() - asOf.seconds) <= ageSecondsMax

  const keep = (bindingId: Hex, entry: Entry) => {
    // Another node behind the same address may lag: what a later block said stays.
    const known = entries.get(bindingId)
    entries.delete(bindingId)
    entries.set(bindingId, known !== undefined && known.asOf.number > entry.asOf.number ? known : entry)
  }

  const refresh = async (asked: ReadonlyMap<Hex, Binding>) => {
    const stale = [...asked].filter(([bindingId]) => {
      const entry = entries.get(bindingId)
      return entry === undefined || !isFresh(entry)
    })
    for (let start = 0; start < stale.length; start += BATCH_MAX) {
      const batch = stale.slice(start, start + BATCH_MAX)
      const read = await readEntries(reader, deployment, batch)
      read.forEach((entry, index) => keep(batch[index]?.[0] ?? '0x', entry))
    }
  }

  const standingOf = (bindingId: Hex): BindingStanding => {
    const entry = entries.get(bindingId)
    if (entry === undefined || !isFresh(entry)) {
      const given = entry === undefined ? Infinity : clock.now() - entry.asOf.seconds
      throw new StaleBlockError({ given, allowed: ageSecondsMax })
    }
    keep(bindingId, entry)
    const { record, head, asOf } = entry
    const status = statusAt(record, Math.max(clock.now(), asOf.seconds))
    return { bindingId, status, isHead: head === bindingId, record, asOf }
  }

  return {
    /** In the order of `bindings`. */
    standingsOf: async (bindings: readonly Binding[]): Promise<readonly BindingStanding[]> => {
      const ids = bindings.map(id)
      await refresh(new Map(ids.map((bindingId, index) => [bindingId, bindings[index] as Binding])))
      const standings = ids.map(standingOf)
      for (const oldest of entries.keys()) {
        if (entries.size <= entriesMax) break
        entries.delete(oldest)
      }
      return standings
    },
    /** Forgets what was kept, for example after a message of one's own was mined. */
    forget: () => entries.clear(),
  }
}
export declare namespace registryReader {
  type Options = {
    readonly reader: ChainReader
    readonly deployment: Deployment
    readonly clock: Clock
    /** How far the block of an answer may be from the clock, behind or ahead, in seconds. Default 60. */
    readonly ageSecondsMax?: number
    /** Answers that are kept. Default 10,000. */
    readonly entriesMax?: number
  }
}

/** Record and head of each binding at the newest block, by one call that needs no contract of its own on the chain. */
async function readEntries(
  reader: ChainReader,
  deployment: Deployment,
  asked: readonly (readonly [Hex, Binding])[],
): Promise<readonly Entry[]> {
  const registry = { address: deployment.identityRegistry, abi: identityRegistryAbi } as const
  const { number, timestamp } = await asking(reader, 'eth_getBlockByNumber latest', () => reader.getBlock())
  if (typeof number !== 'bigint' || typeof timestamp !== 'bigint') {
    throw new BadAnswerError({ given: 'a block without number or time', expected: 'eth_getBlockByNumber latest' })
  }
  const contracts = asked.flatMap(
    ([bindingId, { deviceId }]) =>
      [
        { ...registry, functionName: 'recordOf', args: [bindingId] },
        { ...registry, functionName: 'headOf', args: [deviceId] },
      ] as const,
  )
  const answers = await asking(reader, 'recordOf and headOf', () =>
    reader.multicall({ contracts, blockNumber: number, allowFailure: false, deployless: true, batchSize: 0 }),
  )
  const asOf = { number, seconds: Number(timestamp) }
  return asked.map((_, index) => ({
    record: answers[2 * index] as BindingRecord,
    head: answers[2 * index + 1] as Hex,
    asOf,
  }))
}
