/**
 * spend, under a mark
 * |-- given the payer's attester is marked
 * |   |-- when the payer started too late ... it reverts with WrongStatus
 * |   `-- when the payer started in time ... it counts the amount
 * |-- given the payee's attester is marked
 * |   |-- when the payee started too late ... it reverts with WrongStatus
 * |   `-- when the payee started in time ... it counts the amount
 * |-- given one attester vouched for both, and both started too late ... it reverts with WrongStatus for the payer
 * |-- given a third attester is marked ... it counts the amount
 * |-- given the payer is bound anew by another attester ... it counts the amount
 * |-- given escrows registered before and after a mark
 * |   |-- when each of them spends under it ... it reverts with WrongStatus
 * |   |-- when each of them spends for what stands ... it counts the amount
 * |   `-- when a second attester is marked ... it reverts with WrongStatus for what that one vouched for, too
 * |-- given attesters whose marks share one bit
 * |   |-- when one of them is marked ... what the others vouched for stands
 * |   |-- when all of them are marked ... nothing of theirs stands
 * |   `-- when the one below them is marked ... what they vouched for stands
 * `-- given the real escrow
 *     |-- when it opens a channel for a payer that the mark has ended ... it reverts with WrongStatus
 *     |-- when it opens a channel to a payee that the mark has ended ... it reverts with WrongStatus
 *     `-- when it tops a channel up for such a payer ... it reverts with WrongStatus
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { FIRST, accreditUntil, mark, withAnotherAttester } from '../helpers/attesters.ts'
import { bind, renew } from '../helpers/bindings.ts'
import { makeChannel } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import type { SpendingWorld } from '../helpers/spending.ts'
import type { Bound } from '../helpers/standing.ts'
import { YEN, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const AMOUNT = 1n

describe('spend, under a mark', () => {
  describe("given the payer's attester is marked", () => {
    it('when the payer started too late ... it reverts with WrongStatus', async () => {
      const { world, payer, startedAt } = await twoAttestersWorld()
      await mark(world, 2, startedAt - 1)
      await expectCut(world, payer, spend(world, payer.binding, AMOUNT))
    })

    it('when the payer started in time ... it counts the amount', async () => {
      const { world, payer, startedAt } = await twoAttestersWorld()
      await mark(world, 2, startedAt)
      await expectCounts(world, payer)
    })
  })

  describe("given the payee's attester is marked", () => {
    it('when the payee started too late ... it reverts with WrongStatus', async () => {
      const { world, payer } = await twoAttestersWorld()
      await mark(world, FIRST, (await startOf(world, world.payee)) - 1)
      await expectCut(world, world.payee, spend(world, payer.binding, AMOUNT))
    })

    it('when the payee started in time ... it counts the amount', async () => {
      const { world, payer } = await twoAttestersWorld()
      await mark(world, FIRST, await startOf(world, world.payee))
      await expectCounts(world, payer)
    })
  })

  it('given one attester vouched for both, and both started too late ... it reverts with WrongStatus for the payer', async () => {
    const world = await networkHelpers.loadFixture(deploySpendingWorld)
    const payer = await bind(world, world.car, world.party)
    await mark(world, FIRST, 0)
    await expectCut(world, payer, spend(world, payer.binding, AMOUNT))
  })

  it('given a third attester is marked ... it counts the amount', async () => {
    const { world, payer } = await twoAttestersWorld()
    await withAnotherAttester(world, 'a third attester')
    await mark(world, 3, 0)
    await expectCounts(world, payer)
  })

  it('given the payer is bound anew by another attester ... it counts the amount', async () => {
    const { world, payer } = await twoAttestersWorld()
    await mark(world, 2, 0)
    const third = await withAnotherAttester(world, 'a third attester')
    const overrides = { attester: third.attester.address }
    const renewed = await renew(third, world.car, world.party, payer.binding, overrides)
    await expectCounts(world, renewed)
  })

  describe('given escrows registered before and after a mark', () => {
    it('when each of them spends under it ... it reverts with WrongStatus', async () => {
      const { world, payer, escrows } = await escrowsAroundMark()
      for (const escrow of escrows) {
        await expectCut(world, payer, spend({ ...world, relayer: escrow }, payer.binding, AMOUNT))
      }
    })

    it('when each of them spends for what stands ... it counts the amount', async () => {
      const { world, standing, escrows } = await escrowsAroundMark()
      for (const escrow of escrows) await spend({ ...world, relayer: escrow }, standing.binding, AMOUNT)
      expect(await world.registry.exposureOf(standing.binding)).to.equal(3n * AMOUNT)
    })

    it('when a second attester is marked ... it reverts with WrongStatus for what that one vouched for, too', async () => {
      const { world, payer, standing, escrows } = await escrowsAroundMark()
      await mark(world, FIRST, await startOf(world, world.payee))
      for (const escrow of escrows) {
        const asOne = { ...world, relayer: escrow }
        await expectCut(world, standing, spend(asOne, standing.binding, AMOUNT))
        await expectCut(world, payer, spend(asOne, payer.binding, AMOUNT))
      }
    })
  })

  describe('given attesters whose marks share one bit', () => {
    it('when one of them is marked ... what the others vouched for stands', async () => {
      const { world, payers } = await manyAttestersWorld()
      await mark(world, 255, 0)
      await expectOnlyCut(world, payers, [255])
    })

    it('when all of them are marked ... nothing of theirs stands', async () => {
      const { world, payers } = await manyAttestersWorld()
      for (const index of [254, 255, 256]) await mark(world, index, 0)
      await expectOnlyCut(world, payers, [254, 255, 256])
    })

    it('when the one below them is marked ... what they vouched for stands', async () => {
      const { world, payers } = await manyAttestersWorld()
      await mark(world, 253, 0)
      await expectOnlyCut(world, payers, [253])
    })
  })

  describe('given the real escrow', () => {
    it('when it opens a channel for a payer that the mark has ended ... it reverts with WrongStatus', async () => {
      const { world, payer, channel, open } = await openingWorld()
      await mark(world, 2, 0)
      expect(channel.terms.payerBinding).to.equal(payer.bindingId)
      await expectCut(world, payer, open())
    })

    it('when it opens a channel to a payee that the mark has ended ... it reverts with WrongStatus', async () => {
      const { world, open } = await openingWorld()
      await mark(world, FIRST, 0)
      await expectCut(world, world.payee, open())
    })

    it('when it tops a channel up for such a payer ... it reverts with WrongStatus', async () => {
      const { world, payer, channel, open } = await openingWorld()
      await open()
      await mark(world, 2, 0)
      const { escrow, funder } = world
      await expectCut(world, payer, escrow.connect(funder).topUp(channel, payer.binding, AMOUNT))
    })
  })
})

/** The first attester vouched for the payee, the second one for the payer. */
async function twoAttestersWorld() {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  const other = await withAnotherAttester(world)
  const payer = await bind(other, world.car, world.party)
  return { world, payer, startedAt: await networkHelpers.time.latest() }
}

/** The second attester is marked between the second and the third escrow; what the first one vouched for stands. */
async function escrowsAroundMark() {
  const { world, payer } = await twoAttestersWorld()
  const standing = await bind(world, world.p256Car, world.party)
  const { registry, relayer, stranger, beneficiary } = world
  await registry.registerEscrow(stranger.address)
  await mark(world, 2, 0)
  await registry.registerEscrow(beneficiary.address)
  return { world, payer, standing, escrows: [relayer, stranger, beneficiary] }
}

/** A payer of each attester around index 254, from which on all marks share a bit. */
async function deployManyAttestersWorld() {
  const world = await deploySpendingWorld()
  await accreditUntil(world, 253)
  const payers = new Map<number, Bound>()
  for (const index of [253, 254, 255, 256]) {
    const seeing = await withAnotherAttester(world, `attester ${index}`)
    payers.set(index, await bind(seeing, secp256k1Device(`car ${index}`), world.party))
    expect((await world.registry.recordOf(payers.get(index)!.bindingId)).attesterIndex).to.equal(index)
  }
  return { world, payers }
}

async function manyAttestersWorld() {
  return networkHelpers.loadFixture(deployManyAttestersWorld)
}

async function openingWorld() {
  const { world, payer } = await twoAttestersWorld()
  const ends = { payer: world.car, payee: world.charger, payerBindingId: payer.bindingId }
  const channel = makeChannel(world, { ...ends, payeeBindingId: world.payee.bindingId })
  const open = () => world.escrow.connect(world.funder).open(channel, payer.binding, YEN)
  return { world, payer, channel, open }
}

async function startOf({ registry }: World, { bindingId }: Bound) {
  return Number((await registry.recordOf(bindingId)).startedAt)
}

async function expectCounts(world: SpendingWorld, { binding }: Bound) {
  await spend(world, binding, AMOUNT)
  expect(await world.registry.exposureOf(binding)).to.equal(AMOUNT)
}

async function expectOnlyCut(world: SpendingWorld, payers: ReadonlyMap<number, Bound>, cut: readonly number[]) {
  for (const [index, payer] of payers) {
    const status = cut.includes(index) ? BindingStatus.COMPROMISED : BindingStatus.ACTIVE
    expect(await world.registry.statusOf(payer.bindingId), `attester ${index}`).to.equal(status)
    if (cut.includes(index)) await expectCut(world, payer, spend(world, payer.binding, AMOUNT))
    else await expectCounts(world, payer)
  }
}

async function expectCut(world: World, { bindingId }: Bound, sent: Promise<unknown>) {
  await expectReverts(world, sent, 'WrongStatus', [bindingId, BindingStatus.COMPROMISED, BindingStatus.ACTIVE])
}
