import { setImmediate as yieldToSignals } from 'node:timers/promises'
import { Binding, BindingStatus, StatusList, signStatusSnapshot } from '@musubi/sdk'
import type { Freshness, FreshnessChain, StatusSnapshot } from '@musubi/sdk'
import type { Hex } from 'viem'
import { tokenOf } from './drafts.ts'
import type { FleetDevice } from './FleetDevice.ts'
import type { FleetWorld } from './FleetWorld.ts'
import type { Attester } from './People.ts'

/** An attester's list of what had ended or was suspended, signed, and anchored on the chain. */
export type SignedList = StatusList.StatusList & { readonly snapshot: StatusSnapshot.SignedStatusSnapshot }

/** Nobody publishes in the second that a list speaks of, and no chain takes one of a second that has not come. */
const PUBLISHED_AFTER_SECONDS = 60

/** Publishes the list as of a moment of the chain that has just passed. Where each binding stands, the chain says. */
export async function publishSnapshot(
  { chain, registry, domain }: FleetWorld,
  { attester, bindings, asOf }: publishSnapshot.Options,
): Promise<SignedList> {
  await chain.passTimeUntil(asOf + PUBLISHED_AFTER_SECONDS)
  const ended: Hex[] = []
  let attesterIndex = 0
  for (const { bindingId, credential } of bindings) {
    if (credential.binding.attester !== attester.address) continue
    attesterIndex = (await registry.recordOf(bindingId)).attesterIndex
    if ((await registry.check(credential.binding)) !== BindingStatus.ACTIVE) ended.push(bindingId)
  }
  const list = StatusList.build({ attester: attester.address, asOf, bindingIds: ended.sort() })
  const snapshot = await signStatusSnapshot(list.snapshot, { domain, signer: attester.signer })
  await registry.anchorStatus({ attesterIndex, snapshot, signature: snapshot.signature })
  return { ...list, snapshot }
}
export declare namespace publishSnapshot {
  type Options = {
    readonly attester: Attester
    /** Every binding that has a record. */
    readonly bindings: readonly FleetDevice[]
    readonly asOf: number
  }
}

/** What a device shows that is not on the list. */
export function absenceOf(list: SignedList, { bindingId }: FleetDevice): Freshness.Freshness {
  return { kind: 'snapshot', snapshot: list.snapshot, proof: StatusList.prove(list, bindingId) }
}

/** The best that a device can do that is on the list: the proof of somebody who would stand right behind it. */
export function neighbourOf(list: SignedList, { bindingId }: FleetDevice): Freshness.Freshness {
  const next: Hex = `0x${(BigInt(bindingId) + 1n).toString(16).padStart(64, '0')}`
  return { kind: 'snapshot', snapshot: list.snapshot, proof: StatusList.prove(list, next) }
}

/** A day's tokens by binding: one for each device that stands. */
export type DaysTokens = ReadonlyMap<Hex, FreshnessChain.FreshnessToken>

const BATCH = 100

/** Publishes what the attester says on a day of each of its bindings that is not on the list. */
export async function publishTokens(
  bindings: readonly Binding.Binding[],
  options: publishTokens.Options,
): Promise<DaysTokens> {
  const { attester, list, seconds, signal, onTokens } = options
  const silent = new Set(list.bindingIds)
  const tokens = new Map<Hex, FreshnessChain.FreshnessToken>()
  for (const binding of bindings) {
    const bindingId = Binding.id(binding)
    if (binding.attester !== attester.address || silent.has(bindingId)) continue
    tokens.set(bindingId, tokenOf(attester, { binding, seconds }))
    if (tokens.size % BATCH !== 0) continue
    onTokens(BATCH)
    await yieldToSignals()
    signal.throwIfAborted()
  }
  return tokens
}
export declare namespace publishTokens {
  type Options = {
    readonly attester: Attester
    readonly list: SignedList
    /** Any second of the day. */
    readonly seconds: number
    readonly signal: AbortSignal
    readonly onTokens: (count: number) => void
  }
}
