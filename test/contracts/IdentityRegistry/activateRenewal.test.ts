/**
 * activateRenewal
 * |-- given the device was never bound ... it reverts with WrongPrevious
 * |-- given the leaf names no previous binding ... it reverts with WrongPrevious
 * |-- given the leaf names an older one than the head ... it reverts with WrongPrevious
 * |-- given the binding passed as head is another one ... it reverts with WrongBinding
 * |-- given the head is of another party ... it reverts with OtherParty
 * |-- given the device's key was given up for another ... it reverts with DeviceRetired
 * |-- (each of startingCases.ts about terms)
 * |-- given the enrolment is not recorded ... it reverts with NotEnrolled
 * |-- given the attester is compromised since before the enrolment ... it reverts with CompromisedAttester
 * |-- given a binding that is not in the tree ... it reverts with NotALeaf
 * |-- given the leaf is revoked ... it reverts with LeafUsed
 * |-- given the device's signature
 * |   `-- given a secp256k1 signer, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the head is active
 * |   |-- it ends the head now, and starts the leaf in that second
 * |   |-- it emits LeafActivated, BindingStarted and BindingRenewed
 * |   |-- it carries the exposure of the running period
 * |   |-- when the token is another one ... it carries nothing
 * |   |-- when the head's period is over ... it carries nothing
 * |   `-- when it is sent again ... it reverts with WrongPrevious
 * |-- given the head is suspended ... it starts suspended, and both resume it
 * |-- given the head is released or revoked ... it starts suspended, and leaves the head's record
 * |-- given the head is expired ... it starts active, and leaves the head's record
 * |-- given the head's attester is compromised ... it starts active under its own
 * |-- given the head was a leaf of another fleet ... it is renewed
 * `-- given the head is renewed otherwise ... its leaf is dead
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, makeBinding, renew, signBinding } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { activate, activateRenewal, enrolFleet, fleetCar, fleetOver, revokeLeaves } from '../helpers/fleets.ts'
import type { Fleet, Leaf } from '../helpers/fleets.ts'
import { enrol } from '../helpers/leaves.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { release, resume, revoke, suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { describeStartingDevice, describeStartingTerms } from '../helpers/startingCases.ts'
import type { Prepare, Start } from '../helpers/startingCases.ts'
import { DAY, ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const EVER = { validFrom: 0, validUntil: 2n ** 40n - 1n }

const prepare: Prepare = async (world, { device, party }, changes) => {
  const head = await bind(world, device, party)
  const binding = { ...head.binding, previous: head.bindingId, ...changes }
  const { enrolment } = fleetOver([device], [binding], EVER)
  await enrol(world, enrolment, party)
  const send: Start['send'] = ({ device: signature }, overrides = {}) =>
    world.registry.activateRenewal(enrolment, binding, head.binding, 0, [], device.signer, signature, overrides)
  return { binding, send }
}

describe('activateRenewal', () => {
  it('given the device was never bound ... it reverts with WrongPrevious', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const binding = { ...leaf.binding, deviceId: world.charger.id }
    await expect(activateRenewal(world, fleet, leaf, head.binding, { binding, device: world.charger }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(head.bindingId, ZERO_HASH)
  })

  it('given the leaf names no previous binding ... it reverts with WrongPrevious', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const binding = { ...leaf.binding, previous: ZERO_HASH }
    await expect(activateRenewal(world, fleet, leaf, head.binding, { binding }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(ZERO_HASH, head.bindingId)
  })

  it('given the leaf names an older one than the head ... it reverts with WrongPrevious', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const newer = await renew(world, world.car, world.party, head.binding)
    await expect(activateRenewal(world, fleet, leaf, head.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(head.bindingId, newer.bindingId)
  })

  it('given the binding passed as head is another one ... it reverts with WrongBinding', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const other = { ...head.binding, maxPerPeriod: head.binding.maxPerPeriod + 1n }
    await expect(activateRenewal(world, fleet, leaf, other))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongBinding')
      .withArgs(bindingIdOf(other), head.bindingId)
  })

  it('given the head is of another party ... it reverts with OtherParty', async () => {
    const { world, head, leaf } = await renewalWorld()
    const fleet = fleetOver([world.car], [{ ...leaf.binding, partyId: world.operator.id }])
    await enrol(world, fleet.enrolment, world.operator)
    await expect(activateRenewal(world, fleet, fleet.leaves[0]!, head.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_OtherParty')
      .withArgs(world.operator.id, world.party.id)
  })

  it("given the device's key was given up for another ... it reverts with DeviceRetired", async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const next = { ...head.binding, deviceId: world.charger.id, previous: head.bindingId }
    const signatures = await signBinding(world, next, { device: world.charger, party: world.party })
    await world.registry.rotateKey(next, head.binding, signatures, world.charger.signer, world.party.signer)
    await expect(activateRenewal(world, fleet, leaf, head.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_DeviceRetired')
      .withArgs(world.car.id, head.bindingId)
  })

  describeStartingTerms(prepare)
  describeLeafRefusals()
  describeStartingDevice(prepare)
  describe('given the head is active', describeActiveHead)
  describeOtherHeads()
})

function describeLeafRefusals(): void {
  it('given the enrolment is not recorded ... it reverts with NotEnrolled', async () => {
    const { world, head, leaf } = await renewalWorld()
    const fleet = fleetOver([world.car], [leaf.binding], EVER)
    await expect(activateRenewal(world, fleet, leaf, head.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotEnrolled')
      .withArgs(fleet.enrolmentId)
  })

  it('given the attester is compromised since before the enrolment ... it reverts with CompromisedAttester', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await world.registry.markCompromised(1, 0)
    await expect(activateRenewal(world, fleet, leaf, head.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
  })

  it('given a binding that is not in the tree ... it reverts with NotALeaf', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const binding = { ...leaf.binding, maxPerPeriod: leaf.binding.maxPerPeriod + 1n }
    await expect(activateRenewal(world, fleet, leaf, head.binding, { binding }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotALeaf')
      .withArgs(fleet.enrolmentId, 0, bindingIdOf(binding))
  })

  it('given the leaf is revoked ... it reverts with LeafUsed', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await revokeLeaves(world, fleet.enrolmentId, [0])
    await expect(activateRenewal(world, fleet, leaf, head.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_LeafUsed')
      .withArgs(fleet.enrolmentId, 0)
  })
}

function describeActiveHead(): void {
  it('it ends the head now, and starts the leaf in that second', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const before = await recordOf(world, head)
    await activateRenewal(world, fleet, leaf, head.binding)
    const now = BigInt(await networkHelpers.time.latest())
    const ended = { ...before, endsAt: now, sequence: 1n, status: BigInt(BindingStatus.RENEWED) }
    expect(await recordOf(world, head)).to.deep.equal(ended)
    expect(await recordOf(world, leaf)).to.deep.include({
      startedAt: now,
      sequence: 0n,
      status: BigInt(BindingStatus.ACTIVE),
    })
    expect(await world.registry.headOf(world.car.id)).to.equal(leaf.bindingId)
  })

  it('it emits LeafActivated, BindingStarted and BindingRenewed', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    const now = (await networkHelpers.time.latest()) + 10
    await networkHelpers.time.setNextBlockTimestamp(now)
    const values = [leaf.bindingId, world.car.id, world.party.id, Object.values(leaf.binding), now]
    await expect(activateRenewal(world, fleet, leaf, head.binding))
      .to.emit(world.registry, 'LeafActivated')
      .withArgs(fleet.enrolmentId, 0, leaf.bindingId)
      .and.to.emit(world.registry, 'BindingStarted')
      .withArgs(...values, world.car.signer.toLowerCase())
      .and.to.emit(world.registry, 'BindingRenewed')
      .withArgs(head.bindingId, leaf.bindingId, now)
  })

  it('it carries the exposure of the running period', async () => {
    const { world, head, fleet, leaf } = await spentWorld(400n)
    await activateRenewal(world, fleet, leaf, head.binding)
    expect(await world.registry.exposureOf(leaf.binding)).to.equal(400n)
    await expect(spend(world, leaf.binding, head.binding.maxPerPeriod - 399n))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
      .withArgs(leaf.bindingId, head.binding.maxPerPeriod + 1n, head.binding.maxPerPeriod)
  })

  it('when the token is another one ... it carries nothing', async () => {
    const { world, head, fleet, leaf } = await spentWorld(400n, { token: '0x00000000000000000000000000000000000000aa' })
    await activateRenewal(world, fleet, leaf, head.binding)
    expect(await world.registry.exposureOf(leaf.binding)).to.equal(0n)
  })

  it("when the head's period is over ... it carries nothing", async () => {
    const { world, head, fleet, leaf } = await spentWorld(400n)
    await networkHelpers.time.increase(head.binding.periodSeconds)
    await activateRenewal(world, fleet, leaf, head.binding)
    expect(await world.registry.exposureOf(leaf.binding)).to.equal(0n)
  })

  it('when it is sent again ... it reverts with WrongPrevious', async () => {
    const { world, head, fleet, leaf } = await renewalWorld()
    await activateRenewal(world, fleet, leaf, head.binding)
    await expect(activateRenewal(world, fleet, leaf, head.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(head.bindingId, leaf.bindingId)
  })
}

function describeOtherHeads(): void {
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
}

/** The car is bound, and a fleet of one is enrolled that renews it. */
async function renewalWorld(changes: Partial<Binding> = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const head = await bind(world, world.car, world.party)
  return { world, head, ...(await enrolRenewal(world, head, changes)) }
}

async function spentWorld(amount: bigint, changes: Partial<Binding> = {}) {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  const head = await bind(world, world.car, world.party)
  await spend(world, head.binding, amount)
  return { world, head, ...(await enrolRenewal(world, head, changes)) }
}

async function enrolRenewal(
  world: World,
  head: Bound,
  changes: Partial<Binding>,
): Promise<{ fleet: Fleet; leaf: Leaf }> {
  const next = await makeBinding(world, world.car, world.party, { previous: head.bindingId, billingRef: ZERO_HASH })
  const fleet = fleetOver([world.car], [{ ...next, ...changes }])
  await enrol(world, fleet.enrolment)
  return { fleet, leaf: fleet.leaves[0]! }
}

async function recordOf(world: World, { bindingId }: { bindingId: string }) {
  return (await world.registry.recordOf(bindingId)).toObject()
}

/** The fixture's time, so that changes can be chosen before the case is arranged. */
async function latest(): Promise<number> {
  await networkHelpers.loadFixture(deployWorld)
  return networkHelpers.time.latest()
}
