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
 * `-- given the head is active
 *     |-- it ends the head now, and starts the leaf in that second
 *     |-- it emits LeafActivated, BindingStarted and BindingRenewed
 *     |-- it carries the exposure of the running period
 *     |-- when the token is another one ... it carries nothing
 *     |-- when the head's period is over ... it carries nothing
 *     `-- when it is sent again ... it reverts with WrongPrevious
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, renew, signBinding } from '../helpers/bindings.ts'
import { activateRenewal, fleetOver, revokeLeaves } from '../helpers/fleets.ts'
import { enrol } from '../helpers/leaves.ts'
import { renewalWorld, spentWorld } from '../helpers/renewals.ts'
import { spend } from '../helpers/spending.ts'
import { describeStartingDevice, describeStartingTerms } from '../helpers/startingCases.ts'
import type { Prepare, Start } from '../helpers/startingCases.ts'
import { ZERO_HASH, networkHelpers } from '../helpers/world.ts'
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

async function recordOf(world: World, { bindingId }: { bindingId: string }) {
  return (await world.registry.recordOf(bindingId)).toObject()
}
