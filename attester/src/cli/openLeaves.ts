import { ProgramError } from '@musubi/cli'
import type { Binding } from '@musubi/sdk'
import type { Hex } from 'viem'
import type { Fleet } from '../fleet/Fleet.ts'
import type { Judging } from '../registry/leaves.ts'
import { isOpen } from '../registry/leaves.ts'

/** A leaf that can still be activated, and whether its fleet was signed by all and is not on chain yet. */
export type OpenLeaf = { readonly enrolmentId: Hex; readonly bindingId: Hex; readonly isWaiting: boolean }

type Looking = { readonly fleets: Iterable<Fleet>; readonly judging: Judging }

/**
 * The leaf that each of the devices has already and that can still be activated. A fleet that all have signed counts
 * before it is recorded: whoever has the signatures may send it at any time.
 */
export function openLeavesOf(deviceIds: ReadonlySet<Hex>, { fleets, judging }: Looking): Map<Hex, OpenLeaf> {
  const found = new Map<Hex, OpenLeaf>()
  for (const { enrolmentId, signatures, devices } of fleets) {
    const isWaiting = signatures !== undefined && !judging.history.enrolments.has(enrolmentId)
    for (const { index, bindingId, binding } of devices) {
      if (!deviceIds.has(binding.deviceId)) continue
      const isTaken = isWaiting
        ? binding.validUntil > judging.at
        : isOpen({ enrolmentId, index, bindingId, binding }, judging)
      if (isTaken) found.set(binding.deviceId, { enrolmentId, bindingId, isWaiting })
    }
  }
  return found
}

type Succession = { readonly binding: Binding.Binding; readonly head: Binding.Binding | undefined }

/**
 * Refuses a binding that would close a leaf behind its device's back: offline the leaf would go on being believed, beside
 * the binding. A new key closes the leaves of the old one too.
 */
export function requireNoOpenLeaf({ binding, head }: Succession, looking: Looking): void {
  const deviceIds = new Set([binding.deviceId, head?.deviceId ?? binding.deviceId])
  for (const [deviceId, leaf] of openLeavesOf(deviceIds, looking)) throw new OpenLeafError(deviceId, leaf)
}

/** The device has a leaf that it can still activate. */
export class OpenLeafError extends ProgramError {
  constructor(deviceId: Hex, { enrolmentId, bindingId, isWaiting }: OpenLeaf) {
    const recorded = isWaiting
      ? 'Enrol its fleet to the end first: that was signed, and is not on chain. Then let'
      : 'Let'
    super('Bind.OpenLeafError', 'The device has a leaf of a fleet that can still be activated.', {
      given: `device ${deviceId}, whose leaf ${bindingId} in the enrolment ${enrolmentId} is open`,
      expected: 'a device without an open leaf',
      next: `${recorded} the device activate the leaf, or end it with \`musubi-attester revoke ${bindingId}\`. Nothing was signed.`,
    })
  }
}
