/**
 * renew, what a message has stopped
 * |-- given the head is suspended
 * |   |-- it ends the head, and starts suspended
 * |   |-- it emits BindingSuspended for the new binding
 * |   |-- when both resume it ... it is active
 * |   `-- when the head's own resume is relayed ... it reverts with WrongStatus
 * |-- given the head was suspended and resumed ... it starts active
 * |-- given the head was suspended when it expired ... it starts suspended, and leaves the head's record
 * |-- given the head is released ... it starts suspended, and leaves the head's record
 * |-- given the head is revoked ... it starts suspended, and leaves the head's record
 * `-- given the head itself started suspended ... it starts suspended
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, renew, signBinding } from '../helpers/bindings.ts'
import { release, resume, revoke, suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('renew, what a message has stopped', () => {
  describe('given the head is suspended', () => {
    it('it ends the head, and starts suspended', async () => {
      const { world, head } = await suspendedWorld()
      const renewed = await renew(world, world.car, world.party, head.binding)
      expect(await world.registry.check(head.binding)).to.equal(BindingStatus.RENEWED)
      expect(await world.registry.check(renewed.binding)).to.equal(BindingStatus.SUSPENDED)
    })

    it('it emits BindingSuspended for the new binding', async () => {
      const { world, head } = await suspendedWorld()
      const { binding, send } = await signed(world, head)
      await expect(send()).to.emit(world.registry, 'BindingSuspended').withArgs(bindingIdOf(binding), 0)
    })

    it('when both resume it ... it is active', async () => {
      const { world, head } = await suspendedWorld()
      const renewed = await renew(world, world.car, world.party, head.binding)
      await resume(world, renewed, { sequence: 0 })
      expect(await world.registry.check(renewed.binding)).to.equal(BindingStatus.ACTIVE)
    })

    it("when the head's own resume is relayed ... it reverts with WrongStatus", async () => {
      const { world, head } = await suspendedWorld()
      await renew(world, world.car, world.party, head.binding)
      await expect(resume(world, head, { sequence: 1 }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
        .withArgs(head.bindingId, BindingStatus.RENEWED, BindingStatus.ACTIVE)
    })
  })

  it('given the head was suspended and resumed ... it starts active', async () => {
    const { world, head } = await suspendedWorld()
    await resume(world, head, { sequence: 1 })
    const { binding, send } = await signed(world, head)
    await expect(send()).not.to.emit(world.registry, 'BindingSuspended')
    expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
  })

  it("given the head was suspended when it expired ... it starts suspended, and leaves the head's record", async () => {
    const { world, head } = await suspendedWorld()
    await networkHelpers.time.increaseTo(head.binding.validUntil)
    await expectStartsSuspended(world, head, BindingStatus.EXPIRED)
  })

  it("given the head is released ... it starts suspended, and leaves the head's record", async () => {
    const { world, head } = await boundWorld()
    await release(world, head, { sequence: 0 })
    await expectStartsSuspended(world, head, BindingStatus.RELEASED)
  })

  it("given the head is revoked ... it starts suspended, and leaves the head's record", async () => {
    const { world, head } = await boundWorld()
    await revoke(world, head, { sequence: 0 })
    await expectStartsSuspended(world, head, BindingStatus.REVOKED)
  })

  it('given the head itself started suspended ... it starts suspended', async () => {
    const { world, head } = await suspendedWorld()
    const renewed = await renew(world, world.car, world.party, head.binding)
    const again = await renew(world, world.car, world.party, renewed.binding)
    expect(await world.registry.check(again.binding)).to.equal(BindingStatus.SUSPENDED)
  })
})

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, head: await bind(world, world.car, world.party) }
}

async function suspendedWorld() {
  const { world, head } = await boundWorld()
  await suspendByAttester(world, head, { sequence: 0 })
  return { world, head }
}

async function signed(world: World, head: Bound) {
  const { registry, car, party } = world
  const validUntil = Number(head.binding.validUntil) + DAY
  const binding = { ...head.binding, previous: head.bindingId, validUntil }
  const signatures = await signBinding(world, binding, { device: car, party })
  const send = () => registry.renew(binding, head.binding, signatures, car.signer, party.signer)
  return { binding, send }
}

async function expectStartsSuspended(world: World, head: Bound, ended: BindingStatus) {
  const before = (await world.registry.recordOf(head.bindingId)).toObject()
  const { binding, send } = await signed(world, head)
  await expect(send()).not.to.emit(world.registry, 'BindingRenewed')
  expect((await world.registry.recordOf(head.bindingId)).toObject()).to.deep.equal(before)
  expect(await world.registry.check(head.binding)).to.equal(ended)
  expect(await world.registry.check(binding)).to.equal(BindingStatus.SUSPENDED)
}
