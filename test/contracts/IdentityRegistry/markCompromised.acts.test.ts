/**
 * markCompromised, what can still be done
 * |-- given a compromised attester, and a record of its that stands
 * |   |-- when it vouches for a new binding ... bind reverts with NotAccredited
 * |   |-- when it vouches for a renewal ... renew reverts with NotAccredited
 * |   |-- when it vouches for a rotation ... rotateKey reverts with NotAccredited
 * |   |-- when it vouches for a resale ... rebind reverts with NotAccredited
 * |   |-- when it enrols a fleet ... enrol reverts with NotAccredited
 * |   |-- when it suspends ... suspendByAttester reverts with CompromisedAttester
 * |   |-- when it resumes with the party ... resume reverts with NotAccredited
 * |   |-- when it revokes ... revoke reverts with CompromisedAttester
 * |   |-- when it revokes many ... revokeMany reverts with CompromisedAttester
 * |   |-- when it announces a rebinding ... announceRebind reverts with CompromisedAttester
 * |   |-- when it anchors a snapshot ... anchorStatus reverts with CompromisedAttester
 * |   |-- when it revokes leaves ... revokeLeaves reverts with CompromisedAttester
 * |   |-- when it is accredited again ... it does nothing under the old index
 * |   |-- when the party suspends ... it suspends
 * |   |-- when the party releases ... it ends
 * |   |-- when the party vetoes what was announced ... it vetoes
 * |   |-- when another attester vouches for a renewal ... it starts
 * |   |-- when another attester vouches for a rotation ... it starts
 * |   `-- when another attester vouches for a resale ... it starts
 * `-- given a record that the mark has ended
 *     |-- when the party suspends it ... suspendByParty reverts with WrongStatus
 *     |-- when both resume it ... resume reverts with WrongStatus
 *     |-- when the party releases it ... release reverts with WrongStatus
 *     |-- when the party vetoes a rebinding ... vetoRebind reverts with WrongStatus
 *     |-- when the attester suspends, revokes or announces ... it reverts with CompromisedAttester
 *     |-- when what was announced is due ... rebindAnnounced reverts with CompromisedAttester
 *     |-- when a stranger asks for the close of its channels ... the escrow starts the delay
 *     |-- when another attester vouches for a renewal
 *     |   |-- it starts, with what was at risk
 *     |   |-- it ends the old record in storage, and the second of the mark stays its end
 *     |   |-- when the old record is rotated ... rotateKey reverts with WrongStatus
 *     |   |-- when the old record is rebound ... rebind reverts with WrongStatus
 *     |   `-- when it had been suspended ... it starts suspended
 *     |-- when another attester vouches for a rotation ... it starts, and the old key is retired
 *     |-- when another attester vouches for a resale ... it starts, and the old key is retired
 *     `-- when a new key is bound without it ... it starts
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { revokeLeavesTypes, revokeManyTypes, statusSnapshotTypes } from '../../../sdk/src/generated/typedData.ts'
import { FIRST, mark, withAnotherAttester } from '../helpers/attesters.ts'
import { bind, makeBinding, registryMessage, renew, signAsAccount, soon } from '../helpers/bindings.ts'
import { openChannel } from '../helpers/channels.ts'
import type { Binding } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { enrol, makeEnrolment } from '../helpers/leaves.ts'
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

describe('markCompromised, what can still be done', () => {
  describe('given a compromised attester, and a record of its that stands', () => {
    describeNothingNew()
    describeNoWord()
    describeOthersGoOn()
  })

  describe('given a record that the mark has ended', () => {
    describeEnded()
    describeRenewal()
    describeSuccession()
  })
})

function describeNothingNew() {
  it('when it vouches for a new binding ... bind reverts with NotAccredited', async () => {
    const { world } = await standingWorld()
    await expectNotAccredited(world, bind(world, world.p256Car, world.party))
  })

  it('when it vouches for a renewal ... renew reverts with NotAccredited', async () => {
    const { world, bound } = await standingWorld()
    await expectNotAccredited(world, renew(world, world.car, world.party, bound.binding))
  })

  it('when it vouches for a rotation ... rotateKey reverts with NotAccredited', async () => {
    const { world, bound } = await standingWorld()
    await expectNotAccredited(world, rotateKey(world, bound))
  })

  it('when it vouches for a resale ... rebind reverts with NotAccredited', async () => {
    const { world, bound } = await standingWorld()
    await expectNotAccredited(world, rebind(world, bound))
  })

  it('when it enrols a fleet ... enrol reverts with NotAccredited', async () => {
    const { world } = await standingWorld()
    const leaf = await makeBinding(world, world.p256Car, world.party)
    await expectNotAccredited(world, enrol(world, makeEnrolment([leaf])))
  })
}

function describeNoWord() {
  it('when it suspends ... suspendByAttester reverts with CompromisedAttester', async () => {
    const { world, bound } = await standingWorld()
    await expectCompromised(world, suspendByAttester(world, bound, { sequence: 0 }))
  })

  it('when it resumes with the party ... resume reverts with NotAccredited', async () => {
    const { world, bound } = await standingWorld()
    await suspendByParty(world, bound, { sequence: 0 })
    await expectNotAccredited(world, resume(world, bound, { sequence: 1 }))
  })

  it('when it revokes ... revoke reverts with CompromisedAttester', async () => {
    const { world, bound } = await standingWorld()
    await expectCompromised(world, revoke(world, bound, { sequence: 0 }))
  })

  it('when it revokes many ... revokeMany reverts with CompromisedAttester', async () => {
    const { world, bound } = await standingWorld()
    const rows = [{ bindingId: bound.bindingId, sequence: 0 }]
    const message = await registryMessage(world, revokeManyTypes, { rows, deadline: await soon() })
    const signature = signAsAccount(world.attester, message)
    await expectCompromised(world, world.registry.revokeMany(FIRST, message.value, signature))
  })

  it('when it announces a rebinding ... announceRebind reverts with CompromisedAttester', async () => {
    const { world, bound } = await standingWorld()
    await expectCompromised(world, announceRebind(world, bound, { sequence: 0 }))
  })

  it('when it anchors a snapshot ... anchorStatus reverts with CompromisedAttester', async () => {
    const { world } = await standingWorld()
    const asOf = await networkHelpers.time.latest()
    const value = { attester: world.attester.address, asOf, count: 1, root: id('root') }
    const message = await registryMessage(world, statusSnapshotTypes, value)
    const signature = signAsAccount(world.attester, message)
    await expectCompromised(world, world.registry.anchorStatus(FIRST, value, signature))
  })

  it('when it revokes leaves ... revokeLeaves reverts with CompromisedAttester', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const leaf = await makeBinding(world, world.p256Car, world.party)
    const enrolmentId = await enrol(world, makeEnrolment([leaf]))
    await mark(world, FIRST)
    const value = { enrolmentId, indexes: [0], deadline: await soon() }
    const message = await registryMessage(world, revokeLeavesTypes, value)
    const signature = signAsAccount(world.attester, message)
    await expectCompromised(world, world.registry.revokeLeaves(value, signature))
  })

  it('when it is accredited again ... it does nothing under the old index', async () => {
    const { world, bound } = await standingWorld()
    await world.registry.accredit(world.attester.address)
    await expectCompromised(world, suspendByAttester(world, bound, { sequence: 0 }))
    await expectCompromised(world, revoke(world, bound, { sequence: 0 }))
    await expectCompromised(world, announceRebind(world, bound, { sequence: 0 }))
    await suspendByParty(world, bound, { sequence: 0 })
    await expectNotAccredited(world, resume(world, bound, { sequence: 1 }))
  })
}

function describeOthersGoOn() {
  it('when the party suspends ... it suspends', async () => {
    const { world, bound } = await standingWorld()
    await suspendByParty(world, bound, { sequence: 0 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.SUSPENDED)
  })

  it('when the party releases ... it ends', async () => {
    const { world, bound } = await standingWorld()
    await release(world, bound, { sequence: 0 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.RELEASED)
  })

  it('when the party vetoes what was announced ... it vetoes', async () => {
    const { world, bound } = await boundWorld()
    await announceRebind(world, bound, { sequence: 0 })
    await mark(world, FIRST)
    await expect(vetoRebind(world, bound, { sequence: 1 })).to.emit(world.registry, 'RebindVetoed')
  })

  const calls: readonly [string, (other: World, bound: Bound, overrides: Partial<Binding>) => Promise<Bound>][] = [
    ['renewal', (other, { binding }, overrides) => renew(other, other.car, other.party, binding, overrides)],
    ['rotation', (other, bound, overrides) => rotateKey(other, bound, { overrides })],
    ['resale', (other, bound, overrides) => rebind(other, bound, { overrides })],
  ]
  for (const [title, call] of calls) {
    it(`when another attester vouches for a ${title} ... it starts`, async () => {
      const { world, bound } = await standingWorld()
      const other = await withAnotherAttester(world)
      const successor = await call(other, bound, { attester: other.attester.address })
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
    })
  }
}

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

  it('when a stranger asks for the close of its channels ... the escrow starts the delay', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel } = await openChannel(world)
    const { escrow, stranger } = world
    await mark(world, FIRST, 0)
    await expect(escrow.connect(stranger).requestCloseOfEndedBinding(channel)).to.emit(escrow, 'CloseRequested')
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

async function standingWorld() {
  const { world, bound } = await boundWorld()
  await mark(world, FIRST)
  expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.ACTIVE)
  return { world, bound }
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

async function expectNotAccredited(world: World, sent: Promise<unknown>) {
  await expectReverts(world, sent, 'NotAccredited', [world.attester.address])
}

async function expectCompromised(world: World, sent: Promise<unknown>) {
  await expectReverts(world, sent, 'CompromisedAttester', [secp256k1Device('attester').wallet.address, FIRST])
}

async function expectCut(world: World, { bindingId }: Bound, sent: Promise<unknown>) {
  await expectReverts(world, sent, 'WrongStatus', [bindingId, BindingStatus.COMPROMISED, BindingStatus.ACTIVE])
}
