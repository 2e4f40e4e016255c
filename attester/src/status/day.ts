import type { OnProgress } from '@musubi/cli'
import type { FreshnessChain } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { tokenAt } from '../fleet/bindingOf.ts'
import type { Fleet } from '../fleet/Fleet.ts'
import { mapInTurns } from '../progress.ts'
import type { History, Life } from '../registry/history.ts'
import { headsOf, leafStatusAt } from '../registry/leaves.ts'
import { statusAt } from '../registry/standing.ts'

/** One binding's token of a day, as the file of the day has it. */
export type PublishedToken = FreshnessChain.FreshnessToken & { readonly bindingId: Hex; readonly deviceId: Hex }

/** What an attester says about all its bindings as of a moment. */
export type Day = {
  /** Ended by more than time, or suspended: what a verifier must not believe. Sorted. */
  readonly listed: readonly Hex[]
  readonly standing: readonly Standing[]
}
type Standing = Pick<Life, 'bindingId' | 'binding'>

/**
 * Sorts an attester's bindings into those that stand and those to be listed. What has run out is neither: every verifier
 * sees that by itself, and the list would grow for ever. A leaf that nobody can activate any more is listed as well, and so
 * is one whose activation would start suspended.
 */
export function dayOf(history: History, { attester, at, fleets }: dayOf.Options): Day {
  const listed: Hex[] = []
  const standing: Standing[] = []
  for (const life of history.lives.values()) {
    const { bindingId, binding } = life
    if (binding.attester !== attester || binding.validUntil <= at) continue
    const status = statusAt(life, history, at)
    if (status === 'ACTIVE') standing.push({ bindingId, binding })
    else if (status !== 'PENDING') listed.push(bindingId)
  }
  const heads = headsOf(history)
  for (const { enrolmentId, devices } of fleets) {
    if (!history.enrolments.has(enrolmentId)) continue
    for (const { index, bindingId, binding } of devices) {
      if (history.lives.has(bindingId) || binding.validUntil <= at) continue
      const status = leafStatusAt({ enrolmentId, index, bindingId, binding }, { history, heads, at })
      if (status === 'ACTIVE') standing.push({ bindingId, binding })
      else if (status !== 'PENDING') listed.push(bindingId)
    }
  }
  return { listed: [...new Set(listed)].sort(), standing }
}
export declare namespace dayOf {
  type Options = {
    readonly attester: Address
    /** Seconds, of the block up to which the history goes. */
    readonly at: number
    readonly fleets: Iterable<Fleet>
  }
}

/** The day's token of each binding that stands and has a chain. */
export async function tokensOf(
  { standing }: Day,
  { secret, at, onProgress }: tokensOf.Options,
): Promise<readonly PublishedToken[]> {
  const tokens = await mapInTurns(
    standing,
    ({ bindingId, binding }) => {
      const token = tokenAt(binding, { secret, at })
      return token === undefined ? [] : [{ bindingId, deviceId: binding.deviceId, ...token }]
    },
    onProgress,
  )
  return tokens.flat()
}
export declare namespace tokensOf {
  type Options = {
    readonly secret: Hex
    readonly at: number
    readonly onProgress: OnProgress
  }
}
