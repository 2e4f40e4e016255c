/**
 * announceRebind
 * |-- given the message names no successor ... it reverts with WrongSuccessor
 * |-- (each of standingCases.ts)
 * |-- given the attester is retired ... it reverts with NotAccredited
 * |-- given the attester was retired and accredited again ... it reverts with NotAccredited
 * |-- given another accredited attester signs ... it reverts with BadAttesterSignature
 * |-- given the party signs ... it reverts with BadAttesterSignature
 * |-- given the attester has signed a release with the same fields ... it reverts with BadAttesterSignature
 * |-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given a field with bits above its type ... it reverts
 * |-- given the binding is active
 * |   |-- it says what was announced, and when it is due
 * |   |-- it raises the sequence, and leaves the rest of the record
 * |   |-- it emits RebindAnnounced
 * |   `-- when the message is relayed again ... it reverts with WrongSequence
 * |-- given a rebinding is announced
 * |   |-- when the delay is not over ... it reverts with TooEarly
 * |   |-- when the delay is over ... the later one takes its place, and the delay starts anew
 * |   `-- when the party has vetoed it ... it announces
 * |-- given the binding is suspended ... it announces, and the binding stays suspended
 * `-- given the binding is pending ... it announces
 * announcedRebindOf, rebindDelaySeconds
 * |-- given nothing is announced ... it is zero
 * `-- the delay is fourteen days
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { releaseTypes } from '../../../sdk/src/generated/typedData.ts'
import { withAnotherAttester } from '../helpers/attesters.ts'
import { bind, signAsAccount } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { describeErc1271Account, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { suspendByAttester } from '../helpers/standing.ts'
import { describeStandingCall } from '../helpers/standingCases.ts'
import { REBIND_DELAY, announceRebind, noticeMessage, successorOf, vetoRebind } from '../helpers/succession.ts'
import { DAY, ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'

const arrange: Arrange = async (world, signer) => {
  const head = await bind(world, world.car, world.party)
  const message = await noticeMessage(world, head, { sequence: 0, successor: id('successor') })
  return {
    contract: world.registry,
    message,
    send: (signature, gas = {}) => world.registry.announceRebind(message.value, signature, gas),
    refusal: { error: 'IdentityRegistry_BadAttesterSignature', args: [signer.signer] },
    event: 'RebindAnnounced',
  }
}

describe('announceRebind', () => {
  it('given the message names no successor ... it reverts with WrongSuccessor', async () => {
    const { world, head } = await boundWorld()
    await expect(announceRebind(world, head, { sequence: 0, successor: ZERO_HASH }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSuccessor')
      .withArgs(ZERO_HASH, ZERO_HASH)
  })

  describeStandingCall({
    prepare: (world, head) => suspendByAttester(world, head, { sequence: 0 }),
    sequence: 1,
    send: announceRebind,
    event: 'RebindAnnounced',
  })

  describeAttester()
  describeOtherType()
  describeSecp256k1Signer(arrange, 'attester')
  describeErc1271Account(arrange, 'attester')

  it('given a field with bits above its type ... it reverts', async () => {
    const { world, head } = await boundWorld()
    const { registry, relayer } = world
    const message = await noticeMessage(world, head, { sequence: 0, successor: id('successor') })
    const args = [message.value, signAsAccount(world.attester, message)]
    await expectDirtyWordsRefused(
      registry,
      relayer,
      registry.interface.encodeFunctionData('announceRebind', args),
      [1, 3],
    )
  })

  describeActiveBinding()
  describeAgain()

  it('given the binding is suspended ... it announces, and the binding stays suspended', async () => {
    const { world, head } = await boundWorld()
    await suspendByAttester(world, head, { sequence: 0 })
    await announceRebind(world, head, { sequence: 1 })
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.SUSPENDED)
    expect((await world.registry.announcedRebindOf(head.bindingId)).successor).to.equal(successorOf(head).bindingId)
  })

  it('given the binding is pending ... it announces', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const head = await bind(world, world.car, world.party, { validFrom })
    await expect(announceRebind(world, head, { sequence: 0 })).to.emit(world.registry, 'RebindAnnounced')
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.PENDING)
  })
})

describe('announcedRebindOf, rebindDelaySeconds', () => {
  it('given nothing is announced ... it is zero', async () => {
    const { world, head } = await boundWorld()
    expect([...(await world.registry.announcedRebindOf(head.bindingId))]).to.deep.equal([ZERO_HASH, 0n])
  })

  it('the delay is fourteen days', async () => {
    const { registry } = await networkHelpers.loadFixture(deployWorld)
    expect(await registry.rebindDelaySeconds()).to.equal(REBIND_DELAY)
  })
})

function describeAttester() {
  it('given the attester is retired ... it reverts with NotAccredited', async () => {
    const { world, head } = await boundWorld()
    await world.registry.retire(world.attester.address)
    await expect(announceRebind(world, head, { sequence: 0 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAccredited')
      .withArgs(world.attester.address)
  })

  it('given the attester was retired and accredited again ... it reverts with NotAccredited', async () => {
    const { world, head } = await boundWorld()
    await world.registry.retire(world.attester.address)
    await world.registry.accredit(world.attester.address)
    await expect(announceRebind(world, head, { sequence: 0 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAccredited')
      .withArgs(world.attester.address)
  })

  it('given another accredited attester signs ... it reverts with BadAttesterSignature', async () => {
    const { world, head } = await boundWorld()
    const other = await withAnotherAttester(world)
    await expect(announceRebind(other, head, { sequence: 0 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadAttesterSignature')
      .withArgs(world.attester.address)
  })

  it('given the party signs ... it reverts with BadAttesterSignature', async () => {
    const { world, head } = await boundWorld()
    await expect(announceRebind({ ...world, attester: world.party.wallet }, head, { sequence: 0 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadAttesterSignature')
      .withArgs(world.attester.address)
  })
}

function describeOtherType() {
  it('given the attester has signed a release with the same fields ... it reverts with BadAttesterSignature', async () => {
    const { world, head } = await boundWorld()
    const notice = await noticeMessage(world, head, { sequence: 0, successor: id('successor') })
    const signature = signAsAccount(world.attester, { ...notice, types: releaseTypes })
    const sent = world.registry.announceRebind(notice.value, signature)
    await expectReverts(world, sent, 'BadAttesterSignature', [world.attester.address])
  })
}

function describeActiveBinding() {
  describe('given the binding is active', () => {
    it('it says what was announced, and when it is due', async () => {
      const { world, head } = await boundWorld()
      await announceRebind(world, head, { sequence: 0, successor: id('successor') })
      const readyAt = BigInt((await networkHelpers.time.latest()) + REBIND_DELAY)
      expect([...(await world.registry.announcedRebindOf(head.bindingId))]).to.deep.equal([id('successor'), readyAt])
    })

    it('it raises the sequence, and leaves the rest of the record', async () => {
      const { world, head } = await boundWorld()
      const before = (await world.registry.recordOf(head.bindingId)).toObject()
      await announceRebind(world, head, { sequence: 0 })
      const after = (await world.registry.recordOf(head.bindingId)).toObject()
      expect(after).to.deep.equal({ ...before, sequence: 1n })
    })

    it('it emits RebindAnnounced', async () => {
      const { world, head } = await boundWorld()
      const now = (await networkHelpers.time.latest()) + 10
      await networkHelpers.time.setNextBlockTimestamp(now)
      await expect(announceRebind(world, head, { sequence: 0, successor: id('successor') }))
        .to.emit(world.registry, 'RebindAnnounced')
        .withArgs(head.bindingId, id('successor'), 1, now + REBIND_DELAY)
    })

    it('when the message is relayed again ... it reverts with WrongSequence', async () => {
      const { world, head } = await boundWorld()
      const again = await announceRebind(world, head, { sequence: 0 })
      await expect(world.relayer.sendTransaction({ to: again.to, data: again.data }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSequence')
        .withArgs(head.bindingId, 0, 1)
    })
  })
}

function describeAgain() {
  describe('given a rebinding is announced', () => {
    it('when the delay is not over ... it reverts with TooEarly', async () => {
      const { world, head } = await boundWorld()
      await announceRebind(world, head, { sequence: 0 })
      const readyAt = (await networkHelpers.time.latest()) + REBIND_DELAY
      await networkHelpers.time.increaseTo(readyAt - 2)
      await expect(announceRebind(world, head, { sequence: 1 }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_TooEarly')
        .withArgs(head.bindingId, readyAt - 1, readyAt)
    })

    it('when the delay is over ... the later one takes its place, and the delay starts anew', async () => {
      const { world, head } = await boundWorld()
      await announceRebind(world, head, { sequence: 0 })
      const readyAt = (await networkHelpers.time.latest()) + REBIND_DELAY
      await networkHelpers.time.increaseTo(readyAt - 1)
      await announceRebind(world, head, { sequence: 1, successor: id('a later one') })
      const announced = [...(await world.registry.announcedRebindOf(head.bindingId))]
      expect(announced).to.deep.equal([id('a later one'), BigInt(readyAt + REBIND_DELAY)])
    })

    it('when the party has vetoed it ... it announces', async () => {
      const { world, head } = await boundWorld()
      await announceRebind(world, head, { sequence: 0 })
      await vetoRebind(world, head, { sequence: 1 })
      await expect(announceRebind(world, head, { sequence: 2 })).to.emit(world.registry, 'RebindAnnounced')
    })
  })
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, head: await bind(world, world.car, world.party) }
}
