/**
 * Cases that every call which puts another device key in a running binding's place must pass:
 *
 * given the binding names another previous one ... it reverts with WrongPrevious
 * given the binding names no previous one ... it reverts with WrongPrevious
 * given the new device key is bound ... it reverts with WrongPrevious
 * given the new device key is the old one ... it reverts with WrongPrevious
 * given the head is not recorded ... it reverts with WrongStatus
 * given the head is altered ... it reverts with WrongStatus
 * given the head is released ... it reverts with WrongStatus
 * given the head is revoked ... it reverts with WrongStatus
 * given the head is renewed ... it reverts with WrongStatus
 * given the head is rebound ... it reverts with WrongStatus
 * given the head is rotated ... it reverts with WrongStatus
 * given the head expires this second ... it reverts with WrongStatus
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, makeBinding, renew } from './bindings.ts'
import { secp256k1Device } from './devices.ts'
import type { Device } from './devices.ts'
import { release, revoke } from './standing.ts'
import type { Bound } from './standing.ts'
import { rebind, rotateKey } from './succession.ts'
import type { Succession } from './succession.ts'
import { ZERO_HASH, deployWorld, networkHelpers } from './world.ts'
import type { World } from './world.ts'

/** Makes the call for the head that is bound to the car and the party; in time until long after the head expired. */
export type Succeed = (world: World, head: Bound, succession?: Succession) => Promise<unknown>

export function describeSuccessionCases(succeed: Succeed): void {
  describePrevious(succeed)
  describeHeadStatus(succeed)
}

function describePrevious(succeed: Succeed): void {
  for (const [title, previous] of [
    ['another previous one', id('another')],
    ['no previous one', ZERO_HASH],
  ] as const) {
    it(`given the binding names ${title} ... it reverts with WrongPrevious`, async () => {
      const { world, head } = await boundWorld()
      await expect(succeed(world, head, { overrides: { previous } }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
        .withArgs(previous, head.bindingId)
    })
  }

  it('given the new device key is bound ... it reverts with WrongPrevious', async () => {
    const { world, head } = await boundWorld()
    const other = await bind(world, world.charger, world.operator)
    await expect(succeed(world, head, { device: world.charger }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(head.bindingId, other.bindingId)
  })

  it('given the new device key is the old one ... it reverts with WrongPrevious', async () => {
    const { world, head } = await boundWorld()
    await expect(succeed(world, head, { device: world.car }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(head.bindingId, head.bindingId)
  })
}

function describeHeadStatus(succeed: Succeed): void {
  it('given the head is not recorded ... it reverts with WrongStatus', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const binding = await makeBinding(world, world.car, world.party)
    await refuses(succeed, world, { binding, bindingId: bindingIdOf(binding) }, BindingStatus.NONE)
  })

  it('given the head is altered ... it reverts with WrongStatus', async () => {
    const { world, head } = await boundWorld()
    const binding = { ...head.binding, maxPerPeriod: head.binding.maxPerPeriod - 1n }
    await refuses(succeed, world, { binding, bindingId: bindingIdOf(binding) }, BindingStatus.NONE)
  })

  const another = secp256k1Device('a key that came earlier')
  const endings: readonly [string, BindingStatus, (world: World, head: Bound) => Promise<unknown>][] = [
    ['released', BindingStatus.RELEASED, (world, head) => release(world, head, { sequence: 0 })],
    ['revoked', BindingStatus.REVOKED, (world, head) => revoke(world, head, { sequence: 0 })],
    ['renewed', BindingStatus.RENEWED, (world, head) => renew(world, world.car, world.party, head.binding)],
    ['rebound', BindingStatus.REBOUND, (world, head) => rebind(world, head, { device: another })],
    ['rotated', BindingStatus.ROTATED, (world, head) => rotateKey(world, head, { device: another })],
  ]
  for (const [title, status, end] of endings) {
    it(`given the head is ${title} ... it reverts with WrongStatus`, async () => {
      const { world, head } = await boundWorld()
      await end(world, head)
      await refuses(succeed, world, head, status)
    })
  }

  it('given the head expires this second ... it reverts with WrongStatus', async () => {
    const { world, head } = await boundWorld()
    await networkHelpers.time.setNextBlockTimestamp(head.binding.validUntil)
    await refuses(succeed, world, head, BindingStatus.EXPIRED)
  })
}

/** How a head's place is taken in the second `at`, by which device's binding, and the event that ends the head. */
export type Taking = {
  readonly head: Bound
  readonly successor: Bound
  readonly device: Device
  readonly ending: 'BindingRenewed' | 'BindingRebound' | 'BindingRotated'
  readonly at: number
  readonly send: () => Promise<unknown>
}

/** Expects the two events that every successor brings: its own start, and the head's end, in one second. */
export async function expectTaken({ registry }: World, taking: Taking): Promise<void> {
  const { head, successor, device, ending, at, send } = taking
  const { binding, bindingId } = successor
  await networkHelpers.time.setNextBlockTimestamp(at)
  const sent = send()
  await expect(sent)
    .to.emit(registry, 'BindingStarted')
    .withArgs(bindingId, device.id, binding.partyId, Object.values(binding), at, device.signer.toLowerCase())
    .and.to.emit(registry, ending)
    .withArgs(head.bindingId, bindingId, at)
  await expect(sent).not.to.emit(registry, 'BindingSuspended')
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, head: await bind(world, world.car, world.party) }
}

async function refuses(succeed: Succeed, world: World, head: Bound, status: BindingStatus) {
  await expect(succeed(world, head))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
    .withArgs(head.bindingId, status, BindingStatus.ACTIVE)
}
