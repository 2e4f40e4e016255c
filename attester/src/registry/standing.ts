import type { History, Life } from './history.ts'

/** Where a binding stood at a moment; the names are the registry's. */
export type Status = 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'EXPIRED' | 'COMPROMISED' | NonNullable<Life['endedBy']>

type Vouched = Pick<Life, 'vouchedAt' | 'attesterIndex' | 'endsAt'>

/** The mark on the attester that vouched for a binding, and whether the mark ended it. */
export function markOn({ vouchedAt, attesterIndex, endsAt }: Vouched, { marks }: Pick<History, 'marks'>) {
  const mark = marks.get(attesterIndex)
  if (mark === undefined) return undefined
  return { ...mark, endsIt: vouchedAt > mark.since && mark.markedAt < endsAt }
}

/** The last second (exclusive) of its party's liability. */
export function endOf(life: Life, history: Pick<History, 'marks'>): number {
  const mark = markOn(life, history)
  return mark?.endsIt === true ? mark.markedAt : life.endsAt
}

/** The status at a moment, of a history that reaches that far. */
export function statusAt(life: Life, history: Pick<History, 'marks'>, at: number): Status {
  const mark = markOn(life, history)
  if (mark?.endsIt === true && at >= mark.markedAt) return 'COMPROMISED'
  if (life.endedBy !== undefined && at >= life.endsAt) return life.endedBy
  if (at >= life.endsAt) return 'EXPIRED'
  if (life.isSuspended) return 'SUSPENDED'
  return at < life.startedAt ? 'PENDING' : 'ACTIVE'
}

/** Whether its party answers for what the device did at a moment. A suspension does not interrupt that. */
export function isLiableAt(life: Life, history: Pick<History, 'marks'>, at: number): boolean {
  return at >= life.startedAt && at < endOf(life, history)
}
