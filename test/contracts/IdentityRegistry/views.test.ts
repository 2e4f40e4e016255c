/**
 * check, statusOf
 * |-- given the binding is not recorded ... both tell NONE
 * |-- given the binding differs in one field from a recorded one ... check tells NONE
 * |-- given the binding starts later ... both tell PENDING until the second it starts, then ACTIVE
 * |-- given the binding runs ... both tell ACTIVE until the second it expires, then EXPIRED
 * |-- given the binding is suspended ... both tell SUSPENDED, then EXPIRED
 * |-- given the binding was suspended before its start ... both tell SUSPENDED
 * |-- given the binding is released ... both tell RELEASED, also when it would have expired
 * |-- given the binding is revoked ... both tell REVOKED, also when it would have expired
 * `-- given the binding is renewed ... both tell RENEWED, also when it would have expired
 * recordOf
 * |-- given the binding is not recorded ... it is all zero
 * `-- given the binding is recorded ... it is one slot
 * headOf
 * |-- given the device was never bound ... it is zero
 * |-- given the device's binding has ended ... it stays
 * `-- given the device is renewed ... it is the newest
 * attesterOf, attesterIndexOf
 * |-- given no such index ... the attester is zero
 * `-- given no such attester ... the index is zero
 */
import { expect } from 'chai'
import { AbiCoder, ZeroAddress, id, keccak256, toBeHex } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, makeBinding, renew } from '../helpers/bindings.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { release, revoke, suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { DAY, YEN, ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('check, statusOf', () => {
  it('given the binding is not recorded ... both tell NONE', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const binding = await makeBinding(world, world.car, world.party)
    await expectStatus(world, { binding, bindingId: bindingIdOf(binding) }, BindingStatus.NONE)
  })

  it('given the binding differs in one field from a recorded one ... check tells NONE', async () => {
    const { world, bound } = await boundWorld()
    const altered = { ...bound.binding, billingRef: id('another account') }
    expect(await world.registry.check(altered)).to.equal(BindingStatus.NONE)
  })

  it('given the binding starts later ... both tell PENDING until the second it starts, then ACTIVE', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const bound = await bind(world, world.car, world.party, { validFrom })
    await networkHelpers.time.increaseTo(validFrom - 1)
    await expectStatus(world, bound, BindingStatus.PENDING)
    await networkHelpers.time.increaseTo(validFrom)
    await expectStatus(world, bound, BindingStatus.ACTIVE)
  })

  it('given the binding runs ... both tell ACTIVE until the second it expires, then EXPIRED', async () => {
    const { world, bound } = await boundWorld()
    await networkHelpers.time.increaseTo(Number(bound.binding.validUntil) - 1)
    await expectStatus(world, bound, BindingStatus.ACTIVE)
    await networkHelpers.time.increaseTo(bound.binding.validUntil)
    await expectStatus(world, bound, BindingStatus.EXPIRED)
  })

  it('given the binding is suspended ... both tell SUSPENDED, then EXPIRED', async () => {
    const { world, bound } = await boundWorld()
    await suspendByAttester(world, bound, { sequence: 0 })
    await expectStatus(world, bound, BindingStatus.SUSPENDED)
    await networkHelpers.time.increaseTo(bound.binding.validUntil)
    await expectStatus(world, bound, BindingStatus.EXPIRED)
  })

  it('given the binding was suspended before its start ... both tell SUSPENDED', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const bound = await bind(world, world.car, world.party, { validFrom })
    await suspendByAttester(world, bound, { sequence: 0 })
    await expectStatus(world, bound, BindingStatus.SUSPENDED)
  })

  it('given the binding is released ... both tell RELEASED, also when it would have expired', async () => {
    const { world, bound } = await boundWorld()
    await release(world, bound, { sequence: 0 })
    await expectStatusForEver(world, bound, BindingStatus.RELEASED)
  })

  it('given the binding is revoked ... both tell REVOKED, also when it would have expired', async () => {
    const { world, bound } = await boundWorld()
    await revoke(world, bound, { sequence: 0 })
    await expectStatusForEver(world, bound, BindingStatus.REVOKED)
  })

  it('given the binding is renewed ... both tell RENEWED, also when it would have expired', async () => {
    const { world, bound } = await boundWorld()
    await renew(world, world.car, world.party, bound.binding)
    await expectStatusForEver(world, bound, BindingStatus.RENEWED)
  })
})

describe('recordOf', () => {
  it('given the binding is not recorded ... it is all zero', async () => {
    const { registry } = await networkHelpers.loadFixture(deployWorld)
    expect(Array.from(await registry.recordOf(id('nothing')))).to.deep.equal([0n, 0n, 0n, 0n, 0n, 0n, 0n])
  })

  it('given the binding is recorded ... it is one slot', async () => {
    const world = await networkHelpers.loadFixture(deploySpendingWorld)
    const { binding, bindingId } = await bind(world, world.car, world.party)
    await networkHelpers.time.increase(40 * DAY)
    await spend(world, binding, YEN)
    const { startedAt, endsAt, period, exposure, sequence, attesterIndex, status } =
      await world.registry.recordOf(bindingId)
    const low = startedAt | (endsAt << 40n) | (period << 80n) | (exposure << 104n)
    const word = low | (sequence << 200n) | (attesterIndex << 224n) | (status << 248n)
    const { slot, next } = await findRecord(world, bindingId)
    expect(slot).to.equal(toBeHex(word, 32))
    expect(next).to.equal(ZERO_HASH)
  })
})

describe('headOf', () => {
  it('given the device was never bound ... it is zero', async () => {
    const { registry, car } = await networkHelpers.loadFixture(deployWorld)
    expect(await registry.headOf(car.id)).to.equal(ZERO_HASH)
  })

  it("given the device's binding has ended ... it stays", async () => {
    const { world, bound } = await boundWorld()
    await networkHelpers.time.increaseTo(bound.binding.validUntil)
    expect(await world.registry.headOf(world.car.id)).to.equal(bound.bindingId)
  })

  it('given the device is renewed ... it is the newest', async () => {
    const { world, bound } = await boundWorld()
    const { bindingId } = await renew(world, world.car, world.party, bound.binding)
    expect(await world.registry.headOf(world.car.id)).to.equal(bindingId)
  })
})

describe('attesterOf, attesterIndexOf', () => {
  it('given no such index ... the attester is zero', async () => {
    const { registry } = await networkHelpers.loadFixture(deployWorld)
    expect((await registry.attesterOf(0)).account).to.equal(ZeroAddress)
    expect((await registry.attesterOf(2)).account).to.equal(ZeroAddress)
  })

  it('given no such attester ... the index is zero', async () => {
    const { registry, stranger } = await networkHelpers.loadFixture(deployWorld)
    expect(await registry.attesterIndexOf(stranger.address)).to.equal(0)
    expect(await registry.attesterIndexOf(ZeroAddress)).to.equal(0)
  })
})

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, bound: await bind(world, world.car, world.party) }
}

async function expectStatus(world: World, { binding, bindingId }: Bound, status: BindingStatus) {
  expect(await world.registry.check(binding)).to.equal(status)
  expect(await world.registry.statusOf(bindingId)).to.equal(status)
}

async function expectStatusForEver(world: World, bound: Bound, status: BindingStatus) {
  await expectStatus(world, bound, status)
  await networkHelpers.time.increaseTo(Number(bound.binding.validUntil) + DAY)
  await expectStatus(world, bound, status)
}

/** The mapping's place is not part of the interface, so it is searched. */
async function findRecord(world: World, bindingId: string) {
  const registry = String(world.registry.target)
  for (let mapping = 0; mapping < 20; mapping++) {
    const place = keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256'], [bindingId, mapping]))
    const slot = await networkHelpers.getStorageAt(registry, place)
    const next = await networkHelpers.getStorageAt(registry, BigInt(place) + 1n)
    if (slot !== ZERO_HASH) return { slot, next }
  }
  throw new Error(`No slot of binding ${bindingId} found`)
}
