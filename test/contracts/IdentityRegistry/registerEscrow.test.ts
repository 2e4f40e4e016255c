/**
 * registerEscrow
 * |-- given the caller has no role ... it reverts with AccessManagedUnauthorized
 * |-- given the escrow is zero ... it reverts with ZeroAddress
 * |-- given the escrow is registered ... it reverts with AlreadyRegistered
 * |-- given the caller has the role
 * |   |-- it remembers the escrow, and no other address
 * |   `-- it emits EscrowRegistered
 * `-- given the admin gave another account the role for it ... it registers on that account's word
 */
import { expect } from 'chai'
import { ZeroAddress } from 'ethers'
import { giveRole } from '../helpers/roles.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

describe('registerEscrow', () => {
  it('given the caller has no role ... it reverts with AccessManagedUnauthorized', async () => {
    const { registry, relayer, stranger } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.connect(stranger).registerEscrow(relayer.address))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it('given the escrow is zero ... it reverts with ZeroAddress', async () => {
    const { registry } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.registerEscrow(ZeroAddress))
      .to.be.revertedWithCustomError(registry, 'IdentityRegistry_ZeroAddress')
      .withArgs()
  })

  it('given the escrow is registered ... it reverts with AlreadyRegistered', async () => {
    const { registry, escrow } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.registerEscrow(escrow.target))
      .to.be.revertedWithCustomError(registry, 'IdentityRegistry_AlreadyRegistered')
      .withArgs(escrow.target)
  })

  describe('given the caller has the role', () => {
    it('it remembers the escrow, and no other address', async () => {
      const { registry, relayer, stranger } = await networkHelpers.loadFixture(deployWorld)
      await registry.registerEscrow(relayer.address)
      expect(await registry.isEscrow(relayer.address)).to.equal(true)
      expect(await registry.isEscrow(stranger.address)).to.equal(false)
    })

    it('it emits EscrowRegistered', async () => {
      const { registry, relayer } = await networkHelpers.loadFixture(deployWorld)
      await expect(registry.registerEscrow(relayer.address))
        .to.emit(registry, 'EscrowRegistered')
        .withArgs(relayer.address)
    })
  })

  it("given the admin gave another account the role for it ... it registers on that account's word", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, relayer, stranger } = world
    await giveRole(world, stranger.address, 'registerEscrow')
    await registry.connect(stranger).registerEscrow(relayer.address)
    expect(await registry.isEscrow(relayer.address)).to.equal(true)
  })
})
