/**
 * markCompromised
 * |-- given the caller has no role ... it reverts with AccessManagedUnauthorized
 * |-- given the caller's role covers retiring alone ... it reverts with AccessManagedUnauthorized
 * |-- given no attester has the index ... it reverts with UnknownAttester
 * |-- given the attester is marked ... it reverts with CompromisedAttester
 * |-- given the time is in the future ... it reverts with FutureTime
 * |-- given a number with bits above its type ... it reverts
 * |-- given the admin gave another account the role for it ... it marks on that account's word
 * `-- given the attester is accredited
 *     |-- it remembers since when, and when that was said
 *     |-- it forgets the attester's index
 *     |-- it emits AttesterCompromised
 *     |-- when the time is this second ... it marks
 *     |-- when the time is zero ... it marks
 *     |-- when it is retired ... it marks the index that it had
 *     |-- when it was retired and accredited again ... it marks the old index, and the new one stays
 *     |-- when it was retired and accredited again, and both are marked ... nothing is left to it
 *     |-- when it is accredited after the mark ... it gets a new index, and the old one stays marked
 *     |-- when it is accredited after the mark, and vouches ... what it vouches for stands
 *     `-- when another attester is marked as well ... both marks stand
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { FIRST, mark, withAnotherAttester } from '../helpers/attesters.ts'
import { bind } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { giveRole } from '../helpers/roles.ts'
import { revoke } from '../helpers/standing.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('markCompromised', () => {
  it('given the caller has no role ... it reverts with AccessManagedUnauthorized', async () => {
    const { registry, stranger } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.connect(stranger).markCompromised(FIRST, 0))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it("given the caller's role covers retiring alone ... it reverts with AccessManagedUnauthorized", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, stranger } = world
    await giveRole(world, stranger.address, 'retire')
    await expect(registry.connect(stranger).markCompromised(FIRST, 0))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it('given no attester has the index ... it reverts with UnknownAttester', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    for (const index of [0, 2, 2 ** 24 - 1]) {
      await expectReverts(world, world.registry.markCompromised(index, 0), 'UnknownAttester', [index])
    }
  })

  it('given the attester is marked ... it reverts with CompromisedAttester', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await mark(world, FIRST)
    await expectReverts(world, mark(world, FIRST), 'CompromisedAttester', [world.attester.address, FIRST])
  })

  it('given the time is in the future ... it reverts with FutureTime', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const now = (await networkHelpers.time.latest()) + 10
    for (const since of [now + 1, 2 ** 40 - 1]) {
      await networkHelpers.time.setNextBlockTimestamp(now)
      await expectReverts(world, mark(world, FIRST, since), 'FutureTime', [since, now])
    }
  })

  it('given a number with bits above its type ... it reverts', async () => {
    const { admin, registry } = await networkHelpers.loadFixture(deployWorld)
    const call = registry.interface.encodeFunctionData('markCompromised', [FIRST, 1])
    await expectDirtyWordsRefused(registry, admin, call, [0, 1])
  })

  it("given the admin gave another account the role for it ... it marks on that account's word", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, stranger } = world
    await giveRole(world, stranger.address, 'markCompromised')
    await mark({ ...world, registry: registry.connect(stranger) }, FIRST)
    expect((await registry.attesterOf(FIRST)).markedAt).not.to.equal(0)
  })

  describe('given the attester is accredited', () => {
    it('it remembers since when, and when that was said', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const since = (await networkHelpers.time.latest()) - 100
      const markedAt = await mark(world, FIRST, since)
      expect((await world.registry.attesterOf(FIRST)).toObject()).to.deep.equal({
        account: world.attester.address,
        compromisedSince: BigInt(since),
        markedAt: BigInt(markedAt),
      })
    })

    it("it forgets the attester's index", async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      await mark(world, FIRST)
      expect(await world.registry.attesterIndexOf(world.attester.address)).to.equal(0)
    })

    it('it emits AttesterCompromised', async () => {
      const { registry, attester } = await networkHelpers.loadFixture(deployWorld)
      const now = (await networkHelpers.time.latest()) + 10
      await networkHelpers.time.setNextBlockTimestamp(now)
      await expect(registry.markCompromised(FIRST, now - 100))
        .to.emit(registry, 'AttesterCompromised')
        .withArgs(attester.address, FIRST, now - 100, now)
    })

    it('when the time is this second ... it marks', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const now = (await networkHelpers.time.latest()) + 10
      await networkHelpers.time.setNextBlockTimestamp(now)
      expect(await mark(world, FIRST, now)).to.equal(now)
    })

    it('when the time is zero ... it marks', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { binding } = await bind(world, world.car, world.party)
      await mark(world, FIRST, 0)
      expect(await world.registry.check(binding)).to.equal(BindingStatus.COMPROMISED)
    })

    it('when it is retired ... it marks the index that it had', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      await world.registry.retire(world.attester.address)
      const markedAt = await mark(world, FIRST)
      expect((await world.registry.attesterOf(FIRST)).markedAt).to.equal(markedAt)
    })

    it('when it was retired and accredited again ... it marks the old index, and the new one stays', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      await accreditAgain(world)
      await mark(world, FIRST)
      expect(await world.registry.attesterIndexOf(world.attester.address)).to.equal(2)
      expect((await world.registry.attesterOf(2)).markedAt).to.equal(0)
    })

    it('when it was retired and accredited again, and both are marked ... nothing is left to it', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      await accreditAgain(world)
      await mark(world, FIRST)
      await mark(world, 2)
      expect(await world.registry.attesterIndexOf(world.attester.address)).to.equal(0)
      const { address } = world.attester
      await expectReverts(world, bind(world, world.car, world.party), 'NotAccredited', [address])
    })

    it('when it is accredited after the mark ... it gets a new index, and the old one stays marked', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { registry, attester } = world
      const { binding } = await bind(world, world.car, world.party)
      const markedAt = await mark(world, FIRST, 0)
      await registry.accredit(attester.address)
      expect(await registry.attesterIndexOf(attester.address)).to.equal(2)
      expect((await registry.attesterOf(FIRST)).markedAt).to.equal(markedAt)
      expect(await registry.check(binding)).to.equal(BindingStatus.COMPROMISED)
    })

    it('when it is accredited after the mark, and vouches ... what it vouches for stands', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      await mark(world, FIRST, 0)
      await world.registry.accredit(world.attester.address)
      const { binding, bindingId } = await bind(world, world.car, world.party)
      expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
      await revoke(world, { binding, bindingId }, { sequence: 0 })
      expect(await world.registry.check(binding)).to.equal(BindingStatus.REVOKED)
    })

    it('when another attester is marked as well ... both marks stand', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const other = await withAnotherAttester(world)
      const first = await bind(world, world.car, world.party)
      const second = await bind(other, world.charger, world.operator)
      await mark(world, FIRST, 0)
      expect(await world.registry.check(second.binding)).to.equal(BindingStatus.ACTIVE)
      await mark(world, 2, 0)
      for (const { binding } of [first, second]) {
        expect(await world.registry.check(binding)).to.equal(BindingStatus.COMPROMISED)
      }
    })
  })
})

async function accreditAgain({ registry, attester }: World) {
  await registry.retire(attester.address)
  await registry.accredit(attester.address)
}
