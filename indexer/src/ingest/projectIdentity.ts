import type { Batch } from './Batch.ts'
import type { EventOf, Origin } from './decode.ts'
import { contradiction, lower, requireBinding } from './require.ts'

/** Facts about who vouches, who is enrolled, and who answers for a device. None of them moves money. */

export function attesterAccredited(batch: Batch, { origin, args }: EventOf<'AttesterAccredited'>): void {
  const attester = lower(args.attester)
  batch.attesters.set(attester, args.index)
  const change = { attester, attester_index: args.index, kind: 'ACCREDITED', since: null } as const
  batch.facts.attester_change.push({ ...origin, ...change })
}

export function attesterRetired(batch: Batch, { origin, args }: EventOf<'AttesterRetired'>): void {
  const attester = lower(args.attester)
  batch.attesters.delete(attester)
  const change = { attester, attester_index: args.index, kind: 'RETIRED', since: null } as const
  batch.facts.attester_change.push({ ...origin, ...change })
}

export function attesterCompromised(batch: Batch, { origin, args }: EventOf<'AttesterCompromised'>): void {
  const attester = lower(args.attester)
  // The mark may be on a number that the attester had before it was accredited again.
  if (batch.attesters.get(attester) === args.index) batch.attesters.delete(attester)
  const change = { attester, attester_index: args.index, kind: 'COMPROMISED', since: BigInt(args.since) } as const
  batch.facts.attester_change.push({ ...origin, ...change })
}

export function enrolled(batch: Batch, { origin, args }: EventOf<'Enrolled'>): void {
  const { root, count, validFrom, validUntil } = args.enrolment
  const attester = lower(args.attester)
  const attesterIndex = requireAttester(batch, attester, origin)
  const enrolmentId = lower(args.enrolmentId)
  batch.enrolments.set(enrolmentId, { attesterIndex, vouchedAt: origin.at_seconds })
  batch.facts.enrolment.push({
    ...origin,
    enrolment_id: enrolmentId,
    root: lower(root),
    count,
    party_id: lower(args.partyId),
    attester,
    attester_index: attesterIndex,
    valid_from: BigInt(validFrom),
    valid_until: BigInt(validUntil),
    party_signer: lower(args.partySigner),
  })
}

export function leafActivated(batch: Batch, { origin, args }: EventOf<'LeafActivated'>): void {
  const vouching = batch.enrolments.get(lower(args.enrolmentId))
  if (vouching === undefined) throw contradiction(origin, `enrolment ${args.enrolmentId}`, 'an enrolment that was seen')
  batch.activated.set(lower(args.bindingId), vouching)
}

function requireAttester(batch: Batch, attester: string, origin: Origin): number {
  const index = batch.attesters.get(attester)
  if (index === undefined)
    throw contradiction(origin, `attester ${attester}`, 'an attester whose accreditation was seen')
  return index
}

export function bindingStarted(batch: Batch, { origin, args }: EventOf<'BindingStarted'>): void {
  const { binding } = args
  const id = lower(args.bindingId)
  const vouching = batch.activated.get(id) ?? {
    attesterIndex: requireAttester(batch, lower(binding.attester), origin),
    vouchedAt: BigInt(args.startedAt),
  }
  batch.bindings.set(id, { funding: binding.funding, partyId: lower(binding.partyId) })
  batch.facts.binding.push({
    ...origin,
    binding_id: id,
    device_id: lower(binding.deviceId),
    party_id: lower(binding.partyId),
    attester: lower(binding.attester),
    valid_from: BigInt(binding.validFrom),
    valid_until: BigInt(binding.validUntil),
    funder: lower(binding.funder),
    funding: binding.funding,
    token: lower(binding.token),
    max_per_payment: binding.maxPerPayment,
    max_per_period: binding.maxPerPeriod,
    period_seconds: BigInt(binding.periodSeconds),
    approvers: lower(binding.approvers),
    billing_ref: lower(binding.billingRef),
    freshness_tip: lower(binding.freshnessTip),
    previous: lower(binding.previous),
    started_at: BigInt(args.startedAt),
    device_signer: lower(args.deviceSigner),
    attester_index: vouching.attesterIndex,
    vouched_at: vouching.vouchedAt,
  })
}

type MovedEvent = EventOf<'BindingSuspended' | 'BindingResumed'>
type EndedEvent = EventOf<'BindingReleased' | 'BindingRevoked' | 'BindingRenewed' | 'BindingRebound' | 'BindingRotated'>

export function bindingMoved(batch: Batch, { origin, args }: MovedEvent, kind: 'SUSPENDED' | 'RESUMED'): void {
  const { id } = requireBinding(batch, lower(args.bindingId), origin)
  const { sequence } = args
  batch.facts.binding_change.push({ ...origin, kind, binding_id: id, sequence, ends_at: null, successor: null })
}

type EndKind = 'RELEASED' | 'REVOKED' | 'RENEWED' | 'REBOUND' | 'ROTATED'

export function bindingEnded(batch: Batch, { origin, args }: EndedEvent, kind: EndKind): void {
  const { id } = requireBinding(batch, lower(args.bindingId), origin)
  const successor = 'successor' in args ? lower(args.successor) : null
  const ends_at = BigInt(args.endsAt)
  batch.facts.binding_change.push({ ...origin, kind, binding_id: id, sequence: null, ends_at, successor })
}
