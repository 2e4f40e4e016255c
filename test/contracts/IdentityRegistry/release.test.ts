/**
 * release
 * |-- given the message is about another binding ... it reverts with WrongBinding
 * |-- given the message names a successor ... it reverts with SuccessorNamed
 * |-- (each of standingCases.ts)
 * |-- given the signer is not the binding's party ... it reverts with WrongSigner
 * |-- given the device signs for its party ... it reverts with WrongSigner
 * |-- given a secp256k1 signer, sent and left out, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the binding is active
 * |   |-- it ends the record now, raises the sequence, and leaves the rest
 * |   |-- it leaves the device its head
 * |   |-- it emits BindingReleased
 * |   `-- when the message is relayed again ... it reverts with WrongStatus
 * |-- given the binding is suspended ... it ends
 * |-- given the binding is pending ... it ends before it started
 * `-- given the attester is retired ... it ends
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, releaseMessage, soon } from '../helpers/bindings.ts'
import { describeSignerLeftOut } from '../helpers/leftOutCases.ts'
import { describeErc1271Account, describeP256Signer, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { release, suspendByAttester } from '../helpers/standing.ts'
import { describeStandingCall } from '../helpers/standingCases.ts'
import { DAY, ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'

const arrange: Arrange = async (world, signer) => {
  const { binding, bindingId } = await bind(world, world.car, signer)
  const named = { bindingId, sequence: 0, deadline: await soon() }
  const message = await releaseMessage(world, { ...named, successor: ZERO_HASH })
  return {
    contract: world.registry,
    message,
    send: (signature, overrides = {}) =>
      world.registry.release(message.value, binding, signer.signer, signature, overrides),
    refusal: { error: 'IdentityRegistry_BadSignature', args: [signer.signer.toLowerCase()] },
    event: 'BindingReleased',
  }
}

describe('release', () => {
  it('given the message is about another binding ... it reverts with WrongBinding', async () => {
    const { world, bound } = await boundWorld()
    const other = await bind(world, world.charger, world.party)
    await expect(release(world, { ...other, bindingId: bound.bindingId }, { sequence: 0 }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongBinding')
      .withArgs(other.bindingId, bound.bindingId)
  })

  it('given the message names a successor ... it reverts with SuccessorNamed', async () => {
    const { world, bound } = await boundWorld()
    const { registry, party } = world
    const named = { bindingId: bound.bindingId, sequence: 0, deadline: await soon() }
    const message = await releaseMessage(world, { ...named, successor: id('the binding of the buyer') })
    await expect(registry.release(message.value, bound.binding, party.signer, party.sign(message)))
      .to.be.revertedWithCustomError(registry, 'IdentityRegistry_SuccessorNamed')
      .withArgs(id('the binding of the buyer'))
  })

  describeStandingCall({
    prepare: (world, bound) => suspendByAttester(world, bound, { sequence: 0 }),
    sequence: 1,
    send: release,
    event: 'BindingReleased',
  })

  it("given the signer is not the binding's party ... it reverts with WrongSigner", async () => {
    const { world, bound } = await boundWorld()
    await expect(release(world, bound, { sequence: 0 }, world.operator))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.operator.id, world.party.id)
  })

  it('given the device signs for its party ... it reverts with WrongSigner', async () => {
    const { world, bound } = await boundWorld()
    await expect(release(world, bound, { sequence: 0 }, world.car))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.car.id, world.party.id)
  })

  describeSecp256k1Signer(arrange)
  describeSignerLeftOut(arrange)
  describeP256Signer(arrange)
  describeErc1271Account(arrange)

  describe('given the binding is active', () => {
    it('it ends the record now, raises the sequence, and leaves the rest', async () => {
      const { world, bound } = await boundWorld()
      const before = (await world.registry.recordOf(bound.bindingId)).toObject()
      await release(world, bound, { sequence: 0 })
      const endsAt = BigInt(await networkHelpers.time.latest())
      const after = (await world.registry.recordOf(bound.bindingId)).toObject()
      expect(after).to.deep.equal({ ...before, endsAt, status: BigInt(BindingStatus.RELEASED), sequence: 1n })
    })

    it('it leaves the device its head', async () => {
      const { world, bound } = await boundWorld()
      await release(world, bound, { sequence: 0 })
      expect(await world.registry.headOf(world.car.id)).to.equal(bound.bindingId)
    })

    it('it emits BindingReleased', async () => {
      const { world, bound } = await boundWorld()
      const endsAt = (await networkHelpers.time.latest()) + 10
      await networkHelpers.time.setNextBlockTimestamp(endsAt)
      await expect(release(world, bound, { sequence: 0 }))
        .to.emit(world.registry, 'BindingReleased')
        .withArgs(bound.bindingId, endsAt)
    })

    it('when the message is relayed again ... it reverts with WrongStatus', async () => {
      const { world, bound } = await boundWorld()
      const again = await release(world, bound, { sequence: 0 })
      await expect(world.relayer.sendTransaction({ to: again.to, data: again.data }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
        .withArgs(bound.bindingId, BindingStatus.RELEASED, BindingStatus.ACTIVE)
    })
  })

  it('given the binding is suspended ... it ends', async () => {
    const { world, bound } = await boundWorld()
    await suspendByAttester(world, bound, { sequence: 0 })
    await release(world, bound, { sequence: 1 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.RELEASED)
  })

  it('given the binding is pending ... it ends before it started', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = Number((await makeBinding(world, world.car, world.party)).validFrom) + DAY
    const bound = await bind(world, world.car, world.party, { validFrom })
    await release(world, bound, { sequence: 0 })
    await networkHelpers.time.increase(2 * DAY)
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.RELEASED)
    expect(await world.registry.liableAt(bound.binding, validFrom)).to.equal(false)
  })

  it('given the attester is retired ... it ends', async () => {
    const { world, bound } = await boundWorld()
    await world.registry.retire(world.attester.address)
    await release(world, bound, { sequence: 0 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.RELEASED)
  })
})

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, bound: await bind(world, world.car, world.party) }
}
