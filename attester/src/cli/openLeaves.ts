import type { Hex } from 'viem'
import type { Judging } from '../registry/leaves.ts'
import { isOpen } from '../registry/leaves.ts'
import type { Fleet } from '../fleet/Fleet.ts'

/**
 * In which fleet each of the devices has a leaf already that can still be activated. A fleet that all have signed counts
 * before it is recorded: whoever has the signatures may send it at any time.
 */
export function openLeavesOf(deviceIds: ReadonlySet<Hex>, { fleets, judging }: openLeavesOf.Options): Map<Hex, Hex> {
  const found = new Map<Hex, Hex>()
  for (const { enrolmentId, signatures, devices } of fleets) {
    const isWaiting = signatures !== undefined && !judging.history.enrolments.has(enrolmentId)
    for (const { index, bindingId, binding } of devices) {
      if (!deviceIds.has(binding.deviceId)) continue
      const isTaken = isWaiting
        ? binding.validUntil > judging.at
        : isOpen({ enrolmentId, index, bindingId, binding }, judging)
      if (isTaken) found.set(binding.deviceId, enrolmentId)
    }
  }
  return found
}
export declare namespace openLeavesOf {
  type Options = { readonly fleets: Iterable<Fleet>; readonly judging: Judging }
}
