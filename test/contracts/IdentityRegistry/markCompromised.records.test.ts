/**
 * markCompromised, what becomes of records
 * |-- given the binding started one second after the key was lost
 * |   |-- it is compromised, and ends with the mark
 * |   |-- when it was suspended ... it is compromised
 * |   |-- when it would have expired ... it is compromised
 * |   |-- when the mark is in the second of its expiry ... it is expired
 * |   `-- when the mark is in the second before its expiry ... it is compromised
 * |-- given the binding started in the second in which the key was lost
 * |   |-- it stands
 * |   `-- when both come in the block of the mark ... it stands
 * |-- given the binding started in the block of the mark, after the key was lost ... nobody was ever liable
 * |-- given the binding is pending
 * |   |-- when it starts after the key was lost ... it ends before it started, although it was recorded earlier
 * |   `-- when its start comes after the mark ... it stays ended
 * |-- given the binding has ended before the mark
 * |   `-- when it was released, revoked, renewed, rebound, rotated ... its record stays
 * |-- given another attester vouched for it ... it stands
 * |-- given the attester vouched for it under another index ... it stands
 * |-- given the binding is not recorded ... it is not recorded
 * `-- given a past second
 *     |-- when the binding started too late ... who was liable before the mark stays liable, and nobody is from the mark on
 *     |-- when the binding stands ... who was liable stays liable, and goes on
 *     `-- when anything happens to the record after the mark ... the answers stay
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { FIRST, mark, withAnotherAttester } from '../helpers/attesters.ts'
import { bind, bindingIdOf, makeBinding, renew } from '../helpers/bindings.ts'
import { release, revoke, suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { rebind, rotateKey } from '../helpers/succession.ts'
import { DAY, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('markCompromised, what becomes of records', () => {
  describe('given the binding started one second after the key was lost', () => {
    it('it is compromised, and ends with the mark', async () => {
      const { world, bound, startedAt } = await boundWorld()
      const before = await recordOf(world, bound)
      const markedAt = await mark(world, FIRST, startedAt - 1)
      const status = BigInt(BindingStatus.COMPROMISED)
      expect(await recordOf(world, bound)).to.deep.equal({ ...before, endsAt: BigInt(markedAt), status })
      await expectStatus(world, bound, BindingStatus.COMPROMISED)
    })

    it('when it was suspended ... it is compromised', async () => {
      const { world, bound, startedAt } = await boundWorld()
      await suspendByAttester(world, bound, { sequence: 0 })
      await mark(world, FIRST, startedAt - 1)
      await expectStatus(world, bound, BindingStatus.COMPROMISED)
    })

    it('when it would have expired ... it is compromised', async () => {
      const { world, bound, startedAt } = await boundWorld()
      await mark(world, FIRST, startedAt - 1)
      await networkHelpers.time.increaseTo(bound.binding.validUntil)
      await expectStatus(world, bound, BindingStatus.COMPROMISED)
    })

    for (const [title, early, status] of [
      ['in the second of its expiry ... it is expired', 0, BindingStatus.EXPIRED],
      ['in the second before its expiry ... it is compromised', 1, BindingStatus.COMPROMISED],
    ] as const) {
      it(`when the mark is ${title}`, async () => {
        const { world, bound, startedAt } = await boundWorld()
        await networkHelpers.time.setNextBlockTimestamp(Number(bound.binding.validUntil) - early)
        await mark(world, FIRST, startedAt - 1)
        await networkHelpers.time.increase(DAY)
        await expectStatus(world, bound, status)
        expect((await recordOf(world, bound)).endsAt).to.equal(BigInt(bound.binding.validUntil) - BigInt(early))
      })
    }
  })

  describe('given the binding started in the second in which the key was lost', () => {
    it('it stands', async () => {
      const { world, bound, startedAt } = await boundWorld()
      const before = await recordOf(world, bound)
      await mark(world, FIRST, startedAt)
      expect(await recordOf(world, bound)).to.deep.equal(before)
      await expectStatus(world, bound, BindingStatus.ACTIVE)
    })

    it('when both come in the block of the mark ... it stands', async () => {
      const { world, bound, markedAt } = await boundInBlockOfMark(0)
      expect((await recordOf(world, bound)).startedAt).to.equal(BigInt(markedAt))
      await expectStatus(world, bound, BindingStatus.ACTIVE)
    })
  })

  it('given the binding started in the block of the mark, after the key was lost ... nobody was ever liable', async () => {
    const { world, bound, markedAt } = await boundInBlockOfMark(1)
    const { startedAt, endsAt } = await recordOf(world, bound)
    expect([startedAt, endsAt]).to.deep.equal([BigInt(markedAt), BigInt(markedAt)])
    await expectStatus(world, bound, BindingStatus.COMPROMISED)
    expect(await world.registry.liableAt(bound.binding, markedAt)).to.equal(false)
  })

  describe('given the binding is pending', () => {
    it('when it starts after the key was lost ... it ends before it started, although it was recorded earlier', async () => {
      const { world, bound, validFrom } = await pendingWorld()
      const markedAt = await mark(world, FIRST)
      await expectStatus(world, bound, BindingStatus.COMPROMISED)
      expect((await recordOf(world, bound)).endsAt).to.equal(BigInt(markedAt))
      await networkHelpers.time.increaseTo(validFrom)
      expect(await world.registry.liableAt(bound.binding, validFrom)).to.equal(false)
    })

    it('when its start comes after the mark ... it stays ended', async () => {
      const { world, bound, validFrom } = await pendingWorld()
      await mark(world, FIRST)
      await networkHelpers.time.increaseTo(validFrom + DAY)
      await expectStatus(world, bound, BindingStatus.COMPROMISED)
    })
  })

  describe('given the binding has ended before the mark', () => {
    const endings: readonly [string, BindingStatus, (world: World, bound: Bound) => Promise<unknown>][] = [
      ['released', BindingStatus.RELEASED, (world, bound) => release(world, bound, { sequence: 0 })],
      ['revoked', BindingStatus.REVOKED, (world, bound) => revoke(world, bound, { sequence: 0 })],
      ['renewed', BindingStatus.RENEWED, (world, { binding }) => renew(world, world.car, world.party, binding)],
      ['rebound', BindingStatus.REBOUND, (world, bound) => rebind(world, bound)],
      ['rotated', BindingStatus.ROTATED, (world, bound) => rotateKey(world, bound)],
    ]
    for (const [title, status, end] of endings) {
      it(`when it was ${title} ... its record stays`, async () => {
        const { world, bound } = await boundWorld()
        await end(world, bound)
        const before = await recordOf(world, bound)
        await mark(world, FIRST, 0)
        expect(await recordOf(world, bound)).to.deep.equal(before)
        await expectStatus(world, bound, status)
      })
    }
  })

  it('given another attester vouched for it ... it stands', async () => {
    const { world } = await boundWorld()
    const other = await withAnotherAttester(world)
    const bound = await bind(other, world.charger, world.operator)
    await mark(world, FIRST, 0)
    await expectStatus(world, bound, BindingStatus.ACTIVE)
  })

  it('given the attester vouched for it under another index ... it stands', async () => {
    const { world, bound } = await boundWorld()
    await world.registry.retire(world.attester.address)
    await world.registry.accredit(world.attester.address)
    const later = await bind(world, world.charger, world.operator)
    await mark(world, 2, 0)
    await expectStatus(world, bound, BindingStatus.ACTIVE)
    await expectStatus(world, later, BindingStatus.COMPROMISED)
  })

  it('given the binding is not recorded ... it is not recorded', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await mark(world, FIRST, 0)
    const binding = await makeBinding(world, world.car, world.party)
    await expectStatus(world, { binding, bindingId: bindingIdOf(binding) }, BindingStatus.NONE)
  })

  describe('given a past second', () => {
    it('when the binding started too late ... who was liable before the mark stays liable, and nobody is from the mark on', async () => {
      const { world, bound, startedAt } = await boundWorld()
      await networkHelpers.time.increase(DAY)
      const markedAt = await mark(world, FIRST, startedAt - 1)
      await networkHelpers.time.increase(DAY)
      const times = [startedAt - 1, startedAt, markedAt - 1, markedAt, markedAt + 1, markedAt + DAY]
      expect(await liableAtAll(world, bound, times)).to.deep.equal([false, true, true, false, false, false])
    })

    it('when the binding stands ... who was liable stays liable, and goes on', async () => {
      const { world, bound, startedAt } = await boundWorld()
      const markedAt = await mark(world, FIRST, startedAt)
      await networkHelpers.time.increase(DAY)
      const times = [startedAt - 1, startedAt, markedAt, markedAt + DAY]
      expect(await liableAtAll(world, bound, times)).to.deep.equal([false, true, true, true])
    })

    it('when anything happens to the record after the mark ... the answers stay', async () => {
      const { world, bound, startedAt } = await boundWorld()
      await networkHelpers.time.increase(DAY)
      const markedAt = await mark(world, FIRST, startedAt - 1)
      await networkHelpers.time.increase(DAY)
      const times = [startedAt, markedAt - 1, markedAt, markedAt + DAY]
      const other = await withAnotherAttester(world)
      const overrides = { attester: other.attester.address }
      const snapshot = await networkHelpers.takeSnapshot()
      for (const happen of [
        () => renew(other, world.car, world.party, bound.binding, overrides),
        () => rotateKey(other, bound, { overrides }),
        () => rebind(other, bound, { overrides }),
        () => world.registry.accredit(world.attester.address),
        () => mark(world, 2, 0),
        () => networkHelpers.time.increaseTo(bound.binding.validUntil),
      ]) {
        await happen()
        expect(await liableAtAll(world, bound, times), happen.toString()).to.deep.equal([true, true, false, false])
        await expectStatus(world, bound, BindingStatus.COMPROMISED)
        await snapshot.restore()
      }
    })
  })
})

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const bound = await bind(world, world.car, world.party)
  return { world, bound, startedAt: await networkHelpers.time.latest() }
}

async function pendingWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const validFrom = (await networkHelpers.time.latest()) + DAY
  return { world, validFrom, bound: await bind(world, world.car, world.party, { validFrom }) }
}

/** One block that binds and marks, the key lost so many seconds before. */
async function boundInBlockOfMark(secondsBefore: number) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const markedAt = (await networkHelpers.time.latest()) + 10
  const validUntil = markedAt + DAY
  await ethers.provider.send('evm_setAutomine', [false])
  const bound = await bind(world, world.car, world.party, { validFrom: 0, validUntil })
  await world.registry.markCompromised(FIRST, markedAt - secondsBefore, { gasLimit: 1_000_000 })
  await networkHelpers.time.setNextBlockTimestamp(markedAt)
  await networkHelpers.mine()
  await ethers.provider.send('evm_setAutomine', [true])
  expect(await networkHelpers.time.latest()).to.equal(markedAt)
  return { world, bound, markedAt }
}

async function recordOf(world: World, { bindingId }: Bound) {
  return (await world.registry.recordOf(bindingId)).toObject()
}

async function liableAtAll({ registry }: World, { binding }: Bound, times: readonly number[]) {
  return Promise.all(times.map((time) => registry.liableAt(binding, time)))
}

async function expectStatus({ registry }: World, { binding, bindingId }: Bound, status: BindingStatus) {
  expect([await registry.check(binding), await registry.statusOf(bindingId)]).to.deep.equal([
    BigInt(status),
    BigInt(status),
  ])
}
