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
 * `-- given no row ... nothing changes
 */
import { expect } from 'chai'
import { revokeManyTypes } from '../../../sdk/src/generated/typedData.ts'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, registryMessage, soon } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { fleetCar } from '../helpers/fleets.ts'
import { boundWorld, eventsOf, named, sendRevokeMany } from '../helpers/revocations.ts'
import type { Row } from '../helpers/revocations.ts'
import { describeErc1271Account, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

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
    // The index, the deadline, and the sequence of each row, which is part of what is signed before it is read.
    await expectDirtyWordsRefused(world.registry, world.relayer, data, {
      0: 'no reason',
      4: 'no reason',
      7: 'IdentityRegistry_BadAttesterSignature',
      9: 'IdentityRegistry_BadAttesterSignature',
    })
  })

  describe('given good rows', describeGoodRows)

  it('given no row ... nothing changes', async () => {
    const { world, bounds } = await boundWorld()
    const { logs } = await (await sendRevokeMany(world, [])).wait()
    expect(logs).to.deep.equal([])
    expect(await statusesOf(world, bounds)).to.deep.equal([BindingStatus.ACTIVE, BindingStatus.ACTIVE])
  })
})

function describeRefusals(): void {
  it('given the deadline has passed ... it reverts with Expired', async () => {
    const { world, rows } = await boundWorld()
    const deadline = await soon()
    await networkHelpers.time.setNextBlockTimestamp(deadline + 1)
    await expect(sendRevokeMany(world, rows, { deadline }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_Expired')
      .withArgs(deadline, deadline + 1)
  })

  it('given the deadline is this second ... it is in time', async () => {
    const { world, rows } = await boundWorld()
    const deadline = await soon()
    await networkHelpers.time.setNextBlockTimestamp(deadline)
    await expect(sendRevokeMany(world, rows, { deadline })).to.emit(world.registry, 'BindingRevoked')
  })

  it('given the attester is compromised ... it reverts with CompromisedAttester', async () => {
    const { world, rows } = await boundWorld()
    await world.registry.markCompromised(1, await networkHelpers.time.latest())
    await expect(sendRevokeMany(world, rows))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
  })

  it('given the index was never given out ... it reverts with BadAttesterSignature', async () => {
    const { world, rows } = await boundWorld()
    for (const attesterIndex of [0, 2]) {
      await expect(sendRevokeMany(world, rows, { attesterIndex }))
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
    await sendRevokeMany(world, rows)
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
    await sendRevokeMany(world, [named(active), named(suspended, 1), named(pending)])
    const { REVOKED } = BindingStatus
    expect(await statusesOf(world, [active, suspended, pending])).to.deep.equal([REVOKED, REVOKED, REVOKED])
    expect(await world.registry.liableAt(pending.binding, await networkHelpers.time.latest())).to.equal(false)
  })

  it('when the message is relayed again ... every row is skipped', async () => {
    const { world, rows } = await boundWorld()
    const { data, to } = await sendRevokeMany(world, rows)
    const { logs } = (await (await world.relayer.sendTransaction({ to, data })).wait())!
    const names = logs.map((log) => world.registry.interface.parseLog(log)!.name)
    expect(names).to.deep.equal(['RevocationSkipped', 'RevocationSkipped'])
  })

  it('when the attester is retired ... they end', async () => {
    const { world, bounds, rows } = await boundWorld()
    await world.registry.retire(world.attester.address)
    await sendRevokeMany(world, rows)
    expect(await statusesOf(world, bounds)).to.deep.equal([BindingStatus.REVOKED, BindingStatus.REVOKED])
  })
}

async function expectBadAttesterSignature(world: World, rows: readonly Row[], signer: Device) {
  await expect(sendRevokeMany(world, rows, { signer }))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadAttesterSignature')
    .withArgs(world.attester.address)
}

async function statusesOf(world: World, bounds: readonly Bound[]): Promise<number[]> {
  return Promise.all(bounds.map(async ({ binding }) => Number(await world.registry.check(binding))))
}

async function recordOf(world: World, { bindingId }: { bindingId: string }) {
  return (await world.registry.recordOf(bindingId)).toObject()
}
