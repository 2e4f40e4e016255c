/**
 * suspendByAttester
 * |-- (each of standingCases.ts)
 * |-- given the binding is suspended ... it reverts with WrongStatus
 * |-- given another accredited attester signs ... it reverts with BadAttesterSignature
 * |-- given the party signs ... it reverts with BadAttesterSignature
 * |-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the binding is active
 * |   |-- it suspends, raises the sequence, and leaves the rest of the record
 * |   |-- it emits BindingSuspended
 * |   |-- when the message is relayed again ... it reverts with WrongSequence
 * |   `-- when the party's message names the same sequence ... it reverts with WrongSequence
 * |-- given the binding is pending ... it suspends, and the start finds it suspended
 * `-- given the attester is retired ... it suspends
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, soon, suspendMessage } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { describeErc1271Account, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { resume, suspendByAttester, suspendByParty } from '../helpers/standing.ts'
import { describeStandingCall } from '../helpers/standingCases.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const arrange: Arrange = async (world, signer) => {
  const { bindingId } = await bind(world, world.car, world.party)
  const message = await suspendMessage(world, { bindingId, sequence: 0, deadline: await soon() })
  return {
    contract: world.registry,
    message,
    send: (signature, overrides = {}) => world.registry.suspendByAttester(message.value, signature, overrides),
    refusal: { error: 'IdentityRegistry_BadAttesterSignature', args: [signer.signer] },
    event: 'BindingSuspended',
  }
}

describe('suspendByAttester', () => {
  describeStandingCall({
    prepare: async (world, bound) => {
      await suspendByParty(world, bound, { sequence: 0 })
      await resume(world, bound, { sequence: 1 })
    },
    sequence: 2,
    send: suspendByAttester,
    event: 'BindingSuspended',
  })

  it('given the binding is suspended ... it reverts with WrongStatus', async () => {
    const { world, bound } = await boundWorld()
    await suspendByAttester(world, bound, { sequence: 0 })
    await expect(suspendByAttester(world, bound, { sequence: 1 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
      .withArgs(bound.bindingId, BindingStatus.SUSPENDED, BindingStatus.ACTIVE)
  })

  it('given another accredited attester signs ... it reverts with BadAttesterSignature', async () => {
    const { world, bound } = await boundWorld()
    const other = secp256k1Device('another attester')
    await world.registry.accredit(other.signer)
    await expectBadAttesterSignature(world, bound.bindingId, other)
  })

  it('given the party signs ... it reverts with BadAttesterSignature', async () => {
    const { world, bound } = await boundWorld()
    await expectBadAttesterSignature(world, bound.bindingId, world.party)
  })

  describeSecp256k1Signer(arrange, 'attester')
  describeErc1271Account(arrange, 'attester')

  describe('given the binding is active', () => {
    it('it suspends, raises the sequence, and leaves the rest of the record', async () => {
      const { world, bound } = await boundWorld()
      const before = (await world.registry.recordOf(bound.bindingId)).toObject()
      await suspendByAttester(world, bound, { sequence: 0 })
      const after = (await world.registry.recordOf(bound.bindingId)).toObject()
      expect(after).to.deep.equal({ ...before, status: BigInt(BindingStatus.SUSPENDED), sequence: 1n })
    })

    it('it emits BindingSuspended', async () => {
      const { world, bound } = await boundWorld()
      await expect(suspendByAttester(world, bound, { sequence: 0 }))
        .to.emit(world.registry, 'BindingSuspended')
        .withArgs(bound.bindingId, 1)
    })

    it('when the message is relayed again ... it reverts with WrongSequence', async () => {
      const { world, bound } = await boundWorld()
      const again = await suspendByAttester(world, bound, { sequence: 0 })
      await resume(world, bound, { sequence: 1 })
      await expect(world.relayer.sendTransaction({ to: again.to, data: again.data }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSequence')
        .withArgs(bound.bindingId, 0, 2)
    })

    it("when the party's message names the same sequence ... it reverts with WrongSequence", async () => {
      const { world, bound } = await boundWorld()
      await suspendByAttester(world, bound, { sequence: 0 })
      await expect(suspendByParty(world, bound, { sequence: 0 }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSequence')
        .withArgs(bound.bindingId, 0, 1)
    })
  })

  it('given the binding is pending ... it suspends, and the start finds it suspended', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { validFrom } = await makeBinding(world, world.car, world.party)
    const bound = await bind(world, world.car, world.party, { validFrom: Number(validFrom) + DAY })
    await suspendByAttester(world, bound, { sequence: 0 })
    await networkHelpers.time.increase(DAY)
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.SUSPENDED)
  })

  it('given the attester is retired ... it suspends', async () => {
    const { world, bound } = await boundWorld()
    await world.registry.retire(world.attester.address)
    await suspendByAttester(world, bound, { sequence: 0 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.SUSPENDED)
  })
})

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, bound: await bind(world, world.car, world.party) }
}

async function expectBadAttesterSignature(world: World, bindingId: string, signer: World['party']) {
  const message = await suspendMessage(world, { bindingId, sequence: 0, deadline: await soon() })
  await expect(world.registry.suspendByAttester(message.value, signer.sign(message)))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadAttesterSignature')
    .withArgs(world.attester.address)
}
