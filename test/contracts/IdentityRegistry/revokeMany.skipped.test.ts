/**
 * revokeMany, rows that are skipped
 * |-- given a bad row between two good ones, which end all the same
 * |   |-- when it was never recorded ... it is skipped as NONE
 * |   |-- when it is released, revoked, renewed, rotated or rebound ... it is skipped as what it is
 * |   |-- when it is expired ... it is skipped as EXPIRED
 * |   |-- when it names a lower or a higher sequence ... it is skipped with the right one
 * |   |-- when it is of another attester ... it is skipped with the other's index
 * |   |-- when it is of another index of the same account ... it is skipped with that index
 * |   `-- when it is ended by a mark on its attester ... it is skipped as COMPROMISED
 * `-- given one record twice
 *     |-- when both rows name its sequence ... the second is skipped as REVOKED
 *     `-- when the second names the next sequence ... it is skipped as REVOKED
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, releaseMessage, renew, signBinding, soon } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { fleetCar } from '../helpers/fleets.ts'
import { boundWorld, eventsOf, named } from '../helpers/revocations.ts'
import type { Row } from '../helpers/revocations.ts'
import { release, revoke, suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { DAY, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

/** What is told of a row that was skipped. */
type Skipped = { readonly status: BindingStatus; readonly sequence: number; readonly attesterIndex?: number }

describe('revokeMany, rows that are skipped', () => {
  describe('given a bad row between two good ones, which end all the same', describeBadRows)
  describe('given one record twice', describeDuplicates)
})

function describeBadRows(): void {
  it('when it was never recorded ... it is skipped as NONE', async () => {
    const { world, rows } = await boundWorld()
    const bad = { bindingId: id('nothing'), sequence: 0 }
    await expectSkipped(world, rows, bad, { status: BindingStatus.NONE, sequence: 0, attesterIndex: 0 })
  })

  it('when it is released, revoked, renewed, rotated or rebound ... it is skipped as what it is', async () => {
    const { RELEASED, REVOKED, RENEWED, ROTATED, REBOUND } = BindingStatus
    const ends = [
      [RELEASED, (world: World, bound: Bound) => release(world, bound, { sequence: 0 })],
      [REVOKED, (world: World, bound: Bound) => revoke(world, bound, { sequence: 0 })],
      [RENEWED, (world: World, bound: Bound) => renew(world, fleetCar(7), world.party, bound.binding)],
      [ROTATED, rotate],
      [REBOUND, rebind],
    ] as const
    for (const [status, end] of ends) {
      const { world, rows } = await boundWorld()
      const bound = await bind(world, fleetCar(7), world.party)
      await end(world, bound)
      await expectSkipped(world, rows, named(bound, 1), { status, sequence: 1 })
    }
  })

  it('when it is expired ... it is skipped as EXPIRED', async () => {
    const { world, rows } = await boundWorld()
    const validUntil = (await networkHelpers.time.latest()) + DAY
    const bound = await bind(world, fleetCar(7), world.party, { validUntil })
    await networkHelpers.time.increaseTo(validUntil)
    await expectSkipped(world, rows, named(bound), { status: BindingStatus.EXPIRED, sequence: 0 })
  })

  it('when it names a lower or a higher sequence ... it is skipped with the right one', async () => {
    for (const sequence of [0, 2]) {
      const { world, rows } = await boundWorld()
      const bound = await bind(world, fleetCar(7), world.party)
      await suspendByAttester(world, bound, { sequence: 0 })
      await expectSkipped(world, rows, named(bound, sequence), { status: BindingStatus.SUSPENDED, sequence: 1 })
      expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.SUSPENDED)
    }
  })

  it("when it is of another attester ... it is skipped with the other's index", async () => {
    const { world, rows } = await boundWorld()
    const other = secp256k1Device('another attester')
    await world.registry.accredit(other.signer)
    const bound = await bind({ ...world, attester: other.wallet }, fleetCar(7), world.party)
    await expectSkipped(world, rows, named(bound), { status: BindingStatus.ACTIVE, sequence: 0, attesterIndex: 2 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('when it is of another index of the same account ... it is skipped with that index', async () => {
    const { world, rows } = await boundWorld()
    await world.registry.retire(world.attester.address)
    await world.registry.accredit(world.attester.address)
    const bound = await bind(world, fleetCar(7), world.party)
    await expectSkipped(world, rows, named(bound), { status: BindingStatus.ACTIVE, sequence: 0, attesterIndex: 2 })
  })

  it('when it is ended by a mark on its attester ... it is skipped as COMPROMISED', async () => {
    const { world, rows } = await boundWorld()
    const other = secp256k1Device('another attester')
    await world.registry.accredit(other.signer)
    const bound = await bind({ ...world, attester: other.wallet }, fleetCar(7), world.party)
    await world.registry.markCompromised(2, 0)
    await expectSkipped(world, rows, named(bound), { status: BindingStatus.COMPROMISED, sequence: 0, attesterIndex: 2 })
  })
}

function describeDuplicates(): void {
  for (const [title, second] of [
    ['when both rows name its sequence ... the second is skipped as REVOKED', 0],
    ['when the second names the next sequence ... it is skipped as REVOKED', 1],
  ] as const) {
    it(title, async () => {
      const { world, bounds } = await boundWorld()
      const [bound] = bounds as [Bound]
      const events = await eventsOf(world, [named(bound), named(bound, second)])
      const endsAt = BigInt(await networkHelpers.time.latest())
      expect(events).to.deep.equal([
        ['BindingRevoked', bound.bindingId, endsAt],
        ['RevocationSkipped', bound.bindingId, BigInt(BindingStatus.REVOKED), 1n, 1n],
      ])
      const record = await recordOf(world, bound)
      expect(record).to.deep.include({ endsAt, sequence: 1n, status: BigInt(BindingStatus.REVOKED) })
    })
  }
}

async function expectSkipped(world: World, rows: readonly Row[], bad: Row, why: Skipped) {
  const [first, last] = rows as [Row, Row]
  const before = await recordOf(world, bad)
  const events = await eventsOf(world, [first, bad, last])
  const endsAt = BigInt(await networkHelpers.time.latest())
  const { status, sequence, attesterIndex = 1 } = why
  expect(events).to.deep.equal([
    ['BindingRevoked', first.bindingId, endsAt],
    ['RevocationSkipped', bad.bindingId, BigInt(status), BigInt(sequence), BigInt(attesterIndex)],
    ['BindingRevoked', last.bindingId, endsAt],
  ])
  expect(await recordOf(world, bad)).to.deep.equal(before)
}

async function recordOf(world: World, { bindingId }: { bindingId: string }) {
  return (await world.registry.recordOf(bindingId)).toObject()
}

async function rotate(world: World, { binding, bindingId }: Bound) {
  const next: Binding = { ...binding, deviceId: world.p256Car.id, previous: bindingId }
  const signatures = await signBinding(world, next, { device: world.p256Car, party: world.party })
  await world.registry.rotateKey(next, binding, signatures, world.p256Car.signer, world.party.signer)
}

async function rebind(world: World, { binding, bindingId }: Bound) {
  const { p256Car, operator, party, registry } = world
  const next: Binding = { ...binding, deviceId: p256Car.id, partyId: operator.id, previous: bindingId }
  const signatures = await signBinding(world, next, { device: p256Car, party: operator })
  const deadline = await soon()
  const successor = bindingIdOf(next)
  const message = await releaseMessage(world, { bindingId, sequence: 0, deadline, successor })
  await registry.rebind(
    next,
    binding,
    signatures,
    p256Car.signer,
    operator.signer,
    party.signer,
    party.sign(message),
    deadline,
  )
}
