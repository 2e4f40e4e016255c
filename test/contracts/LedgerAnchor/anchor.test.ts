/**
 * anchor
 * |-- given a publisher without an anchor
 * |   |-- when the epoch is 0, 2 or the last of all ... it reverts with WrongEpoch
 * |   |-- when it names a previous root ... it reverts with WrongPreviousRoot
 * |   `-- when the root or the count is zero ... it reverts with NoLeaves
 * |-- given a publisher with three epochs
 * |   |-- when the last one is relayed again ... it reverts with WrongEpoch
 * |   |-- when an older epoch is told anew ... it reverts with WrongEpoch
 * |   |-- when an epoch is left out ... it reverts with WrongEpoch
 * |   |-- when it begins anew ... it reverts with WrongEpoch
 * |   |-- when the previous root is zero, an older one or another's ... it reverts with WrongPreviousRoot
 * |   `-- when two next anchors are signed ... the first one that is sent is the only one
 * |-- given the last epoch but one ... the last one is taken, and none after it
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given a first anchor
 * |   |-- it keeps epoch and root in one slot, and emits Anchored
 * |   `-- when a stranger relays it ... it is the publisher's
 * |-- given a next anchor
 * |   |-- it writes the same slot
 * |   `-- when the root has not changed ... it is taken
 * |-- when count and total are the smallest and the largest ... they are told as they are
 * `-- when another publisher anchors ... each has its own epochs
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { anchorMessage, anchorOf, deployLedgerWorld, hash24, lastSlotOf, lastWord } from '../helpers/anchors.ts'
import { makeAnchor, publish, putLast, rootOf } from '../helpers/anchors.ts'
import type { Anchor, LedgerWorld } from '../helpers/anchors.ts'
import { slotsWritten } from '../helpers/storage.ts'
import { ZERO_HASH, networkHelpers } from '../helpers/world.ts'

const EPOCH_MAX = 2n ** 64n - 1n

describe('anchor', () => {
  describe('given a publisher without an anchor', () => {
    for (const epoch of [0n, 2n, EPOCH_MAX]) {
      it(`when the epoch is 0, 2 or the last of all ... it reverts with WrongEpoch (${epoch})`, async () => {
        const world = await networkHelpers.loadFixture(deployLedgerWorld)
        await expectRefused(world, makeAnchor(world.publisher, { epoch }), 'WrongEpoch', [epoch, 1])
      })
    }

    it('when it names a previous root ... it reverts with WrongPreviousRoot', async () => {
      const world = await networkHelpers.loadFixture(deployLedgerWorld)
      const previousRoot = id('a history before')
      const args = [previousRoot, `0x${'00'.repeat(24)}`]
      await expectRefused(world, makeAnchor(world.publisher, { previousRoot }), 'WrongPreviousRoot', args)
    })

    it('when the root or the count is zero ... it reverts with NoLeaves', async () => {
      const world = await networkHelpers.loadFixture(deployLedgerWorld)
      for (const none of [{ root: ZERO_HASH }, { count: 0 }, { root: ZERO_HASH, count: 0 }]) {
        const value = makeAnchor(world.publisher, none)
        await expectRefused(world, value, 'NoLeaves', [value.root, value.count])
      }
    })
  })

  describe('given a publisher with three epochs', () => {
    describeOldEpochs()
    describeOtherHistories()
  })

  it('given the last epoch but one ... the last one is taken, and none after it', async () => {
    const world = await networkHelpers.loadFixture(deployLedgerWorld)
    const { ledger, publisher } = world
    await putLast(world, publisher.id, EPOCH_MAX - 1n, rootOf(7))
    const last = makeAnchor(publisher, { epoch: EPOCH_MAX, previousRoot: rootOf(7), root: rootOf(8) })
    await publish(world, last)
    expect(await ledger.lastEpochOf(publisher.id)).to.equal(EPOCH_MAX)
    expect(await ledger.isLastRoot(publisher.id, rootOf(8))).to.equal(true)
    for (const epoch of [0n, 1n, EPOCH_MAX]) {
      const value = makeAnchor(publisher, { epoch, previousRoot: rootOf(8) })
      await expectRefused(world, value, 'WrongEpoch', [epoch, EPOCH_MAX + 1n])
    }
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { ledger, publisher, relayer } = await networkHelpers.loadFixture(deployLedgerWorld)
    const value = makeAnchor(publisher)
    const args = [value, publisher.signer, publisher.sign(await anchorMessage(ledger, value))]
    const data = ledger.interface.encodeFunctionData('anchor', args)
    // epoch, count and total
    const words = { 1: 'no reason', 4: 'no reason', 5: 'LedgerAnchor_BadSignature' }
    await expectDirtyWordsRefused(ledger, relayer, data, words)
  })

  describeEffects()
})

function describeOldEpochs(): void {
  it('when the last one is relayed again ... it reverts with WrongEpoch', async () => {
    const { world, sent } = await threeEpochs()
    await expect(world.relayer.sendTransaction({ to: sent.to, data: sent.data }))
      .to.be.revertedWithCustomError(world.ledger, 'LedgerAnchor_WrongEpoch')
      .withArgs(3, 4)
  })

  it('when an older epoch is told anew ... it reverts with WrongEpoch', async () => {
    const { world } = await threeEpochs()
    const value = { ...anchorOf(world.publisher, 2), root: id('another past') }
    await expectRefused(world, value, 'WrongEpoch', [2, 4])
  })

  it('when an epoch is left out ... it reverts with WrongEpoch', async () => {
    const { world } = await threeEpochs()
    const value = { ...anchorOf(world.publisher, 5), previousRoot: rootOf(3) }
    await expectRefused(world, value, 'WrongEpoch', [5, 4])
  })

  it('when it begins anew ... it reverts with WrongEpoch', async () => {
    const { world } = await threeEpochs()
    await expectRefused(world, makeAnchor(world.publisher, { root: id('another past') }), 'WrongEpoch', [1, 4])
  })
}

function describeOtherHistories(): void {
  it("when the previous root is zero, an older one or another's ... it reverts with WrongPreviousRoot", async () => {
    const { world } = await threeEpochs()
    for (const previousRoot of [ZERO_HASH, rootOf(2), id('another')]) {
      const value = { ...anchorOf(world.publisher, 4), previousRoot }
      await expectRefused(world, value, 'WrongPreviousRoot', [previousRoot, hash24(rootOf(3))])
    }
  })

  it('when two next anchors are signed ... the first one that is sent is the only one', async () => {
    const { world } = await threeEpochs()
    const { ledger, publisher } = world
    const next = anchorOf(publisher, 4)
    const other = { ...next, root: id('another') }
    await publish(world, other)
    await expectRefused(world, next, 'WrongEpoch', [4, 5])
    expect(await ledger.isLastRoot(publisher.id, other.root)).to.equal(true)
    // Nor does it fit after the other one.
    await expectRefused(world, anchorOf(publisher, 5), 'WrongPreviousRoot', [next.root, hash24(other.root)])
  })
}

function describeEffects(): void {
  describe('given a first anchor', () => {
    it('it keeps epoch and root in one slot, and emits Anchored', async () => {
      const world = await networkHelpers.loadFixture(deployLedgerWorld)
      const { ledger, publisher } = world
      const value = makeAnchor(publisher)
      const sending = publish(world, value)
      await expect(sending).to.emit(ledger, 'Anchored').withArgs(publisher.id, 1, value.root, value.count, value.total)
      expect(await slotsWritten((await sending).hash)).to.deep.equal([lastSlotOf(publisher.id)])
      await expectLast(world, 1n, value.root)
    })

    it("when a stranger relays it ... it is the publisher's", async () => {
      const world = await networkHelpers.loadFixture(deployLedgerWorld)
      const ledger = world.ledger.connect(world.stranger)
      await expect(publish({ ...world, ledger }, makeAnchor(world.publisher))).to.emit(world.ledger, 'Anchored')
      await expectLast(world, 1n, rootOf(1))
    })
  })

  describe('given a next anchor', () => {
    it('it writes the same slot', async () => {
      const { world, sent } = await threeEpochs()
      expect(await slotsWritten(sent.hash)).to.deep.equal([lastSlotOf(world.publisher.id)])
      await expectLast(world, 3n, rootOf(3))
    })

    it('when the root has not changed ... it is taken', async () => {
      const { world } = await threeEpochs()
      await publish(world, { ...anchorOf(world.publisher, 4), root: rootOf(3) })
      await expectLast(world, 4n, rootOf(3))
    })
  })

  it('when count and total are the smallest and the largest ... they are told as they are', async () => {
    const world = await networkHelpers.loadFixture(deployLedgerWorld)
    const { ledger, publisher } = world
    const ends = [
      { count: 1n, total: 0n },
      { count: 2n ** 32n - 1n, total: 2n ** 96n - 1n },
    ]
    for (const [index, { count, total }] of ends.entries()) {
      const value = { ...anchorOf(publisher, index + 1), count, total }
      await expect(publish(world, value))
        .to.emit(ledger, 'Anchored')
        .withArgs(publisher.id, value.epoch, value.root, count, total)
    }
  })

  it('when another publisher anchors ... each has its own epochs', async () => {
    const { world } = await threeEpochs()
    const { ledger, operator, publisher } = world
    await expectRefused({ ...world, publisher: operator }, anchorOf(operator, 4), 'WrongEpoch', [4, 1])
    await publish({ ...world, publisher: operator }, anchorOf(operator, 1))
    expect(await ledger.lastEpochOf(operator.id)).to.equal(1n)
    expect(await ledger.isLastRoot(operator.id, rootOf(3))).to.equal(false)
    expect(await ledger.lastEpochOf(publisher.id)).to.equal(3n)
  })
}

async function threeEpochs() {
  const world = await networkHelpers.loadFixture(deployLedgerWorld)
  await publish(world, anchorOf(world.publisher, 1))
  await publish(world, anchorOf(world.publisher, 2))
  return { world, sent: await publish(world, anchorOf(world.publisher, 3)) }
}

async function expectLast({ ledger, publisher }: LedgerWorld, epoch: bigint, root: string) {
  expect(await ledger.lastEpochOf(publisher.id)).to.equal(epoch)
  expect(await ledger.isLastRoot(publisher.id, root)).to.equal(true)
  expect(await ledger.isLastRoot(publisher.id, id('another'))).to.equal(false)
  const stored = await networkHelpers.getStorageAt(String(ledger.target), lastSlotOf(publisher.id))
  expect(stored).to.equal(lastWord(epoch, root))
}

async function expectRefused(world: LedgerWorld, value: Anchor, problem: string, args: readonly unknown[]) {
  await expect(publish(world, value))
    .to.be.revertedWithCustomError(world.ledger, `LedgerAnchor_${problem}`)
    .withArgs(...args)
}
