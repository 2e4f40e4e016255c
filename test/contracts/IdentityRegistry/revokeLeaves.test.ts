/**
 * revokeLeaves
 * |-- given the deadline has passed ... it reverts with Expired
 * |-- given the deadline is this second ... it is in time
 * |-- given the enrolment is not recorded ... it reverts with NotEnrolled
 * |-- given the attester is compromised ... it reverts with CompromisedAttester
 * |-- given another accredited attester signs ... it reverts with BadAttesterSignature
 * |-- given the party signs ... it reverts with BadAttesterSignature
 * |-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- it marks these leaves as used, and no others
 * |-- it emits LeavesRevoked
 * |-- when a leaf is revoked twice ... it stays revoked
 * |-- when an index stands twice in the message ... it is revoked
 * |-- when leaves of many words are revoked ... each has its own bit
 * |-- when no leaf is named ... nothing changes
 * |-- when an index is beyond the last leaf ... no leaf is touched
 * |-- when the leaf was activated ... its record stands, and goes on
 * |-- when the device is in another fleet too ... that leaf is not touched
 * `-- given the attester is retired ... it still revokes
 */
import { expect } from 'chai'
import { revokeLeavesTypes } from '../../../sdk/src/generated/typedData.ts'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { registryMessage, soon } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { activate, checkLeaf, enrolFleet, fleetCar, fleetOver, makeFleet, revokeLeaves } from '../helpers/fleets.ts'
import type { Fleet, Leaf } from '../helpers/fleets.ts'
import { enrol } from '../helpers/leaves.ts'
import { describeErc1271Account, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const arrange: Arrange = async (world, signer) => {
  const { enrolmentId } = await enrolFleet(world, 2)
  const value = { enrolmentId, indexes: [0], deadline: await soon() }
  return {
    contract: world.registry,
    message: await registryMessage(world, revokeLeavesTypes, value),
    send: (signature, overrides = {}) => world.registry.revokeLeaves(value, signature, overrides),
    refusal: { error: 'IdentityRegistry_BadAttesterSignature', args: [signer.signer] },
    event: 'LeavesRevoked',
  }
}

describe('revokeLeaves', () => {
  it('given the deadline has passed ... it reverts with Expired', async () => {
    const { world, fleet } = await enrolledWorld()
    const deadline = await soon()
    await networkHelpers.time.setNextBlockTimestamp(deadline + 1)
    await expect(send(world, fleet.enrolmentId, { deadline }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_Expired')
      .withArgs(deadline, deadline + 1)
  })

  it('given the deadline is this second ... it is in time', async () => {
    const { world, fleet } = await enrolledWorld()
    const deadline = await soon()
    await networkHelpers.time.setNextBlockTimestamp(deadline)
    await expect(send(world, fleet.enrolmentId, { deadline })).to.emit(world.registry, 'LeavesRevoked')
  })

  it('given the enrolment is not recorded ... it reverts with NotEnrolled', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { enrolmentId } = await makeFleet(world, [fleetCar(0)])
    await expect(send(world, enrolmentId))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotEnrolled')
      .withArgs(enrolmentId)
  })

  it('given the attester is compromised ... it reverts with CompromisedAttester', async () => {
    const { world, fleet } = await enrolledWorld()
    await world.registry.markCompromised(1, await networkHelpers.time.latest())
    await expect(send(world, fleet.enrolmentId))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
  })

  it('given another accredited attester signs ... it reverts with BadAttesterSignature', async () => {
    const { world, fleet } = await enrolledWorld()
    const other = secp256k1Device('another attester')
    await world.registry.accredit(other.signer)
    await expectBadAttesterSignature(world, fleet, other)
  })

  it('given the party signs ... it reverts with BadAttesterSignature', async () => {
    const { world, fleet } = await enrolledWorld()
    await expectBadAttesterSignature(world, fleet, world.party)
  })

  describeSecp256k1Signer(arrange, 'attester')
  describeErc1271Account(arrange, 'attester')

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, fleet } = await enrolledWorld()
    const value = { enrolmentId: fleet.enrolmentId, indexes: [0, 1], deadline: await soon() }
    const signature = world.attesterDevice.sign(await registryMessage(world, revokeLeavesTypes, value))
    const data = world.registry.interface.encodeFunctionData('revokeLeaves', [value, signature])
    // deadline, and both indexes
    await expectDirtyWordsRefused(world.registry, world.relayer, data, [4, 6, 7])
  })

  describeEffects()
})

function describeEffects(): void {
  it('it marks these leaves as used, and no others', async () => {
    const { world, fleet } = await enrolledWorld()
    await revokeLeaves(world, fleet.enrolmentId, [3, 1])
    expect(await usedOf(world, fleet, [0, 1, 2, 3, 4])).to.deep.equal([false, true, false, true, false])
    const statuses = await Promise.all(fleet.leaves.map((leaf) => checkLeaf(world, fleet, leaf)))
    const { ACTIVE, REVOKED } = BindingStatus
    expect(statuses.map(Number)).to.deep.equal([ACTIVE, REVOKED, ACTIVE, REVOKED, ACTIVE])
  })

  it('it emits LeavesRevoked', async () => {
    const { world, fleet } = await enrolledWorld()
    await expect(revokeLeaves(world, fleet.enrolmentId, [3, 1]))
      .to.emit(world.registry, 'LeavesRevoked')
      .withArgs(fleet.enrolmentId, [3, 1])
  })

  it('when a leaf is revoked twice ... it stays revoked', async () => {
    const { world, fleet } = await enrolledWorld()
    await revokeLeaves(world, fleet.enrolmentId, [0])
    await revokeLeaves(world, fleet.enrolmentId, [0, 1])
    expect(await usedOf(world, fleet, [0, 1, 2])).to.deep.equal([true, true, false])
  })

  it('when an index stands twice in the message ... it is revoked', async () => {
    const { world, fleet } = await enrolledWorld()
    await revokeLeaves(world, fleet.enrolmentId, [2, 2])
    expect(await usedOf(world, fleet, [1, 2, 3])).to.deep.equal([false, true, false])
  })

  it('when leaves of many words are revoked ... each has its own bit', async () => {
    const { world, fleet } = await enrolledWorld({ count: 2 ** 20 })
    const indexes = [0, 255, 256, 511, 65_536, 2 ** 20 - 1]
    await revokeLeaves(world, fleet.enrolmentId, indexes)
    expect(await usedOf(world, fleet, indexes)).to.deep.equal(indexes.map(() => true))
    const others = [1, 254, 257, 510, 512, 65_535, 65_537, 2 ** 20 - 2]
    expect(await usedOf(world, fleet, others)).to.deep.equal(others.map(() => false))
  })

  it('when no leaf is named ... nothing changes', async () => {
    const { world, fleet } = await enrolledWorld()
    await expect(revokeLeaves(world, fleet.enrolmentId, []))
      .to.emit(world.registry, 'LeavesRevoked')
      .withArgs(fleet.enrolmentId, [])
    expect(await usedOf(world, fleet, [0, 1, 2, 3, 4])).to.deep.equal([false, false, false, false, false])
  })

  it('when an index is beyond the last leaf ... no leaf is touched', async () => {
    const { world, fleet } = await enrolledWorld()
    await revokeLeaves(world, fleet.enrolmentId, [5, 256, 2 ** 20, 2 ** 32 - 1])
    expect(await usedOf(world, fleet, [0, 1, 2, 3, 4])).to.deep.equal([false, false, false, false, false])
    await activate(world, fleet, fleet.leaves[0]!)
  })

  it('when the leaf was activated ... its record stands, and goes on', async () => {
    const world = await networkHelpers.loadFixture(deploySpendingWorld)
    const fleet = await enrolFleet(world, 2)
    const [leaf] = fleet.leaves as [Leaf]
    await activate(world, fleet, leaf)
    const before = await world.registry.recordOf(leaf.bindingId)
    await revokeLeaves(world, fleet.enrolmentId, [0])
    expect(await world.registry.recordOf(leaf.bindingId)).to.deep.equal(before)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.ACTIVE)
    await spend(world, leaf.binding, 5n)
  })

  it('when the device is in another fleet too ... that leaf is not touched', async () => {
    const { world, fleet } = await enrolledWorld()
    const [leaf] = fleet.leaves as [Leaf]
    const second = fleetOver([leaf.device], [leaf.binding])
    await enrol(world, second.enrolment)
    await revokeLeaves(world, fleet.enrolmentId, [0])
    await activate(world, second, second.leaves[0]!)
    expect(await world.registry.headOf(leaf.device.id)).to.equal(leaf.bindingId)
  })

  it('given the attester is retired ... it still revokes', async () => {
    const { world, fleet } = await enrolledWorld()
    await world.registry.retire(world.attester.address)
    await revokeLeaves(world, fleet.enrolmentId, [0])
    expect(await usedOf(world, fleet, [0, 1])).to.deep.equal([true, false])
  })
}

async function enrolledWorld(enrolment: { count?: number } = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, fleet: await enrolFleet(world, 5, { enrolment }) }
}

async function send(
  world: World,
  enrolmentId: string,
  { deadline, signer = world.attesterDevice }: { deadline?: number; signer?: Device } = {},
) {
  const value = { enrolmentId, indexes: [0], deadline: deadline ?? (await soon()) }
  return world.registry.revokeLeaves(value, signer.sign(await registryMessage(world, revokeLeavesTypes, value)))
}

async function usedOf(world: World, { enrolmentId }: Fleet, indexes: readonly number[]): Promise<boolean[]> {
  return Promise.all(indexes.map((index) => world.registry.isLeafUsed(enrolmentId, index)))
}

async function expectBadAttesterSignature(world: World, fleet: Fleet, signer: Device) {
  await expect(send(world, fleet.enrolmentId, { signer }))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadAttesterSignature')
    .withArgs(world.attester.address)
}
