/**
 * leaves of a compromised attester
 * |-- given the fleet was enrolled in the second that the mark names
 * |   |-- when the leaf was activated before the mark ... it stands
 * |   |-- when the leaf was activated after the second, before the mark ... it stands
 * |   |-- when the leaf is activated after the mark ... it stands
 * |   |-- when the leaf starts later still ... it stands
 * |   `-- when it renews a head that the mark ended ... it stands
 * |-- given the fleet was enrolled a second later
 * |   |-- when the leaf was activated before the mark ... it ended at the mark, and answers for the time before
 * |   |-- when the leaf was not activated ... it tells COMPROMISED, and is never activated
 * |   `-- when the leaf is renewed by another attester ... the new binding stands
 * |-- given the same device's other binding started later ... that one ends at the mark
 * `-- given the attester was retired, and is accredited anew ... the leaves of each index stand or end with it
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, renew, signBinding } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { activate, activateRenewal, checkLeaf, enrolFleet, fleetOver } from '../helpers/fleets.ts'
import type { Leaf } from '../helpers/fleets.ts'
import { enrol } from '../helpers/leaves.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { DAY, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('leaves of a compromised attester', () => {
  describe('given the fleet was enrolled in the second that the mark names', describeStanding)
  describe('given the fleet was enrolled a second later', describeEnding)

  it("given the same device's other binding started later ... that one ends at the mark", async () => {
    const { world, fleet, leaf, enrolledAt } = await enrolledWorld()
    await activate(world, fleet, leaf)
    const next = await renew(world, leaf.device, world.party, leaf.binding)
    await world.registry.markCompromised(1, enrolledAt)
    expect(await world.registry.check(leaf.binding)).to.equal(BindingStatus.RENEWED)
    expect(await world.registry.check(next.binding)).to.equal(BindingStatus.COMPROMISED)
  })

  it('given the attester was retired, and is accredited anew ... the leaves of each index stand or end with it', async () => {
    const { world, fleet, leaf } = await enrolledWorld()
    await world.registry.retire(world.attester.address)
    await world.registry.accredit(world.attester.address)
    const second = fleetOver([world.car], [await makeBinding(world, world.car, world.party)])
    await enrol(world, second.enrolment)
    await activate(world, fleet, leaf)
    await activate(world, second, second.leaves[0]!)
    await world.registry.markCompromised(2, 0)
    expect(await world.registry.check(leaf.binding)).to.equal(BindingStatus.ACTIVE)
    expect(await world.registry.check(second.leaves[0]!.binding)).to.equal(BindingStatus.COMPROMISED)
  })
})

function describeStanding(): void {
  it('when the leaf was activated before the mark ... it stands', async () => {
    const { world, fleet, leaf, enrolledAt } = await enrolledWorld()
    await activate(world, fleet, leaf)
    await world.registry.markCompromised(1, enrolledAt)
    await expectStands(world, leaf)
  })

  it('when the leaf was activated after the second, before the mark ... it stands', async () => {
    const { world, fleet, leaf, enrolledAt } = await enrolledWorld()
    await networkHelpers.time.increase(DAY)
    await activate(world, fleet, leaf)
    await networkHelpers.time.increase(DAY)
    await world.registry.markCompromised(1, enrolledAt)
    await expectStands(world, leaf)
  })

  it('when the leaf is activated after the mark ... it stands', async () => {
    const { world, fleet, leaf, enrolledAt } = await enrolledWorld()
    await networkHelpers.time.increase(DAY)
    await world.registry.markCompromised(1, enrolledAt)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.ACTIVE)
    await activate(world, fleet, leaf)
    await expectStands(world, leaf)
  })

  it('when the leaf starts later still ... it stands', async () => {
    const world = await networkHelpers.loadFixture(deploySpendingWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const fleet = await enrolFleet(world, 2, { binding: { validFrom } })
    const enrolledAt = await networkHelpers.time.latest()
    await activate(world, fleet, fleet.leaves[0]!)
    await world.registry.markCompromised(1, enrolledAt)
    await networkHelpers.time.increaseTo(validFrom)
    await expectStands(world, fleet.leaves[0]!)
  })

  it('when it renews a head that the mark ended ... it stands', async () => {
    const world = await networkHelpers.loadFixture(deploySpendingWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    // Starts after the mark's second, so it ends with the mark, although it was signed before.
    const head = await bind(world, world.car, world.party, { validFrom })
    const { binding } = head
    const fleet = fleetOver([world.car], [{ ...binding, previous: head.bindingId, validFrom: validFrom - DAY }])
    await enrol(world, fleet.enrolment)
    await world.registry.markCompromised(1, await networkHelpers.time.latest())
    await activateRenewal(world, fleet, fleet.leaves[0]!, binding)
    expect(await world.registry.check(binding)).to.equal(BindingStatus.COMPROMISED)
    await expectStands(world, fleet.leaves[0]!)
  })
}

function describeEnding(): void {
  it('when the leaf was activated before the mark ... it ended at the mark, and answers for the time before', async () => {
    const { world, fleet, leaf, enrolledAt } = await enrolledWorld()
    await activate(world, fleet, leaf)
    const startedAt = await networkHelpers.time.latest()
    await networkHelpers.time.increase(DAY)
    await world.registry.markCompromised(1, enrolledAt - 1)
    const markedAt = await networkHelpers.time.latest()
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.COMPROMISED)
    const { endsAt, status } = await world.registry.recordOf(leaf.bindingId)
    expect([endsAt, status]).to.deep.equal([BigInt(markedAt), BigInt(BindingStatus.COMPROMISED)])
    const times = [startedAt - 1, startedAt, markedAt - 1, markedAt]
    const liable = times.map((time) => world.registry.liableAt(leaf.binding, time))
    expect(await Promise.all(liable)).to.deep.equal([false, true, true, false])
  })

  it('when the leaf was not activated ... it tells COMPROMISED, and is never activated', async () => {
    const { world, fleet, leaf, enrolledAt } = await enrolledWorld()
    await world.registry.markCompromised(1, enrolledAt - 1)
    expect(await checkLeaf(world, fleet, leaf)).to.equal(BindingStatus.COMPROMISED)
    await expect(activate(world, fleet, leaf))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
    // Accrediting the address again gives it another index: what it enrolled under the old one stays dead.
    await world.registry.accredit(world.attester.address)
    await expect(activate(world, fleet, leaf))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
  })

  it('when the leaf is renewed by another attester ... the new binding stands', async () => {
    const { world, fleet, leaf, enrolledAt } = await enrolledWorld()
    await activate(world, fleet, leaf)
    await world.registry.markCompromised(1, enrolledAt - 1)
    const { wallet: attester } = await accredit(world, 'another attester')
    const next: Binding = { ...leaf.binding, attester: attester.address, previous: leaf.bindingId }
    const signatures = await signBinding(world, next, { device: leaf.device, party: world.party, attester })
    await world.registry.renew(next, leaf.binding, signatures, leaf.device.signer, world.party.signer)
    expect(await world.registry.check(next)).to.equal(BindingStatus.ACTIVE)
    expect(await world.registry.check(leaf.binding)).to.equal(BindingStatus.COMPROMISED)
  })
}

async function enrolledWorld() {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  const fleet = await enrolFleet(world, 2)
  const [leaf] = fleet.leaves as [Leaf]
  return { world, fleet, leaf, enrolledAt: await networkHelpers.time.latest() }
}

async function accredit(world: World, seed: string) {
  const device = secp256k1Device(seed)
  await world.registry.accredit(device.signer)
  return device
}

/** Active, liable from its start on; spends only where the payee's own binding stands too. */
async function expectStands(world: Awaited<ReturnType<typeof deploySpendingWorld>>, { binding, bindingId }: Leaf) {
  expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
  const { startedAt } = await world.registry.recordOf(bindingId)
  expect(await world.registry.liableAt(binding, startedAt)).to.equal(true)
  await spend(world, binding, 1n)
}
