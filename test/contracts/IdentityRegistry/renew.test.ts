/**
 * renew
 * |-- given the device was never bound ... it reverts with WrongPrevious
 * |-- given the device was never bound, and the binding names no previous one ... it reverts with WrongPrevious
 * |-- given the binding names no previous one ... it reverts with WrongPrevious
 * |-- given the binding names an older one than the head ... it reverts with WrongPrevious
 * |-- given the binding passed as head is another one ... it reverts with WrongBinding
 * |-- given another party ... it reverts with OtherParty
 * |-- given the device was rebound ... it reverts with DeviceRetired
 * |-- given the device was rotated ... it reverts with DeviceRetired
 * |-- (each of startingCases.ts)
 * |-- given the device's signer is not the one named ... it reverts with WrongSigner
 * |-- given the party's signer is not the one named ... it reverts with WrongSigner
 * |-- given the head is active
 * |   |-- it ends the head now, raises its sequence, and leaves the rest of its record
 * |   |-- it writes the new record
 * |   |-- it makes the binding the device's head
 * |   |-- it emits BindingStarted and BindingRenewed
 * |   |-- it returns the binding's id
 * |   |-- when the renewal is relayed again ... it reverts with WrongPrevious
 * |   |-- when an older renewal of the same head is relayed ... it reverts with WrongPrevious
 * |   |-- when another attester vouches for it ... the record has that attester's index
 * |   |-- when it begins later ... the head ends now all the same
 * |   `-- when the terms are all different ... only device and party must stay
 * |-- given the head is pending ... it ends the head before it started
 * `-- given the head is expired ... it starts, and leaves the head's record
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus, Funding } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, renew, signBinding } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Bound } from '../helpers/standing.ts'
import { describeStartingCases } from '../helpers/startingCases.ts'
import type { Prepare, Start } from '../helpers/startingCases.ts'
import { rebind, rotateKey } from '../helpers/succession.ts'
import { expectTaken } from '../helpers/successionCases.ts'
import { DAY, ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const prepare: Prepare = async (world, { device, party }, changes) => {
  const head = await bind(world, device, party)
  const binding = { ...head.binding, previous: head.bindingId, ...changes }
  const send: Start['send'] = (signatures, overrides = {}) =>
    world.registry.renew(binding, head.binding, signatures, device.signer, party.signer, overrides)
  return { binding, send }
}

describe('renew', () => {
  it('given the device was never bound ... it reverts with WrongPrevious', async () => {
    const { world, head } = await boundWorld()
    await expect(renew(world, world.charger, world.party, head.binding, { deviceId: world.charger.id }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(head.bindingId, ZERO_HASH)
  })

  it('given the device was never bound, and the binding names no previous one ... it reverts with WrongPrevious', async () => {
    const { world, head } = await boundWorld()
    const first = { deviceId: world.charger.id, previous: ZERO_HASH }
    await expect(renew(world, world.charger, world.party, head.binding, first))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(ZERO_HASH, ZERO_HASH)
  })

  it('given the binding names no previous one ... it reverts with WrongPrevious', async () => {
    const { world, head } = await boundWorld()
    await expect(renew(world, world.car, world.party, head.binding, { previous: ZERO_HASH }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(ZERO_HASH, head.bindingId)
  })

  it('given the binding names an older one than the head ... it reverts with WrongPrevious', async () => {
    const { world, head: older } = await boundWorld()
    const head = await renew(world, world.car, world.party, older.binding)
    await expect(renew(world, world.car, world.party, head.binding, { previous: older.bindingId }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
      .withArgs(older.bindingId, head.bindingId)
  })

  it('given the binding passed as head is another one ... it reverts with WrongBinding', async () => {
    const { world, head } = await boundWorld()
    const other = { ...head.binding, partyId: world.operator.id }
    const change = { previous: head.bindingId, partyId: world.operator.id }
    await expect(renew(world, world.car, world.operator, other, change))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongBinding')
      .withArgs(bindingIdOf(other), head.bindingId)
  })

  it('given another party ... it reverts with OtherParty', async () => {
    const { world, head } = await boundWorld()
    await expect(renew(world, world.car, world.operator, head.binding, { partyId: world.operator.id }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_OtherParty')
      .withArgs(world.operator.id, world.party.id)
  })

  for (const [title, succeed] of [
    ['rebound', rebind],
    ['rotated', rotateKey],
  ] as const) {
    it(`given the device was ${title} ... it reverts with DeviceRetired`, async () => {
      const { world, head } = await boundWorld()
      await succeed(world, head)
      await expect(renew(world, world.car, world.party, head.binding))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_DeviceRetired')
        .withArgs(world.car.id, head.bindingId)
    })
  }

  describeStartingCases(prepare)

  it("given the device's signer is not the one named ... it reverts with WrongSigner", async () => {
    const { world, head } = await boundWorld()
    await expect(renew(world, world.charger, world.party, head.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.charger.id, world.car.id)
  })

  it("given the party's signer is not the one named ... it reverts with WrongSigner", async () => {
    const { world, head } = await boundWorld()
    await expect(renew(world, world.car, world.operator, head.binding))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSigner')
      .withArgs(world.operator.id, world.party.id)
  })

  describe('given the head is active', () => {
    it('it ends the head now, raises its sequence, and leaves the rest of its record', async () => {
      const { world, head } = await boundWorld()
      const before = await recordOf(world, head)
      await renew(world, world.car, world.party, head.binding)
      const endsAt = BigInt(await networkHelpers.time.latest())
      const expected = { ...before, endsAt, sequence: 1n, status: BigInt(BindingStatus.RENEWED) }
      expect(await recordOf(world, head)).to.deep.equal(expected)
    })

    it('it writes the new record', async () => {
      const { world, head } = await boundWorld()
      const renewed = await renew(world, world.car, world.party, head.binding)
      expect(await recordOf(world, renewed)).to.deep.equal({
        startedAt: BigInt(await networkHelpers.time.latest()),
        endsAt: BigInt(renewed.binding.validUntil),
        period: 0n,
        exposure: 0n,
        sequence: 0n,
        attesterIndex: 1n,
        status: BigInt(BindingStatus.ACTIVE),
      })
    })

    it("it makes the binding the device's head", async () => {
      const { world, head } = await boundWorld()
      const renewed = await renew(world, world.car, world.party, head.binding)
      expect(await world.registry.headOf(world.car.id)).to.equal(renewed.bindingId)
    })

    it('it emits BindingStarted and BindingRenewed', async () => {
      const { world, head } = await boundWorld()
      const at = (await networkHelpers.time.latest()) + 10
      const { binding, send } = await signed(world, head)
      const successor = { binding, bindingId: bindingIdOf(binding) }
      await expectTaken(world, { head, successor, device: world.car, ending: 'BindingRenewed', at, send })
    })

    it("it returns the binding's id", async () => {
      const { world, head } = await boundWorld()
      const { registry, car, party } = world
      const { binding, signatures } = await signed(world, head)
      const returned = await registry.renew.staticCall(binding, head.binding, signatures, car.signer, party.signer)
      expect(returned).to.equal(bindingIdOf(binding))
    })

    it('when the renewal is relayed again ... it reverts with WrongPrevious', async () => {
      const { world, head } = await boundWorld()
      const { binding, send } = await signed(world, head)
      await send()
      await expect(send())
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
        .withArgs(head.bindingId, bindingIdOf(binding))
    })

    it('when an older renewal of the same head is relayed ... it reverts with WrongPrevious', async () => {
      const { world, head } = await boundWorld()
      const older = await signed(world, head, { billingRef: id('an older account') })
      const newer = await signed(world, head)
      await newer.send()
      await expect(older.send())
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongPrevious')
        .withArgs(head.bindingId, bindingIdOf(newer.binding))
    })

    it("when another attester vouches for it ... the record has that attester's index", async () => {
      const { world, head } = await boundWorld()
      const attester = secp256k1Device('another attester').wallet
      await world.registry.accredit(attester.address)
      const renewed = await renew({ ...world, attester }, world.car, world.party, head.binding, {
        attester: attester.address,
      })
      expect((await recordOf(world, renewed)).attesterIndex).to.equal(2n)
    })

    it('when it begins later ... the head ends now all the same', async () => {
      const { world, head } = await boundWorld()
      const validFrom = (await networkHelpers.time.latest()) + DAY
      const renewed = await renew(world, world.car, world.party, head.binding, { validFrom })
      expect(await world.registry.check(head.binding)).to.equal(BindingStatus.RENEWED)
      expect(await world.registry.check(renewed.binding)).to.equal(BindingStatus.PENDING)
      expect((await recordOf(world, renewed)).startedAt).to.equal(BigInt(validFrom))
    })

    it('when the terms are all different ... only device and party must stay', async () => {
      const { world, head } = await boundWorld()
      const now = await networkHelpers.time.latest()
      const renewed = await renew(world, world.car, world.party, head.binding, {
        validFrom: now - DAY,
        validUntil: now + DAY,
        funder: world.stranger.address,
        funding: Funding.PREPAID,
        token: world.relayer.address,
        maxPerPayment: 1n,
        maxPerPeriod: 2n,
        periodSeconds: 3,
        approvers: id('approvers'),
        billingRef: id('another account'),
        freshnessTip: id('tip'),
      })
      expect(await world.registry.check(renewed.binding)).to.equal(BindingStatus.ACTIVE)
    })
  })

  it('given the head is pending ... it ends the head before it started', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const head = await bind(world, world.car, world.party, { validFrom })
    await renew(world, world.car, world.party, head.binding, { validFrom: 0 })
    await networkHelpers.time.increase(2 * DAY)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.RENEWED)
    expect(await world.registry.liableAt(head.binding, validFrom)).to.equal(false)
  })

  it("given the head is expired ... it starts, and leaves the head's record", async () => {
    const { world, head } = await boundWorld()
    const before = await recordOf(world, head)
    await networkHelpers.time.increaseTo(head.binding.validUntil)
    const { binding, send } = await signed(world, head, { validUntil: Number(head.binding.validUntil) + DAY })
    await expect(send()).not.to.emit(world.registry, 'BindingRenewed')
    expect(await recordOf(world, head)).to.deep.equal(before)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.EXPIRED)
    expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
  })
})

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, head: await bind(world, world.car, world.party) }
}

async function signed(world: World, head: Bound, overrides: Partial<Binding> = {}) {
  const { registry, car, party } = world
  const binding = { ...head.binding, previous: head.bindingId, ...overrides }
  const signatures = await signBinding(world, binding, { device: car, party })
  const send = () => registry.renew(binding, head.binding, signatures, car.signer, party.signer)
  return { binding, signatures, send }
}

async function recordOf(world: World, { bindingId }: Bound) {
  return (await world.registry.recordOf(bindingId)).toObject()
}
