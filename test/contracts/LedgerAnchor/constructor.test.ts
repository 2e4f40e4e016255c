/**
 * constructor
 * |-- given a P-256 verifier without code ... it reverts with NoCode
 * `-- given a verifier
 *     |-- it keeps it
 *     |-- it has the domain that anchors are signed in
 *     `-- it starts without any anchor
 */
import { expect } from 'chai'
import { ZeroAddress } from 'ethers'
import { anchorDomain } from '../../../sdk/src/generated/constants.ts'
import { deployLedgerWorld } from '../helpers/anchors.ts'
import { ZERO_HASH, deploy, domainOf, ethers, networkHelpers } from '../helpers/world.ts'

describe('constructor', () => {
  it('given a P-256 verifier without code ... it reverts with NoCode', async () => {
    const { ledger, stranger } = await networkHelpers.loadFixture(deployLedgerWorld)
    for (const verifier of [ZeroAddress, stranger.address]) {
      await expect(deploy('LedgerAnchor', [verifier]))
        .to.be.revertedWithCustomError(ledger, 'LedgerAnchor_NoCode')
        .withArgs(verifier)
    }
  })

  describe('given a verifier', () => {
    it('it keeps it', async () => {
      const { ledger, verifier } = await networkHelpers.loadFixture(deployLedgerWorld)
      expect(await ledger.p256Verifier()).to.equal(verifier.target)
    })

    it('it has the domain that anchors are signed in', async () => {
      const { ledger } = await networkHelpers.loadFixture(deployLedgerWorld)
      const { chainId } = await ethers.provider.getNetwork()
      expect(await domainOf(ledger)).to.deep.equal({ ...anchorDomain, chainId, verifyingContract: ledger.target })
    })

    it('it starts without any anchor', async () => {
      const { ledger, publisher } = await networkHelpers.loadFixture(deployLedgerWorld)
      expect(await ledger.lastEpochOf(publisher.id)).to.equal(0n)
      expect(await ledger.isLastRoot(publisher.id, ZERO_HASH)).to.equal(false)
    })
  })
})
