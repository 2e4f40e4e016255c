/**
 * activateRenewal, of a head that is not active
 * |-- given the head is suspended ... it starts suspended, and both resume it
 * |-- given the head is released or revoked ... it starts suspended, and leaves the head's record
 * |-- given the head is expired ... it starts active, and leaves the head's record
 * |-- given the head's attester is compromised ... it starts active under its own
 * |-- given the head was a leaf of another fleet ... it is renewed
 * `-- given the head is renewed otherwise ... its leaf is dead
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { renew } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { activate, activateRenewal, enrolFleet, fleetCar, fleetOver } from '../helpers/fleets.ts'
import type { Leaf } from '../helpers/fleets.ts'
import { enrol } from '../helpers/leaves.ts'
import { renewalWorld } from '../helpers/renewals.ts'
import { release, resume, revoke, suspendByAttester } from '../helpers/standing.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('activateRenewal, of a head that is not active', () => {
  it('given the head is suspended ... it starts suspended, and both resume it', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await suspendByAttester(world, head, { sequence: 0 })
    await expect(activateRenewal(world, fleet, leaf, head.binding))
      .to.emit(world.registry, 'BindingSuspended')
      .withArgs(leaf.bindingId, 0)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.RENEWED)
    expect(await world.registry.check(leaf.binding)).to.equal(BindingStatus.SUSPENDED)
    await resume(world, leaf, { sequence: 0 })
    expect(await world.registry.check(leaf.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it("given the head is released or revoked ... it starts suspended, and leaves the head's record", async () => {
    for (const end of [release, revoke]) {
      const { world, head, fleet, leaf } = await renewalWorld()
      await end(world, head, { sequence: 0 })
      const before = await recordOf(world, head)
      await activateRenewal(world, fleet, leaf, head.binding)
      expect(await recordOf(world, head)).to.deep.equal(before)
      expect(await world.registry.check(leaf.binding)).to.equal(BindingStatus.SUSPENDED)
    }
  })

  it("given the head is expired ... it starts active, and leaves the head's record", async () => {
    const { world, head, fleet, leaf } = await renewalWorld({ validUntil: (await latest()) + 900 * DAY })
    await networkHelpers.time.increaseTo(head.binding.validUntil)
    const before = await recordOf(world, head)
    await activateRenewal(world, fleet, leaf, head.binding)
    expect(await recordOf(world, head)).to.deep.equal(before)
    expect(await world.registry.check(leaf.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it("given the head's attester is compromised ... it starts active under its own", async () => {
    const { world, head, leaf } = await renewalWorld()
    const other = secp256k1Device('another attester')
    await world.registry.accredit(other.signer)
    const fleet = fleetOver([world.car], [{ ...leaf.binding, attester: other.signer }])
    await enrol({ ...world, attester: other.wallet, attesterDevice: other }, fleet.enrolment)
    await world.registry.markCompromised(1, 0)
    await activateRenewal(world, fleet, fleet.leaves[0]!, head.binding)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.COMPROMISED)
    expect(await world.registry.check(fleet.leaves[0]!.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('given the head was a leaf of another fleet ... it is renewed', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const first = await enrolFleet(world, 2)
    const [head] = first.leaves as [Leaf]
    await activate(world, first, head)
    const fleet = fleetOver([fleetCar(0)], [{ ...head.binding, previous: head.bindingId }])
    await enrol(world, fleet.enrolment)
    await activateRenewal(world, fleet, fleet.leaves[0]!, head.binding)
    expect(await world.registry.headOf(fleetCar(0).id)).to.equal(fleet.leaves[0]!.bindingId)
    expect(await world.registry.checkLeaf(first.enrolment, head.binding, 0, [...head.proof])).to.equal(
      BindingStatus.RENEWED,
    )
  })

  it('given the head is renewed otherwise ... its leaf is dead', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const other = await renew(world, world.car, world.party, head.binding)
    await expect(activateRenewal(world, fleet, leaf, other.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(head.bindingId, other.bindingId)
    expect(await world.registry.checkLeaf(fleet.enrolment, leaf.binding, 0, [])).to.equal(BindingStatus.NONE)
  })
})

async function recordOf(world: World, { bindingId }: { bindingId: string }) {
  return (await world.registry.recordOf(bindingId)).toObject()
}

/** The fixture's time, so that changes can be chosen before the case is arranged. */
async function latest(): Promise<number> {
  await networkHelpers.loadFixture(deployWorld)
  return networkHelpers.time.latest()
}
