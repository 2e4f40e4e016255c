/**
 * anchorStatus
 * |-- given the attester is compromised ... it reverts with CompromisedAttester
 * |-- given the index was never given out ... it reverts with WrongAttester
 * |-- given the index was never given out, and the snapshot names nobody ... it reverts with BadAttesterSignature
 * |-- given the snapshot names another attester ... it reverts with WrongAttester
 * |-- given the moment is in the future ... it reverts with FutureTime
 * |-- given the moment is the one that was anchored last ... it reverts with StaleSnapshot
 * |-- given the moment is earlier than the one anchored last ... it reverts with StaleSnapshot
 * |-- given the moment is zero ... it reverts with StaleSnapshot
 * |-- given another accredited attester signs ... it reverts with BadAttesterSignature
 * |-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given the moment is now ... it is anchored
 * |-- it keeps the moment, and emits StatusAnchored
 * |-- when the moment is a second later ... it is anchored
 * |-- when the same snapshot is relayed again ... it reverts with StaleSnapshot
 * |-- when another attester anchors ... each has its own moment
 * |-- when nothing has ended ... a snapshot without an entry is anchored
 * |-- given the attester is retired ... it still anchors
 * `-- given the attester was accredited again
 *     |-- when it anchors under either index ... the moments rise over both
 *     `-- when one index is marked as compromised ... the other still anchors
 * statusAsOf
 * `-- given an attester that never anchored ... it is zero
 */
import { expect } from 'chai'
import { ZeroAddress, id } from 'ethers'
import { statusSnapshotTypes } from '../../../sdk/src/generated/typedData.ts'
import { registryMessage } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { describeErc1271Account, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { DAY, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

type Snapshot = { attester: string; asOf: number; count: number; root: string }
type Sending = { readonly attesterIndex?: number; readonly signer?: Device }

const arrange: Arrange = async (world, signer) => {
  const snapshot = await makeSnapshot(world)
  return {
    contract: world.registry,
    message: await registryMessage(world, statusSnapshotTypes, snapshot),
    send: (signature, overrides = {}) => world.registry.anchorStatus(1, snapshot, signature, overrides),
    refusal: { error: 'IdentityRegistry_BadAttesterSignature', args: [signer.signer] },
    event: 'StatusAnchored',
  }
}

describe('anchorStatus', () => {
  describeAttesterRefusals()
  describeMomentRefusals()

  it('given another accredited attester signs ... it reverts with BadAttesterSignature', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const signer = await accreditAnother(world)
    const { address } = world.attester
    await expectRefused(world, await makeSnapshot(world), { signer }, 'BadAttesterSignature', [address])
  })

  describeSecp256k1Signer(arrange, 'attester')
  describeErc1271Account(arrange, 'attester')

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const snapshot = await makeSnapshot(world)
    const signature = world.attesterDevice.sign(await registryMessage(world, statusSnapshotTypes, snapshot))
    const data = world.registry.interface.encodeFunctionData('anchorStatus', [1, snapshot, signature])
    // index, attester, asOf and count
    await expectDirtyWordsRefused(world.registry, world.relayer, data, {
      0: 'no reason',
      1: 'no reason',
      2: 'no reason',
      3: 'IdentityRegistry_BadAttesterSignature',
    })
  })

  describeEffects()
  describeIndexes()
})

function describeAttesterRefusals(): void {
  it('given the attester is compromised ... it reverts with CompromisedAttester', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const snapshot = await makeSnapshot(world)
    // Also one that the true attester may have signed before the mark: nobody can tell.
    await world.registry.markCompromised(1, await networkHelpers.time.latest())
    await expectRefused(world, snapshot, {}, 'CompromisedAttester', [world.attester.address, 1])
  })

  it('given the index was never given out ... it reverts with WrongAttester', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    for (const attesterIndex of [0, 2]) {
      const args = [world.attester.address, ZeroAddress]
      await expectRefused(world, await makeSnapshot(world), { attesterIndex }, 'WrongAttester', args)
    }
  })

  it('given the index was never given out, and the snapshot names nobody ... it reverts with BadAttesterSignature', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const snapshot = await makeSnapshot(world, { attester: ZeroAddress })
    await expectRefused(world, snapshot, { attesterIndex: 0 }, 'BadAttesterSignature', [ZeroAddress])
  })

  it('given the snapshot names another attester ... it reverts with WrongAttester', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const signer = await accreditAnother(world)
    const snapshot = await makeSnapshot(world, { attester: signer.signer })
    await expectRefused(world, snapshot, { signer }, 'WrongAttester', [signer.signer, world.attester.address])
  })
}

function describeMomentRefusals(): void {
  it('given the moment is in the future ... it reverts with FutureTime', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const now = (await networkHelpers.time.latest()) + 10
    await networkHelpers.time.setNextBlockTimestamp(now)
    await expectRefused(world, await makeSnapshot(world, { asOf: now + 1 }), {}, 'FutureTime', [now + 1, now])
  })

  it('given the moment is the one that was anchored last ... it reverts with StaleSnapshot', async () => {
    const { world, asOf } = await anchoredWorld()
    const snapshot = await makeSnapshot(world, { asOf, root: id('another root') })
    await expectRefused(world, snapshot, {}, 'StaleSnapshot', [world.attester.address, asOf, asOf])
  })

  it('given the moment is earlier than the one anchored last ... it reverts with StaleSnapshot', async () => {
    const { world, asOf } = await anchoredWorld()
    const snapshot = await makeSnapshot(world, { asOf: asOf - 1 })
    await expectRefused(world, snapshot, {}, 'StaleSnapshot', [world.attester.address, asOf - 1, asOf])
  })

  it('given the moment is zero ... it reverts with StaleSnapshot', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const snapshot = await makeSnapshot(world, { asOf: 0 })
    await expectRefused(world, snapshot, {}, 'StaleSnapshot', [world.attester.address, 0, 0])
  })
}

function describeEffects(): void {
  it('given the moment is now ... it is anchored', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const now = (await networkHelpers.time.latest()) + 10
    await networkHelpers.time.setNextBlockTimestamp(now)
    await send(world, await makeSnapshot(world, { asOf: now }))
    expect(await world.registry.statusAsOf(world.attester.address)).to.equal(now)
  })

  it('it keeps the moment, and emits StatusAnchored', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const snapshot = await makeSnapshot(world)
    await expect(send(world, snapshot))
      .to.emit(world.registry, 'StatusAnchored')
      .withArgs(world.attester.address, snapshot.asOf, snapshot.count, snapshot.root)
    expect(await world.registry.statusAsOf(world.attester.address)).to.equal(snapshot.asOf)
  })

  it('when the moment is a second later ... it is anchored', async () => {
    const { world, asOf } = await anchoredWorld()
    await send(world, await makeSnapshot(world, { asOf: asOf + 1 }))
    expect(await world.registry.statusAsOf(world.attester.address)).to.equal(asOf + 1)
  })

  it('when the same snapshot is relayed again ... it reverts with StaleSnapshot', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const snapshot = await makeSnapshot(world)
    const { data, to } = await send(world, snapshot)
    await expect(world.relayer.sendTransaction({ to, data }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_StaleSnapshot')
      .withArgs(world.attester.address, snapshot.asOf, snapshot.asOf)
  })

  it('when another attester anchors ... each has its own moment', async () => {
    const { world, asOf } = await anchoredWorld()
    const signer = await accreditAnother(world)
    await send(world, await makeSnapshot(world, { attester: signer.signer, asOf: asOf - 5 }), {
      attesterIndex: 2,
      signer,
    })
    expect(await world.registry.statusAsOf(signer.signer)).to.equal(asOf - 5)
    expect(await world.registry.statusAsOf(world.attester.address)).to.equal(asOf)
  })

  it('when nothing has ended ... a snapshot without an entry is anchored', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await expect(send(world, await makeSnapshot(world, { count: 0 }))).to.emit(world.registry, 'StatusAnchored')
  })

  it('given the attester is retired ... it still anchors', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await world.registry.retire(world.attester.address)
    await expect(send(world, await makeSnapshot(world))).to.emit(world.registry, 'StatusAnchored')
  })
}

function describeIndexes(): void {
  describe('given the attester was accredited again', () => {
    it('when it anchors under either index ... the moments rise over both', async () => {
      const { world, asOf } = await accreditedAgain()
      await send(world, await makeSnapshot(world, { asOf: asOf + 1 }), { attesterIndex: 2 })
      const stale = await makeSnapshot(world, { asOf: asOf + 1 })
      const args = [world.attester.address, asOf + 1, asOf + 1]
      await expectRefused(world, stale, { attesterIndex: 1 }, 'StaleSnapshot', args)
    })

    it('when one index is marked as compromised ... the other still anchors', async () => {
      const { world, asOf } = await accreditedAgain()
      await world.registry.markCompromised(1, 0)
      await send(world, await makeSnapshot(world, { asOf: asOf + 1 }), { attesterIndex: 2 })
      expect(await world.registry.statusAsOf(world.attester.address)).to.equal(asOf + 1)
    })
  })
}

describe('statusAsOf', () => {
  it('given an attester that never anchored ... it is zero', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    expect(await world.registry.statusAsOf(world.attester.address)).to.equal(0n)
  })
})

async function makeSnapshot(world: World, overrides: Partial<Snapshot> = {}): Promise<Snapshot> {
  const asOf = (await networkHelpers.time.latest()) - 1
  return { attester: world.attester.address, asOf, count: 3, root: id('root'), ...overrides }
}

/** A snapshot of a second ago is anchored. */
async function anchoredWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  await networkHelpers.time.increase(DAY)
  const snapshot = await makeSnapshot(world)
  await send(world, snapshot)
  return { world, asOf: snapshot.asOf }
}

async function accreditedAgain() {
  const anchored = await anchoredWorld()
  await anchored.world.registry.retire(anchored.world.attester.address)
  await anchored.world.registry.accredit(anchored.world.attester.address)
  return anchored
}

async function accreditAnother(world: World): Promise<Device> {
  const other = secp256k1Device('another attester')
  await world.registry.accredit(other.signer)
  return other
}

async function send(
  world: World,
  snapshot: Snapshot,
  { attesterIndex = 1, signer = world.attesterDevice }: Sending = {},
) {
  const message = await registryMessage(world, statusSnapshotTypes, snapshot)
  return world.registry.anchorStatus(attesterIndex, snapshot, signer.sign(message))
}

async function expectRefused(
  world: World,
  snapshot: Snapshot,
  sending: Sending,
  problem: string,
  args: readonly unknown[],
) {
  await expect(send(world, snapshot, sending))
    .to.be.revertedWithCustomError(world.registry, `IdentityRegistry_${problem}`)
    .withArgs(...args)
}
