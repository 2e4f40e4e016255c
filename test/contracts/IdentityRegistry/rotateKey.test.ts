/**
 * rotateKey
 * |-- (each of successionCases.ts)
 * |-- given another party ... it reverts with OtherParty
 * |-- (each of startingCases.ts)
 * |-- given the new device's signer is not the one named ... it reverts with WrongSigner
 * |-- given the party's signer is not the one named ... it reverts with WrongSigner
 * |-- given a field with bits above its type ... it reverts
 * |-- given the head is active
 * |   |-- it ends the head now, raises its sequence, and leaves the rest of its record
 * |   |-- it writes the new record, with what is at risk in the running period
 * |   |-- it makes the binding the new key's head, and leaves the old key its own
 * |   |-- it emits BindingStarted and BindingRotated, and no BindingSuspended
 * |   |-- it returns the binding's id
 * |   |-- when the old key is lost ... nobody asks it
 * |   |-- when another attester vouches for it ... the record has that attester's index
 * |   |-- when it begins later ... the head ends now all the same
 * |   `-- when the new key is rotated and renewed ... the line goes on
 * |-- given the head is pending ... it ends before it started
 * |-- given the head expires in a second ... it rotates
 * `-- given the head's attester is retired ... it rotates with another one
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { withAnotherAttester } from '../helpers/attesters.ts'
import { bind, renew } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import type { Bound } from '../helpers/standing.ts'
import { describeStartingCases } from '../helpers/startingCases.ts'
import type { Prepare, Start } from '../helpers/startingCases.ts'
import { newKey, rotateKey, signedRotation, successorOf } from '../helpers/succession.ts'
import { describeSuccessionCases, expectTaken } from '../helpers/successionCases.ts'
import { DAY, YEN, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

/** The charger's key goes, the given device's comes. */
const prepare: Prepare = async (world, { device, party }, changes = {}) => {
  const head = await bind(world, world.charger, party)
  const { binding } = successorOf(head, { device, party, overrides: changes })
  const send: Start['send'] = (signatures, gas = {}) =>
    world.registry.rotateKey(binding, head.binding, signatures, device.signer, party.signer, gas)
  return { binding, send }
}

describe('rotateKey', () => {
  describeSuccessionCases((world, head, succession) => rotateKey(world, head, succession))

  it('given another party ... it reverts with OtherParty', async () => {
    const { world, head } = await boundWorld()
    await expect(rotateKey(world, head, { party: world.operator }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_OtherParty')
      .withArgs(world.operator.id, world.party.id)
  })

  describeStartingCases(prepare)

  it("given the new device's signer is not the one named ... it reverts with WrongSigner", async () => {
    const { world, head } = await boundWorld()
    await expect(rotateKey(world, head, { device: { ...world.charger, id: newKey.id } }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.charger.id, newKey.id)
  })

  it("given the party's signer is not the one named ... it reverts with WrongSigner", async () => {
    const { world, head } = await boundWorld()
    await expect(rotateKey(world, head, { party: { ...world.operator, id: world.party.id } }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.operator.id, world.party.id)
  })

  it('given a field with bits above its type ... it reverts', async () => {
    const { world, head } = await boundWorld()
    const { registry, party } = world
    const { successor, signatures } = await signedRotation(world, head)
    const args = [successor.binding, head.binding, signatures, newKey.signer, party.signer]
    const call = registry.interface.encodeFunctionData('rotateKey', args)
    const plain = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((word) => [word, 'no reason'])
    const inHead = [17, 18, 19, 20, 21, 22, 23, 24, 25].map((word) => [word, 'IdentityRegistry_WrongPrevious'])
    await expectDirtyWordsRefused(registry, world.relayer, call, Object.fromEntries([...plain, ...inHead]))
  })

  describeActiveHead()
  describeOtherHeads()
})

function describeActiveHead() {
  describe('given the head is active', () => {
    it('it ends the head now, raises its sequence, and leaves the rest of its record', async () => {
      const { world, head } = await spentWorld(3n * YEN)
      const before = await recordOf(world, head)
      await rotateKey(world, head)
      const endsAt = BigInt(await networkHelpers.time.latest())
      const expected = { ...before, endsAt, sequence: 1n, status: BigInt(BindingStatus.ROTATED) }
      expect(await recordOf(world, head)).to.deep.equal(expected)
    })

    it('it writes the new record, with what is at risk in the running period', async () => {
      const { world, head } = await spentWorld(3n * YEN)
      const successor = await rotateKey(world, head)
      expect(await recordOf(world, successor)).to.deep.equal({
        startedAt: BigInt(await networkHelpers.time.latest()),
        endsAt: BigInt(successor.binding.validUntil),
        period: 0n,
        exposure: 3n * YEN,
        sequence: 0n,
        attesterIndex: 1n,
        status: BigInt(BindingStatus.ACTIVE),
      })
    })

    it("it makes the binding the new key's head, and leaves the old key its own", async () => {
      const { world, head } = await boundWorld()
      const successor = await rotateKey(world, head)
      expect(await world.registry.headOf(newKey.id)).to.equal(successor.bindingId)
      expect(await world.registry.headOf(world.car.id)).to.equal(head.bindingId)
    })

    it('it emits BindingStarted and BindingRotated, and no BindingSuspended', async () => {
      const { world, head } = await boundWorld()
      const at = (await networkHelpers.time.latest()) + 10
      const signed = await signedRotation(world, head)
      await expectTaken(world, { ...signed, head, device: newKey, ending: 'BindingRotated', at })
    })

    it("it returns the binding's id", async () => {
      const { world, head } = await boundWorld()
      const { successor, signatures } = await signedRotation(world, head)
      const ofBinding = [successor.binding, head.binding, signatures] as const
      const returned = await world.registry.rotateKey.staticCall(...ofBinding, newKey.signer, world.party.signer)
      expect(returned).to.equal(successor.bindingId)
    })

    it('when the old key is lost ... nobody asks it', async () => {
      const { world, head } = await boundWorld()
      const sign = () => expect.fail('the old key was asked')
      const successor = await rotateKey({ ...world, car: { ...world.car, sign } }, head)
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
    })

    it("when another attester vouches for it ... the record has that attester's index", async () => {
      const { world, head } = await boundWorld()
      const other = await withAnotherAttester(world)
      const successor = await rotateKey(other, head, { overrides: { attester: other.attester.address } })
      expect((await recordOf(world, successor)).attesterIndex).to.equal(2n)
    })

    it('when it begins later ... the head ends now all the same', async () => {
      const { world, head } = await boundWorld()
      const validFrom = (await networkHelpers.time.latest()) + DAY
      const successor = await rotateKey(world, head, { overrides: { validFrom } })
      expect(await world.registry.check(head.binding)).to.equal(BindingStatus.ROTATED)
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.PENDING)
    })

    it('when the new key is rotated and renewed ... the line goes on', async () => {
      const { world, head } = await boundWorld()
      const device = world.p256Car
      const first = await rotateKey(world, head)
      const second = await rotateKey(world, first, { device })
      const third = await renew(world, device, world.party, second.binding)
      expect(await world.registry.check(first.binding)).to.equal(BindingStatus.ROTATED)
      expect(await world.registry.check(second.binding)).to.equal(BindingStatus.RENEWED)
      expect(await world.registry.check(third.binding)).to.equal(BindingStatus.ACTIVE)
    })
  })
}

function describeOtherHeads() {
  it('given the head is pending ... it ends before it started', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const head = await bind(world, world.car, world.party, { validFrom })
    await rotateKey(world, head, { overrides: { validFrom: 0 } })
    await networkHelpers.time.increase(2 * DAY)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.ROTATED)
    expect(await world.registry.liableAt(head.binding, validFrom)).to.equal(false)
  })

  it('given the head expires in a second ... it rotates', async () => {
    const { world, head } = await boundWorld()
    const last = Number(head.binding.validUntil) - 1
    const { send } = await signedRotation(world, head, { overrides: { validUntil: last + DAY } })
    await networkHelpers.time.setNextBlockTimestamp(last)
    await expect(send()).to.emit(world.registry, 'BindingRotated')
  })

  it("given the head's attester is retired ... it rotates with another one", async () => {
    const { world, head } = await boundWorld()
    const other = await withAnotherAttester(world)
    await world.registry.retire(world.attester.address)
    const successor = await rotateKey(other, head, { overrides: { attester: other.attester.address } })
    expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
  })
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, head: await bind(world, world.car, world.party) }
}

async function spentWorld(amount: bigint) {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  const head = await bind(world, world.car, world.party)
  await spend(world, head.binding, amount)
  return { world, head }
}

async function recordOf(world: World, { bindingId }: Bound) {
  return (await world.registry.recordOf(bindingId)).toObject()
}
