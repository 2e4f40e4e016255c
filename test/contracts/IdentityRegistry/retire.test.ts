/**
 * retire
 * |-- given the caller has no role ... it reverts with AccessManagedUnauthorized
 * |-- given the caller's role covers accrediting alone ... it reverts with AccessManagedUnauthorized
 * |-- given the attester was never accredited ... it reverts with NotAccredited
 * |-- given the attester is retired already ... it reverts with NotAccredited
 * |-- given the admin gave another account the role for it ... it retires on that account's word
 * `-- given the attester is accredited
 *     |-- it forgets the attester's index
 *     |-- it keeps the attester of the index
 *     |-- it emits AttesterRetired
 *     |-- when the attester vouched for a binding ... the binding stands
 *     |-- when the attester suspends what it vouched for ... it suspends
 *     |-- when the attester revokes what it vouched for ... it revokes
 *     |-- when the attester signs a new binding ... bind reverts with NotAccredited
 *     |-- when it is accredited again ... it takes back nothing of the old index
 *     `-- when it is accredited again ... it suspends and revokes under both indexes
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import {
  bind,
  makeBinding,
  revokeMessage,
  signAsAccount,
  signBinding,
  soon,
  suspendMessage,
} from '../helpers/bindings.ts'
import { giveRole } from '../helpers/roles.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('retire', () => {
  it('given the caller has no role ... it reverts with AccessManagedUnauthorized', async () => {
    const { registry, attester, stranger } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.connect(stranger).retire(attester.address))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it("given the caller's role covers accrediting alone ... it reverts with AccessManagedUnauthorized", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, attester, stranger } = world
    await giveRole(world, stranger.address, 'accredit')
    await expect(registry.connect(stranger).retire(attester.address))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it('given the attester was never accredited ... it reverts with NotAccredited', async () => {
    const { registry, stranger } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.retire(stranger.address))
      .to.be.revertedWithCustomError(registry, 'IdentityRegistry_NotAccredited')
      .withArgs(stranger.address)
  })

  it('given the attester is retired already ... it reverts with NotAccredited', async () => {
    const { registry, attester } = await networkHelpers.loadFixture(deployWorld)
    await registry.retire(attester.address)
    await expect(registry.retire(attester.address))
      .to.be.revertedWithCustomError(registry, 'IdentityRegistry_NotAccredited')
      .withArgs(attester.address)
  })

  it("given the admin gave another account the role for it ... it retires on that account's word", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, attester, stranger } = world
    await giveRole(world, stranger.address, 'retire')
    await registry.connect(stranger).retire(attester.address)
    expect(await registry.attesterIndexOf(attester.address)).to.equal(0)
  })

  describe('given the attester is accredited', () => {
    it("it forgets the attester's index", async () => {
      const { registry, attester } = await networkHelpers.loadFixture(deployWorld)
      await registry.retire(attester.address)
      expect(await registry.attesterIndexOf(attester.address)).to.equal(0)
    })

    it('it keeps the attester of the index', async () => {
      const { registry, attester } = await networkHelpers.loadFixture(deployWorld)
      await registry.retire(attester.address)
      expect((await registry.attesterOf(1)).account).to.equal(attester.address)
    })

    it('it emits AttesterRetired', async () => {
      const { registry, attester } = await networkHelpers.loadFixture(deployWorld)
      await expect(registry.retire(attester.address)).to.emit(registry, 'AttesterRetired').withArgs(attester.address, 1)
    })

    it('when the attester vouched for a binding ... the binding stands', async () => {
      const { registry, binding, bindingId } = await retireAfterBinding()
      expect(await registry.check(binding)).to.equal(BindingStatus.ACTIVE)
      expect((await registry.recordOf(bindingId)).attesterIndex).to.equal(1)
    })

    it('when the attester suspends what it vouched for ... it suspends', async () => {
      const world = await retireAfterBinding()
      await suspend(world, 0)
      expect(await world.registry.check(world.binding)).to.equal(BindingStatus.SUSPENDED)
    })

    it('when the attester revokes what it vouched for ... it revokes', async () => {
      const world = await retireAfterBinding()
      await revoke(world, 0)
      expect(await world.registry.check(world.binding)).to.equal(BindingStatus.REVOKED)
    })

    it('when the attester signs a new binding ... bind reverts with NotAccredited', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { attester, registry, car, party } = world
      const binding = await makeBinding(world, car, party)
      const signatures = await signBinding(world, binding, { device: car, party })
      await registry.retire(attester.address)
      await expect(registry.bind(binding, signatures, car.signer, party.signer))
        .to.be.revertedWithCustomError(registry, 'IdentityRegistry_NotAccredited')
        .withArgs(attester.address)
    })

    it('when it is accredited again ... it takes back nothing of the old index', async () => {
      const { registry, attester, bindingId } = await retireAfterBinding()
      await registry.accredit(attester.address)
      expect((await registry.recordOf(bindingId)).attesterIndex).to.equal(1)
    })

    it('when it is accredited again ... it suspends and revokes under both indexes', async () => {
      const world = await retireAfterBinding()
      await world.registry.accredit(world.attester.address)
      const another = await bind(world, world.charger, world.party)
      for (const bound of [world, another]) {
        await suspend({ ...world, ...bound }, 0)
        await revoke({ ...world, ...bound }, 1)
        expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.REVOKED)
      }
      expect((await world.registry.recordOf(another.bindingId)).attesterIndex).to.equal(2)
    })
  })
})

type Bound = World & { bindingId: string }

async function retireAfterBinding() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const bound = await bind(world, world.car, world.party)
  await world.registry.retire(world.attester.address)
  return { ...world, ...bound }
}

async function suspend(world: Bound, sequence: number) {
  const message = await suspendMessage(world, { bindingId: world.bindingId, sequence, deadline: await soon() })
  await world.registry.suspendByAttester(message.value, signAsAccount(world.attester, message))
}

async function revoke(world: Bound, sequence: number) {
  const message = await revokeMessage(world, { bindingId: world.bindingId, sequence, deadline: await soon() })
  await world.registry.revoke(message.value, signAsAccount(world.attester, message))
}
