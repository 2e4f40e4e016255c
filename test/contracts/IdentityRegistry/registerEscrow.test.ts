/**
 * registerEscrow
 * |-- given the caller has no role ... it reverts with AccessManagedUnauthorized
 * |-- given the escrow is zero ... it reverts with ZeroAddress
 * |-- given the escrow is registered ... it reverts with AlreadyRegistered
 * |-- given sixteen escrows are registered ... it reverts with TooManyEscrows, and the last of them still spends
 * |-- given the caller has the role
 * |   |-- it remembers the escrow, and no other address
 * |   `-- it emits EscrowRegistered
 * `-- given the admin gave another account the role for it ... it registers on that account's word
 */
import { expect } from 'chai'
import { ZeroAddress, dataSlice, getAddress, id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { FIRST, mark } from '../helpers/attesters.ts'
import { bind } from '../helpers/bindings.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { giveRole } from '../helpers/roles.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
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

  it('given sixteen escrows are registered ... it reverts with TooManyEscrows, and the last of them still spends', async () => {
    const world = await networkHelpers.loadFixture(deploySpendingWorld)
    const payer = await bind(world, world.car, world.party)
    // The real one and the relayer are registered; the stranger is the last.
    for (let i = 3; i < 16; i++) await world.registry.registerEscrow(getAddress(dataSlice(id(`escrow ${i}`), 0, 20)))
    await world.registry.registerEscrow(world.stranger.address)
    const again = world.registry.registerEscrow(world.beneficiary.address)
    await expectReverts(world, again, 'TooManyEscrows', [16])
    await spend({ ...world, relayer: world.stranger }, payer.binding, 1n)

    await mark(world, FIRST, 0)
    const marked = spend({ ...world, relayer: world.stranger }, payer.binding, 1n)
    const given = [payer.bindingId, BindingStatus.COMPROMISED, BindingStatus.ACTIVE]
    await expectReverts(world, marked, 'WrongStatus', given)
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
