/**
 * bind, whose signers are odd
 * |-- given a signer that can sign nothing
 * |   |-- when the device is (each of oddSigners.ts) ... it reverts with BadSignature
 * |   `-- when the party is (each of oddSigners.ts) ... it reverts with BadSignature, or with VerifierNotAllowed
 * `-- given a signer that is left out
 *     |-- when the party is named by no bytes at all ... it reverts with WrongSigner
 *     |-- when the party is the zero address, and its signature nobody's ... it reverts with BadSignature
 *     |-- when the party is the attester ... it reverts with SelfAttested
 *     `-- when device and party sign for each other ... it reverts with WrongSigner
 */
import { expect } from 'chai'
import { ZeroAddress, dataSlice, getAddress, keccak256 } from 'ethers'
import { bind } from '../helpers/bindings.ts'
import { ODD_SIGNERS } from '../helpers/oddSigners.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

describe('bind, whose signers are odd', () => {
  describe('given a signer that can sign nothing', () => {
    for (const { title, make, partyError = 'BadSignature' } of ODD_SIGNERS) {
      it(`when the device is ${title} ... it reverts with BadSignature`, async () => {
        const world = await networkHelpers.loadFixture(deployWorld)
        const odd = await make(world)
        await expect(bind(world, odd, world.party))
          .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadSignature')
          .withArgs(odd.signer)
      })
      it(`when the party is ${title} ... it reverts with ${partyError}`, async () => {
        const world = await networkHelpers.loadFixture(deployWorld)
        const odd = await make(world)
        await expect(bind(world, world.car, odd))
          .to.be.revertedWithCustomError(world.registry, `IdentityRegistry_${partyError}`)
          .withArgs(partyError === 'BadSignature' ? odd.signer : getAddress(dataSlice(odd.signer, 0, 20)))
      })
    }
  })

  describe('given a signer that is left out', () => {
    it('when the party is named by no bytes at all ... it reverts with WrongSigner', async () => {
      const { party, ...world } = await networkHelpers.loadFixture(deployWorld)
      const nobody = { ...party, signer: '0x', id: keccak256('0x') }
      await expect(bind({ ...world, party }, world.car, nobody))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
        .withArgs(party.id, nobody.id)
    })

    it("when the party is the zero address, and its signature nobody's ... it reverts with BadSignature", async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const zero = { ...world.party, signer: '0x', id: keccak256(ZeroAddress), sign: () => '0x' }
      await expect(bind(world, world.car, zero))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadSignature')
        .withArgs('0x')
    })

    it('when the party is the attester ... it reverts with SelfAttested', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      await expect(bind(world, world.car, { ...world.attesterDevice, signer: '0x' }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_SelfAttested')
        .withArgs(world.attester.address)
    })

    it('when device and party sign for each other ... it reverts with WrongSigner', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const car = { ...world.car, signer: '0x' }
      const party = { ...world.party, signer: '0x' }
      await expect(bind(world, { ...car, sign: party.sign }, { ...party, sign: car.sign }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
        .withArgs(party.id, car.id)
    })
  })
})
