/**
 * resume
 * |-- given the message is about another binding ... it reverts with WrongBinding
 * |-- (each of standingCases.ts)
 * |-- given the binding is active ... it reverts with WrongStatus
 * |-- given the signer is not the binding's party ... it reverts with WrongSigner
 * |-- given the party's signature
 * |   `-- given a secp256k1 signer, sent and left out, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the attester is retired ... it reverts with NotAccredited
 * |-- given the attester was accredited again ... it reverts with NotAccredited
 * |-- given another accredited attester signs ... it reverts with BadAttesterSignature
 * |-- given the attester's signature
 * |   `-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the binding is suspended
 * |   |-- it makes it active, raises the sequence, and leaves the rest of the record
 * |   |-- it emits BindingResumed
 * |   `-- when the message is relayed again after another suspension ... it reverts with WrongSequence
 * `-- given the binding was suspended before its start ... it is pending again
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, resumeMessage, signAsAccount, soon } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { describeSignerLeftOut } from '../helpers/leftOutCases.ts'
import { describeErc1271Account, describeP256Signer, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { resume, suspendByAttester, suspendByParty } from '../helpers/standing.ts'
import { describeStandingCall } from '../helpers/standingCases.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'

const arrangeParty: Arrange = async (world, signer) => {
  const { binding, bindingId } = await bind(world, world.car, signer)
  await suspendByAttester(world, { binding, bindingId }, { sequence: 0 })
  const message = await resumeMessage(world, { bindingId, sequence: 1, deadline: await soon() })
  const attesterSignature = signAsAccount(world.attester, message)
  return {
    contract: world.registry,
    message,
    send: (signature, overrides = {}) =>
      world.registry.resume(message.value, binding, signer.signer, signature, attesterSignature, overrides),
    refusal: { error: 'IdentityRegistry_BadSignature', args: [signer.signer.toLowerCase()] },
    event: 'BindingResumed',
  }
}

const arrangeAttester: Arrange = async (world, signer) => {
  const { party } = world
  const { binding, bindingId } = await bind(world, world.car, party)
  await suspendByAttester(world, { binding, bindingId }, { sequence: 0 })
  const message = await resumeMessage(world, { bindingId, sequence: 1, deadline: await soon() })
  const partySignature = party.sign(message)
  return {
    contract: world.registry,
    message,
    send: (signature, overrides = {}) =>
      world.registry.resume(message.value, binding, party.signer, partySignature, signature, overrides),
    refusal: { error: 'IdentityRegistry_BadAttesterSignature', args: [signer.signer] },
    event: 'BindingResumed',
  }
}

describe('resume', () => {
  it('given the message is about another binding ... it reverts with WrongBinding', async () => {
    const { world, bound } = await suspendedWorld()
    const other = await bind(world, world.charger, world.party)
    await expect(resume(world, { ...other, bindingId: bound.bindingId }, { sequence: 1 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongBinding')
      .withArgs(other.bindingId, bound.bindingId)
  })

  describeStandingCall({
    prepare: (world, bound) => suspendByAttester(world, bound, { sequence: 0 }),
    sequence: 1,
    send: resume,
    event: 'BindingResumed',
  })

  it('given the binding is active ... it reverts with WrongStatus', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const bound = await bind(world, world.car, world.party)
    await expect(resume(world, bound, { sequence: 0 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
      .withArgs(bound.bindingId, BindingStatus.ACTIVE, BindingStatus.SUSPENDED)
  })

  it("given the signer is not the binding's party ... it reverts with WrongSigner", async () => {
    const { world, bound } = await suspendedWorld()
    await expect(resume(world, bound, { sequence: 1 }, world.operator))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.operator.id, world.party.id)
  })

  describe("given the party's signature", () => {
    describeSecp256k1Signer(arrangeParty)
    describeSignerLeftOut(arrangeParty)
    describeP256Signer(arrangeParty)
    describeErc1271Account(arrangeParty)
  })

  it('given the attester is retired ... it reverts with NotAccredited', async () => {
    const { world, bound } = await suspendedWorld()
    await world.registry.retire(world.attester.address)
    await expect(resume(world, bound, { sequence: 1 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAccredited')
      .withArgs(world.attester.address)
  })

  it('given the attester was accredited again ... it reverts with NotAccredited', async () => {
    const { world, bound } = await suspendedWorld()
    await world.registry.retire(world.attester.address)
    await world.registry.accredit(world.attester.address)
    await expect(resume(world, bound, { sequence: 1 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAccredited')
      .withArgs(world.attester.address)
  })

  it('given another accredited attester signs ... it reverts with BadAttesterSignature', async () => {
    const { world, bound } = await suspendedWorld()
    const attester = secp256k1Device('another attester').wallet
    await world.registry.accredit(attester.address)
    await expect(resume({ ...world, attester }, bound, { sequence: 1 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadAttesterSignature')
      .withArgs(world.attester.address)
  })

  describe("given the attester's signature", () => {
    describeSecp256k1Signer(arrangeAttester, 'attester')
    describeErc1271Account(arrangeAttester, 'attester')
  })

  describe('given the binding is suspended', () => {
    it('it makes it active, raises the sequence, and leaves the rest of the record', async () => {
      const { world, bound } = await suspendedWorld()
      const before = (await world.registry.recordOf(bound.bindingId)).toObject()
      await resume(world, bound, { sequence: 1 })
      const after = (await world.registry.recordOf(bound.bindingId)).toObject()
      expect(after).to.deep.equal({ ...before, status: BigInt(BindingStatus.ACTIVE), sequence: 2n })
    })

    it('it emits BindingResumed', async () => {
      const { world, bound } = await suspendedWorld()
      await expect(resume(world, bound, { sequence: 1 }))
        .to.emit(world.registry, 'BindingResumed')
        .withArgs(bound.bindingId, 2)
    })

    it('when the message is relayed again after another suspension ... it reverts with WrongSequence', async () => {
      const { world, bound } = await suspendedWorld()
      const again = await resume(world, bound, { sequence: 1 })
      await suspendByParty(world, bound, { sequence: 2 })
      await expect(world.relayer.sendTransaction({ to: again.to, data: again.data }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSequence')
        .withArgs(bound.bindingId, 1, 3)
    })
  })

  it('given the binding was suspended before its start ... it is pending again', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { validFrom } = await makeBinding(world, world.car, world.party)
    const bound = await bind(world, world.car, world.party, { validFrom: Number(validFrom) + DAY })
    await suspendByParty(world, bound, { sequence: 0 })
    await resume(world, bound, { sequence: 1 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.PENDING)
  })
})

async function suspendedWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const bound = await bind(world, world.car, world.party)
  await suspendByAttester(world, bound, { sequence: 0 })
  return { world, bound }
}
