/**
 * rebind
 * |-- (each of successionCases.ts)
 * |-- given the party is the same ... it reverts with SameParty
 * |-- given the release's deadline has passed ... it reverts with Expired
 * |-- given the release's deadline is this second ... it rebinds
 * |-- (each of startingCases.ts)
 * |-- given the new device's signer is not the one named ... it reverts with WrongSigner
 * |-- given the new party's signer is not the one named ... it reverts with WrongSigner
 * |-- given the attester is the new party ... it reverts with SelfAttested
 * |-- given the old party's signer is not the one named ... it reverts with WrongSigner
 * |-- given the old party's signature
 * |   `-- given a secp256k1 signer, sent and left out, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * `-- given a field with bits above its type ... it reverts
 */
import { expect } from 'chai'
import { bind, releaseMessage, soon } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { describeSignerLeftOut } from '../helpers/leftOutCases.ts'
import { describeErc1271Account, describeP256Signer, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { describeStartingCases } from '../helpers/startingCases.ts'
import type { Prepare, Start } from '../helpers/startingCases.ts'
import { buyer, newKey, rebind, signedRebind, signedSuccessor, successorOf } from '../helpers/succession.ts'
import { describeSuccessionCases } from '../helpers/successionCases.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

const NEVER = 2n ** 40n - 1n

/** The charger's key goes, the given device's comes. */
const prepare: Prepare = async (world, { device, party }, changes = {}) => {
  const { registry, charger, operator } = world
  const head = await bind(world, charger, operator)
  const { binding, bindingId } = successorOf(head, { device, party, overrides: changes })
  const named = { bindingId: head.bindingId, sequence: 0, successor: bindingId, deadline: NEVER }
  const signers = [device.signer, party.signer] as const
  const letGo = async () => operator.sign(await releaseMessage(world, named))
  const send: Start['send'] = async (signatures, gas = {}) =>
    registry.rebind(binding, head.binding, signatures, ...signers, operator.signer, await letGo(), NEVER, gas)
  return { binding, send }
}

const arrangeRelease: Arrange = async (world, signer) => {
  const head = await bind(world, world.car, signer)
  const { successor, device, party, signatures } = await signedSuccessor(world, head)
  const deadline = await soon()
  const named = { bindingId: head.bindingId, sequence: 0, deadline, successor: successor.bindingId }
  const signers = [device.signer, party.signer, signer.signer] as const
  return {
    contract: world.registry,
    message: await releaseMessage(world, named),
    send: (signature, gas = {}) =>
      world.registry.rebind(successor.binding, head.binding, signatures, ...signers, signature, deadline, gas),
    refusal: { error: 'IdentityRegistry_BadSignature', args: [signer.signer.toLowerCase()] },
    event: 'BindingRebound',
  }
}

describe('rebind', () => {
  describeSuccessionCases(async (world, head, succession) => rebind(world, head, { deadline: NEVER, ...succession }))

  it('given the party is the same ... it reverts with SameParty', async () => {
    const { world, head } = await boundWorld()
    await expect(rebind(world, head, { party: world.party }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_SameParty')
      .withArgs(world.party.id)
  })

  it("given the release's deadline has passed ... it reverts with Expired", async () => {
    const { world, head } = await boundWorld()
    const deadline = await soon()
    await networkHelpers.time.setNextBlockTimestamp(deadline + 1)
    await expect(rebind(world, head, { deadline }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_Expired')
      .withArgs(deadline, deadline + 1)
  })

  it("given the release's deadline is this second ... it rebinds", async () => {
    const { world, head } = await boundWorld()
    const deadline = await soon()
    const { send } = await signedRebind(world, head, { deadline })
    await networkHelpers.time.setNextBlockTimestamp(deadline)
    await expect(send()).to.emit(world.registry, 'BindingRebound')
  })

  describeStartingCases(prepare)
  describeSigners()

  describe("given the old party's signature", () => {
    describeSecp256k1Signer(arrangeRelease)
    describeSignerLeftOut(arrangeRelease)
    describeP256Signer(arrangeRelease)
    describeErc1271Account(arrangeRelease)
  })

  it('given a field with bits above its type ... it reverts', async () => {
    const { world, head } = await boundWorld()
    const { registry, party } = world
    const { successor, device, signatures } = await signedSuccessor(world, head)
    const deadline = await soon()
    const named = { bindingId: head.bindingId, sequence: 0, deadline, successor: successor.bindingId }
    const letGo = party.sign(await releaseMessage(world, named))
    const ofBinding = [successor.binding, head.binding, signatures, device.signer, buyer.signer]
    const call = registry.interface.encodeFunctionData('rebind', [...ofBinding, party.signer, letGo, deadline])
    const plain = [2, 3, 4, 5, 6, 7, 8, 9, 10, 33].map((word) => [word, 'no reason'])
    const inHead = [17, 18, 19, 20, 21, 22, 23, 24, 25].map((word) => [word, 'IdentityRegistry_WrongPrevious'])
    await expectDirtyWordsRefused(registry, world.relayer, call, Object.fromEntries([...plain, ...inHead]))
  })
})

function describeSigners() {
  it("given the new device's signer is not the one named ... it reverts with WrongSigner", async () => {
    const { world, head } = await boundWorld()
    await expect(rebind(world, head, { device: { ...world.charger, id: newKey.id } }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.charger.id, newKey.id)
  })

  it("given the new party's signer is not the one named ... it reverts with WrongSigner", async () => {
    const { world, head } = await boundWorld()
    await expect(rebind(world, head, { party: { ...world.operator, id: buyer.id } }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.operator.id, buyer.id)
  })

  it('given the attester is the new party ... it reverts with SelfAttested', async () => {
    const { world, head } = await boundWorld()
    await expect(rebind(world, head, { party: world.attesterDevice }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_SelfAttested')
      .withArgs(world.attester.address)
  })

  it("given the old party's signer is not the one named ... it reverts with WrongSigner", async () => {
    const { world, head } = await boundWorld()
    await expect(rebind(world, head, { seller: world.operator }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.operator.id, world.party.id)
  })
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, head: await bind(world, world.car, world.party) }
}
