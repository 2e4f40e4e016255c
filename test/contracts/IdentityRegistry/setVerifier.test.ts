/**
 * setVerifier, allowsVerifier
 * |-- given the caller has no role ... it reverts with AccessManagedUnauthorized
 * |-- given the caller's role covers accrediting alone ... it reverts with AccessManagedUnauthorized
 * |-- given there is no code at the verifier that is allowed ... it reverts with NoCode
 * |-- given the verifier is none of the allowed ones ... it is not allowed, and neither is the registry's own
 * |-- given there is no code any more at the verifier that is disallowed ... it disallows
 * |-- given a verifier with code
 * |   |-- it allows it, and no other
 * |   |-- it emits VerifierSet
 * |   |-- when it is allowed twice ... it stays allowed
 * |   `-- when it is disallowed ... it is not allowed, and VerifierSet says so
 * `-- given the admin gave another account the role for it ... it allows on that account's word
 */
import { expect } from 'chai'
import { ZeroAddress } from 'ethers'
import { expectReverts } from '../helpers/reverts.ts'
import { giveRole } from '../helpers/roles.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

describe('setVerifier, allowsVerifier', () => {
  it('given the caller has no role ... it reverts with AccessManagedUnauthorized', async () => {
    const { registry, stranger, token } = await networkHelpers.loadFixture(deployWorld)
    await expect(registry.connect(stranger).setVerifier(token.target, true))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it("given the caller's role covers accrediting alone ... it reverts with AccessManagedUnauthorized", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, stranger, token } = world
    await giveRole(world, stranger.address, 'accredit')
    await expect(registry.connect(stranger).setVerifier(token.target, false))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it('given there is no code at the verifier that is allowed ... it reverts with NoCode', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    // The precompiles answer without code: one that echoes its input must not become a verifier.
    for (const verifier of [ZeroAddress, world.stranger.address, '0x0000000000000000000000000000000000000004']) {
      await expectReverts(world, world.registry.setVerifier(verifier, true), 'NoCode', [verifier])
    }
  })

  it("given the verifier is none of the allowed ones ... it is not allowed, and neither is the registry's own", async () => {
    const { registry, token, verifier } = await networkHelpers.loadFixture(deployWorld)
    expect(await registry.allowsVerifier(token.target)).to.equal(false)
    expect(await registry.allowsVerifier(verifier.target)).to.equal(false)
  })

  it('given there is no code any more at the verifier that is disallowed ... it disallows', async () => {
    const { registry, token } = await networkHelpers.loadFixture(deployWorld)
    await registry.setVerifier(token.target, true)
    await networkHelpers.setCode(String(token.target), '0x')
    await registry.setVerifier(token.target, false)
    expect(await registry.allowsVerifier(token.target)).to.equal(false)
  })

  describe('given a verifier with code', () => {
    it('it allows it, and no other', async () => {
      const { registry, token, escrow } = await networkHelpers.loadFixture(deployWorld)
      await registry.setVerifier(token.target, true)
      expect(await registry.allowsVerifier(token.target)).to.equal(true)
      expect(await registry.allowsVerifier(escrow.target)).to.equal(false)
    })

    it('it emits VerifierSet', async () => {
      const { registry, token } = await networkHelpers.loadFixture(deployWorld)
      await expect(registry.setVerifier(token.target, true))
        .to.emit(registry, 'VerifierSet')
        .withArgs(token.target, true)
    })

    it('when it is allowed twice ... it stays allowed', async () => {
      const { registry, token } = await networkHelpers.loadFixture(deployWorld)
      await registry.setVerifier(token.target, true)
      await registry.setVerifier(token.target, true)
      expect(await registry.allowsVerifier(token.target)).to.equal(true)
    })

    it('when it is disallowed ... it is not allowed, and VerifierSet says so', async () => {
      const { registry, token } = await networkHelpers.loadFixture(deployWorld)
      await registry.setVerifier(token.target, true)
      await expect(registry.setVerifier(token.target, false))
        .to.emit(registry, 'VerifierSet')
        .withArgs(token.target, false)
      expect(await registry.allowsVerifier(token.target)).to.equal(false)
    })
  })

  it("given the admin gave another account the role for it ... it allows on that account's word", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, stranger, token } = world
    await giveRole(world, stranger.address, 'setVerifier')
    await registry.connect(stranger).setVerifier(token.target, true)
    expect(await registry.allowsVerifier(token.target)).to.equal(true)
  })
})
