/**
 * suspendByParty
 * |-- given the message is about another binding ... it reverts with WrongBinding
 * |-- (each of standingCases.ts)
 * |-- given the binding is suspended ... it reverts with WrongStatus
 * |-- given the signer is not the binding's party ... it reverts with WrongSigner
 * |-- given the device signs for its party ... it reverts with WrongSigner
 * |-- given a secp256k1 signer, sent and left out, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the binding is active
 * |   |-- it suspends, raises the sequence, and leaves the rest of the record
 * |   |-- it emits BindingSuspended
 * |   |-- when the message is relayed again ... it reverts with WrongSequence
 * |   `-- when the message is relayed again after a resume ... it reverts with WrongSequence
 * `-- given the binding is pending ... it suspends, and the start finds it suspended
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, soon, suspendMessage } from '../helpers/bindings.ts'
import { describeSignerLeftOut } from '../helpers/leftOutCases.ts'
import { describeErc1271Account, describeP256Signer, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { resume, suspendByAttester, suspendByParty } from '../helpers/standing.ts'
import { describeStandingCall } from '../helpers/standingCases.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'

const arrange: Arrange = async (world, signer) => {
  const { binding, bindingId } = await bind(world, world.car, signer)
  const message = await suspendMessage(world, { bindingId, sequence: 0, deadline: await soon() })
  return {
    contract: world.registry,
    message,
    send: (signature, overrides = {}) =>
      world.registry.suspendByParty(message.value, binding, signer.signer, signature, overrides),
    refusal: { error: 'IdentityRegistry_BadSignature', args: [signer.signer.toLowerCase()] },
    event: 'BindingSuspended',
  }
}

describe('suspendByParty', () => {
  it('given the message is about another binding ... it reverts with WrongBinding', async () => {
    const { world, bound } = await boundWorld()
    const other = await bind(world, world.charger, world.party)
    await expect(suspendByParty(world, { ...other, bindingId: bound.bindingId }, { sequence: 0 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongBinding')
      .withArgs(other.bindingId, bound.bindingId)
  })

  describeStandingCall({
    prepare: async (world, bound) => {
      await suspendByAttester(world, bound, { sequence: 0 })
      await resume(world, bound, { sequence: 1 })
    },
    sequence: 2,
    send: suspendByParty,
    event: 'BindingSuspended',
  })

  it('given the binding is suspended ... it reverts with WrongStatus', async () => {
    const { world, bound } = await boundWorld()
    await suspendByAttester(world, bound, { sequence: 0 })
    await expect(suspendByParty(world, bound, { sequence: 1 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
      .withArgs(bound.bindingId, BindingStatus.SUSPENDED, BindingStatus.ACTIVE)
  })

  it("given the signer is not the binding's party ... it reverts with WrongSigner", async () => {
    const { world, bound } = await boundWorld()
    await expect(suspendByParty(world, bound, { sequence: 0 }, world.operator))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.operator.id, world.party.id)
  })

  it('given the device signs for its party ... it reverts with WrongSigner', async () => {
    const { world, bound } = await boundWorld()
    await expect(suspendByParty(world, bound, { sequence: 0 }, world.car))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.car.id, world.party.id)
  })

  describeSecp256k1Signer(arrange)
  describeSignerLeftOut(arrange)
  describeP256Signer(arrange)
  describeErc1271Account(arrange)

  describe('given the binding is active', () => {
    it('it suspends, raises the sequence, and leaves the rest of the record', async () => {
      const { world, bound } = await boundWorld()
      const before = (await world.registry.recordOf(bound.bindingId)).toObject()
      await suspendByParty(world, bound, { sequence: 0 })
      const after = (await world.registry.recordOf(bound.bindingId)).toObject()
      expect(after).to.deep.equal({ ...before, status: BigInt(BindingStatus.SUSPENDED), sequence: 1n })
    })

    it('it emits BindingSuspended', async () => {
      const { world, bound } = await boundWorld()
      await expect(suspendByParty(world, bound, { sequence: 0 }))
        .to.emit(world.registry, 'BindingSuspended')
        .withArgs(bound.bindingId, 1)
    })

    it('when the message is relayed again ... it reverts with WrongSequence', async () => {
      const { world, bound } = await boundWorld()
      const again = await suspendByParty(world, bound, { sequence: 0 })
      await expect(world.relayer.sendTransaction({ to: again.to, data: again.data }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSequence')
        .withArgs(bound.bindingId, 0, 1)
    })

    it('when the message is relayed again after a resume ... it reverts with WrongSequence', async () => {
      const { world, bound } = await boundWorld()
      const again = await suspendByParty(world, bound, { sequence: 0 })
      await resume(world, bound, { sequence: 1 })
      await expect(world.relayer.sendTransaction({ to: again.to, data: again.data }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSequence')
        .withArgs(bound.bindingId, 0, 2)
    })
  })

  it('given the binding is pending ... it suspends, and the start finds it suspended', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { validFrom } = await makeBinding(world, world.car, world.party)
    const bound = await bind(world, world.car, world.party, { validFrom: Number(validFrom) + DAY })
    await suspendByParty(world, bound, { sequence: 0 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.SUSPENDED)
    await networkHelpers.time.increase(DAY)
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.SUSPENDED)
  })
})

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, bound: await bind(world, world.car, world.party) }
}
