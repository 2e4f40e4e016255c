/**
 * times at their edges
 * |-- given a binding whose validity ends with the last second there is
 * |   |-- it starts, and is active
 * |   |-- when it starts in the second before ... it is pending
 * |   |-- when it starts in that second ... bind reverts with BadValidity
 * |   |-- when that second is asked about ... liableAt reverts with FutureTime
 * |   `-- when messages may be relayed until then ... they are in time
 * |-- given a rebinding is announced so late that its delay ends with the last second there is
 * |   |-- it is announced
 * |   `-- when that second has come ... rebindAnnounced reverts with WrongStatus, since the record has expired
 * |-- given a rebinding is announced a second later ... announceRebind reverts, and nothing overflows
 * |-- given the mark comes in the last second there is ... it cuts nothing that has expired by then
 * `-- given a record whose sequence is the last there is ... no message moves it, and its attester stays its own
 */
import { expect } from 'chai'
import { AbiCoder, keccak256, toBeHex } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { FIRST, mark } from '../helpers/attesters.ts'
import { bind, renew } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/channels.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { release, resume, suspendByParty } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import {
  REBIND_DELAY,
  announceRebind,
  buyer,
  rebind,
  rebindAnnounced,
  rotateKey,
  vetoRebind,
} from '../helpers/succession.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const LAST = 2 ** 40 - 1
const SEQUENCE_BIT = 200n
const SEQUENCE_MAX = 2 ** 24 - 1
/** So long that a record can number all periods until then. */
const PERIOD = { periodSeconds: 2 ** 17 }

describe('times at their edges', () => {
  // A world that another file deploys next would start where these tests have left the clock.
  afterEach(async () => {
    await networkHelpers.loadFixture(deployWorld)
  })

  describe('given a binding whose validity ends with the last second there is', () => {
    it('it starts, and is active', async () => {
      const { world, bound } = await lastingWorld()
      expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.ACTIVE)
      expect((await world.registry.recordOf(bound.bindingId)).endsAt).to.equal(LAST)
    })

    it('when it starts in the second before ... it is pending', async () => {
      const { world, bound } = await lastingWorld({ validFrom: LAST - 1 })
      expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.PENDING)
      await networkHelpers.time.increaseTo(LAST - 1)
      expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.ACTIVE)
      await networkHelpers.time.increaseTo(LAST)
      expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.EXPIRED)
    })

    it('when it starts in that second ... bind reverts with BadValidity', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const sent = bind(world, world.car, world.party, { ...PERIOD, validFrom: LAST, validUntil: LAST })
      await expectReverts(world, sent, 'BadValidity', [LAST, LAST])
    })

    it('when that second is asked about ... liableAt reverts with FutureTime', async () => {
      const { world, bound } = await lastingWorld()
      const now = await networkHelpers.time.latest()
      await expectReverts(world, world.registry.liableAt(bound.binding, LAST), 'FutureTime', [LAST, now])
    })

    it('when messages may be relayed until then ... they are in time', async () => {
      const { world, bound } = await lastingWorld()
      await suspendByParty(world, bound, { sequence: 0, deadline: LAST })
      await resume(world, bound, { sequence: 1, deadline: LAST })
      await announceRebind(world, bound, { sequence: 2, deadline: LAST })
      await vetoRebind(world, bound, { sequence: 3, deadline: LAST })
      const successor = await rebind(world, bound, { sequence: 4, deadline: LAST })
      await release(world, successor, { sequence: 0, deadline: LAST }, buyer)
      expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.RELEASED)
    })
  })

  describe('given a rebinding is announced so late that its delay ends with the last second there is', () => {
    it('it is announced', async () => {
      const { world, bound } = await announcedLate(LAST - REBIND_DELAY)
      expect((await world.registry.announcedRebindOf(bound.bindingId)).readyAt).to.equal(LAST)
    })

    it('when that second has come ... rebindAnnounced reverts with WrongStatus, since the record has expired', async () => {
      const { world, bound } = await announcedLate(LAST - REBIND_DELAY)
      await networkHelpers.time.setNextBlockTimestamp(LAST)
      const given = [bound.bindingId, BindingStatus.EXPIRED, BindingStatus.ACTIVE]
      await expectReverts(world, rebindAnnounced(world, bound), 'WrongStatus', given)
    })
  })

  it('given a rebinding is announced a second later ... announceRebind reverts, and nothing overflows', async () => {
    const { world, bound } = await lastingWorld()
    await networkHelpers.time.setNextBlockTimestamp(LAST - REBIND_DELAY + 1)
    const sent = announceRebind(world, bound, { sequence: 0, deadline: LAST })
    await expect(sent).to.be.revertedWithPanic(PANIC_OVERFLOW)
  })

  it('given the mark comes in the last second there is ... it cuts nothing that has expired by then', async () => {
    const { world, bound } = await lastingWorld()
    await networkHelpers.time.setNextBlockTimestamp(LAST)
    expect(await mark(world, FIRST, 0)).to.equal(LAST)
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.EXPIRED)
    expect(await world.registry.liableAt(bound.binding, LAST - 1)).to.equal(true)
  })

  it('given a record whose sequence is the last there is ... no message moves it, and its attester stays its own', async () => {
    const { world, bound } = await lastingWorld()
    await setSequence(world, bound, SEQUENCE_MAX)
    const sequence = SEQUENCE_MAX
    for (const sent of [
      () => suspendByParty(world, bound, { sequence }),
      () => announceRebind(world, bound, { sequence }),
      () => release(world, bound, { sequence }),
      () => rebind(world, bound, { sequence }),
      () => rotateKey(world, bound),
      () => renew(world, world.car, world.party, bound.binding),
    ]) {
      await expect(sent()).to.be.revertedWithPanic(PANIC_OVERFLOW)
    }
    const record = await world.registry.recordOf(bound.bindingId)
    expect([record.sequence, record.attesterIndex]).to.deep.equal([BigInt(SEQUENCE_MAX), 1n])
  })
})

const PANIC_OVERFLOW = 0x11

async function lastingWorld(overrides: Partial<Binding> = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, bound: await bind(world, world.car, world.party, { ...PERIOD, validUntil: LAST, ...overrides }) }
}

async function announcedLate(time: number) {
  const { world, bound } = await lastingWorld()
  await networkHelpers.time.setNextBlockTimestamp(time)
  await announceRebind(world, bound, { sequence: 0, deadline: LAST })
  return { world, bound }
}

/** Sixteen million messages cost too much for a test: the record's word is written by force. */
async function setSequence(world: World, { bindingId }: Bound, sequence: number) {
  const registry = String(world.registry.target)
  for (let slot = 0; slot < 20; slot++) {
    const place = keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256'], [bindingId, slot]))
    const word = BigInt(await networkHelpers.getStorageAt(registry, place))
    if (word !== 0n) {
      await networkHelpers.setStorageAt(registry, place, toBeHex(word | (BigInt(sequence) << SEQUENCE_BIT), 32))
    }
  }
  expect((await world.registry.recordOf(bindingId)).sequence).to.equal(sequence)
}
