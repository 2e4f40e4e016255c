/**
 * bind
 * |-- given the binding names a previous one ... it reverts with WrongPrevious
 * |-- given the device is bound ... it reverts with WrongPrevious
 * |-- given the device's binding has ended ... it reverts with WrongPrevious
 * |-- given the device is its own party ... it reverts with SelfLiable
 * |-- (each of startingCases.ts)
 * |-- given a record without a head, which no call leaves ... it reverts with AlreadyBound
 * |-- given the device's signer is not the one named ... it reverts with WrongSigner
 * |-- given the party's signer is not the one named ... it reverts with WrongSigner
 * |-- given the attester is the party ... it reverts with SelfAttested
 * |-- given a field with bits above its type ... it reverts
 * `-- given everything is in order
 *     |-- it writes the record
 *     |-- it makes the binding the device's head
 *     |-- it emits BindingStarted with all that was signed
 *     |-- it returns the binding's id
 *     |-- when a stranger relays it ... it starts all the same
 *     |-- when the validity began long ago ... it starts now, for nobody backdates
 *     |-- when the validity begins this second ... it is active
 *     |-- when the validity begins later ... it is pending until then
 *     |-- when the device has a P-256 key ... the event names that key
 *     |-- when the party has another device bound ... both stand
 *     `-- when the party is a deployed ERC-1271 account ... it starts
 */
import { expect } from 'chai'
import { AbiCoder, Signature, id, keccak256 } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, makeBinding, signBinding } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { revoke } from '../helpers/standing.ts'
import { describeStartingCases } from '../helpers/startingCases.ts'
import type { Prepare } from '../helpers/startingCases.ts'
import { DAY, ZERO_HASH, deploy, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const prepare: Prepare = async (world, { device, party }, changes) => {
  const binding = await makeBinding(world, device, party, changes)
  const send: Awaited<ReturnType<Prepare>>['send'] = (signatures, overrides = {}) =>
    world.registry.bind(binding, signatures, device.signer, party.signer, overrides)
  return { binding, send }
}

describe('bind', () => {
  it('given the binding names a previous one ... it reverts with WrongPrevious', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await expect(bind(world, world.car, world.party, { previous: id('previous') }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(id('previous'), ZERO_HASH)
  })

  it('given the device is bound ... it reverts with WrongPrevious', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const head = await bind(world, world.car, world.party)
    await expect(bind(world, world.car, world.operator))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(ZERO_HASH, head.bindingId)
  })

  it("given the device's binding has ended ... it reverts with WrongPrevious", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const head = await bind(world, world.car, world.party)
    await revoke(world, head, { sequence: 0 })
    await expect(bind(world, world.car, world.party))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(ZERO_HASH, head.bindingId)
  })

  it('given the device is its own party ... it reverts with SelfLiable', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await expect(bind(world, world.car, world.car))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_SelfLiable')
      .withArgs(world.car.id)
  })

  describeStartingCases(prepare)

  it('given a record without a head, which no call leaves ... it reverts with AlreadyBound', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { binding, bindingId } = await bind(world, world.car, world.party)
    await forgetHead(world, binding.deviceId)
    const signatures = await signBinding(world, binding, { device: world.car, party: world.party })
    await expect(world.registry.bind(binding, signatures, world.car.signer, world.party.signer))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_AlreadyBound')
      .withArgs(bindingId)
  })

  it("given the device's signer is not the one named ... it reverts with WrongSigner", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { car, charger } = world
    await expect(bind(world, { ...charger, id: car.id }, world.party))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(charger.id, car.id)
  })

  it("given the party's signer is not the one named ... it reverts with WrongSigner", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { party, operator } = world
    await expect(bind(world, world.car, { ...operator, id: party.id }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(operator.id, party.id)
  })

  it('given the attester is the party ... it reverts with SelfAttested', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await expect(bind(world, world.car, world.attesterDevice))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_SelfAttested')
      .withArgs(world.attester.address)
  })

  it('given a field with bits above its type ... it reverts', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, car, party, relayer } = world
    const binding = await makeBinding(world, car, party)
    const signatures = await signBinding(world, binding, { device: car, party })
    const call = registry.interface.encodeFunctionData('bind', [binding, signatures, car.signer, party.signer])
    await expectDirtyWordsRefused(registry, relayer, call, [2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  describe('given everything is in order', () => {
    it('it writes the record', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { binding, bindingId } = await bind(world, world.car, world.party)
      expect((await world.registry.recordOf(bindingId)).toObject()).to.deep.equal({
        startedAt: BigInt(await networkHelpers.time.latest()),
        endsAt: BigInt(binding.validUntil),
        period: 0n,
        exposure: 0n,
        sequence: 0n,
        attesterIndex: 1n,
        status: BigInt(BindingStatus.ACTIVE),
      })
    })

    it("it makes the binding the device's head", async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { bindingId } = await bind(world, world.car, world.party)
      expect(await world.registry.headOf(world.car.id)).to.equal(bindingId)
    })

    it('it emits BindingStarted with all that was signed', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { binding, send } = await signed(world)
      const startedAt = (await networkHelpers.time.latest()) + 10
      await networkHelpers.time.setNextBlockTimestamp(startedAt)
      await expect(send())
        .to.emit(world.registry, 'BindingStarted')
        .withArgs(
          bindingIdOf(binding),
          world.car.id,
          world.party.id,
          Object.values(binding),
          startedAt,
          world.car.signer.toLowerCase(),
        )
    })

    it("it returns the binding's id", async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { registry, car, party } = world
      const { binding, signatures } = await signed(world)
      const returned = await registry.bind.staticCall(binding, signatures, car.signer, party.signer)
      expect(returned).to.equal(bindingIdOf(binding))
    })

    it('when a stranger relays it ... it starts all the same', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { binding, send } = await signed({ ...world, registry: world.registry.connect(world.stranger) })
      await send()
      expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
    })

    it('when the validity began long ago ... it starts now, for nobody backdates', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { binding, bindingId } = await bind(world, world.car, world.party, { validFrom: 0 })
      const now = await networkHelpers.time.latest()
      expect((await world.registry.recordOf(bindingId)).startedAt).to.equal(now)
      expect(await world.registry.liableAt(binding, now - 1)).to.equal(false)
    })

    it('when the validity begins this second ... it is active', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const validFrom = (await networkHelpers.time.latest()) + DAY
      const { binding, send } = await signed(world, { validFrom })
      await networkHelpers.time.setNextBlockTimestamp(validFrom)
      await send()
      expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
    })

    it('when the validity begins later ... it is pending until then', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const validFrom = (await networkHelpers.time.latest()) + DAY
      const { binding, bindingId } = await bind(world, world.car, world.party, { validFrom })
      expect((await world.registry.recordOf(bindingId)).startedAt).to.equal(validFrom)
      await networkHelpers.time.increaseTo(validFrom - 1)
      expect(await world.registry.check(binding)).to.equal(BindingStatus.PENDING)
      await networkHelpers.time.increaseTo(validFrom)
      expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
    })

    it('when the device has a P-256 key ... the event names that key', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { bindingId } = await bind(world, world.p256Car, world.party)
      const [event] = await world.registry.queryFilter('BindingStarted')
      expect(event!.topics.slice(1)).to.deep.equal([bindingId, world.p256Car.id, world.party.id])
      expect(world.registry.interface.parseLog(event!)!.args.deviceSigner).to.equal(world.p256Car.signer)
    })

    it('when the party has another device bound ... both stand', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const one = await bind(world, world.car, world.party)
      const other = await bind(world, world.p256Car, world.party)
      expect(await world.registry.check(one.binding)).to.equal(BindingStatus.ACTIVE)
      expect(await world.registry.check(other.binding)).to.equal(BindingStatus.ACTIVE)
    })

    it('when the party is a deployed ERC-1271 account ... it starts', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const owner = secp256k1Device('owner')
      const signer = String((await deploy('Erc1271Account', [owner.signer])).target).toLowerCase()
      const sign: Device['sign'] = (message) => Signature.from(owner.sign(message)).serialized
      const { binding } = await bind(world, world.car, { ...owner, id: keccak256(signer), signer, sign })
      expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
    })
  })
})

/** A first binding of the world's car, ready to be sent. */
async function signed(world: World, overrides: Partial<Binding> = {}) {
  const signers = { device: world.car, party: world.party }
  const { binding, send } = await prepare(world, signers, overrides)
  const signatures = await signBinding(world, binding, signers)
  return { binding, signatures, send: () => send(signatures) }
}

/** Heads only move forward, so this state is written by force: a record must not be overwritten even then. */
async function forgetHead(world: World, deviceId: string) {
  const registry = String(world.registry.target)
  const head = await world.registry.headOf(deviceId)
  for (let slot = 0; slot < 20; slot++) {
    const place = keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256'], [deviceId, slot]))
    if ((await networkHelpers.getStorageAt(registry, place)) === head) {
      await networkHelpers.setStorageAt(registry, place, ZERO_HASH)
    }
  }
  expect(await world.registry.headOf(deviceId)).to.equal(ZERO_HASH)
}
