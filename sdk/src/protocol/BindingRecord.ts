import { BindingStatus } from '../generated/constants.ts'

/** What the registry keeps of a binding, as a mark on its attester leaves it. See the contract's `BindingRecord`. */
export type BindingRecord = {
  /** Seconds. */
  readonly startedAt: number
  /** Seconds, exclusive. */
  readonly endsAt: number
  /** The one that the next message about the binding has to name. */
  readonly sequence: number
  readonly attesterIndex: number
  /** As it was written last; {@link statusAt} adds what time does. */
  readonly status: BindingStatus
}

/** Where the binding stands at a second, as the registry's `statusOf` would say it then if no message came. */
export function statusAt({ status, startedAt, endsAt }: BindingRecord, seconds: number): BindingStatus {
  if (status !== BindingStatus.ACTIVE && status !== BindingStatus.SUSPENDED) return status
  if (seconds >= endsAt) return BindingStatus.EXPIRED
  return status === BindingStatus.ACTIVE && seconds < startedAt ? BindingStatus.PENDING : status
}

/** Whether the liable party answers for what the device did at a second. Suspension does not interrupt liability. */
export function isLiableAt({ status, startedAt, endsAt }: BindingRecord, seconds: number): boolean {
  return status !== BindingStatus.NONE && startedAt <= seconds && seconds < endsAt
}
