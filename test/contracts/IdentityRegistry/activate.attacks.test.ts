/**
 * activate, attacks
 * |-- given somebody shows what is not a leaf
 * |   |-- when an inner node is shown as a leaf's binding, with the rest of the path ... it reverts with NotALeaf
 * |   |-- when the root of a fleet of one is a leaf of a larger tree ... it reverts with NotALeaf
 * |   |-- when an inner node stands for the root of a smaller fleet ... it is not enrolled
 * |   |-- when the zero of an empty place is shown ... it reverts with NotALeaf
 * |   `-- when a leaf is hashed once, as a node is ... it reverts with NotALeaf
 * |-- given somebody shows a leaf at another place
 * |   |-- when it is every other index with the same proof ... it reverts with NotALeaf
 * |   |-- when the index has bits above the depth ... it reverts with NotALeaf
 * |   |-- when it is the first index after the last leaf ... it reverts with NotALeaf
 * |   `-- when the proof belongs to another leaf ... it reverts with NotALeaf
 * |-- given somebody shows a proof of another length
 * |   |-- when it is one sibling short ... it reverts with NotALeaf
 * |   |-- when it is one sibling long ... it reverts with NotALeaf
 * |   |-- when it is empty ... it reverts with NotALeaf
 * |   |-- when a fleet of one has a proof ... it reverts with NotALeaf
 * |   `-- when a node is shown as the leaf, with the count of the level above it ... it is not enrolled
 * `-- given a leaf names what nobody signed for
 *     |-- when it is another party ... it reverts with NotALeaf
 *     |-- when it is another attester ... it reverts with NotALeaf
 *     |-- when it is valid a second earlier than the enrolment ... it reverts with NotALeaf
 *     |-- when it is valid a second longer than the enrolment ... it reverts with NotALeaf
 *     `-- when its validity is exactly the enrolment's ... it is activated
 */
import { expect } from 'chai'
import { AbiCoder, concat, keccak256 } from 'ethers'
import { leafTypehash } from '../../../sdk/src/generated/typedData.ts'
import { bindingIdOf, makeBinding } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { activate, enrolFleet, fleetCar, fleetOver } from '../helpers/fleets.ts'
import type { Fleet, Leaf } from '../helpers/fleets.ts'
import { enrol, enrolmentIdOf } from '../helpers/leaves.ts'
import type { Enrolment } from '../helpers/leaves.ts'
import { ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const ODD_COUNTS = [3, 5, 6, 7]

describe('activate, attacks', () => {
  describe('given somebody shows what is not a leaf', describeForeignNodes)
  describe('given somebody shows a leaf at another place', describeIndexes)
  describe('given somebody shows a proof of another length', describeLengths)
  describe('given a leaf names what nobody signed for', describeForeignNames)
})

function describeForeignNodes(): void {
  it("when an inner node is shown as a leaf's binding, with the rest of the path ... it reverts with NotALeaf", async () => {
    const { world, fleet, leaf } = await enrolledWorld(8)
    for (let height = 1; height < 3; ++height) {
      const proof = leaf.proof.slice(height)
      // A whole proof's worth of siblings, of which the first ones are the node's own children.
      const padded = [...leaf.proof.slice(0, height), ...proof]
      for (const shown of [proof, padded]) {
        await expectNotALeaf(world, fleet, leaf, {
          binding: { ...leaf.binding, approvers: fleet.levels[height]![0]! },
          proof: shown,
        })
      }
    }
  })

  it('when the root of a fleet of one is a leaf of a larger tree ... it reverts with NotALeaf', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const fleet = await enrolFleet(world, 1)
    const [leaf] = fleet.leaves as [Leaf]
    // The same root, told to be one of two leaves: its sibling is whatever the attacker likes.
    const larger = await enrolAs(world, fleet, { count: 2 })
    await expectNotALeaf(world, larger, leaf, { proof: [] })
    await expectNotALeaf(world, larger, leaf, { proof: [ZERO_HASH] })
  })

  it('when an inner node stands for the root of a smaller fleet ... it is not enrolled', async () => {
    const { world, fleet, leaf } = await enrolledWorld(4)
    const smaller = { ...fleet, enrolment: { ...fleet.enrolment, root: fleet.levels[1]![0]!, count: 2 } }
    await expect(activate(world, smaller, leaf, { proof: leaf.proof.slice(0, 1) }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotEnrolled')
      .withArgs(enrolmentIdOf(smaller.enrolment))
  })

  it('when the zero of an empty place is shown ... it reverts with NotALeaf', async () => {
    const { world, fleet, leaf } = await enrolledWorld(3)
    const [, , last] = fleet.leaves as [Leaf, Leaf, Leaf]
    // Place 3 is empty: its sibling is the last leaf, which the tree holds, and its own value is zero.
    const siblings = [fleet.levels[0]![2]!, ...last.proof.slice(1)]
    await expectNotALeaf(world, fleet, leaf, { index: 3, proof: siblings })
    await expectNotALeaf(world, fleet, leaf, { index: 3, proof: [ZERO_HASH, ...last.proof.slice(1)] })
  })

  it('when a leaf is hashed once, as a node is ... it reverts with NotALeaf', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const binding = await makeBinding(world, world.car, world.party)
    const encoded = AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'uint32', 'bytes32'],
      [leafTypehash, 0, bindingIdOf(binding)],
    )
    for (const root of [
      keccak256(encoded),
      bindingIdOf(binding),
      keccak256(concat([bindingIdOf(binding), ZERO_HASH])),
    ]) {
      const fleet = fleetOver([world.car], [binding], { root })
      await enrol(world, fleet.enrolment)
      await expectNotALeaf(world, fleet, fleet.leaves[0]!)
    }
  })
}

function describeIndexes(): void {
  it('when it is every other index with the same proof ... it reverts with NotALeaf', async () => {
    for (const count of ODD_COUNTS) {
      const { world, fleet } = await enrolledWorld(count)
      for (const leaf of fleet.leaves) {
        for (let index = 0; index < 8; ++index) {
          if (index !== leaf.index) await expectNotALeaf(world, fleet, leaf, { index })
        }
      }
    }
  })

  it('when the index has bits above the depth ... it reverts with NotALeaf', async () => {
    const { world, fleet } = await enrolledWorld(4)
    for (const leaf of fleet.leaves) {
      for (const bit of [4, 8, 256, 2 ** 20, 2 ** 31])
        await expectNotALeaf(world, fleet, leaf, { index: leaf.index + bit })
    }
  })

  it('when it is the first index after the last leaf ... it reverts with NotALeaf', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const devices = [0, 1, 2, 3].map(fleetCar)
    const bindings = await Promise.all(devices.map((device) => makeBinding(world, device, world.party)))
    // The tree holds a fourth leaf, which nobody signed for: the count says three.
    const fleet = fleetOver(devices, bindings, { count: 3 })
    await enrol(world, fleet.enrolment)
    await expectNotALeaf(world, fleet, fleet.leaves[3]!)
    await activate(world, fleet, fleet.leaves[2]!)
  })

  it('when the proof belongs to another leaf ... it reverts with NotALeaf', async () => {
    const { world, fleet, leaf } = await enrolledWorld(4)
    for (const { proof } of fleet.leaves.slice(1)) await expectNotALeaf(world, fleet, leaf, { proof })
  })
}

function describeLengths(): void {
  it('when it is one sibling short ... it reverts with NotALeaf', async () => {
    for (const count of [2, ...ODD_COUNTS, 8]) {
      const { world, fleet, leaf } = await enrolledWorld(count)
      await expectNotALeaf(world, fleet, leaf, { proof: leaf.proof.slice(0, -1) })
      await expectNotALeaf(world, fleet, leaf, { proof: leaf.proof.slice(1) })
    }
  })

  it('when it is one sibling long ... it reverts with NotALeaf', async () => {
    for (const count of [2, ...ODD_COUNTS, 8]) {
      const { world, fleet, leaf } = await enrolledWorld(count)
      await expectNotALeaf(world, fleet, leaf, { proof: [...leaf.proof, ZERO_HASH] })
      await expectNotALeaf(world, fleet, leaf, { proof: [ZERO_HASH, ...leaf.proof] })
    }
  })

  it('when it is empty ... it reverts with NotALeaf', async () => {
    const { world, fleet, leaf } = await enrolledWorld(2)
    await expectNotALeaf(world, fleet, leaf, { proof: [] })
  })

  it('when a fleet of one has a proof ... it reverts with NotALeaf', async () => {
    const { world, fleet, leaf } = await enrolledWorld(1)
    await expectNotALeaf(world, fleet, leaf, { proof: [ZERO_HASH] })
  })

  it('when a node is shown as the leaf, with the count of the level above it ... it is not enrolled', async () => {
    const { world, fleet, leaf } = await enrolledWorld(4)
    const above = { ...fleet, enrolment: { ...fleet.enrolment, count: 2 } }
    await expect(activate(world, above, leaf, { proof: leaf.proof.slice(1) }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotEnrolled')
      .withArgs(enrolmentIdOf(above.enrolment))
  })
}

function describeForeignNames(): void {
  it('when it is another party ... it reverts with NotALeaf', async () => {
    await refusesInTree((world) => ({ partyId: world.operator.id }))
  })

  it('when it is another attester ... it reverts with NotALeaf', async () => {
    await refusesInTree((world) => ({ attester: world.stranger.address }))
  })

  it('when it is valid a second earlier than the enrolment ... it reverts with NotALeaf', async () => {
    await refusesInTree((_, binding) => ({ validFrom: Number(binding.validFrom) - 1 }))
  })

  it('when it is valid a second longer than the enrolment ... it reverts with NotALeaf', async () => {
    await refusesInTree((_, binding) => ({ validUntil: Number(binding.validUntil) + 1 }))
  })

  it("when its validity is exactly the enrolment's ... it is activated", async () => {
    const { world, fleet, leaf } = await enrolledWorld(2)
    const { validFrom, validUntil } = fleet.enrolment
    expect([leaf.binding.validFrom, leaf.binding.validUntil]).to.deep.equal([validFrom, validUntil])
    await activate(world, fleet, leaf)
    expect(await world.registry.headOf(leaf.device.id)).to.equal(leaf.bindingId)
  })
}

async function enrolledWorld(count: number) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const fleet = await enrolFleet(world, count)
  return { world, fleet, leaf: fleet.leaves[0]! }
}

/** The fleet's tree, enrolled once more under other words. */
async function enrolAs(world: World, fleet: Fleet, overrides: Partial<Enrolment>): Promise<Fleet> {
  const enrolment = { ...fleet.enrolment, ...overrides }
  return { ...fleet, enrolment, enrolmentId: await enrol(world, enrolment) }
}

/** A leaf that truly is in the tree, of an enrolment that says otherwise. */
async function refusesInTree(change: (world: World, binding: Binding) => Partial<Binding>) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const sound = await makeBinding(world, world.car, world.party)
  const { partyId, attester, validFrom, validUntil } = sound
  const binding = { ...sound, ...change(world, sound) }
  const fleet = fleetOver([world.car], [binding], { partyId, attester, validFrom, validUntil })
  await enrol(world, fleet.enrolment)
  await expectNotALeaf(world, fleet, fleet.leaves[0]!)
}

async function expectNotALeaf(world: World, fleet: Fleet, leaf: Leaf, changes: Partial<Leaf> = {}) {
  const { binding, index } = { ...leaf, ...changes }
  await expect(activate(world, fleet, leaf, changes))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotALeaf')
    .withArgs(fleet.enrolmentId, index, bindingIdOf(binding))
  expect(await world.registry.checkLeaf(fleet.enrolment, binding, index, [...(changes.proof ?? leaf.proof)])).to.equal(
    0n,
  )
}
