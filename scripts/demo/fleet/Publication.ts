import { BindingStatus, StatusList, signStatusSnapshot } from '@musubi/sdk'
import type { Binding, Freshness, FreshnessChain, StatusSnapshot } from '@musubi/sdk'
import type { Hex } from 'viem'
import { tokenOf } from './drafts.ts'
import type { FleetDevice } from './FleetDevice.ts'
import type { FleetWorld } from './FleetWorld.ts'
import type { Attester } from './People.ts'
import { workThrough } from './workThrough.ts'

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

/** Whether a binding of an attester has its word each day. */
export function isSpokenFor({ snapshot, bindingIds }: SignedList, { binding, bindingId }: Spoken): boolean {
  return binding.attester === snapshot.attester && !bindingIds.includes(bindingId)
}
type Spoken = { readonly binding: Binding.Binding; readonly bindingId: Hex }

/** Publishes what the attester says on a day of each binding that it speaks for. */
export async function publishTokens(
  bindings: readonly Spoken[],
  { attester, seconds, signal, onDone }: publishTokens.Options,
): Promise<DaysTokens> {
  const tokens = new Map<Hex, FreshnessChain.FreshnessToken>()
  await workThrough(bindings, {
    ...{ signal, onDone },
    work: ({ binding, bindingId }) => void tokens.set(bindingId, tokenOf(attester, { binding, seconds })),
  })
  return tokens
}
export declare namespace publishTokens {
  type Options = workThrough.Watching & {
    readonly attester: Attester
    /** Any second of the day. */
    readonly seconds: number
  }
}
