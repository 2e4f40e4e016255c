/**
 * activate
 * |-- given the leaf names a previous binding ... it reverts with WrongPrevious
 * |-- given the device is bound ... it reverts with WrongPrevious
 * |-- (each of startingCases.ts about terms)
 * |-- given the enrolment is not recorded ... it reverts with NotEnrolled
 * |-- given the attester is compromised since before the enrolment ... it reverts with CompromisedAttester
 * |-- given a binding that is not in the tree ... it reverts with NotALeaf
 * |-- given the leaf was activated ... it reverts with WrongPrevious
 * |-- given the leaf is revoked ... it reverts with LeafUsed
 * |-- given the device's signer is not the one named ... it reverts with WrongSigner
 * |-- given the device's signature
 * |   `-- given a secp256k1 signer, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- it writes the record
 * |-- it makes the binding the device's head
 * |-- it marks the leaf as used, and no other
 * |-- it returns the binding's id
 * |-- it emits LeafActivated and BindingStarted
 * |-- it answers from now on, not from the enrolment on
 * |-- it lets the device put money at risk
 * |-- when the leaf begins later ... it is pending until then
 * |-- when the attester was retired after the enrolment ... the record has the index that it had
 * |-- when the attester was accredited again ... the record has the index that it had
 * |-- when the fleet has one device ... no proof is needed
 * |-- when the fleet has any number of devices ... each of them is activated
 * `-- when the tree has twenty levels ... the last leaf is activated
 */
import { expect } from 'chai'
import { concat, id, keccak256 } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, bindingMessage, makeBinding } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { activate, enrolFleet, fleetCar, fleetOver, makeFleet, revokeLeaves } from '../helpers/fleets.ts'
import type { Leaf } from '../helpers/fleets.ts'
import { enrol, leafOf } from '../helpers/leaves.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { describeStartingDevice, describeStartingTerms } from '../helpers/startingCases.ts'
import type { Prepare, Start } from '../helpers/startingCases.ts'
import { DAY, ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'

const EVER = { validFrom: 0, validUntil: 2n ** 40n - 1n }

/** A fleet of this device and another one. */
const prepare: Prepare = async (world, { device, party }, changes) => {
  const binding = await makeBinding(world, device, party, changes)
  const other = await makeBinding(world, world.charger, party)
  const { enrolment, leaves } = fleetOver([device, world.charger], [binding, other], EVER)
  await enrol(world, enrolment, party)
  const send: Start['send'] = (signatures, overrides = {}) =>
    world.registry.activate(enrolment, binding, 0, [...leaves[0]!.proof], device.signer, signatures.device, overrides)
  return { binding, send }
}

describe('activate', () => {
  it('given the leaf names a previous binding ... it reverts with WrongPrevious', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    const previous = fleet.leaves[1]!.bindingId
    await expect(activate(world, fleet, leaf, { binding: { ...leaf.binding, previous } }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(previous, ZERO_HASH)
  })

  it('given the device is bound ... it reverts with WrongPrevious', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    const { bindingId } = await bind(world, leaf.device, world.operator)
    await expect(activate(world, fleet, leaf))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(ZERO_HASH, bindingId)
  })

  describeStartingTerms(prepare)

  it('given the enrolment is not recorded ... it reverts with NotEnrolled', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const fleet = await makeFleet(world, [fleetCar(0), fleetCar(1)])
    await expect(activate(world, fleet, fleet.leaves[0]!))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotEnrolled')
      .withArgs(fleet.enrolmentId)
  })

  it('given the attester is compromised since before the enrolment ... it reverts with CompromisedAttester', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await world.registry.markCompromised(1, (await networkHelpers.time.latest()) - 1)
    await expect(activate(world, fleet, leaf))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
  })

  it('given a binding that is not in the tree ... it reverts with NotALeaf', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    const binding = { ...leaf.binding, maxPerPeriod: leaf.binding.maxPerPeriod + 1n }
    await expect(activate(world, fleet, leaf, { binding }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotALeaf')
      .withArgs(fleet.enrolmentId, 0, bindingIdOf(binding))
  })

  it('given the leaf was activated ... it reverts with WrongPrevious', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await activate(world, fleet, leaf)
    await expect(activate(world, fleet, leaf))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(ZERO_HASH, leaf.bindingId)
  })

  it('given the leaf is revoked ... it reverts with LeafUsed', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await revokeLeaves(world, fleet.enrolmentId, [0])
    await expect(activate(world, fleet, leaf))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_LeafUsed')
      .withArgs(fleet.enrolmentId, 0)
  })

  it("given the device's signer is not the one named ... it reverts with WrongSigner", async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await expect(activate(world, fleet, leaf, { device: world.car }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.car.id, leaf.device.id)
  })

  describeStartingDevice(prepare)

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    const signature = leaf.device.sign(await bindingMessage(world, leaf.binding))
    const args = [fleet.enrolment, leaf.binding, leaf.index, leaf.proof, leaf.device.signer, signature]
    const data = world.registry.interface.encodeFunctionData('activate', args)
    // Of the enrolment count, attester and times are part of its id before they are read.
    const wrongId = [1, 3, 4, 5].map((word) => [word, 'IdentityRegistry_NotEnrolled'])
    const read = [8, 9, 10, 11, 12, 13, 14, 15, 16, 21].map((word) => [word, 'no reason'])
    await expectDirtyWordsRefused(world.registry, world.relayer, data, Object.fromEntries([...wrongId, ...read]))
  })

  describeEffects()
  describeTimesAndAttesters()
  describeSizes()
})

function describeEffects(): void {
  it('it writes the record', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await activate(world, fleet, leaf)
    const startedAt = BigInt(await networkHelpers.time.latest())
    const endsAt = BigInt(leaf.binding.validUntil)
    const record = (await world.registry.recordOf(leaf.bindingId)).toObject()
    const status = BigInt(BindingStatus.ACTIVE)
    expect(record).to.deep.equal({
      startedAt,
      endsAt,
      period: 0n,
      exposure: 0n,
      sequence: 0n,
      attesterIndex: 1n,
      status,
    })
  })

  it("it makes the binding the device's head", async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await activate(world, fleet, leaf)
    expect(await world.registry.headOf(leaf.device.id)).to.equal(leaf.bindingId)
  })

  it('it marks the leaf as used, and no other', async () => {
    const { world, fleet } = await enrolledWorld()
    await activate(world, fleet, fleet.leaves[1]!)
    const used = fleet.leaves.map(({ index }) => world.registry.isLeafUsed(fleet.enrolmentId, index))
    expect(await Promise.all(used)).to.deep.equal([false, true, false])
  })

  it("it returns the binding's id", async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    const signature = leaf.device.sign(await bindingMessage(world, leaf.binding))
    const args = [fleet.enrolment, leaf.binding, leaf.index, leaf.proof, leaf.device.signer, signature]
    expect(await world.registry.activate.staticCall(...args)).to.equal(leaf.bindingId)
  })

  it('it emits LeafActivated and BindingStarted', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    const startedAt = (await networkHelpers.time.latest()) + 10
    await networkHelpers.time.setNextBlockTimestamp(startedAt)
    const { binding, bindingId, device } = leaf
    const values = [bindingId, device.id, world.party.id, Object.values(binding), startedAt]
    await expect(activate(world, fleet, leaf))
      .to.emit(world.registry, 'LeafActivated')
      .withArgs(fleet.enrolmentId, 0, bindingId)
      .and.to.emit(world.registry, 'BindingStarted')
      .withArgs(...values, device.signer.toLowerCase())
  })

  it('it answers from now on, not from the enrolment on', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await networkHelpers.time.increase(DAY)
    await activate(world, fleet, leaf)
    const startedAt = await networkHelpers.time.latest()
    expect(await world.registry.liableAt(leaf.binding, startedAt - 1)).to.equal(false)
    expect(await world.registry.liableAt(leaf.binding, startedAt)).to.equal(true)
  })

  it('it lets the device put money at risk', async () => {
    const world = await networkHelpers.loadFixture(deploySpendingWorld)
    const fleet = await enrolFleet(world, 2)
    const [leaf] = fleet.leaves as [Leaf]
    await expect(spend(world, leaf.binding, 5n))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
      .withArgs(leaf.bindingId, BindingStatus.NONE, BindingStatus.ACTIVE)
    await activate(world, fleet, leaf)
    await spend(world, leaf.binding, 5n)
    expect(await world.registry.exposureOf(leaf.binding)).to.equal(5n)
  })
}

function describeTimesAndAttesters(): void {
  it('when the leaf begins later ... it is pending until then', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const fleet = await enrolFleet(world, 2, { binding: { validFrom } })
    await activate(world, fleet, fleet.leaves[0]!)
    expect(await world.registry.check(fleet.leaves[0]!.binding)).to.equal(BindingStatus.PENDING)
    await networkHelpers.time.increaseTo(validFrom)
    expect(await world.registry.check(fleet.leaves[0]!.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('when the attester was retired after the enrolment ... the record has the index that it had', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await world.registry.retire(world.attester.address)
    await activate(world, fleet, leaf)
    expect((await world.registry.recordOf(leaf.bindingId)).attesterIndex).to.equal(1n)
  })

  it('when the attester was accredited again ... the record has the index that it had', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await world.registry.retire(world.attester.address)
    await world.registry.accredit(world.attester.address)
    await activate(world, fleet, leaf)
    expect((await world.registry.recordOf(leaf.bindingId)).attesterIndex).to.equal(1n)
  })
}

function describeSizes(): void {
  it('when the fleet has one device ... no proof is needed', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const fleet = await enrolFleet(world, 1)
    expect(fleet.leaves[0]!.proof).to.deep.equal([])
    await activate(world, fleet, fleet.leaves[0]!)
    expect(await world.registry.check(fleet.leaves[0]!.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('when the fleet has any number of devices ... each of them is activated', async () => {
    for (const count of [2, 3, 4, 5, 7, 8, 9]) {
      const world = await networkHelpers.loadFixture(deployWorld)
      const fleet = await enrolFleet(world, count)
      for (const leaf of fleet.leaves) {
        await activate(world, fleet, leaf)
        expect(await world.registry.headOf(leaf.device.id)).to.equal(leaf.bindingId)
      }
    }
  })

  it('when the tree has twenty levels ... the last leaf is activated', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const binding = await makeBinding(world, world.car, world.party)
    const index = 2 ** 20 - 1
    const proof = Array.from({ length: 20 }, (_, height) => id(`made up ${height}`))
    // Every bit of the last index is set: each sibling stands on the left.
    const root = proof.reduce(
      (node, sibling) => keccak256(concat([sibling, node])),
      leafOf(index, bindingIdOf(binding)),
    )
    const fleet = fleetOver([world.car], [binding], { root, count: 2 ** 20 })
    await enrol(world, fleet.enrolment)
    await activate(world, fleet, fleet.leaves[0]!, { index, proof })
    expect(await world.registry.headOf(world.car.id)).to.equal(bindingIdOf(binding))
  })
}

async function enrolledWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const fleet = await enrolFleet(world, 3)
  return { world, fleet, leaf: fleet.leaves[0]! }
}
