/**
 * liableAt
 * |-- given the time is in the future ... it reverts with FutureTime
 * |-- given the binding is not recorded ... nobody is liable
 * |-- given the binding is altered ... nobody is liable
 * |-- given the binding runs
 * |   |-- when it is the second before the start ... nobody is liable
 * |   |-- when it is the second of the start ... the party is liable
 * |   |-- when it is now ... the party is liable
 * |   |-- when it is the last second of the validity ... the party is liable
 * |   `-- when it is the second of the expiry ... nobody is liable
 * |-- given the binding started later than it was recorded ... nobody is liable in between
 * |-- given the binding is suspended ... the party is liable all through
 * |-- given the binding has ended by release
 * |   |-- when it is the second before the end ... the party is liable
 * |   `-- when it is the second of the end ... nobody is liable
 * |-- given the binding has ended by revocation ... nobody is liable from that second on
 * |-- given the binding is renewed ... old and new cover the time without gap or overlap
 * |-- given the binding was ended in the second it started ... nobody was ever liable
 * |-- given the attester was retired ... the party is liable all the same
 * `-- given answers about past seconds
 *     `-- when anything happens later ... they stay what they were
 */
import { expect } from 'chai'
import { bind, makeBinding, renew } from '../helpers/bindings.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { release, resume, revoke, suspendByAttester, suspendByParty } from '../helpers/standing.ts'
import { DAY, YEN, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'

describe('liableAt', () => {
  it('given the time is in the future ... it reverts with FutureTime', async () => {
    const { world, bound, startedAt } = await boundWorld()
    await expect(world.registry.liableAt(bound.binding, startedAt + 1))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_FutureTime')
      .withArgs(startedAt + 1, startedAt)
  })

  it('given the binding is not recorded ... nobody is liable', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const binding = await makeBinding(world, world.car, world.party)
    expect(await world.registry.liableAt(binding, binding.validFrom)).to.equal(false)
  })

  it('given the binding is altered ... nobody is liable', async () => {
    const { world, bound, startedAt } = await boundWorld()
    const altered = { ...bound.binding, validUntil: 2n ** 40n - 1n }
    expect(await world.registry.liableAt(altered, startedAt)).to.equal(false)
  })

  describe('given the binding runs', () => {
    it('when it is the second before the start ... nobody is liable', async () => {
      const { world, bound, startedAt } = await boundWorld()
      expect(await world.registry.liableAt(bound.binding, startedAt - 1)).to.equal(false)
    })

    it('when it is the second of the start ... the party is liable', async () => {
      const { world, bound, startedAt } = await boundWorld()
      await networkHelpers.time.increase(DAY)
      expect(await world.registry.liableAt(bound.binding, startedAt)).to.equal(true)
    })

    it('when it is now ... the party is liable', async () => {
      const { world, bound } = await boundWorld()
      await networkHelpers.time.increase(DAY)
      expect(await world.registry.liableAt(bound.binding, await networkHelpers.time.latest())).to.equal(true)
    })

    it('when it is the last second of the validity ... the party is liable', async () => {
      const { world, bound } = await boundWorld()
      const validUntil = Number(bound.binding.validUntil)
      await networkHelpers.time.increaseTo(validUntil + DAY)
      expect(await world.registry.liableAt(bound.binding, validUntil - 1)).to.equal(true)
    })

    it('when it is the second of the expiry ... nobody is liable', async () => {
      const { world, bound } = await boundWorld()
      const validUntil = Number(bound.binding.validUntil)
      await networkHelpers.time.increaseTo(validUntil + DAY)
      expect(await world.registry.liableAt(bound.binding, validUntil)).to.equal(false)
    })
  })

  it('given the binding started later than it was recorded ... nobody is liable in between', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const { binding } = await bind(world, world.car, world.party, { validFrom })
    await networkHelpers.time.increaseTo(validFrom)
    expect(await world.registry.liableAt(binding, validFrom - 1)).to.equal(false)
    expect(await world.registry.liableAt(binding, validFrom)).to.equal(true)
  })

  it('given the binding is suspended ... the party is liable all through', async () => {
    const { world, bound } = await boundWorld()
    await suspendByParty(world, bound, { sequence: 0 })
    const suspendedAt = await networkHelpers.time.latest()
    await networkHelpers.time.increase(DAY)
    await resume(world, bound, { sequence: 1 })
    for (const time of [suspendedAt, suspendedAt + 1, suspendedAt + DAY]) {
      expect(await world.registry.liableAt(bound.binding, time)).to.equal(true)
    }
  })

  describe('given the binding has ended by release', () => {
    it('when it is the second before the end ... the party is liable', async () => {
      const { world, bound, endsAt } = await releasedWorld()
      expect(await world.registry.liableAt(bound.binding, endsAt - 1)).to.equal(true)
    })

    it('when it is the second of the end ... nobody is liable', async () => {
      const { world, bound, endsAt } = await releasedWorld()
      expect(await world.registry.liableAt(bound.binding, endsAt)).to.equal(false)
    })
  })

  it('given the binding has ended by revocation ... nobody is liable from that second on', async () => {
    const { world, bound } = await boundWorld()
    await networkHelpers.time.increase(DAY)
    await revoke(world, bound, { sequence: 0 })
    const endsAt = await networkHelpers.time.latest()
    await networkHelpers.time.increase(DAY)
    expect(await world.registry.liableAt(bound.binding, endsAt - 1)).to.equal(true)
    expect(await world.registry.liableAt(bound.binding, endsAt)).to.equal(false)
    expect(await world.registry.liableAt(bound.binding, endsAt + DAY)).to.equal(false)
  })

  it('given the binding is renewed ... old and new cover the time without gap or overlap', async () => {
    const { world, bound } = await boundWorld()
    await networkHelpers.time.increase(DAY)
    const renewed = await renew(world, world.car, world.party, bound.binding)
    const at = await networkHelpers.time.latest()
    expect(await world.registry.liableAt(bound.binding, at - 1)).to.equal(true)
    expect(await world.registry.liableAt(renewed.binding, at - 1)).to.equal(false)
    expect(await world.registry.liableAt(bound.binding, at)).to.equal(false)
    expect(await world.registry.liableAt(renewed.binding, at)).to.equal(true)
  })

  it('given the binding was ended in the second it started ... nobody was ever liable', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await ethers.provider.send('evm_setAutomine', [false])
    const { binding, bindingId } = await bind(world, world.car, world.party)
    await release(world, { binding, bindingId }, { sequence: 0 })
    await ethers.provider.send('evm_setAutomine', [true])
    await networkHelpers.mine()
    const { startedAt, endsAt } = await world.registry.recordOf(bindingId)
    expect(endsAt).to.equal(startedAt)
    expect(await world.registry.liableAt(binding, startedAt)).to.equal(false)
  })

  it('given the attester was retired ... the party is liable all the same', async () => {
    const { world, bound, startedAt } = await boundWorld()
    await world.registry.retire(world.attester.address)
    expect(await world.registry.liableAt(bound.binding, startedAt)).to.equal(true)
    expect(await world.registry.liableAt(bound.binding, await networkHelpers.time.latest())).to.equal(true)
  })

  describe('given answers about past seconds', () => {
    it('when anything happens later ... they stay what they were', async () => {
      const world = await networkHelpers.loadFixture(deploySpendingWorld)
      const first = await bind(world, world.car, world.party)
      const bindings = [first.binding]
      const asked: { time: number; answers: boolean[] }[] = []
      const ask = (time: number) => Promise.all(bindings.map((binding) => world.registry.liableAt(binding, time)))

      const steps = [
        () => spend(world, first.binding, YEN),
        () => suspendByAttester(world, first, { sequence: 0 }),
        () => world.registry.retire(world.attester.address),
        () => world.registry.accredit(world.attester.address),
        async () => bindings.push((await renew(world, world.car, world.party, first.binding)).binding),
        () => networkHelpers.time.increaseTo(Number(first.binding.validUntil) + DAY),
      ]
      for (const step of steps) {
        const time = (await networkHelpers.time.latest()) - 1
        asked.push({ time, answers: await ask(time) })
        await step()
        await networkHelpers.time.increase(DAY)
      }
      for (const { time, answers } of asked) {
        expect((await ask(time)).slice(0, answers.length), `at ${time}`).to.deep.equal(answers)
      }
      expect(asked.map(({ answers }) => answers[0])).to.deep.equal([false, true, true, true, true, false])
    })
  })
})

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const bound = await bind(world, world.car, world.party)
  return { world, bound, startedAt: await networkHelpers.time.latest() }
}

async function releasedWorld() {
  const { world, bound } = await boundWorld()
  await networkHelpers.time.increase(DAY)
  await release(world, bound, { sequence: 0 })
  const endsAt = await networkHelpers.time.latest()
  await networkHelpers.time.increase(DAY)
  return { world, bound, endsAt }
}
