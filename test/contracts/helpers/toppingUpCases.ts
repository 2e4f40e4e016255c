/**
 * Cases that every entry point which tops up a channel must pass:
 *
 * |-- given a channel that was never opened ... it reverts with NotOpen
 * |-- given a closed channel ... it reverts with NotOpen
 * |-- given a pending close ... it reverts with Closing
 * |-- given a deposit that would pass 96 bits ... it reverts with DepositTooLarge
 * |-- (each case of newMoneyCases.ts)
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given a deposit that comes to all 96 bits ... it tops up
 * |-- it raises the deposit and nothing else
 * |-- it leaves other channels alone
 * |-- when the deposit was all settled ... the rest of a voucher above it is paid
 * `-- when it is repeated ... it adds
 */
import { expect } from 'chai'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { expectDirtyWordsRefused, narrowWordsOf } from './calldata.ts'
import { channelIdOf, openChannel, packTotals, settleRow, totals } from './channels.ts'
import { FIRST_DEPOSIT } from './depositScenes.ts'
import type { Scene } from './depositScenes.ts'
import { describeNewMoney } from './newMoneyCases.ts'
import { channelSlotOf, packState, putChannel } from './storage.ts'
import { ethers, networkHelpers } from './world.ts'

const FUNDER_WORD = 4
const CLOSE_DELAY_WORD = 7
const ALL_BITS = 2n ** 96n - 1n

export function describeToppingUp(prepare: () => Promise<Scene>): void {
  describe('given a channel that cannot be topped up', () => itRefusesStates(prepare))
  describeNewMoney(prepare)
  describe('given an open channel', () => {
    itFillsAllBits(prepare)
    itRaisesTheDeposit(prepare)
    itPaysTheRest(prepare)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, name, channel, payer, argumentsOf, sender } = await prepare()
    const given = await argumentsOf({ channel, binding: payer.binding, amount: 10n })
    const data = world.escrow.interface.encodeFunctionData(name, given)
    const words = narrowWordsOf(world.escrow, name).map((word) => [word, 'no reason'])
    // What is hashed before it is read makes another id: the close delay, and the funder that is not compared with the caller.
    const hashedFirst = sender === world.funder ? [CLOSE_DELAY_WORD] : [FUNDER_WORD, CLOSE_DELAY_WORD]
    const wrongId = Object.fromEntries(hashedFirst.map((word) => [word, 'ChannelEscrow_NotOpen']))
    await expectDirtyWordsRefused(world.escrow, sender, data, { ...Object.fromEntries(words), ...wrongId })
  })
}

function itRefusesStates(prepare: () => Promise<Scene>): void {
  for (const [title, status] of [
    ['that was never opened', ChannelStatus.NONE],
    ['that is closed', ChannelStatus.CLOSED],
  ] as const) {
    it(`given a channel ${title} ... it reverts with NotOpen`, async () => {
      const { world, send } = await prepare()
      const { channel, channelId } = await putChannel(world, { status, payee: world.p256Charger })
      await expect(send({ channel }))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotOpen')
        .withArgs(channelId, status)
    })
  }

  it('given a pending close ... it reverts with Closing', async () => {
    const { world, channel, send } = await prepare()
    await world.escrow.connect(world.funder).requestClose(channel)
    const channelId = await channelIdOf(world, channel)
    const { closeAt } = await world.escrow.channelOf(channelId)
    await expect(send())
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_Closing')
      .withArgs(channelId, closeAt)
  })

  it('given a deposit that would pass 96 bits ... it reverts with DepositTooLarge', async () => {
    const { world, channel, send } = await prepare()
    const channelId = await channelIdOf(world, channel)
    for (const amount of [ALL_BITS - FIRST_DEPOSIT + 1n, ALL_BITS]) {
      await expect(send({ amount }))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_DepositTooLarge')
        .withArgs(channelId, amount + FIRST_DEPOSIT, ALL_BITS)
    }
  })
}

function itFillsAllBits(prepare: () => Promise<Scene>): void {
  it('given a deposit that comes to all 96 bits ... it tops up', async () => {
    const { world, channel, send, event } = await prepare()
    const channelId = await channelIdOf(world, channel)
    // Few tokens have so many units, so the deposit that is there already is put there.
    const state = { settled: 0n, deposit: ALL_BITS - 10n, closeAt: 0n, status: ChannelStatus.OPEN }
    const word = ethers.toBeHex(packState(state), 32)
    await networkHelpers.setStorageAt(String(world.escrow.target), channelSlotOf(channelId), word)
    await expect(send({ amount: 10n })).to.emit(world.escrow, event)
    expect((await world.escrow.channelOf(channelId)).deposit).to.equal(ALL_BITS)
  })
}

function itRaisesTheDeposit(prepare: () => Promise<Scene>): void {
  it('it raises the deposit and nothing else', async () => {
    const { world, channel, send } = await prepare()
    const { beneficiary, token } = channel
    await world.escrow.settle([
      { beneficiary, token, rows: [await settleRow(world, channel, world.car, totals(300n))] },
    ])
    await send({ amount: 50n })
    const state = await world.escrow.channelOf(await channelIdOf(world, channel))
    expect(state).to.deep.equal([300n, FIRST_DEPOSIT + 50n, 0n, BigInt(ChannelStatus.OPEN)])
  })

  it('it leaves other channels alone', async () => {
    const { world, send } = await prepare()
    await world.token.connect(world.funder).approve(world.escrow.target, 7n + 50n)
    const other = await openChannel(world, 7n, { payer: world.p256Car, payee: world.p256Charger })
    await send({ amount: 50n })
    expect((await world.escrow.channelOf(other.channelId)).deposit).to.equal(7n)
    expect(await world.registry.exposureOf(other.payerBinding)).to.equal(7n)
  })

  it('when it is repeated ... it adds', async () => {
    const { world, channel, send } = await prepare()
    await send({ amount: 50n })
    await send({ amount: 50n })
    const { deposit } = await world.escrow.channelOf(await channelIdOf(world, channel))
    expect(deposit).to.equal(FIRST_DEPOSIT + 100n)
  })
}

function itPaysTheRest(prepare: () => Promise<Scene>): void {
  it('when the deposit was all settled ... the rest of a voucher above it is paid', async () => {
    const { world, channel, send } = await prepare()
    const { beneficiary, token } = channel
    const value = totals(FIRST_DEPOSIT + 80n)
    const groups = [{ beneficiary, token, rows: [await settleRow(world, channel, world.car, value)] }]
    await world.escrow.settle(groups)
    await send({ amount: 50n })
    await expect(world.escrow.settle(groups))
      .to.emit(world.escrow, 'VoucherSettled')
      .withArgs(
        await channelIdOf(world, channel),
        packTotals(FIRST_DEPOSIT + 50n, FIRST_DEPOSIT + 80n, 1n),
        value.receiptsRoot,
      )
    expect(await world.escrow.payoutOf(beneficiary, token)).to.equal(FIRST_DEPOSIT + 50n)
  })
}
