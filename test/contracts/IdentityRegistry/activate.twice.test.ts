/**
 * activate, one device in many places
 * |-- when the binding stands twice in the tree ... one place alone is activated
 * |-- when it is two leaves of one fleet ... the first activation wins
 * |-- when it is two fleets ... the first activation wins
 * |-- when it is one binding in two fleets ... the first activation wins
 * |-- when it was bound by another party ... its leaf is dead
 * |-- when its binding has ended ... its leaf stays dead
 * `-- when its key was given up for another ... its leaf is dead
 */
import { expect } from 'chai'
import { bind, makeBinding, signBinding } from '../helpers/bindings.ts'
import { activate, enrolFleet, fleetOver } from '../helpers/fleets.ts'
import type { Fleet, Leaf } from '../helpers/fleets.ts'
import { enrol } from '../helpers/leaves.ts'
import { release } from '../helpers/standing.ts'
import { DAY, ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('activate, one device in many places', () => {
  it('when the binding stands twice in the tree ... one place alone is activated', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const binding = await makeBinding(world, world.car, world.party)
    const fleet = fleetOver([world.car, world.car], [binding, binding])
    await enrol(world, fleet.enrolment)
    const [first, second] = fleet.leaves as [Leaf, Leaf]
    await activate(world, fleet, second)
    await expectBound(world, fleet, first, second.bindingId)
    expect(await world.registry.isLeafUsed(fleet.enrolmentId, 0)).to.equal(false)
  })

  it('when it is two leaves of one fleet ... the first activation wins', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const first = await makeBinding(world, world.car, world.party)
    const fleet = fleetOver([world.car, world.car], [first, { ...first, maxPerPeriod: 2n * first.maxPerPeriod }])
    await enrol(world, fleet.enrolment)
    await activate(world, fleet, fleet.leaves[0]!)
    await expectBound(world, fleet, fleet.leaves[1]!, fleet.leaves[0]!.bindingId)
  })

  it('when it is two fleets ... the first activation wins', async () => {
    const { world, fleet, leaf } = await enrolledWorld(2)
    const binding = { ...leaf.binding, partyId: world.operator.id }
    const second = fleetOver([leaf.device], [binding])
    await enrol(world, second.enrolment, world.operator)
    await activate(world, second, second.leaves[0]!)
    await expectBound(world, fleet, leaf, second.leaves[0]!.bindingId)
  })

  it('when it is one binding in two fleets ... the first activation wins', async () => {
    const { world, fleet, leaf } = await enrolledWorld(2)
    const second = fleetOver([leaf.device], [leaf.binding])
    await enrol(world, second.enrolment)
    await activate(world, fleet, leaf)
    await expectBound(world, second, second.leaves[0]!, leaf.bindingId)
  })

  it('when it was bound by another party ... its leaf is dead', async () => {
    const { world, fleet, leaf } = await enrolledWorld(2)
    const { bindingId } = await bind(world, leaf.device, world.operator)
    await expectBound(world, fleet, leaf, bindingId)
  })

  it('when its binding has ended ... its leaf stays dead', async () => {
    const { world, fleet, leaf } = await enrolledWorld(2)
    const bound = await bind(world, leaf.device, world.party, { maxPerPeriod: leaf.binding.maxPerPeriod + 1n })
    await release(world, bound, { sequence: 0 })
    await networkHelpers.time.increase(DAY)
    await expectBound(world, fleet, leaf, bound.bindingId)
  })

  it('when its key was given up for another ... its leaf is dead', async () => {
    const { world, fleet, leaf } = await enrolledWorld(2)
    const head = await bind(world, leaf.device, world.party, { maxPerPeriod: leaf.binding.maxPerPeriod + 1n })
    const next = { ...head.binding, deviceId: world.car.id, previous: head.bindingId }
    const signatures = await signBinding(world, next, { device: world.car, party: world.party })
    await world.registry.rotateKey(next, head.binding, signatures, world.car.signer, world.party.signer)
    await expectBound(world, fleet, leaf, head.bindingId)
  })
})

async function enrolledWorld(count: number) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const fleet = await enrolFleet(world, count)
  return { world, fleet, leaf: fleet.leaves[0]! }
}

/** The device has this head already: the leaf is worth nothing. */
async function expectBound(world: World, fleet: Fleet, leaf: Leaf, headId: string) {
  await expect(activate(world, fleet, leaf))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
    .withArgs(ZERO_HASH, headId)
  expect(await world.registry.checkLeaf(fleet.enrolment, leaf.binding, leaf.index, [...leaf.proof])).to.equal(0n)
}
