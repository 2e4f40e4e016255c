/**
 * constructor
 * |-- given an access manager without code ... it reverts with NoCode
 * |-- given a P-256 verifier without code ... it reverts with NoCode
 * `-- given an access manager and a verifier
 *     |-- it keeps both
 *     |-- it has the domain that messages are signed in
 *     |-- it exposes the type hash of each message as ethers computes it
 *     `-- it starts without attesters, escrows and bindings
 */
import { expect } from 'chai'
import { TypedDataEncoder, ZeroAddress, id } from 'ethers'
import { registryDomain } from '../../../sdk/src/generated/constants.ts'
import {
  agreementTypes,
  bindingTypes,
  releaseTypes,
  resumeTypes,
  revokeTypes,
  suspendTypes,
} from '../../../sdk/src/generated/typedData.ts'
import { ZERO_HASH, deploy, deployWorld, domainOf, ethers, networkHelpers } from '../helpers/world.ts'

type Types = ConstructorParameters<typeof TypedDataEncoder>[0]

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

    it('it exposes the type hash of each message as ethers computes it', async () => {
      const { registry } = await networkHelpers.loadFixture(deployWorld)
      expect(await registry.BINDING_TYPEHASH()).to.equal(typeHashOf(bindingTypes))
      expect(await registry.SUSPEND_TYPEHASH()).to.equal(typeHashOf(suspendTypes))
      expect(await registry.RESUME_TYPEHASH()).to.equal(typeHashOf(resumeTypes))
      expect(await registry.REVOKE_TYPEHASH()).to.equal(typeHashOf(revokeTypes))
      expect(await registry.RELEASE_TYPEHASH()).to.equal(typeHashOf(releaseTypes))
      expect(await registry.AGREEMENT_TYPEHASH()).to.equal(typeHashOf(agreementTypes))
    })

    it('it starts without attesters, escrows and bindings', async () => {
      const { manager, verifier, attester, escrow, car } = await networkHelpers.loadFixture(deployWorld)
      const fresh = await deploy('IdentityRegistry', [manager.target, verifier.target])
      expect(await fresh.attesterIndexOf(attester.address)).to.equal(0)
      expect(await fresh.attesterAt(1)).to.equal(ZeroAddress)
      expect(await fresh.isEscrow(escrow.target)).to.equal(false)
      expect(await fresh.headOf(car.id)).to.equal(ZERO_HASH)
    })
  })
})

function typeHashOf(types: Readonly<Record<string, readonly unknown[]>>): string {
  const encoder = TypedDataEncoder.from(types as Types)
  return id(encoder.encodeType(encoder.primaryType))
}
