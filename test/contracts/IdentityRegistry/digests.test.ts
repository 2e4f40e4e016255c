/**
 * bindingDigest
 * |-- it is what ethers computes
 * `-- when any field changes ... it changes
 * agreementDigest
 * |-- it is what ethers computes
 * `-- when any field changes ... it changes
 */
import { expect } from 'chai'
import { ZeroAddress, id } from 'ethers'
import { agreementTypes, bindingTypes } from '../../../sdk/src/generated/typedData.ts'
import { makeBinding } from '../helpers/bindings.ts'
import { digestOf } from '../helpers/devices.ts'
import { DAY, deployWorld, domainOf, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('bindingDigest', () => {
  it('it is what ethers computes', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const binding = await makeBinding(world, world.car, world.party, { previous: id('previous') })
    const digest = digestOf({ domain: await domainOf(world.registry), types: bindingTypes, value: binding })
    expect(await world.registry.bindingDigest(binding)).to.equal(digest)
  })

  it('when any field changes ... it changes', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const binding = await makeBinding(world, world.car, world.party)
    const digests = [await world.registry.bindingDigest(binding)]
    for (const { name, type } of bindingTypes.Binding) {
      digests.push(await world.registry.bindingDigest({ ...binding, [name]: OTHER[type] }))
    }
    expect(new Set(digests).size).to.equal(1 + bindingTypes.Binding.length)
  })
})

describe('agreementDigest', () => {
  it('it is what ethers computes', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const agreement = await makeAgreement(world)
    const digest = digestOf({ domain: await domainOf(world.registry), types: agreementTypes, value: agreement })
    expect(await world.registry.agreementDigest(agreement)).to.equal(digest)
  })

  it('when any field changes ... it changes', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const agreement = await makeAgreement(world)
    const digests = [await world.registry.agreementDigest(agreement)]
    for (const { name, type } of agreementTypes.Agreement) {
      digests.push(await world.registry.agreementDigest({ ...agreement, [name]: OTHER[type] }))
    }
    expect(new Set(digests).size).to.equal(1 + agreementTypes.Agreement.length)
  })
})

/** A value that no sound binding or agreement has, by type. */
const OTHER: Readonly<Record<string, unknown>> = {
  bytes32: id('another'),
  address: ZeroAddress,
  uint8: 3,
  uint32: 7,
  uint40: 7,
  uint96: 7n,
}

async function makeAgreement({ car, charger }: World) {
  const now = await networkHelpers.time.latest()
  return {
    payer: car.id,
    payee: charger.id,
    tariffHash: id('tariff'),
    validFrom: now,
    validUntil: now + DAY,
    salt: id('salt'),
  }
}
