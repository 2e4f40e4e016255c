/**
 * The identity registry as PROTOCOL.md has it, without a chain, a hash or a signature: who answers for which device, from
 * when to when, and for how much. A call changes the state, or is refused by the name of an error.
 */
import { BindingStatus } from '../../sdk/src/generated/constants.ts'
import { isGivenUp, isStopped, NOTHING, RecordsModel } from './RecordsModel.ts'
import type { BindingRecord, Inherited, Signatures } from './RecordsModel.ts'
import { isOf, NO_ACCOUNT, NO_ID, Refused, refuseIf } from './words.ts'
import type { Fleet, Hex, Named, Signed, Told } from './words.ts'

export const REBIND_DELAY_SECONDS = 14 * 24 * 3600

type Enrolment = { readonly attesterIndex: number; readonly at: number; readonly used: Set<number> }
export type Row = { readonly id: Hex; readonly sequence: number }

export class RegistryModel extends RecordsModel {
  readonly enrolments = new Map<Hex, Enrolment>()
  readonly statusAsOf = new Map<Hex, number>()

  // ---------------------------------------------------------------- attesters

  accredit(account: Hex): void {
    refuseIf(this.indexOf(account) !== 0, 'AlreadyAccredited')
    this.attesters.push({ account, accredited: true })
  }

  retire(account: Hex): void {
    this.accredited(account).accredited = false
  }

  markCompromised(index: number, since: number): void {
    const attester = this.attesters[index - 1]
    if (attester === undefined) throw new Refused('UnknownAttester')
    refuseIf(attester.mark !== undefined, 'CompromisedAttester')
    refuseIf(since > this.now, 'FutureTime')
    attester.accredited = false
    attester.mark = { since, at: this.now }
  }

  // ---------------------------------------------------------------- how bindings start, and take another's place

  bind(next: Named, signatures: Signatures): void {
    this.requireFirst(next)
    this.#requireVouched(next, signatures)
    this.start(next, NOTHING)
  }

  renew(next: Named, head: Named, signatures: Signatures): void {
    const old = this.requireRenewal(next, head)
    this.#requireVouched(next, signatures)
    this.start(next, this.inherited(next, old))
    this.replace(old, BindingStatus.RENEWED)
  }

  rebind(next: Named, head: Named, signatures: Signatures, release: Signed & Told & { successor: Hex }): void {
    refuseIf(next.binding.previous !== head.id || this.heads.has(next.binding.deviceId), 'WrongPrevious')
    refuseIf(next.binding.partyId === head.binding.partyId, 'SameParty')
    const old = this.#requireRunning(head)
    refuseIf(this.now > release.deadline, 'Expired')
    this.#requireVouched(next, signatures)
    const fits = release.sequence === old.sequence && release.successor === next.id
    refuseIf(!fits || !isOf(release, old.binding.partyId), 'BadSignature')
    this.start(next, NOTHING)
    this.replace(old, BindingStatus.REBOUND)
  }

  rebindAnnounced(next: Named, head: Named, signatures: Signatures): void {
    refuseIf(next.binding.previous !== head.id || this.heads.has(next.binding.deviceId), 'WrongPrevious')
    refuseIf(next.binding.partyId === head.binding.partyId, 'SameParty')
    const old = this.#requireRunning(head)
    if (old.announced === undefined) throw new Refused('NotAnnounced')
    refuseIf(this.now < old.announced.readyAt, 'TooEarly')
    this.speaking(old.attesterIndex)
    this.#requireVouched(next, signatures)
    refuseIf(old.announced.successor !== next.id, 'WrongSuccessor')
    this.start(next, NOTHING)
    this.replace(old, BindingStatus.REBOUND)
  }

  rotateKey(next: Named, head: Named, signatures: Signatures): void {
    refuseIf(next.binding.previous !== head.id || this.heads.has(next.binding.deviceId), 'WrongPrevious')
    refuseIf(next.binding.partyId !== head.binding.partyId, 'OtherParty')
    const old = this.#requireRunning(head)
    this.#requireVouched(next, signatures)
    this.start(next, this.inherited(next, old))
    this.replace(old, BindingStatus.ROTATED)
  }

  // ---------------------------------------------------------------- messages about a running binding

  announceRebind(id: Hex, told: Told & { successor: Hex }, signed: Signed): void {
    const record = this.requireLasting(id, told, 'attester')
    refuseIf(record.announced !== undefined && this.now < record.announced.readyAt, 'TooEarly')
    const attester = this.speaking(record.attesterIndex)!
    refuseIf(!attester.accredited, 'NotAccredited')
    refuseIf(!isOf(signed, attester.account), 'BadAttesterSignature')
    record.announced = { successor: told.successor, readyAt: this.now + REBIND_DELAY_SECONDS }
    ++record.sequence
  }

  vetoRebind(head: Named, told: Told, signed: Signed): void {
    const record = this.requireLasting(head.id, told, 'party')
    refuseIf(record.announced === undefined, 'NotAnnounced')
    refuseIf(!isOf(signed, record.binding.partyId), 'BadSignature')
    delete record.announced
    ++record.sequence
  }

  suspendByParty(id: Hex, told: Told, signed: Signed): void {
    const record = this.requireLasting(id, told, 'party')
    refuseIf(record.suspended, 'WrongStatus')
    refuseIf(!isOf(signed, record.binding.partyId), 'BadSignature')
    this.suspend(record, true)
  }

  suspendByAttester(id: Hex, told: Told, signed: Signed): void {
    const record = this.requireLasting(id, told, 'attester')
    refuseIf(record.suspended, 'WrongStatus')
    refuseIf(!isOf(signed, this.speaking(record.attesterIndex)!.account), 'BadAttesterSignature')
    this.suspend(record, true)
  }

  resume(id: Hex, told: Told, party: Signed, attester: Signed): void {
    const record = this.requireLasting(id, told, 'party')
    refuseIf(!record.suspended, 'WrongStatus')
    refuseIf(!isOf(party, record.binding.partyId), 'BadSignature')
    refuseIf(this.indexOf(record.binding.attester) !== record.attesterIndex, 'NotAccredited')
    refuseIf(!isOf(attester, record.binding.attester), 'BadAttesterSignature')
    this.suspend(record, false)
  }

  revoke(id: Hex, told: Told, signed: Signed): void {
    const record = this.requireLasting(id, told, 'attester')
    refuseIf(!isOf(signed, this.speaking(record.attesterIndex)!.account), 'BadAttesterSignature')
    this.end(record, BindingStatus.REVOKED)
  }

  /** Bad rows are skipped, and stop no other. */
  revokeMany(index: number, rows: readonly Row[], deadline: number, signed: Signed): void {
    refuseIf(this.now > deadline, 'Expired')
    const attester = this.speaking(index)
    refuseIf(attester === undefined || !isOf(signed, attester.account), 'BadAttesterSignature')
    for (const { id, sequence } of rows) {
      const record = this.records.get(id)
      if (record?.attesterIndex !== index || record.sequence !== sequence) continue
      if (this.lasts(record)) this.end(record, BindingStatus.REVOKED)
    }
  }

  release(id: Hex, told: Told & { successor: Hex }, signed: Signed): void {
    refuseIf(told.successor !== NO_ID, 'SuccessorNamed')
    const record = this.requireLasting(id, told, 'party')
    refuseIf(!isOf(signed, record.binding.partyId), 'BadSignature')
    this.end(record, BindingStatus.RELEASED)
  }

  // ---------------------------------------------------------------- fleets

  enrol(fleet: Fleet, party: Signed, attester: Signed): void {
    refuseIf(fleet.validUntil <= Math.max(fleet.validFrom, this.now), 'BadValidity')
    this.accredited(fleet.attester)
    refuseIf(this.enrolments.has(fleet.id), 'AlreadyEnrolled')
    refuseIf(!isOf(party, fleet.partyId), 'BadSignature')
    refuseIf(!isOf(attester, fleet.attester), 'BadAttesterSignature')
    const attesterIndex = this.indexOf(fleet.attester)
    this.enrolments.set(fleet.id, { attesterIndex, at: this.now, used: new Set() })
  }

  activate(fleet: Fleet, leaf: Named, index: number, device: Signed): void {
    this.requireFirst(leaf)
    this.#activate(fleet, leaf, index, device, NOTHING)
  }

  activateRenewal(fleet: Fleet, leaf: Named, head: Named, index: number, device: Signed): void {
    const old = this.requireRenewal(leaf, head)
    this.#activate(fleet, leaf, index, device, this.inherited(leaf, old))
    this.replace(old, BindingStatus.RENEWED)
  }

  revokeLeaves(fleet: Fleet, indexes: readonly number[], deadline: number, signed: Signed): void {
    refuseIf(this.now > deadline, 'Expired')
    const enrolment = this.#enrolled(fleet)
    refuseIf(!isOf(signed, this.speaking(enrolment.attesterIndex)!.account), 'BadAttesterSignature')
    for (const index of indexes) enrolment.used.add(index)
  }

  /** What a record says of a leaf that was activated; what its activation would make of any other. */
  leafStatus(fleet: Fleet, leaf: Named, index: number): BindingStatus {
    const enrolment = this.enrolments.get(fleet.id)
    if (enrolment === undefined || !isLeaf(fleet, leaf, index)) return BindingStatus.NONE
    if (enrolment.used.has(index)) return this.statusOf(leaf.id) || BindingStatus.REVOKED
    const head = this.records.get(this.headOf(leaf.binding.deviceId))
    if (leaf.binding.previous !== (head?.id ?? NO_ID)) return BindingStatus.NONE
    if (head !== undefined && isGivenUp(head)) return BindingStatus.NONE
    if (this.endedByMark(enrolment) !== undefined) return BindingStatus.COMPROMISED
    if (this.now >= leaf.binding.validUntil) return BindingStatus.EXPIRED
    if (head !== undefined && isStopped(head)) return BindingStatus.SUSPENDED
    return this.now < leaf.binding.validFrom ? BindingStatus.PENDING : BindingStatus.ACTIVE
  }

  // ---------------------------------------------------------------- snapshots and exposure

  anchorStatus(index: number, snapshot: { attester: Hex; asOf: number }, signed: Signed): void {
    refuseIf(snapshot.attester !== (this.speaking(index)?.account ?? NO_ACCOUNT), 'WrongAttester')
    refuseIf(snapshot.asOf > this.now, 'FutureTime')
    refuseIf(snapshot.asOf <= (this.statusAsOf.get(snapshot.attester) ?? 0), 'StaleSnapshot')
    refuseIf(!isOf(signed, snapshot.attester), 'BadAttesterSignature')
    this.statusAsOf.set(snapshot.attester, snapshot.asOf)
  }

  spend(payer: Named, payee: { deviceId: Hex; bindingId: Hex }, amount: bigint): void {
    const record = this.records.get(payer.id)
    refuseIf(this.statusOf(payer.id) !== BindingStatus.ACTIVE, 'WrongStatus')
    refuseIf(this.headOf(payee.deviceId) !== payee.bindingId, 'PayeeNotBound')
    refuseIf(this.statusOf(payee.bindingId) !== BindingStatus.ACTIVE, 'WrongStatus')
    const total = this.exposureOf(record!) + amount
    refuseIf(total > payer.binding.maxPerPeriod, 'CeilingExceeded')
    record!.spent = { period: this.periodOf(record!), amount: total }
  }

  #requireVouched(next: Named, signatures: Signatures): void {
    this.requireSound(next)
    this.requireSigned(next, signatures)
  }

  #requireRunning(head: Named): BindingRecord {
    const old = this.records.get(head.id)
    if (old === undefined || !this.lasts(old)) throw new Refused('WrongStatus')
    return old
  }

  #activate(fleet: Fleet, leaf: Named, index: number, device: Signed, inherited: Inherited): void {
    this.requireSound(leaf)
    const enrolment = this.#enrolled(fleet)
    refuseIf(this.endedByMark(enrolment) !== undefined, 'CompromisedAttester')
    refuseIf(!isLeaf(fleet, leaf, index), 'NotALeaf')
    refuseIf(enrolment.used.has(index), 'LeafUsed')
    refuseIf(!isOf(device, leaf.binding.deviceId), 'BadSignature')
    enrolment.used.add(index)
    this.start(leaf, inherited, enrolment)
  }

  #enrolled(fleet: Fleet): Enrolment {
    const enrolment = this.enrolments.get(fleet.id)
    if (enrolment === undefined) throw new Refused('NotEnrolled')
    return enrolment
  }
}

function isLeaf(fleet: Fleet, { id, binding }: Named, index: number): boolean {
  if (fleet.leaves[index]?.id !== id) return false
  if (binding.partyId !== fleet.partyId || binding.attester !== fleet.attester) return false
  return binding.validFrom >= fleet.validFrom && binding.validUntil <= fleet.validUntil
}
