/**
 * constructor
 * |-- given an access manager without code ... it reverts with NoCode
 * |-- given a P-256 verifier without code ... it reverts with NoCode
 * `-- given an access manager and a verifier
 *     |-- it keeps both
 *     |-- it has the domain that messages are signed in
 *     `-- it starts without attesters, escrows and bindings
 */
import { expect } from 'chai'
import { ZeroAddress } from 'ethers'
import { registryDomain } from '../../../sdk/src/generated/constants.ts'
import { ZERO_HASH, deploy, deployWorld, domainOf, ethers, networkHelpers } from '../helpers/world.ts'

describe('constructor', () => {
  it('given an access manager without code ... it reverts with NoCode', async () => {
    const { registry, stranger, verifier } = await networkHelpers.loadFixture(deployWorld)
    for (const manager of [ZeroAddress, stranger.address]) {
      await expect(deploy('IdentityRegistry', [manager, verifier.target]))
        .to.be.revertedWithCustomError(registry, 'IdentityRegistry_NoCode')
        .withArgs(manager)
    }
  })

  it('given a P-256 verifier without code ... it reverts with NoCode', async () => {
    const { manager, registry, stranger } = await networkHelpers.loadFixture(deployWorld)
    for (const verifier of [ZeroAddress, stranger.address]) {
      await expect(deploy('IdentityRegistry', [manager.target, verifier]))
        .to.be.revertedWithCustomError(registry, 'IdentityRegistry_NoCode')
        .withArgs(verifier)
    }
  })

  describe('given an access manager and a verifier', () => {
    it('it keeps both', async () => {
      const { manager, registry, verifier } = await networkHelpers.loadFixture(deployWorld)
      expect(await registry.authority()).to.equal(manager.target)
      expect(await registry.p256Verifier()).to.equal(verifier.target)
    })

    it('it has the domain that messages are signed in', async () => {
      const { registry } = await networkHelpers.loadFixture(deployWorld)
      const { chainId } = await ethers.provider.getNetwork()
      const expected = { ...registryDomain, chainId, verifyingContract: registry.target }
      expect(await domainOf(registry)).to.deep.equal(expected)
    })

    it('it starts without attesters, escrows and bindings', async () => {
      const { manager, verifier, attester, escrow, car } = await networkHelpers.loadFixture(deployWorld)
      const fresh = await deploy('IdentityRegistry', [manager.target, verifier.target])
      expect(await fresh.attesterIndexOf(attester.address)).to.equal(0)
      expect((await fresh.attesterOf(1)).account).to.equal(ZeroAddress)
      expect(await fresh.isEscrow(escrow.target)).to.equal(false)
      expect(await fresh.headOf(car.id)).to.equal(ZERO_HASH)
    })
  })
})
