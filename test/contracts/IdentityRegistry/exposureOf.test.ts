/**
 * exposureOf
 * |-- given the binding is not recorded ... it is zero
 * |-- given nothing was spent ... it is zero
 * |-- given something was spent
 * |   |-- when it is the last second of the period ... it is what was spent
 * |   |-- when the next period begins ... it is zero
 * |   |-- when the next period begins ... the whole ceiling is free again
 * |   |-- when periods passed without spending ... the window is still counted from the start
 * |   |-- when the last period is cut off by the expiry ... it still has its ceiling
 * |   `-- when the binding has ended ... it is what was spent, until its period is over
 * |-- given the binding has as many periods as a record can number ... the last one is counted
 * `-- given the binding is renewed
 *     |-- when the token is the same ... the first period begins with what the head's running one had
 *     |-- when the token is the same ... the ceiling counts what was carried
 *     |-- when the new ceiling is below what was carried ... nothing can be spent until the next period
 *     |-- when the head's period with spending is over ... it begins at zero
 *     |-- when the token is another ... it begins at zero
 *     |-- when the head had ended in the running period ... it carries all the same
 *     |-- when the renewal begins later ... it shows what it will begin with
 *     `-- when a pending renewal is renewed again ... it carries what the first one had carried
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, renew } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { release } from '../helpers/standing.ts'
import { DAY, YEN, networkHelpers } from '../helpers/world.ts'

const CEILING = 10_000n * YEN
const PERIOD = 30 * DAY

describe('exposureOf', () => {
  it('given the binding is not recorded ... it is zero', async () => {
    const world = await networkHelpers.loadFixture(deploySpendingWorld)
    const binding = await makeBinding(world, world.car, world.party, { periodSeconds: 0 })
    expect(await world.registry.exposureOf(binding)).to.equal(0)
  })

  it('given nothing was spent ... it is zero', async () => {
    const { world, payer } = await payerWorld()
    expect(await world.registry.exposureOf(payer.binding)).to.equal(0)
  })

  describe('given something was spent', () => {
    it('when it is the last second of the period ... it is what was spent', async () => {
      const { world, payer, startedAt } = await spentWorld(3n * YEN)
      await networkHelpers.time.increaseTo(startedAt + PERIOD - 1)
      expect(await world.registry.exposureOf(payer.binding)).to.equal(3n * YEN)
    })

    it('when the next period begins ... it is zero', async () => {
      const { world, payer, startedAt } = await spentWorld(3n * YEN)
      await networkHelpers.time.increaseTo(startedAt + PERIOD)
      expect(await world.registry.exposureOf(payer.binding)).to.equal(0)
    })

    it('when the next period begins ... the whole ceiling is free again', async () => {
      const { world, payer, startedAt } = await spentWorld(CEILING)
      await networkHelpers.time.setNextBlockTimestamp(startedAt + PERIOD - 1)
      await expect(spend(world, payer.binding, 1n))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
        .withArgs(payer.bindingId, CEILING + 1n, CEILING)
      await networkHelpers.time.increaseTo(startedAt + PERIOD)
      await spend(world, payer.binding, CEILING)
      expect(await world.registry.exposureOf(payer.binding)).to.equal(CEILING)
    })

    it('when periods passed without spending ... the window is still counted from the start', async () => {
      const { world, payer, startedAt } = await spentWorld(1n)
      await networkHelpers.time.increaseTo(startedAt + 4 * PERIOD - 10)
      await spend(world, payer.binding, CEILING)
      await networkHelpers.time.increaseTo(startedAt + 4 * PERIOD)
      expect(await world.registry.exposureOf(payer.binding)).to.equal(0)
    })

    it('when the last period is cut off by the expiry ... it still has its ceiling', async () => {
      const { world, payer } = await spentWorld(CEILING)
      await networkHelpers.time.setNextBlockTimestamp(Number(payer.binding.validUntil) - 1)
      await spend(world, payer.binding, CEILING)
      expect((await world.registry.recordOf(payer.bindingId)).period).to.equal(12)
    })

    it('when the binding has ended ... it is what was spent, until its period is over', async () => {
      const { world, payer, startedAt } = await spentWorld(3n * YEN)
      await release(world, payer, { sequence: 0 })
      expect(await world.registry.exposureOf(payer.binding)).to.equal(3n * YEN)
      await networkHelpers.time.increaseTo(startedAt + PERIOD)
      expect(await world.registry.exposureOf(payer.binding)).to.equal(0)
    })
  })

  it('given the binding has as many periods as a record can number ... the last one is counted', async () => {
    const world = await networkHelpers.loadFixture(deploySpendingWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const validUntil = validFrom + 2 * 2 ** 24 - 1
    const payer = await bind(world, world.car, world.party, { validFrom, validUntil, periodSeconds: 2 })
    await networkHelpers.time.setNextBlockTimestamp(validUntil - 1)
    await spend(world, payer.binding, CEILING)
    expect((await world.registry.recordOf(payer.bindingId)).period).to.equal(2 ** 24 - 1)
  })

  describe('given the binding is renewed', () => {
    it("when the token is the same ... the first period begins with what the head's running one had", async () => {
      const { world, renewed } = await renewedWorld(3n * YEN)
      const { period, exposure } = await world.registry.recordOf(renewed.bindingId)
      expect([period, exposure]).to.deep.equal([0n, 3n * YEN])
      expect(await world.registry.exposureOf(renewed.binding)).to.equal(3n * YEN)
    })

    it('when the token is the same ... the ceiling counts what was carried', async () => {
      const { world, renewed } = await renewedWorld(CEILING)
      await expect(spend(world, renewed.binding, 1n))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
        .withArgs(renewed.bindingId, CEILING + 1n, CEILING)
    })

    it('when the new ceiling is below what was carried ... nothing can be spent until the next period', async () => {
      const lower = { maxPerPayment: 1n, maxPerPeriod: YEN }
      const { world, renewed } = await renewedWorld(3n * YEN, lower)
      await expect(spend(world, renewed.binding, 0n))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
        .withArgs(renewed.bindingId, 3n * YEN, YEN)
      await networkHelpers.time.increase(PERIOD)
      await spend(world, renewed.binding, YEN)
      expect(await world.registry.exposureOf(renewed.binding)).to.equal(YEN)
    })

    it("when the head's period with spending is over ... it begins at zero", async () => {
      const { world, payer, startedAt } = await spentWorld(3n * YEN)
      await networkHelpers.time.setNextBlockTimestamp(startedAt + PERIOD)
      const renewed = await renew(world, world.car, world.party, payer.binding)
      expect(await world.registry.exposureOf(renewed.binding)).to.equal(0)
    })

    it('when the token is another ... it begins at zero', async () => {
      const { stranger } = await networkHelpers.loadFixture(deploySpendingWorld)
      const { world, renewed } = await renewedWorld(3n * YEN, { token: stranger.address })
      expect(await world.registry.exposureOf(renewed.binding)).to.equal(0)
    })

    it('when the head had ended in the running period ... it carries all the same', async () => {
      const { world, payer } = await spentWorld(3n * YEN)
      await release(world, payer, { sequence: 0 })
      const renewed = await renew(world, world.car, world.party, payer.binding)
      expect(await world.registry.exposureOf(renewed.binding)).to.equal(3n * YEN)
    })

    it('when the renewal begins later ... it shows what it will begin with', async () => {
      const { world, payer } = await spentWorld(3n * YEN)
      const validFrom = (await networkHelpers.time.latest()) + DAY
      const renewed = await renew(world, world.car, world.party, payer.binding, { validFrom })
      expect(await world.registry.exposureOf(renewed.binding)).to.equal(3n * YEN)
      await networkHelpers.time.increaseTo(validFrom)
      expect(await world.registry.exposureOf(renewed.binding)).to.equal(3n * YEN)
    })

    it('when a pending renewal is renewed again ... it carries what the first one had carried', async () => {
      const { world, payer } = await spentWorld(CEILING)
      const validFrom = (await networkHelpers.time.latest()) + DAY
      const pending = await renew(world, world.car, world.party, payer.binding, { validFrom })
      expect(await world.registry.check(pending.binding)).to.equal(BindingStatus.PENDING)
      const again = await renew(world, world.car, world.party, pending.binding, { validFrom: 0 })
      await expect(spend(world, again.binding, 1n))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
        .withArgs(again.bindingId, CEILING + 1n, CEILING)
    })
  })
})

async function payerWorld() {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  const payer = await bind(world, world.car, world.party)
  return { world, payer, startedAt: await networkHelpers.time.latest() }
}

async function spentWorld(amount: bigint) {
  const bound = await payerWorld()
  await spend(bound.world, bound.payer.binding, amount)
  return bound
}

async function renewedWorld(spent: bigint, overrides: Partial<Binding> = {}) {
  const { world, payer } = await spentWorld(spent)
  const renewed = await renew(world, world.car, world.party, payer.binding, overrides)
  return { world, payer, renewed }
}
