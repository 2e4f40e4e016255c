import { BindingStatus } from '../../sdk/src/generated/constants.ts'
import { isOf, NO_ID, Refused, refuseIf } from './words.ts'
import type { Binding, Hex, Named, Signed, Told } from './words.ts'

const PERIODS_MAX = 2 ** 24 - 1

export type Attester = { readonly account: Hex; accredited: boolean; mark?: { since: number; at: number } }
export type BindingRecord = {
  readonly id: Hex
  readonly binding: Binding
  readonly startedAt: number
  readonly attesterIndex: number
  /** When the attester vouched for it: a leaf's enrolment, or the start. */
  readonly vouchedAt: number
  sequence: number
  suspended: boolean
  /** By a message, or by what took its place. */
  end?: { at: number; how: BindingStatus }
  spent: { period: number; amount: bigint }
  announced?: { successor: Hex; readyAt: number }
}
/** What all three sign under a binding. */
export type Signatures = { readonly device: Signed; readonly party: Signed; readonly attester: Signed }
/** What a binding takes over from the one it replaces. */
export type Inherited = { readonly amount: bigint; readonly suspended: boolean }
export const NOTHING: Inherited = { amount: 0n, suspended: false }
type Vouching = { readonly attesterIndex: number; readonly at: number }

/** What is known of attesters and records, what follows from the time, and the steps that every call is made of. */
export class RecordsModel {
  now: number
  /** The attester of index `n` stands at `n - 1`. */
  readonly attesters: Attester[] = []
  readonly records = new Map<Hex, BindingRecord>()
  readonly heads = new Map<Hex, Hex>()

  constructor(now: number) {
    this.now = now
  }

  /** The index of an accredited attester, or 0. */
  indexOf(account: Hex): number {
    return this.attesters.findIndex((attester) => attester.accredited && attester.account === account) + 1
  }

  headOf(deviceId: Hex): Hex {
    return this.heads.get(deviceId) ?? NO_ID
  }

  statusOf(id: Hex): BindingStatus {
    const record = this.records.get(id)
    if (record === undefined) return BindingStatus.NONE
    const { at, how } = this.endOf(record)
    if (how !== undefined) return how
    if (this.now >= at) return BindingStatus.EXPIRED
    if (record.suspended) return BindingStatus.SUSPENDED
    return this.now < record.startedAt ? BindingStatus.PENDING : BindingStatus.ACTIVE
  }

  /** Whichever end comes first: a message's, a mark's, or the validity's. */
  endOf(record: BindingRecord): { at: number; how?: BindingStatus } {
    const end = record.end ?? { at: record.binding.validUntil }
    const markedAt = this.endedByMark({ attesterIndex: record.attesterIndex, at: record.vouchedAt })
    return markedAt !== undefined && markedAt < end.at ? { at: markedAt, how: BindingStatus.COMPROMISED } : end
  }

  liableAt(id: Hex, time: number): boolean {
    const record = this.records.get(id)
    return record !== undefined && record.startedAt <= time && time < this.endOf(record).at
  }

  /** Money put at risk in the running period. */
  exposureOf(record: BindingRecord): bigint {
    return record.spent.period === this.periodOf(record) ? record.spent.amount : 0n
  }

  protected periodOf({ startedAt, binding }: BindingRecord): number {
    return Math.floor(Math.max(0, this.now - startedAt) / binding.periodSeconds)
  }

  /** When a mark ends what was vouched for then, if it does. */
  protected endedByMark({ attesterIndex, at }: Vouching): number | undefined {
    const mark = this.attesters[attesterIndex - 1]?.mark
    return mark !== undefined && at > mark.since ? mark.at : undefined
  }

  protected accredited(account: Hex): Attester {
    const attester = this.attesters[this.indexOf(account) - 1]
    if (attester === undefined) throw new Refused('NotAccredited')
    return attester
  }

  /** The attester of this index, unless its key was in wrong hands. */
  protected speaking(index: number): Attester | undefined {
    const attester = this.attesters[index - 1]
    refuseIf(attester?.mark !== undefined, 'CompromisedAttester')
    return attester
  }

  /** A message of the party is about the record as marks leave it. One of the attester is refused for the mark itself. */
  protected requireLasting(id: Hex, told: Told, by: 'party' | 'attester'): BindingRecord {
    refuseIf(this.now > told.deadline, 'Expired')
    const record = this.records.get(id)
    if (record === undefined || !this.lasts(record)) throw new Refused('WrongStatus')
    refuseIf(by === 'party' && this.statusOf(id) === BindingStatus.COMPROMISED, 'WrongStatus')
    refuseIf(told.sequence !== record.sequence, 'WrongSequence')
    return record
  }

  /** Whether neither a message nor time has ended it; marks aside. */
  protected lasts(record: BindingRecord): boolean {
    return record.end === undefined && this.now < record.binding.validUntil
  }

  protected requireFirst({ binding }: Named): void {
    refuseIf(binding.previous !== NO_ID || this.heads.has(binding.deviceId), 'WrongPrevious')
  }

  protected requireRenewal({ binding }: Named, head: Named): BindingRecord {
    const old = this.records.get(this.headOf(binding.deviceId))
    if (old === undefined || binding.previous !== old.id) throw new Refused('WrongPrevious')
    refuseIf(head.id !== old.id, 'WrongBinding')
    refuseIf(binding.partyId !== old.binding.partyId, 'OtherParty')
    refuseIf(isGivenUp(old), 'DeviceRetired')
    return old
  }

  protected requireSound({ binding }: Named): void {
    refuseIf(binding.deviceId === binding.partyId, 'SelfLiable')
    refuseIf(binding.maxPerPayment > binding.maxPerPeriod, 'BadLimits')
    const lasting = binding.validUntil - this.startOf(binding)
    refuseIf(lasting <= 0, 'BadValidity')
    refuseIf(binding.periodSeconds === 0 || Math.floor(lasting / binding.periodSeconds) > PERIODS_MAX, 'BadPeriod')
  }

  protected requireSigned({ binding }: Named, { device, party, attester }: Signatures): void {
    this.accredited(binding.attester)
    refuseIf(!isOf(device, binding.deviceId), 'BadSignature')
    refuseIf(!isOf(party, binding.partyId), 'BadSignature')
    refuseIf(!isOf(attester, binding.attester), 'BadAttesterSignature')
  }

  protected inherited({ binding }: Named, old: BindingRecord): Inherited {
    const amount = binding.token === old.binding.token ? this.exposureOf(old) : 0n
    return { amount, suspended: isStopped(old) }
  }

  /** Nobody backdates: it starts now, or later. */
  protected start({ id, binding }: Named, inherited: Inherited, vouching?: Vouching): void {
    const startedAt = this.startOf(binding)
    const { attesterIndex, at } = vouching ?? { attesterIndex: this.indexOf(binding.attester), at: startedAt }
    const { amount, suspended } = inherited
    const spent = { period: 0, amount }
    this.records.set(id, { id, binding, startedAt, attesterIndex, vouchedAt: at, sequence: 0, suspended, spent })
    this.heads.set(binding.deviceId, id)
  }

  protected replace(old: BindingRecord, how: BindingStatus): void {
    if (this.lasts(old)) this.end(old, how)
  }

  protected end(record: BindingRecord, how: BindingStatus): void {
    record.end = { at: this.now, how }
    ++record.sequence
  }

  protected suspend(record: BindingRecord, suspended: boolean): void {
    record.suspended = suspended
    ++record.sequence
  }

  private startOf(binding: Binding): number {
    return Math.max(binding.validFrom, this.now)
  }
}

/** Whether the device key was given up for another one. */
export function isGivenUp(record: BindingRecord): boolean {
  return record.end?.how === BindingStatus.REBOUND || record.end?.how === BindingStatus.ROTATED
}

/** Whether a message has stopped it, for now or for ever: what replaces it starts suspended. */
export function isStopped(record: BindingRecord): boolean {
  return record.suspended || record.end !== undefined
}
