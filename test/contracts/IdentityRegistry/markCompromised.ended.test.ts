/**
 * markCompromised, a record that it has ended
 * |-- when the party suspends it ... suspendByParty reverts with WrongStatus
 * |-- when both resume it ... resume reverts with WrongStatus
 * |-- when the party releases it ... release reverts with WrongStatus
 * |-- when the party vetoes a rebinding ... vetoRebind reverts with WrongStatus
 * |-- when the attester suspends, revokes or announces ... it reverts with CompromisedAttester
 * |-- when what was announced is due ... rebindAnnounced reverts with CompromisedAttester
 * |-- when another attester vouches for a renewal
 * |   |-- it starts, with what was at risk
 * |   |-- it ends the old record in storage, and the second of the mark stays its end
 * |   |-- it emits BindingRenewed with the second of the renewal, which ends nothing later than the mark did
 * |   |-- when the old record is rotated ... rotateKey reverts with WrongStatus
 * |   |-- when the old record is rebound ... rebind reverts with WrongStatus
 * |   `-- when it had been suspended ... it starts suspended
 * |-- when another attester vouches for a rotation ... it starts, and the old key is retired
 * |-- when another attester vouches for a resale ... it starts, and the old key is retired
 * `-- when a new key is bound without it ... it starts
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { FIRST, mark, withAnotherAttester } from '../helpers/attesters.ts'
import { bind, renew } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { release, resume, revoke, suspendByAttester, suspendByParty } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import {
  announceAndWait,
  announceRebind,
  newKey,
  rebind,
  rebindAnnounced,
  rotateKey,
  vetoRebind,
} from '../helpers/succession.ts'
import { YEN, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('markCompromised, a record that it has ended', () => {
  describeEnded()
  describeRenewal()
  describeSuccession()
})

function describeEnded() {
  it('when the party suspends it ... suspendByParty reverts with WrongStatus', async () => {
    const { world, bound } = await cutWorld()
    await expectCut(world, bound, suspendByParty(world, bound, { sequence: 0 }))
  })

  it('when both resume it ... resume reverts with WrongStatus', async () => {
    const { world, bound } = await boundWorld()
    await suspendByParty(world, bound, { sequence: 0 })
    await mark(world, FIRST, 0)
    await world.registry.accredit(world.attester.address)
    await expectCut(world, bound, resume(world, bound, { sequence: 1 }))
  })

  it('when the party releases it ... release reverts with WrongStatus', async () => {
    const { world, bound } = await cutWorld()
    await expectCut(world, bound, release(world, bound, { sequence: 0 }))
  })

  it('when the party vetoes a rebinding ... vetoRebind reverts with WrongStatus', async () => {
    const { world, bound } = await boundWorld()
    await announceRebind(world, bound, { sequence: 0 })
    await mark(world, FIRST, 0)
    await expectCut(world, bound, vetoRebind(world, bound, { sequence: 1 }))
  })

  it('when the attester suspends, revokes or announces ... it reverts with CompromisedAttester', async () => {
    const { world, bound } = await cutWorld()
    await expectCompromised(world, suspendByAttester(world, bound, { sequence: 0 }))
    await expectCompromised(world, revoke(world, bound, { sequence: 0 }))
    await expectCompromised(world, announceRebind(world, bound, { sequence: 0 }))
  })

  it('when what was announced is due ... rebindAnnounced reverts with CompromisedAttester', async () => {
    const { world, bound } = await boundWorld()
    const other = await withAnotherAttester(world)
    const overrides = { attester: other.attester.address }
    await announceAndWait(world, bound, { overrides })
    await mark(world, FIRST, 0)
    await expectCompromised(world, rebindAnnounced(other, bound, { overrides }))
  })
}

function describeRenewal() {
  describe('when another attester vouches for a renewal', () => {
    it('it starts, with what was at risk', async () => {
      const { world, bound, renewed } = await renewedWorld()
      expect(await world.registry.check(renewed.binding)).to.equal(BindingStatus.ACTIVE)
      expect(await world.registry.exposureOf(renewed.binding)).to.equal(3n * YEN)
      expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.COMPROMISED)
    })

    it('it ends the old record in storage, and the second of the mark stays its end', async () => {
      const { world, bound, markedAt } = await renewedWorld()
      const { endsAt, sequence } = await world.registry.recordOf(bound.bindingId)
      expect([endsAt, sequence]).to.deep.equal([BigInt(markedAt), 1n])
    })

    it('it emits BindingRenewed with the second of the renewal, which ends nothing later than the mark did', async () => {
      const { world, bound, renewed, markedAt } = await renewedWorld()
      const [event] = await world.registry.queryFilter('BindingRenewed')
      const { args } = world.registry.interface.parseLog(event!)!
      const renewedAt = BigInt(await networkHelpers.time.latest())
      expect([...args]).to.deep.equal([bound.bindingId, renewed.bindingId, renewedAt])
      expect(await world.registry.liableAt(bound.binding, markedAt)).to.equal(false)
    })

    it('when the old record is rotated ... rotateKey reverts with WrongStatus', async () => {
      const { world, bound, overrides } = await renewedWorld()
      await expectCut(world, bound, rotateKey(world, bound, { overrides }))
    })

    it('when the old record is rebound ... rebind reverts with WrongStatus', async () => {
      const { world, bound, overrides } = await renewedWorld()
      for (const sequence of [0, 1]) await expectCut(world, bound, rebind(world, bound, { sequence, overrides }))
    })

    it('when it had been suspended ... it starts suspended', async () => {
      const { world, bound } = await boundWorld()
      await suspendByParty(world, bound, { sequence: 0 })
      await mark(world, FIRST, 0)
      const other = await withAnotherAttester(world)
      const overrides = { attester: other.attester.address }
      const renewed = await renew(other, world.car, world.party, bound.binding, overrides)
      expect(await world.registry.check(renewed.binding)).to.equal(BindingStatus.SUSPENDED)
    })
  })
}

function describeSuccession() {
  for (const [title, succeed] of [
    ['rotation', rotateKey],
    ['resale', rebind],
  ] as const) {
    it(`when another attester vouches for a ${title} ... it starts, and the old key is retired`, async () => {
      const { world, bound } = await cutWorld()
      const other = await withAnotherAttester(world)
      const overrides = { attester: other.attester.address }
      const successor = await succeed(other, bound, { overrides })
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
      expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.COMPROMISED)
      const again = renew(other, world.car, world.party, bound.binding, overrides)
      await expectReverts(world, again, 'DeviceRetired', [world.car.id, bound.bindingId])
    })
  }

  it('when a new key is bound without it ... it starts', async () => {
    const { world } = await cutWorld()
    const other = await withAnotherAttester(world)
    const { binding } = await bind(other, newKey, world.party)
    expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
  })
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, bound: await bind(world, world.car, world.party) }
}

async function cutWorld() {
  const { world, bound } = await boundWorld()
  await mark(world, FIRST, 0)
  return { world, bound }
}

/** Three yen were spent before the mark; the world is the one in which another attester vouches. */
async function renewedWorld() {
  const spending = await networkHelpers.loadFixture(deploySpendingWorld)
  const bound = await bind(spending, spending.car, spending.party)
  await spend(spending, bound.binding, 3n * YEN)
  const markedAt = await mark(spending, FIRST, 0)
  const world = await withAnotherAttester(spending)
  const overrides = { attester: world.attester.address }
  const renewed = await renew(world, world.car, world.party, bound.binding, overrides)
  return { world, bound, renewed, overrides, markedAt }
}

async function expectCompromised(world: World, sent: Promise<unknown>) {
  await expectReverts(world, sent, 'CompromisedAttester', [secp256k1Device('attester').wallet.address, FIRST])
}

async function expectCut(world: World, { bindingId }: Bound, sent: Promise<unknown>) {
  await expectReverts(world, sent, 'WrongStatus', [bindingId, BindingStatus.COMPROMISED, BindingStatus.ACTIVE])
}
