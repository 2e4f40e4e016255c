/**
 * checkLeaf
 * |-- given the enrolment is not recorded ... it tells NONE
 * |-- given a binding, an index or a proof that is not the leaf's ... it tells NONE
 * |-- given the leaf was not activated
 * |   |-- it tells PENDING until the second it is valid, then ACTIVE, then EXPIRED
 * |   |-- when it is revoked ... it tells REVOKED
 * |   |-- when it is revoked and expired ... it tells REVOKED
 * |   |-- when the device was bound otherwise ... it tells NONE
 * |   |-- when it is revoked, and the device was bound otherwise ... it tells REVOKED
 * |   |-- when the attester is retired ... it tells ACTIVE
 * |   `-- it makes nobody answer
 * |-- given the leaf was activated
 * |   |-- it tells what check tells, whatever happens
 * |   `-- when the leaf is revoked ... it tells what check tells
 * |-- given a leaf that renews
 * |   |-- when its device is not bound ... it tells NONE
 * |   |-- when the head is what it renews ... it tells ACTIVE
 * |   |-- when the head has expired ... it tells ACTIVE
 * |   |-- when the head was suspended ... it tells SUSPENDED, as its activation would
 * |   |-- when the head was suspended before it starts ... it tells SUSPENDED
 * |   |-- when the head was released or revoked ... it tells SUSPENDED, as its activation would
 * |   |-- when the leaf has expired, and the head was suspended ... it tells EXPIRED
 * |   |-- when the head's attester is compromised ... it tells COMPROMISED
 * |   |-- when the device was renewed otherwise ... it tells NONE
 * |   `-- when the device's key was given up for another ... it tells NONE
 * isLeafUsed, enrolmentOf
 * |-- given the enrolment is not recorded ... no leaf is used, and all is zero
 * `-- given any other index than the revoked one ... it is not used
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, renew, signBinding } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import {
  activate,
  activateRenewal,
  checkLeaf,
  enrolFleet,
  fleetCar,
  fleetOver,
  makeFleet,
  revokeLeaves,
} from '../helpers/fleets.ts'
import type { Fleet, Leaf } from '../helpers/fleets.ts'
import { enrol } from '../helpers/leaves.ts'
import { release, resume, revoke, suspendByAttester } from '../helpers/standing.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('checkLeaf', () => {
  it('given the enrolment is not recorded ... it tells NONE', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const fleet = await makeFleet(world, [fleetCar(0), fleetCar(1)])
    expect(await checkLeaf(world, fleet, fleet.leaves[0]!)).to.equal(BindingStatus.NONE)
  })

  it("given a binding, an index or a proof that is not the leaf's ... it tells NONE", async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    const [, other] = fleet.leaves as [Leaf, Leaf]
    for (const changes of [{ binding: other.binding }, { index: 1 }, { proof: other.proof }]) {
      expect(await checkLeaf(world, fleet, leaf, changes)).to.equal(BindingStatus.NONE)
    }
  })

  describe('given the leaf was not activated', describeWaiting)
  describe('given the leaf was activated', describeActivated)
  describe('given a leaf that renews', describeRenewing)
})

function describeWaiting(): void {
  it('it tells PENDING until the second it is valid, then ACTIVE, then EXPIRED', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const fleet = await enrolFleet(world, 2, { binding: { validFrom, validUntil: validFrom + DAY } })
    const [leaf] = fleet.leaves as [Leaf]
    const expected = [
      [validFrom - 1, BindingStatus.PENDING],
      [validFrom, BindingStatus.ACTIVE],
      [validFrom + DAY - 1, BindingStatus.ACTIVE],
      [validFrom + DAY, BindingStatus.EXPIRED],
    ] as const
    for (const [time, status] of expected) {
      await networkHelpers.time.increaseTo(time)
      expect(await checkLeaf(world, fleet, leaf), `${time - validFrom}`).to.equal(status)
    }
  })

  it('when it is revoked ... it tells REVOKED', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await revokeLeaves(world, fleet.enrolmentId, [0])
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.REVOKED)
  })

  it('when it is revoked and expired ... it tells REVOKED', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await revokeLeaves(world, fleet.enrolmentId, [0])
    await networkHelpers.time.increaseTo(leaf.binding.validUntil)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.REVOKED)
  })

  it('when the device was bound otherwise ... it tells NONE', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await bind(world, leaf.device, world.operator)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.NONE)
  })

  it('when it is revoked, and the device was bound otherwise ... it tells REVOKED', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await bind(world, leaf.device, world.operator)
    await revokeLeaves(world, fleet.enrolmentId, [0])
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.REVOKED)
  })

  it('when the attester is retired ... it tells ACTIVE', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await world.registry.retire(world.attester.address)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.ACTIVE)
  })

  it('it makes nobody answer', async () => {
    const { world, leaf } = await enrolledWorld()
    expect(await world.registry.liableAt(leaf.binding, await networkHelpers.time.latest())).to.equal(false)
    expect(await world.registry.check(leaf.binding)).to.equal(BindingStatus.NONE)
  })
}

function describeActivated(): void {
  it('it tells what check tells, whatever happens', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await activate(world, fleet, leaf)
    await expectAsCheck(world, fleet, leaf, BindingStatus.ACTIVE)
    await suspendByAttester(world, leaf, { sequence: 0 })
    await expectAsCheck(world, fleet, leaf, BindingStatus.SUSPENDED)
    await resume(world, leaf, { sequence: 1 })
    await expectAsCheck(world, fleet, leaf, BindingStatus.ACTIVE)
    const renewed = await renew(world, leaf.device, world.party, leaf.binding)
    await expectAsCheck(world, fleet, leaf, BindingStatus.RENEWED)
    await release(world, renewed, { sequence: 0 })
    await networkHelpers.time.increaseTo(leaf.binding.validUntil)
    await expectAsCheck(world, fleet, leaf, BindingStatus.RENEWED)
  })

  it('when the leaf is revoked ... it tells what check tells', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await activate(world, fleet, leaf)
    await revokeLeaves(world, fleet.enrolmentId, [0])
    await expectAsCheck(world, fleet, leaf, BindingStatus.ACTIVE)
    await networkHelpers.time.increaseTo(leaf.binding.validUntil)
    await expectAsCheck(world, fleet, leaf, BindingStatus.EXPIRED)
  })
}

function describeRenewing(): void {
  it('when its device is not bound ... it tells NONE', async () => {
    const { world, head, leaf } = await renewalWorld()
    const fleet = fleetOver(
      [world.charger],
      [{ ...leaf.binding, deviceId: world.charger.id, previous: head.bindingId }],
    )
    await enrol(world, fleet.enrolment)
    expect(await checkLeaf(world, fleet, fleet.leaves[0]!)).to.equal(BindingStatus.NONE)
  })

  it('when the head is what it renews ... it tells ACTIVE', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await expectAsActivated(world, fleet, leaf, head.binding, BindingStatus.ACTIVE)
  })

  it('when the head has expired ... it tells ACTIVE', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await networkHelpers.time.increaseTo(head.binding.validUntil)
    await expectAsActivated(world, fleet, leaf, head.binding, BindingStatus.ACTIVE)
  })

  it('when the head was suspended ... it tells SUSPENDED, as its activation would', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await suspendByAttester(world, head, { sequence: 0 })
    await expectAsActivated(world, fleet, leaf, head.binding, BindingStatus.SUSPENDED)
  })

  it('when the head was suspended before it starts ... it tells SUSPENDED', async () => {
    const { world, head, fleet, leaf } = await renewalWorld({ delaySeconds: DAY })
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.PENDING)
    await suspendByAttester(world, head, { sequence: 0 })
    await expectAsActivated(world, fleet, leaf, head.binding, BindingStatus.SUSPENDED)
  })

  it('when the head was released or revoked ... it tells SUSPENDED, as its activation would', async () => {
    for (const end of [release, revoke]) {
      const { world, head, fleet, leaf } = await renewalWorld()
      await end(world, head, { sequence: 0 })
      await expectAsActivated(world, fleet, leaf, head.binding, BindingStatus.SUSPENDED)
    }
  })

  it('when the leaf has expired, and the head was suspended ... it tells EXPIRED', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await suspendByAttester(world, head, { sequence: 0 })
    await networkHelpers.time.increaseTo(leaf.binding.validUntil)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.EXPIRED)
  })

  it("when the head's attester is compromised ... it tells COMPROMISED", async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await suspendByAttester(world, head, { sequence: 0 })
    await world.registry.markCompromised(1, 0)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.COMPROMISED)
  })

  it('when the device was renewed otherwise ... it tells NONE', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await renew(world, world.car, world.party, head.binding)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.NONE)
  })

  it("when the device's key was given up for another ... it tells NONE", async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const next = { ...head.binding, deviceId: world.charger.id, previous: head.bindingId }
    const signatures = await signBinding(world, next, { device: world.charger, party: world.party })
    await world.registry.rotateKey(next, head.binding, signatures, world.charger.signer, world.party.signer)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.NONE)
  })
}

describe('isLeafUsed, enrolmentOf', () => {
  it('given the enrolment is not recorded ... no leaf is used, and all is zero', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { enrolmentId } = await makeFleet(world, [fleetCar(0)])
    expect(await world.registry.isLeafUsed(enrolmentId, 0)).to.equal(false)
    expect(await world.registry.enrolmentOf(enrolmentId)).to.deep.equal([0n, 0n])
  })

  it('given any other index than the revoked one ... it is not used', async () => {
    const { world, fleet } = await enrolledWorld()
    await revokeLeaves(world, fleet.enrolmentId, [1])
    for (const index of [0, 2, 257, 2 ** 32 - 1]) {
      expect(await world.registry.isLeafUsed(fleet.enrolmentId, index), `${index}`).to.equal(false)
    }
  })
})

async function enrolledWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const fleet = await enrolFleet(world, 2)
  return { world, fleet, leaf: fleet.leaves[0]! }
}

/** The car is bound for ten days, and a fleet of one is enrolled that renews it for a year. */
async function renewalWorld({ delaySeconds = 0 }: { delaySeconds?: number } = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const now = await networkHelpers.time.latest()
  const head = await bind(world, world.car, world.party, { validUntil: now + 10 * DAY })
  const changes = { previous: head.bindingId, validFrom: now + delaySeconds }
  const fleet = fleetOver([world.car], [await makeBinding(world, world.car, world.party, changes)])
  await enrol(world, fleet.enrolment)
  return { world, head, fleet, leaf: fleet.leaves[0]! }
}

async function expectAsCheck(world: World, fleet: Fleet, leaf: Leaf, expected: BindingStatus) {
  expect(await world.registry.check(leaf.binding)).to.equal(expected)
  expect(await checkLeaf(world, fleet, leaf)).to.equal(expected)
}

/** What is told of a leaf must be what its activation makes of it. */
async function expectAsActivated(world: World, fleet: Fleet, leaf: Leaf, head: Binding, expected: BindingStatus) {
  const told = await checkLeaf(world, fleet, leaf)
  await activateRenewal(world, fleet, leaf, head)
  expect(await world.registry.check(leaf.binding), 'activated').to.equal(expected)
  expect(told, 'told before').to.equal(expected)
}
