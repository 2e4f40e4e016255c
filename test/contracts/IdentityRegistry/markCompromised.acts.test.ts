/**
 * markCompromised, an attester whose records stand
 * |-- when it vouches for a new binding ... bind reverts with NotAccredited
 * |-- when it vouches for a renewal ... renew reverts with NotAccredited
 * |-- when it vouches for a rotation ... rotateKey reverts with NotAccredited
 * |-- when it vouches for a resale ... rebind reverts with NotAccredited
 * |-- when it enrols a fleet ... enrol reverts with NotAccredited
 * |-- when it suspends ... suspendByAttester reverts with CompromisedAttester
 * |-- when it resumes with the party ... resume reverts with NotAccredited
 * |-- when it revokes ... revoke reverts with CompromisedAttester
 * |-- when it revokes many ... revokeMany reverts with CompromisedAttester
 * |-- when it announces a rebinding ... announceRebind reverts with CompromisedAttester
 * |-- when it anchors a snapshot ... anchorStatus reverts with CompromisedAttester
 * |-- when it revokes leaves ... revokeLeaves reverts with CompromisedAttester
 * |-- when it is accredited again ... it does nothing under the old index
 * |-- when the party suspends ... it suspends
 * |-- when the party releases ... it ends
 * |-- when the party vetoes what was announced ... it vetoes
 * |-- when another attester vouches for a renewal ... it starts
 * |-- when another attester vouches for a rotation ... it starts
 * `-- when another attester vouches for a resale ... it starts
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { revokeLeavesTypes, revokeManyTypes, statusSnapshotTypes } from '../../../sdk/src/generated/typedData.ts'
import { FIRST, mark, withAnotherAttester } from '../helpers/attesters.ts'
import { bind, makeBinding, registryMessage, renew, signAsAccount, soon } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { enrol, makeEnrolment } from '../helpers/leaves.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { release, resume, revoke, suspendByAttester, suspendByParty } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { announceRebind, rebind, rotateKey, vetoRebind } from '../helpers/succession.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('markCompromised, an attester whose records stand', () => {
  describeNothingNew()
  describeNoWord()
  describeOthersGoOn()
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

async function expectNotAccredited(world: World, sent: Promise<unknown>) {
  await expectReverts(world, sent, 'NotAccredited', [world.attester.address])
}

async function expectCompromised(world: World, sent: Promise<unknown>) {
  await expectReverts(world, sent, 'CompromisedAttester', [secp256k1Device('attester').wallet.address, FIRST])
}
