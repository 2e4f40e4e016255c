/**
 * attacks that revive what has ended
 * |-- given a first binding has ended
 * |   `-- when it was released, revoked, renewed, rebound, rotated, expired, compromised ... bind reverts with WrongPrevious
 * |       for its signatures in every form
 * |-- given a later binding was revoked
 * |   |-- when its renewal is relayed again ... renew reverts with WrongPrevious
 * |   |-- when its rotation is relayed again ... rotateKey reverts with WrongPrevious
 * |   `-- when its rebinding is relayed again ... rebind reverts with WrongPrevious
 * `-- given a device key was given up, at a resale or a rotation
 *     |-- when it is bound as if it were new ... bind reverts with WrongPrevious
 *     |-- when it is bound to the new party ... bind reverts with WrongPrevious
 *     |-- when it is renewed ... renew reverts with DeviceRetired
 *     |-- when it becomes the key of its own successor again ... rotateKey reverts with WrongPrevious
 *     |-- when it becomes the key of another device ... rotateKey reverts with WrongPrevious
 *     |-- when it is sold on as the key of another device ... rebind reverts with WrongPrevious
 *     |-- when it is a leaf ... activate reverts with WrongPrevious
 *     `-- when it is a leaf that renews ... activateRenewal reverts with DeviceRetired
 */
import { expect } from 'chai'
import { FIRST, mark } from '../helpers/attesters.ts'
import { bind, bindingMessage, makeBinding, renew, signBinding } from '../helpers/bindings.ts'
import { formsOf } from '../helpers/devices.ts'
import { enrol, makeEnrolment } from '../helpers/leaves.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { release, revoke } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { buyer, rebind, rotateKey } from '../helpers/succession.ts'
import { ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('attacks that revive what has ended', () => {
  describe('given a first binding has ended', () => {
    describeFirst()
  })
  describe('given a later binding was revoked', () => {
    describeLater()
  })
  for (const [title, succeed] of [
    ['at a resale', rebind],
    ['at a rotation', rotateKey],
  ] as const) {
    describe(`given a device key was given up, ${title}`, () => {
      describeGivenUp(succeed)
    })
  }
})

function describeFirst() {
  const endings: readonly [string, (world: World, bound: Bound) => Promise<unknown>][] = [
    ['released', (world, bound) => release(world, bound, { sequence: 0 })],
    ['revoked', (world, bound) => revoke(world, bound, { sequence: 0 })],
    ['renewed', (world, bound) => renew(world, world.car, world.party, bound.binding)],
    ['rebound', (world, bound) => rebind(world, bound)],
    ['rotated', (world, bound) => rotateKey(world, bound)],
    ['expired', (_, bound) => networkHelpers.time.increaseTo(bound.binding.validUntil)],
    [
      'compromised',
      async (world) => {
        await mark(world, FIRST, 0)
        await world.registry.accredit(world.attester.address)
      },
    ],
  ]
  for (const [title, end] of endings) {
    it(`when it was ${title} ... bind reverts with WrongPrevious for its signatures in every form`, async () => {
      const { world, bound } = await boundWorld()
      const { car, party, registry } = world
      await end(world, bound)
      const status = await registry.statusOf(bound.bindingId)
      const head = await registry.headOf(car.id)
      const { device, ...others } = await signBinding(world, bound.binding, { device: car, party })
      for (const form of formsOf(device)) {
        const sent = registry.bind(bound.binding, { device: form, ...others }, car.signer, party.signer)
        await expectReverts(world, sent, 'WrongPrevious', [ZERO_HASH, head])
      }
      expect(await registry.statusOf(bound.bindingId)).to.equal(status)
    })
  }
}

function describeLater() {
  it('when its renewal is relayed again ... renew reverts with WrongPrevious', async () => {
    const { world, bound } = await boundWorld()
    const renewed = await renew(world, world.car, world.party, bound.binding)
    await revoke(world, renewed, { sequence: 0 })
    const sent = renew(world, world.car, world.party, bound.binding)
    await expectReverts(world, sent, 'WrongPrevious', [bound.bindingId, renewed.bindingId])
  })

  it('when its rotation is relayed again ... rotateKey reverts with WrongPrevious', async () => {
    const { world, bound } = await boundWorld()
    const rotated = await rotateKey(world, bound)
    await revoke(world, rotated, { sequence: 0 })
    await expectReverts(world, rotateKey(world, bound), 'WrongPrevious', [bound.bindingId, rotated.bindingId])
  })

  it('when its rebinding is relayed again ... rebind reverts with WrongPrevious', async () => {
    const { world, bound } = await boundWorld()
    const rebound = await rebind(world, bound)
    await revoke(world, rebound, { sequence: 0 })
    for (const sequence of [0, 1]) {
      const sent = rebind(world, bound, { sequence })
      await expectReverts(world, sent, 'WrongPrevious', [bound.bindingId, rebound.bindingId])
    }
  })
}

function describeGivenUp(succeed: typeof rebind) {
  it('when it is bound as if it were new ... bind reverts with WrongPrevious', async () => {
    const { world, bound } = await givenUpWorld(succeed)
    const sent = bind(world, world.car, world.party)
    await expectReverts(world, sent, 'WrongPrevious', [ZERO_HASH, bound.bindingId])
  })

  it('when it is bound to the new party ... bind reverts with WrongPrevious', async () => {
    const { world, bound } = await givenUpWorld(succeed)
    await expectReverts(world, bind(world, world.car, buyer), 'WrongPrevious', [ZERO_HASH, bound.bindingId])
  })

  it('when it is renewed ... renew reverts with DeviceRetired', async () => {
    const { world, bound } = await givenUpWorld(succeed)
    const sent = renew(world, world.car, world.party, bound.binding)
    await expectReverts(world, sent, 'DeviceRetired', [world.car.id, bound.bindingId])
  })

  it('when it becomes the key of its own successor again ... rotateKey reverts with WrongPrevious', async () => {
    const { world, bound, successor, party } = await givenUpWorld(succeed)
    const sent = rotateKey(world, successor, { device: world.car, party })
    await expectReverts(world, sent, 'WrongPrevious', [successor.bindingId, bound.bindingId])
  })

  it('when it becomes the key of another device ... rotateKey reverts with WrongPrevious', async () => {
    const { world, bound } = await givenUpWorld(succeed)
    const other = await bind(world, world.charger, world.party)
    const sent = rotateKey(world, other, { device: world.car })
    await expectReverts(world, sent, 'WrongPrevious', [other.bindingId, bound.bindingId])
  })

  it('when it is sold on as the key of another device ... rebind reverts with WrongPrevious', async () => {
    const { world, bound } = await givenUpWorld(succeed)
    const other = await bind(world, world.charger, world.party)
    const sent = rebind(world, other, { device: world.car, party: world.operator })
    await expectReverts(world, sent, 'WrongPrevious', [other.bindingId, bound.bindingId])
  })

  it('when it is a leaf ... activate reverts with WrongPrevious', async () => {
    const { world, bound } = await givenUpWorld(succeed)
    const { car, registry } = world
    const leaf = await makeBinding(world, car, world.party)
    const enrolment = makeEnrolment([leaf])
    await enrol(world, enrolment)
    const signature = car.sign(await bindingMessage(world, leaf))
    const sent = registry.activate(enrolment, leaf, 0, [], car.signer, signature)
    await expectReverts(world, sent, 'WrongPrevious', [ZERO_HASH, bound.bindingId])
  })

  it('when it is a leaf that renews ... activateRenewal reverts with DeviceRetired', async () => {
    const { world, bound } = await givenUpWorld(succeed)
    const { car, registry } = world
    const leaf = await makeBinding(world, car, world.party, { previous: bound.bindingId })
    const enrolment = makeEnrolment([leaf])
    await enrol(world, enrolment)
    const signature = car.sign(await bindingMessage(world, leaf))
    const sent = registry.activateRenewal(enrolment, leaf, bound.binding, 0, [], car.signer, signature)
    await expectReverts(world, sent, 'DeviceRetired', [car.id, bound.bindingId])
  })
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, bound: await bind(world, world.car, world.party) }
}

async function givenUpWorld(succeed: typeof rebind) {
  const { world, bound } = await boundWorld()
  const successor = await succeed(world, bound)
  const party = successor.binding.partyId === buyer.id ? buyer : world.party
  return { world, bound, successor, party }
}
