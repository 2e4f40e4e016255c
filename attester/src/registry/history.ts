import type { Binding, RegistryEvent } from '@musubi/sdk'
import type { Hex } from 'viem'

/** How a message ended a binding; time and a mark on the attester end it too, and are no messages. */
export type Ending = 'RELEASED' | 'REVOKED' | 'RENEWED' | 'REBOUND' | 'ROTATED'

/** One binding's life, as the registry has told it. */
export type Life = {
  readonly bindingId: Hex
  readonly binding: Binding.Binding
  readonly deviceSigner: Hex
  readonly startedAt: number
  /** Since when a mark on the attester counts: a leaf was vouched for when its fleet was enrolled. */
  readonly vouchedAt: number
  readonly attesterIndex: number
  readonly startBlock: bigint
  /** `validUntil`, or the earlier end. */
  readonly endsAt: number
  readonly endedBy: Ending | undefined
  readonly isSuspended: boolean
  readonly successor: Hex | undefined
}

/** A mark on an attester: its key was in wrong hands from `since` on. */
export type Mark = { readonly since: number; readonly markedAt: number }

/** All that the registry has said, folded into what stands. */
export type History = {
  readonly lives: ReadonlyMap<Hex, Life>
  /** The newest index of each attester that was ever accredited. */
  readonly indexes: ReadonlyMap<string, number>
  /** By the attester's index. */
  readonly marks: ReadonlyMap<number, Mark>
  /** Of each enrolment: the index that its attester had, and when it was recorded. */
  readonly enrolments: ReadonlyMap<Hex, { readonly index: number; readonly at: number }>
  /** Indexes of leaves that were revoked, by enrolment. */
  readonly revokedLeaves: ReadonlyMap<Hex, ReadonlySet<number>>
}

type Folding = {
  readonly lives: Map<Hex, Life>
  readonly marks: Map<number, Mark>
  readonly revokedLeaves: Map<Hex, Set<number>>
  readonly indexes: Map<string, number>
  readonly enrolments: Map<Hex, { readonly index: number; readonly at: number }>
  /** Leaves whose `BindingStarted` is still to come: it follows in the same transaction. */
  readonly activations: Map<Hex, Hex>
}

/** Folds the registry's events, in their order. `timeOf` gives the seconds of a block. */
export async function fold(events: AsyncIterable<RegistryEvent>, timeOf: TimeOf): Promise<History> {
  const folding: Folding = {
    ...{ lives: new Map(), marks: new Map(), revokedLeaves: new Map() },
    ...{ indexes: new Map(), enrolments: new Map(), activations: new Map() },
  }
  for await (const event of events) await take(folding, event, timeOf)
  return folding
}

export type TimeOf = (blockNumber: bigint) => Promise<number>

async function take(folding: Folding, event: RegistryEvent, timeOf: TimeOf): Promise<void> {
  const { lives, marks, revokedLeaves, indexes, enrolments, activations } = folding
  switch (event.eventName) {
    case 'AttesterAccredited':
      indexes.set(event.args.attester, event.args.index)
      return
    case 'AttesterCompromised':
      marks.set(event.args.index, { since: event.args.since, markedAt: event.args.markedAt })
      return
    case 'Enrolled': {
      const { enrolmentId, attester } = event.args
      enrolments.set(enrolmentId, { index: indexes.get(attester) ?? 0, at: await timeOf(event.blockNumber) })
      return
    }
    case 'LeafActivated':
      activations.set(event.args.bindingId, event.args.enrolmentId)
      return
    case 'LeavesRevoked': {
      const revoked = revokedLeaves.get(event.args.enrolmentId) ?? new Set()
      for (const index of event.args.indexes) revoked.add(index)
      revokedLeaves.set(event.args.enrolmentId, revoked)
      return
    }
    case 'BindingStarted':
      start(folding, event)
      return
    default:
      change(lives, event)
  }
}

type Started = Extract<RegistryEvent, { eventName: 'BindingStarted' }>

function start({ lives, indexes, enrolments, activations }: Folding, { args, blockNumber }: Started): void {
  const { bindingId, startedAt, deviceSigner } = args
  const binding = args.binding as Binding.Binding
  const enrolmentId = activations.get(bindingId)
  const enrolment = enrolmentId === undefined ? undefined : enrolments.get(enrolmentId)
  lives.set(bindingId, {
    ...{ bindingId, binding, deviceSigner, startedAt, vouchedAt: enrolment?.at ?? startedAt },
    attesterIndex: enrolment?.index ?? indexes.get(binding.attester) ?? 0,
    ...{ startBlock: blockNumber, endsAt: binding.validUntil, endedBy: undefined },
    ...{ isSuspended: false, successor: undefined },
  })
}

function change(lives: Map<Hex, Life>, event: RegistryEvent): void {
  switch (event.eventName) {
    case 'BindingSuspended':
      update(lives, event.args.bindingId, { isSuspended: true })
      return
    case 'BindingResumed':
      update(lives, event.args.bindingId, { isSuspended: false })
      return
    case 'BindingReleased':
      update(lives, event.args.bindingId, { endsAt: event.args.endsAt, endedBy: 'RELEASED' })
      return
    case 'BindingRevoked':
      update(lives, event.args.bindingId, { endsAt: event.args.endsAt, endedBy: 'REVOKED' })
      return
    case 'BindingRenewed':
      succeed(lives, event.args, 'RENEWED')
      return
    case 'BindingRebound':
      succeed(lives, event.args, 'REBOUND')
      return
    case 'BindingRotated':
      succeed(lives, event.args, 'ROTATED')
      return
    default:
      // Announcements, vetoes, verifiers, escrows, snapshots: they change no binding.
      return
  }
}

type Succession = { readonly bindingId: Hex; readonly successor: Hex; readonly endsAt: number }

function succeed(lives: Map<Hex, Life>, { bindingId, successor, endsAt }: Succession, endedBy: Ending): void {
  update(lives, bindingId, { endsAt, endedBy, successor })
}

function update(lives: Map<Hex, Life>, bindingId: Hex, news: Partial<Life>): void {
  const life = lives.get(bindingId)
  if (life !== undefined) lives.set(bindingId, { ...life, ...news })
}
