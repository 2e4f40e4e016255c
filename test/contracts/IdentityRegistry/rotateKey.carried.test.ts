/**
 * rotateKey, what it carries
 * |-- given the head is active
 * |   |-- when the ceiling is used up ... it stays used up
 * |   |-- when the period with spending is over ... it begins at zero
 * |   |-- when the token is another ... it begins at zero
 * |   `-- when a pending rotation is rotated again ... it carries what the first one had carried
 * `-- given the head is suspended
 *     |-- it starts suspended
 *     |-- it emits BindingSuspended for the new binding
 *     |-- when both resume it ... it is active
 *     `-- when the head's own resume is relayed ... it reverts with WrongStatus
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { resume, suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { rotateKey, signedRotation } from '../helpers/succession.ts'
import { DAY, YEN, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const CEILING = 10_000n * YEN

describe('rotateKey, what it carries', () => {
  describeExposure()
  describeSuspendedHead()
})

function describeExposure() {
  describe('given the head is active', () => {
    it('when the ceiling is used up ... it stays used up', async () => {
      const { world, head } = await spentWorld(CEILING)
      const successor = await rotateKey(world, head)
      await expect(spend(world, successor.binding, 1n))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
        .withArgs(successor.bindingId, CEILING + 1n, CEILING)
    })

    it('when the period with spending is over ... it begins at zero', async () => {
      const { world, head } = await spentWorld(CEILING)
      const { startedAt } = await recordOf(world, head)
      const { successor, send } = await signedRotation(world, head)
      await networkHelpers.time.setNextBlockTimestamp(Number(startedAt) + 30 * DAY)
      await send()
      expect(await world.registry.exposureOf(successor.binding)).to.equal(0)
    })

    it('when the token is another ... it begins at zero', async () => {
      const { world, head } = await spentWorld(CEILING)
      const overrides: Partial<Binding> = { token: world.stranger.address }
      const successor = await rotateKey(world, head, { overrides })
      expect(await world.registry.exposureOf(successor.binding)).to.equal(0)
    })

    it('when a pending rotation is rotated again ... it carries what the first one had carried', async () => {
      const { world, head } = await spentWorld(CEILING)
      const validFrom = (await networkHelpers.time.latest()) + DAY
      const pending = await rotateKey(world, head, { overrides: { validFrom } })
      const again = await rotateKey(world, pending, { device: world.p256Car, overrides: { validFrom: 0 } })
      expect(await world.registry.check(pending.binding)).to.equal(BindingStatus.ROTATED)
      expect(await world.registry.exposureOf(again.binding)).to.equal(CEILING)
    })
  })
}

function describeSuspendedHead() {
  describe('given the head is suspended', () => {
    it('it starts suspended', async () => {
      const { world, head } = await suspendedWorld()
      const successor = await rotateKey(world, head)
      expect(await world.registry.check(head.binding)).to.equal(BindingStatus.ROTATED)
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.SUSPENDED)
    })

    it('it emits BindingSuspended for the new binding', async () => {
      const { world, head } = await suspendedWorld()
      const { successor, send } = await signedRotation(world, head)
      await expect(send()).to.emit(world.registry, 'BindingSuspended').withArgs(successor.bindingId, 0)
    })

    it('when both resume it ... it is active', async () => {
      const { world, head } = await suspendedWorld()
      const successor = await rotateKey(world, head)
      await resume(world, successor, { sequence: 0 })
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
    })

    it("when the head's own resume is relayed ... it reverts with WrongStatus", async () => {
      const { world, head } = await suspendedWorld()
      await rotateKey(world, head)
      await expect(resume(world, head, { sequence: 1 }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
        .withArgs(head.bindingId, BindingStatus.ROTATED, BindingStatus.ACTIVE)
    })
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

async function suspendedWorld() {
  const { world, head } = await boundWorld()
  await suspendByAttester(world, head, { sequence: 0 })
  return { world, head }
}

async function recordOf(world: World, { bindingId }: Bound) {
  return (await world.registry.recordOf(bindingId)).toObject()
}
