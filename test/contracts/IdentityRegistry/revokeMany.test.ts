/**
 * revokeMany
 * |-- given the deadline has passed ... it reverts with Expired
 * |-- given the deadline is this second ... it is in time
 * |-- given the attester is compromised ... it reverts with CompromisedAttester
 * |-- given the index was never given out ... it reverts with BadAttesterSignature
 * |-- given another accredited attester signs ... it reverts with BadAttesterSignature
 * |-- given the party signs ... it reverts with BadAttesterSignature
 * |-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given good rows
 * |   |-- it ends each now, raises its sequence, and leaves the rest
 * |   |-- it emits BindingRevoked for each
 * |   |-- when they are active, suspended and pending ... all end
 * |   |-- when the message is relayed again ... every row is skipped
 * |   `-- when the attester is retired ... they end
 * |-- given no row ... nothing changes
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
import { revokeManyTypes } from '../../../sdk/src/generated/typedData.ts'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, registryMessage, releaseMessage, renew, signBinding, soon } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { fleetCar } from '../helpers/fleets.ts'
import { describeErc1271Account, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { release, revoke, suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

type Row = { readonly bindingId: string; readonly sequence: number }
/** What is told of a row that was skipped. */
type Skipped = { readonly status: BindingStatus; readonly sequence: number; readonly attesterIndex?: number }
type Sending = { readonly deadline?: number; readonly signer?: Device; readonly attesterIndex?: number }

const arrange: Arrange = async (world, signer) => {
  const { bindingId } = await bind(world, world.car, world.party)
  const value = { rows: [{ bindingId, sequence: 0 }], deadline: await soon() }
  return {
    contract: world.registry,
    message: await registryMessage(world, revokeManyTypes, value),
    send: (signature, overrides = {}) => world.registry.revokeMany(1, value, signature, overrides),
    refusal: { error: 'IdentityRegistry_BadAttesterSignature', args: [signer.signer] },
    event: 'BindingRevoked',
  }
}

describe('revokeMany', () => {
  describeRefusals()
  describeSecp256k1Signer(arrange, 'attester')
  describeErc1271Account(arrange, 'attester')

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, rows } = await boundWorld()
    const value = { rows, deadline: await soon() }
    const signature = world.attesterDevice.sign(await registryMessage(world, revokeManyTypes, value))
    const data = world.registry.interface.encodeFunctionData('revokeMany', [1, value, signature])
    // The index, the deadline, and the sequence of each row.
    await expectDirtyWordsRefused(world.registry, world.relayer, data, [0, 4, 7, 9])
  })

  describe('given good rows', describeGoodRows)

  it('given no row ... nothing changes', async () => {
    const { world, bounds } = await boundWorld()
    const { logs } = await (await send(world, [])).wait()
    expect(logs).to.deep.equal([])
    expect(await statusesOf(world, bounds)).to.deep.equal([BindingStatus.ACTIVE, BindingStatus.ACTIVE])
  })

  describe('given a bad row between two good ones, which end all the same', describeBadRows)
  describe('given one record twice', describeDuplicates)
})

function describeRefusals(): void {
  it('given the deadline has passed ... it reverts with Expired', async () => {
    const { world, rows } = await boundWorld()
    const deadline = await soon()
    await networkHelpers.time.setNextBlockTimestamp(deadline + 1)
    await expect(send(world, rows, { deadline }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_Expired')
      .withArgs(deadline, deadline + 1)
  })

  it('given the deadline is this second ... it is in time', async () => {
    const { world, rows } = await boundWorld()
    const deadline = await soon()
    await networkHelpers.time.setNextBlockTimestamp(deadline)
    await expect(send(world, rows, { deadline })).to.emit(world.registry, 'BindingRevoked')
  })

  it('given the attester is compromised ... it reverts with CompromisedAttester', async () => {
    const { world, rows } = await boundWorld()
    await world.registry.markCompromised(1, await networkHelpers.time.latest())
    await expect(send(world, rows))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
  })

  it('given the index was never given out ... it reverts with BadAttesterSignature', async () => {
    const { world, rows } = await boundWorld()
    for (const attesterIndex of [0, 2]) {
      await expect(send(world, rows, { attesterIndex }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadAttesterSignature')
        .withArgs(`0x${'00'.repeat(20)}`)
    }
  })

  it('given another accredited attester signs ... it reverts with BadAttesterSignature', async () => {
    const { world, rows } = await boundWorld()
    const other = secp256k1Device('another attester')
    await world.registry.accredit(other.signer)
    await expectBadAttesterSignature(world, rows, other)
  })

  it('given the party signs ... it reverts with BadAttesterSignature', async () => {
    const { world, rows } = await boundWorld()
    await expectBadAttesterSignature(world, rows, world.party)
  })
}

function describeGoodRows(): void {
  it('it ends each now, raises its sequence, and leaves the rest', async () => {
    const { world, bounds, rows } = await boundWorld()
    const before = await Promise.all(bounds.map((bound) => recordOf(world, bound)))
    await send(world, rows)
    const ended = {
      endsAt: BigInt(await networkHelpers.time.latest()),
      status: BigInt(BindingStatus.REVOKED),
      sequence: 1n,
    }
    const after = await Promise.all(bounds.map((bound) => recordOf(world, bound)))
    expect(after).to.deep.equal(before.map((record) => ({ ...record, ...ended })))
  })

  it('it emits BindingRevoked for each', async () => {
    const { world, rows } = await boundWorld()
    const endsAt = (await networkHelpers.time.latest()) + 10
    await networkHelpers.time.setNextBlockTimestamp(endsAt)
    const events = await eventsOf(world, rows)
    expect(events).to.deep.equal(rows.map(({ bindingId }) => ['BindingRevoked', bindingId, BigInt(endsAt)]))
  })

  it('when they are active, suspended and pending ... all end', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const active = await bind(world, world.car, world.party)
    const suspended = await bind(world, fleetCar(0), world.party)
    const pending = await bind(world, fleetCar(1), world.party, { validFrom })
    await suspendByAttester(world, suspended, { sequence: 0 })
    await send(world, [named(active), named(suspended, 1), named(pending)])
    const { REVOKED } = BindingStatus
    expect(await statusesOf(world, [active, suspended, pending])).to.deep.equal([REVOKED, REVOKED, REVOKED])
    expect(await world.registry.liableAt(pending.binding, await networkHelpers.time.latest())).to.equal(false)
  })

  it('when the message is relayed again ... every row is skipped', async () => {
    const { world, rows } = await boundWorld()
    const { data, to } = await send(world, rows)
    const { logs } = (await (await world.relayer.sendTransaction({ to, data })).wait())!
    const names = logs.map((log) => world.registry.interface.parseLog(log)!.name)
    expect(names).to.deep.equal(['RevocationSkipped', 'RevocationSkipped'])
  })

  it('when the attester is retired ... they end', async () => {
    const { world, bounds, rows } = await boundWorld()
    await world.registry.retire(world.attester.address)
    await send(world, rows)
    expect(await statusesOf(world, bounds)).to.deep.equal([BindingStatus.REVOKED, BindingStatus.REVOKED])
  })
}

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

/** Two active bindings, and the rows that revoke them. */
async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const bounds = [await bind(world, world.car, world.party), await bind(world, world.charger, world.operator)]
  return { world, bounds, rows: bounds.map((bound) => named(bound)) }
}

function named({ bindingId }: Bound, sequence = 0): Row {
  return { bindingId, sequence }
}

async function send(world: World, rows: readonly Row[], { deadline, signer, attesterIndex = 1 }: Sending = {}) {
  const value = { rows, deadline: deadline ?? (await soon()) }
  const message = await registryMessage(world, revokeManyTypes, value)
  return world.registry.revokeMany(attesterIndex, value, (signer ?? world.attesterDevice).sign(message))
}

async function eventsOf(world: World, rows: readonly Row[]): Promise<unknown[][]> {
  const { logs } = await (await send(world, rows)).wait()
  return logs.map((log: { topics: string[]; data: string }) => {
    const { name, args } = world.registry.interface.parseLog(log)!
    return [name, ...args]
  })
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

async function expectBadAttesterSignature(world: World, rows: readonly Row[], signer: Device) {
  await expect(send(world, rows, { signer }))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadAttesterSignature')
    .withArgs(world.attester.address)
}

async function statusesOf(world: World, bounds: readonly Bound[]): Promise<number[]> {
  return Promise.all(bounds.map(async ({ binding }) => Number(await world.registry.check(binding))))
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
    deadline,
    party.signer,
    party.sign(message),
  )
}
