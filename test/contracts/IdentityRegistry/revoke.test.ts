/**
 * revoke
 * |-- (each of standingCases.ts)
 * |-- given another accredited attester signs ... it reverts with BadAttesterSignature
 * |-- given the party signs ... it reverts with BadAttesterSignature
 * |-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the binding is active
 * |   |-- it ends the record now, raises the sequence, and leaves the rest
 * |   |-- it leaves the device its head
 * |   |-- it emits BindingRevoked
 * |   `-- when the message is relayed again ... it reverts with WrongStatus
 * |-- given the binding is suspended ... it ends
 * |-- given the binding is pending ... it ends before it started
 * `-- given the attester is retired ... it ends
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, revokeMessage, soon } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { describeErc1271Account, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { revoke, suspendByAttester, suspendByParty } from '../helpers/standing.ts'
import { describeStandingCall } from '../helpers/standingCases.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const arrange: Arrange = async (world, signer) => {
  const { bindingId } = await bind(world, world.car, world.party)
  const message = await revokeMessage(world, { bindingId, sequence: 0, deadline: await soon() })
  return {
    contract: world.registry,
    message,
    send: (signature, overrides = {}) => world.registry.revoke(message.value, signature, overrides),
    refusal: { error: 'IdentityRegistry_BadAttesterSignature', args: [signer.signer] },
    event: 'BindingRevoked',
  }
}

describe('revoke', () => {
  describeStandingCall({
    prepare: (world, bound) => suspendByParty(world, bound, { sequence: 0 }),
    sequence: 1,
    send: revoke,
    event: 'BindingRevoked',
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
    it('it ends the record now, raises the sequence, and leaves the rest', async () => {
      const { world, bound } = await boundWorld()
      const before = (await world.registry.recordOf(bound.bindingId)).toObject()
      await revoke(world, bound, { sequence: 0 })
      const endsAt = BigInt(await networkHelpers.time.latest())
      const after = (await world.registry.recordOf(bound.bindingId)).toObject()
      expect(after).to.deep.equal({ ...before, endsAt, status: BigInt(BindingStatus.REVOKED), sequence: 1n })
    })

    it('it leaves the device its head', async () => {
      const { world, bound } = await boundWorld()
      await revoke(world, bound, { sequence: 0 })
      expect(await world.registry.headOf(world.car.id)).to.equal(bound.bindingId)
    })

    it('it emits BindingRevoked', async () => {
      const { world, bound } = await boundWorld()
      const endsAt = (await networkHelpers.time.latest()) + 10
      await networkHelpers.time.setNextBlockTimestamp(endsAt)
      await expect(revoke(world, bound, { sequence: 0 }))
        .to.emit(world.registry, 'BindingRevoked')
        .withArgs(bound.bindingId, endsAt)
    })

    it('when the message is relayed again ... it reverts with WrongStatus', async () => {
      const { world, bound } = await boundWorld()
      const again = await revoke(world, bound, { sequence: 0 })
      await expect(world.relayer.sendTransaction({ to: again.to, data: again.data }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
        .withArgs(bound.bindingId, BindingStatus.REVOKED, BindingStatus.ACTIVE)
    })
  })

  it('given the binding is suspended ... it ends', async () => {
    const { world, bound } = await boundWorld()
    await suspendByAttester(world, bound, { sequence: 0 })
    await revoke(world, bound, { sequence: 1 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.REVOKED)
  })

  it('given the binding is pending ... it ends before it started', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = Number((await makeBinding(world, world.car, world.party)).validFrom) + DAY
    const bound = await bind(world, world.car, world.party, { validFrom })
    await revoke(world, bound, { sequence: 0 })
    await networkHelpers.time.increase(2 * DAY)
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.REVOKED)
    expect(await world.registry.liableAt(bound.binding, validFrom)).to.equal(false)
  })

  it('given the attester is retired ... it ends', async () => {
    const { world, bound } = await boundWorld()
    await world.registry.retire(world.attester.address)
    await revoke(world, bound, { sequence: 0 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.REVOKED)
  })
})

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, bound: await bind(world, world.car, world.party) }
}

async function expectBadAttesterSignature(world: World, bindingId: string, signer: Device) {
  const message = await revokeMessage(world, { bindingId, sequence: 0, deadline: await soon() })
  await expect(world.registry.revoke(message.value, signer.sign(message)))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadAttesterSignature')
    .withArgs(world.attester.address)
}
