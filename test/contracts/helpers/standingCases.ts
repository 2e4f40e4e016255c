/**
 * Cases that every message about a running binding must pass, whoever signs it:
 *
 * given the deadline has passed ... it reverts with Expired
 * given the deadline is this second ... it is in time
 * given the binding is not recorded ... it reverts with WrongStatus
 * given the binding is released ... it reverts with WrongStatus
 * given the binding is revoked ... it reverts with WrongStatus
 * given the binding is renewed ... it reverts with WrongStatus
 * given the binding expires this second ... it reverts with WrongStatus
 * given the binding expires in a second ... it is in time
 * given the message names a lower sequence ... it reverts with WrongSequence
 * given the message names a higher sequence ... it reverts with WrongSequence
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, makeBinding, renew, soon } from './bindings.ts'
import { release, revoke } from './standing.ts'
import type { Bound, Naming } from './standing.ts'
import { DAY, deployWorld, networkHelpers } from './world.ts'
import type { World } from './world.ts'

export type StandingCall = {
  /** Brings an active binding of sequence `0` to where the message is due. */
  readonly prepare: (world: World, bound: Bound) => Promise<unknown>
  /** What the message must name after {@link prepare}; at least 1, so that a lower one exists. */
  readonly sequence: number
  readonly send: (world: World, bound: Bound, naming: Naming) => Promise<unknown>
  readonly event: string
}

export function describeStandingCall(call: StandingCall): void {
  it('given the deadline has passed ... it reverts with Expired', async () => {
    const { world, bound } = await arrange(call)
    const deadline = await soon()
    await networkHelpers.time.setNextBlockTimestamp(deadline + 1)
    await expect(call.send(world, bound, { sequence: call.sequence, deadline }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_Expired')
      .withArgs(deadline, deadline + 1)
  })

  it('given the deadline is this second ... it is in time', async () => {
    const { world, bound } = await arrange(call)
    const deadline = await soon()
    await networkHelpers.time.setNextBlockTimestamp(deadline)
    await expect(call.send(world, bound, { sequence: call.sequence, deadline })).to.emit(world.registry, call.event)
  })

  it('given the binding is not recorded ... it reverts with WrongStatus', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const binding = await makeBinding(world, world.car, world.party)
    await refusesStatus(call, world, { binding, bindingId: bindingIdOf(binding) }, BindingStatus.NONE)
  })

  it('given the binding is released ... it reverts with WrongStatus', async () => {
    const { world, bound } = await arrange(call)
    await release(world, bound, { sequence: call.sequence })
    await refusesStatus(call, world, bound, BindingStatus.RELEASED)
  })

  it('given the binding is revoked ... it reverts with WrongStatus', async () => {
    const { world, bound } = await arrange(call)
    await revoke(world, bound, { sequence: call.sequence })
    await refusesStatus(call, world, bound, BindingStatus.REVOKED)
  })

  it('given the binding is renewed ... it reverts with WrongStatus', async () => {
    const { world, bound } = await arrange(call)
    await renew(world, world.car, world.party, bound.binding)
    await refusesStatus(call, world, bound, BindingStatus.RENEWED)
  })

  it('given the binding expires this second ... it reverts with WrongStatus', async () => {
    const { world, bound } = await arrange(call)
    await networkHelpers.time.setNextBlockTimestamp(bound.binding.validUntil)
    await refusesStatus(call, world, bound, BindingStatus.EXPIRED)
  })

  it('given the binding expires in a second ... it is in time', async () => {
    const { world, bound } = await arrange(call)
    const deadline = Number(bound.binding.validUntil) + DAY
    await networkHelpers.time.setNextBlockTimestamp(Number(bound.binding.validUntil) - 1)
    await expect(call.send(world, bound, { sequence: call.sequence, deadline })).to.emit(world.registry, call.event)
  })

  it('given the message names a lower sequence ... it reverts with WrongSequence', async () => {
    const { world, bound } = await arrange(call)
    await refusesSequence(call, world, bound, call.sequence - 1)
  })

  it('given the message names a higher sequence ... it reverts with WrongSequence', async () => {
    const { world, bound } = await arrange(call)
    await refusesSequence(call, world, bound, call.sequence + 1)
  })
}

async function arrange(call: StandingCall) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const bound = await bind(world, world.car, world.party)
  await call.prepare(world, bound)
  return { world, bound }
}

async function refusesStatus(call: StandingCall, world: World, bound: Bound, status: BindingStatus) {
  const deadline = Number(bound.binding.validUntil) + DAY
  await expect(call.send(world, bound, { sequence: call.sequence, deadline }))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
    .withArgs(bound.bindingId, status, BindingStatus.ACTIVE)
}

async function refusesSequence(call: StandingCall, world: World, bound: Bound, sequence: number) {
  await expect(call.send(world, bound, { sequence }))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSequence')
    .withArgs(bound.bindingId, sequence, call.sequence)
}
