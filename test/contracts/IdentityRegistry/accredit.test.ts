/**
 * accredit
 * |-- given the caller has no role ... it reverts with AccessManagedUnauthorized
 * |-- given the caller's role does not cover the function ... it reverts with AccessManagedUnauthorized
 * |-- given the attester is zero ... it reverts with ZeroAddress
 * |-- given the attester is accredited ... it reverts with AlreadyAccredited
 * |-- given the caller has the role
 * |   |-- it gives the next index
 * |   |-- it remembers the attester by address and by index
 * |   `-- it emits AttesterAccredited
 * |-- given the admin gave another account the role for it ... it accredits on that account's word
 * |-- given that role has a delay ... it reverts with AccessManagerNotScheduled until it was scheduled and has waited
 * `-- given the attester was retired ... it gives a new index and keeps the old one's attester
 */
import { expect } from 'chai'
import { ZeroAddress } from 'ethers'
import { HOUR, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import { giveRole } from '../helpers/roles.ts'

const NEWCOMER = '0x00000000000000000000000000000000000000a1'

describe('accredit', () => {
  it('given the caller has no role ... it reverts with AccessManagedUnauthorized', async () => {
    const { registry, stranger } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.connect(stranger).accredit(NEWCOMER))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it("given the caller's role does not cover the function ... it reverts with AccessManagedUnauthorized", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, stranger } = world
    await giveRole(world, stranger.address, 'retire')
    await expect(registry.connect(stranger).accredit(NEWCOMER))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it('given the attester is zero ... it reverts with ZeroAddress', async () => {
    const { registry } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.accredit(ZeroAddress))
      .to.be.revertedWithCustomError(registry, 'IdentityRegistry_ZeroAddress')
      .withArgs()
  })

  it('given the attester is accredited ... it reverts with AlreadyAccredited', async () => {
    const { registry, attester } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.accredit(attester.address))
      .to.be.revertedWithCustomError(registry, 'IdentityRegistry_AlreadyAccredited')
      .withArgs(attester.address, 1)
  })

  describe('given the caller has the role', () => {
    it('it gives the next index', async () => {
      const { registry, attester } = await networkHelpers.loadFixture(deployWorld)
      expect(await registry.attesterIndexOf(attester.address)).to.equal(1)
      expect(await registry.accredit.staticCall(NEWCOMER)).to.equal(2)
    })

    it('it remembers the attester by address and by index', async () => {
      const { registry } = await networkHelpers.loadFixture(deployWorld)
      await registry.accredit(NEWCOMER)
      expect(await registry.attesterIndexOf(NEWCOMER)).to.equal(2)
      expect((await registry.attesterOf(2)).account).to.equal(ethers.getAddress(NEWCOMER))
    })

    it('it emits AttesterAccredited', async () => {
      const { registry } = await networkHelpers.loadFixture(deployWorld)
      await expect(registry.accredit(NEWCOMER))
        .to.emit(registry, 'AttesterAccredited')
        .withArgs(ethers.getAddress(NEWCOMER), 2)
    })
  })

  it("given the admin gave another account the role for it ... it accredits on that account's word", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, stranger } = world
    await giveRole(world, stranger.address, 'accredit')
    await registry.connect(stranger).accredit(NEWCOMER)
    expect(await registry.attesterIndexOf(NEWCOMER)).to.equal(2)
  })

  it('given that role has a delay ... it reverts with AccessManagerNotScheduled until it was scheduled and has waited', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { manager, registry, stranger } = world
    await giveRole(world, stranger.address, 'accredit', HOUR)
    const data = registry.interface.encodeFunctionData('accredit', [NEWCOMER])
    const operation = await manager.hashOperation(stranger.address, registry.target, data)
    await expect(registry.connect(stranger).accredit(NEWCOMER))
      .to.be.revertedWithCustomError(manager, 'AccessManagerNotScheduled')
      .withArgs(operation)

    await manager.connect(stranger).schedule(registry.target, data, 0)
    await expect(registry.connect(stranger).accredit(NEWCOMER))
      .to.be.revertedWithCustomError(manager, 'AccessManagerNotReady')
      .withArgs(operation)

    await networkHelpers.time.increase(HOUR)
    await registry.connect(stranger).accredit(NEWCOMER)
    expect(await registry.attesterIndexOf(NEWCOMER)).to.equal(2)
  })

  it("given the attester was retired ... it gives a new index and keeps the old one's attester", async () => {
    const { registry, attester } = await networkHelpers.loadFixture(deployWorld)
    await registry.retire(attester.address)
    await registry.accredit(attester.address)
    expect(await registry.attesterIndexOf(attester.address)).to.equal(2)
    expect((await registry.attesterOf(1)).account).to.equal(attester.address)
    expect((await registry.attesterOf(2)).account).to.equal(attester.address)
  })
})
