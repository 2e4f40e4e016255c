/**
 * vetoRebind
 * |-- given the message is about another binding ... it reverts with WrongBinding
 * |-- (each of standingCases.ts)
 * |-- given nothing was announced ... it reverts with NotAnnounced
 * |-- given it was vetoed already ... it reverts with NotAnnounced
 * |-- given the signer is not the binding's party ... it reverts with WrongSigner
 * |-- given the buyer signs ... it reverts with WrongSigner
 * |-- given a secp256k1 signer, sent and left out, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given a field with bits above its type ... it reverts
 * |-- given a rebinding is announced
 * |   |-- it takes it back
 * |   |-- it raises the sequence, and leaves the rest of the record
 * |   |-- it emits RebindVetoed
 * |   |-- when the message is relayed again ... it reverts with WrongSequence
 * |   `-- when the delay is over ... it vetoes all the same
 * |-- given the binding is suspended ... it vetoes, and the binding stays suspended
 * `-- given the attester is retired ... it vetoes
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { describeSignerLeftOut } from '../helpers/leftOutCases.ts'
import { describeErc1271Account, describeP256Signer, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { suspendByAttester } from '../helpers/standing.ts'
import { describeStandingCall } from '../helpers/standingCases.ts'
import {
  REBIND_DELAY,
  announceAndWait,
  announceRebind,
  buyer,
  signedAnnounced,
  vetoMessage,
  vetoRebind,
} from '../helpers/succession.ts'
import { ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'

const arrange: Arrange = async (world, signer) => {
  const head = await bind(world, world.car, signer)
  await announceRebind(world, head, { sequence: 0 })
  const message = await vetoMessage(world, head, { sequence: 1 })
  return {
    contract: world.registry,
    message,
    send: (signature, gas = {}) =>
      world.registry.vetoRebind(message.value, head.binding, signer.signer, signature, gas),
    refusal: { error: 'IdentityRegistry_BadSignature', args: [signer.signer.toLowerCase()] },
    event: 'RebindVetoed',
  }
}

describe('vetoRebind', () => {
  it('given the message is about another binding ... it reverts with WrongBinding', async () => {
    const { world, head } = await announcedWorld()
    const other = await bind(world, world.charger, world.party)
    await expect(vetoRebind(world, { ...other, bindingId: head.bindingId }, { sequence: 1 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongBinding')
      .withArgs(head.bindingId, other.bindingId)
  })

  describeStandingCall({
    prepare: (world, head) => announceRebind(world, head, { sequence: 0 }),
    sequence: 1,
    send: vetoRebind,
    event: 'RebindVetoed',
  })

  it('given nothing was announced ... it reverts with NotAnnounced', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const head = await bind(world, world.car, world.party)
    await expect(vetoRebind(world, head, { sequence: 0 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAnnounced')
      .withArgs(head.bindingId)
  })

  it('given it was vetoed already ... it reverts with NotAnnounced', async () => {
    const { world, head } = await announcedWorld()
    await vetoRebind(world, head, { sequence: 1 })
    await expect(vetoRebind(world, head, { sequence: 2 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAnnounced')
      .withArgs(head.bindingId)
  })

  it("given the signer is not the binding's party ... it reverts with WrongSigner", async () => {
    const { world, head } = await announcedWorld()
    await expect(vetoRebind(world, head, { sequence: 1 }, world.operator))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.operator.id, world.party.id)
  })

  it('given the buyer signs ... it reverts with WrongSigner', async () => {
    const { world, head } = await announcedWorld()
    await expect(vetoRebind(world, head, { sequence: 1 }, buyer))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(buyer.id, world.party.id)
  })

  describeSecp256k1Signer(arrange)
  describeSignerLeftOut(arrange)
  describeP256Signer(arrange)
  describeErc1271Account(arrange)

  it('given a field with bits above its type ... it reverts', async () => {
    const { world, head } = await announcedWorld()
    const { registry, party, relayer } = world
    const message = await vetoMessage(world, head, { sequence: 1 })
    const args = [message.value, head.binding, party.signer, party.sign(message)]
    const call = registry.interface.encodeFunctionData('vetoRebind', args)
    const plain = [1, 2].map((word) => [word, 'no reason'])
    const inHead = [5, 6, 7, 8, 9, 10, 11, 12, 13].map((word) => [word, 'IdentityRegistry_WrongBinding'])
    await expectDirtyWordsRefused(registry, relayer, call, Object.fromEntries([...plain, ...inHead]))
  })

  describeAnnounced()

  it('given the binding is suspended ... it vetoes, and the binding stays suspended', async () => {
    const { world, head } = await announcedWorld()
    await suspendByAttester(world, head, { sequence: 1 })
    await expect(vetoRebind(world, head, { sequence: 2 })).to.emit(world.registry, 'RebindVetoed')
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.SUSPENDED)
  })

  it('given the attester is retired ... it vetoes', async () => {
    const { world, head } = await announcedWorld()
    await world.registry.retire(world.attester.address)
    await expect(vetoRebind(world, head, { sequence: 1 })).to.emit(world.registry, 'RebindVetoed')
  })
})

function describeAnnounced() {
  describe('given a rebinding is announced', () => {
    it('it takes it back', async () => {
      const { world, head } = await announcedWorld()
      await vetoRebind(world, head, { sequence: 1 })
      expect([...(await world.registry.announcedRebindOf(head.bindingId))]).to.deep.equal([ZERO_HASH, 0n])
      await networkHelpers.time.increase(REBIND_DELAY)
      const { send } = await signedAnnounced(world, head)
      await expect(send())
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAnnounced')
        .withArgs(head.bindingId)
    })

    it('it raises the sequence, and leaves the rest of the record', async () => {
      const { world, head } = await announcedWorld()
      const before = (await world.registry.recordOf(head.bindingId)).toObject()
      await vetoRebind(world, head, { sequence: 1 })
      const after = (await world.registry.recordOf(head.bindingId)).toObject()
      expect(after).to.deep.equal({ ...before, sequence: 2n })
    })

    it('it emits RebindVetoed', async () => {
      const { world, head } = await announcedWorld()
      await expect(vetoRebind(world, head, { sequence: 1 }))
        .to.emit(world.registry, 'RebindVetoed')
        .withArgs(head.bindingId, 2)
    })

    it('when the message is relayed again ... it reverts with WrongSequence', async () => {
      const { world, head } = await announcedWorld()
      const again = await vetoRebind(world, head, { sequence: 1 })
      await announceRebind(world, head, { sequence: 2 })
      await expect(world.relayer.sendTransaction({ to: again.to, data: again.data }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSequence')
        .withArgs(head.bindingId, 1, 3)
    })

    it('when the delay is over ... it vetoes all the same', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const head = await bind(world, world.car, world.party)
      await announceAndWait(world, head)
      await expect(vetoRebind(world, head, { sequence: 1 })).to.emit(world.registry, 'RebindVetoed')
    })
  })
}

async function announcedWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const head = await bind(world, world.car, world.party)
  await announceRebind(world, head, { sequence: 0 })
  return { world, head }
}
