/**
 * rebind, what it leaves behind
 * |-- given the head is active
 * |   |-- it ends the head now, raises its sequence, and leaves the rest of its record
 * |   |-- it writes the new record, without the old party's exposure
 * |   |-- it makes the binding the new key's head, and leaves the old key its own
 * |   |-- it emits BindingStarted and BindingRebound
 * |   |-- it returns the binding's id
 * |   |-- when a stranger relays it ... it rebinds all the same
 * |   |-- when it begins later ... the head ends now all the same
 * |   |-- when another attester vouches for it ... the record has that attester's index
 * |   |-- when the terms are all different ... only `previous` must fit
 * |   `-- when the buyer sells again ... the line goes on
 * |-- given the head is suspended ... it rebinds, and the new binding is active
 * |-- given the head is pending ... it ends before it started
 * |-- given the head expires in a second ... it rebinds
 * |-- given the head's attester is retired ... it rebinds with another one
 * `-- given the head's attester is the one who buys ... it rebinds with another one
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus, Funding } from '../../../sdk/src/generated/constants.ts'
import { withAnotherAttester } from '../helpers/attesters.ts'
import { bind, releaseMessage } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { buyer, newKey, rebind, signedRebind, signedSuccessor } from '../helpers/succession.ts'
import { expectTaken } from '../helpers/successionCases.ts'
import { DAY, YEN, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const NEVER = 2n ** 40n - 1n

describe('rebind, what it leaves behind', () => {
  describeActiveHead()
  describeOtherHeads()
})

function describeActiveHead() {
  describe('given the head is active', () => {
    it('it ends the head now, raises its sequence, and leaves the rest of its record', async () => {
      const { world, head } = await spentWorld()
      const before = await recordOf(world, head)
      await rebind(world, head)
      const endsAt = BigInt(await networkHelpers.time.latest())
      const expected = { ...before, endsAt, sequence: 1n, status: BigInt(BindingStatus.REBOUND) }
      expect(await recordOf(world, head)).to.deep.equal(expected)
    })

    it("it writes the new record, without the old party's exposure", async () => {
      const { world, head } = await spentWorld()
      const successor = await rebind(world, head)
      expect(await recordOf(world, successor)).to.deep.equal({
        startedAt: BigInt(await networkHelpers.time.latest()),
        endsAt: BigInt(successor.binding.validUntil),
        period: 0n,
        exposure: 0n,
        sequence: 0n,
        attesterIndex: 1n,
        status: BigInt(BindingStatus.ACTIVE),
      })
    })

    it("it makes the binding the new key's head, and leaves the old key its own", async () => {
      const { world, head } = await boundWorld()
      const successor = await rebind(world, head)
      expect(await world.registry.headOf(newKey.id)).to.equal(successor.bindingId)
      expect(await world.registry.headOf(world.car.id)).to.equal(head.bindingId)
    })

    it('it emits BindingStarted and BindingRebound', async () => {
      const { world, head } = await boundWorld()
      const at = (await networkHelpers.time.latest()) + 10
      const signed = await signedRebind(world, head)
      await expectTaken(world, { ...signed, head, device: newKey, ending: 'BindingRebound', at })
    })

    it("it returns the binding's id", async () => {
      const { world, head } = await boundWorld()
      const { registry, party } = world
      const { successor, device, signatures } = await signedSuccessor(world, head)
      const named = { bindingId: head.bindingId, sequence: 0, deadline: NEVER, successor: successor.bindingId }
      const letGo = party.sign(await releaseMessage(world, named))
      const ofBinding = [successor.binding, head.binding, signatures, device.signer, buyer.signer] as const
      const returned = await registry.rebind.staticCall(...ofBinding, party.signer, letGo, NEVER)
      expect(returned).to.equal(successor.bindingId)
    })

    it('when a stranger relays it ... it rebinds all the same', async () => {
      const { world, head } = await boundWorld()
      const { successor, send } = await signedRebind(
        { ...world, registry: world.registry.connect(world.stranger) },
        head,
      )
      await send()
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
    })

    it('when it begins later ... the head ends now all the same', async () => {
      const { world, head } = await boundWorld()
      const validFrom = (await networkHelpers.time.latest()) + DAY
      const successor = await rebind(world, head, { overrides: { validFrom } })
      expect(await world.registry.check(head.binding)).to.equal(BindingStatus.REBOUND)
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.PENDING)
      expect((await recordOf(world, successor)).startedAt).to.equal(BigInt(validFrom))
    })

    it("when another attester vouches for it ... the record has that attester's index", async () => {
      const { world, head } = await boundWorld()
      const other = await withAnotherAttester(world)
      const successor = await rebind(other, head, { overrides: { attester: other.attester.address } })
      expect((await recordOf(world, successor)).attesterIndex).to.equal(2n)
    })

    it('when the terms are all different ... only `previous` must fit', async () => {
      const { world, head } = await boundWorld()
      const now = await networkHelpers.time.latest()
      const overrides = {
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
      }
      const successor = await rebind(world, head, { device: world.p256Car, overrides })
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
    })

    it('when the buyer sells again ... the line goes on', async () => {
      const { world, head } = await boundWorld()
      const first = await rebind(world, head)
      const device = secp256k1Device('the third key')
      const second = await rebind(world, first, { seller: buyer, party: world.operator, device })
      expect(await world.registry.check(first.binding)).to.equal(BindingStatus.REBOUND)
      expect(await world.registry.check(second.binding)).to.equal(BindingStatus.ACTIVE)
    })
  })
}

function describeOtherHeads() {
  it('given the head is suspended ... it rebinds, and the new binding is active', async () => {
    const { world, head } = await boundWorld()
    await suspendByAttester(world, head, { sequence: 0 })
    const successor = await rebind(world, head, { sequence: 1 })
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.REBOUND)
    expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('given the head is pending ... it ends before it started', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const head = await bind(world, world.car, world.party, { validFrom })
    await rebind(world, head, { overrides: { validFrom: 0 } })
    await networkHelpers.time.increase(2 * DAY)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.REBOUND)
    expect(await world.registry.liableAt(head.binding, validFrom)).to.equal(false)
  })

  it('given the head expires in a second ... it rebinds', async () => {
    const { world, head } = await boundWorld()
    const last = Number(head.binding.validUntil) - 1
    const overrides = { validUntil: last + DAY }
    const { send } = await signedRebind(world, head, { overrides, deadline: last })
    await networkHelpers.time.setNextBlockTimestamp(last)
    await expect(send()).to.emit(world.registry, 'BindingRebound')
  })

  it("given the head's attester is retired ... it rebinds with another one", async () => {
    const { world, head } = await boundWorld()
    const other = await withAnotherAttester(world)
    await world.registry.retire(world.attester.address)
    const successor = await rebind(other, head, { overrides: { attester: other.attester.address } })
    expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it("given the head's attester is the one who buys ... it rebinds with another one", async () => {
    const { world, head } = await boundWorld()
    const other = await withAnotherAttester(world)
    const overrides = { attester: other.attester.address }
    const successor = await rebind(other, head, { party: world.attesterDevice, overrides })
    expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
  })
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, head: await bind(world, world.car, world.party) }
}

async function spentWorld() {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  const head = await bind(world, world.car, world.party)
  await spend(world, head.binding, 3n * YEN)
  return { world, head }
}

async function recordOf(world: World, { bindingId }: Bound) {
  return (await world.registry.recordOf(bindingId)).toObject()
}
