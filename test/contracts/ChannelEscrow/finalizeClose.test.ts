/**
 * finalizeClose
 * |-- given the channel was never opened ... it reverts with NotOpen
 * |-- given the channel is closed ... it reverts with NotOpen
 * |-- given no close was requested ... it reverts with NotClosing
 * |-- given one second before closeAt ... it reverts with TooEarly
 * |-- given dirty high bits in a narrow field ... it reverts
 * `-- given closeAt has come
 *     |-- when a stranger sends it in the second closeAt ... it closes
 *     |-- when a stranger sends it a year later ... it closes
 *     |-- it keeps settled and deposit, and stores closed
 *     |-- it emits CloseFinalized
 *     |-- it refunds what is not settled to the funder's balance, and moves no token
 *     |-- it adds the refund to what the balance held
 *     |-- when all is settled ... it refunds nothing
 *     |-- when a voucher is settled just before, in the same block ... it refunds what is left
 *     |-- when a voucher is settled just after, in the same block ... it skips the row with NotOpen
 *     |-- when the payer's binding has ended ... it closes
 *     |-- when the token has blocked the funder ... it closes
 *     `-- it leaves other channels and their money alone
 */
import { expect } from 'chai'
import { ChannelStatus, SkipReason } from '../../../sdk/src/generated/constants.ts'
import { bindingIdOf } from '../helpers/bindings.ts'
import { inOneBlock } from '../helpers/blocks.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { openChannel, settleRow, totals } from '../helpers/channels.ts'
import { revoke } from '../helpers/standing.ts'
import { putChannel } from '../helpers/storage.ts'
import { worldWithToken } from '../helpers/tokens.ts'
import { DAY, YEN, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const { time } = networkHelpers
const DEPOSIT = 1_000n * YEN

/** A channel with a pending close, and what a stranger may do to it. */
async function closingWorld(from?: World) {
  const world = from ?? (await networkHelpers.loadFixture(deployWorld))
  const opened = await openChannel(world, DEPOSIT)
  const { channel, channelId, payer } = opened
  await world.escrow.connect(world.funder).requestClose(channel)
  const { closeAt } = await world.escrow.channelOf(channelId)
  const escrow = world.escrow.connect(world.stranger)
  const settle = async (total: bigint) => {
    const row = await settleRow(world, channel, payer, totals(total))
    return escrow.settle([{ beneficiary: channel.beneficiary, token: channel.token, rows: [row] }])
  }
  const come = () => time.setNextBlockTimestamp(closeAt)
  return { ...opened, world, escrow, closeAt: BigInt(closeAt), settle, come }
}

describe('finalizeClose', () => {
  for (const [state, status] of [
    ['was never opened', ChannelStatus.NONE],
    ['is closed', ChannelStatus.CLOSED],
  ] as const) {
    it(`given the channel ${state} ... it reverts with NotOpen`, async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { channel, channelId } = await putChannel(world, { status, closeAt: 1n })
      await expect(world.escrow.finalizeClose(channel))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotOpen')
        .withArgs(channelId, status)
    })
  }

  it('given no close was requested ... it reverts with NotClosing', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel, channelId } = await openChannel(world)
    await expect(world.escrow.connect(world.funder).finalizeClose(channel))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotClosing')
      .withArgs(channelId)
  })

  it('given one second before closeAt ... it reverts with TooEarly', async () => {
    const { escrow, channel, channelId, closeAt } = await closingWorld()
    await time.setNextBlockTimestamp(closeAt - 1n)
    await expect(escrow.finalizeClose(channel))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_TooEarly')
      .withArgs(channelId, closeAt - 1n, closeAt)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, channel, come } = await closingWorld()
    const data = escrow.interface.encodeFunctionData('finalizeClose', [channel])
    const wrongId = 'ChannelEscrow_NotOpen'
    await come()
    // beneficiary, token, funder, closeDelaySeconds
    const words = { 1: 'no reason', 2: 'no reason', 4: wrongId, 7: wrongId }
    await expectDirtyWordsRefused(escrow, world.stranger, data, words)
  })

  describe('given closeAt has come', () => {
    it('when a stranger sends it in the second closeAt ... it closes', async () => {
      const { escrow, channel, channelId, come } = await closingWorld()
      await come()
      await escrow.finalizeClose(channel)
      expect((await escrow.channelOf(channelId)).status).to.equal(ChannelStatus.CLOSED)
    })

    it('when a stranger sends it a year later ... it closes', async () => {
      const { escrow, channel, channelId } = await closingWorld()
      await time.increase(365 * DAY)
      await escrow.finalizeClose(channel)
      expect((await escrow.channelOf(channelId)).status).to.equal(ChannelStatus.CLOSED)
    })

    it('it keeps settled and deposit, and stores closed', async () => {
      const { escrow, channel, channelId, closeAt, settle, come } = await closingWorld()
      await settle(400n)
      await come()
      await escrow.finalizeClose(channel)
      const closed = [400n, DEPOSIT, closeAt, BigInt(ChannelStatus.CLOSED)]
      expect(await escrow.channelOf(channelId)).to.deep.equal(closed)
    })

    it('it emits CloseFinalized', async () => {
      const { escrow, channel, channelId, settle, come } = await closingWorld()
      await settle(400n)
      await come()
      await expect(escrow.finalizeClose(channel))
        .to.emit(escrow, 'CloseFinalized')
        .withArgs(channelId, 400n, DEPOSIT - 400n)
    })

    it("it refunds what is not settled to the funder's balance, and moves no token", async () => {
      const { world, escrow, channel, settle, come } = await closingWorld()
      await settle(400n)
      await come()
      await escrow.finalizeClose(channel)
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(DEPOSIT - 400n)
      expect(await escrow.payoutOf(channel.beneficiary, channel.token)).to.equal(400n)
      expect(await world.token.balanceOf(escrow.target)).to.equal(DEPOSIT)
    })

    it('it adds the refund to what the balance held', async () => {
      const { world, escrow, channel, come } = await closingWorld()
      await world.escrow.connect(world.funder).depositBalance(channel.token, 77n)
      await come()
      await escrow.finalizeClose(channel)
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(DEPOSIT + 77n)
    })

    it('when all is settled ... it refunds nothing', async () => {
      const { world, escrow, channel, channelId, settle, come } = await closingWorld()
      await settle(DEPOSIT)
      await come()
      await expect(escrow.finalizeClose(channel)).to.emit(escrow, 'CloseFinalized').withArgs(channelId, DEPOSIT, 0n)
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(0n)
    })

    it('when a voucher is settled just before, in the same block ... it refunds what is left', async () => {
      const { escrow, channel, channelId, closeAt, settle } = await closingWorld()
      const gasLimit = 300_000
      const [settled, finalized] = await inOneBlock(closeAt, async () => [
        await settle(DEPOSIT - 1n),
        await escrow.finalizeClose(channel, { gasLimit }),
      ])
      expect((await finalized!.wait())!.blockNumber).to.equal((await settled!.wait())!.blockNumber)
      await expect(finalized)
        .to.emit(escrow, 'CloseFinalized')
        .withArgs(channelId, DEPOSIT - 1n, 1n)
      expect(await escrow.payoutOf(channel.beneficiary, channel.token)).to.equal(DEPOSIT - 1n)
    })

    it('when a voucher is settled just after, in the same block ... it skips the row with NotOpen', async () => {
      const { escrow, channel, channelId, closeAt, settle } = await closingWorld()
      const gasLimit = 300_000
      const [finalized, settled] = await inOneBlock(closeAt, async () => [
        await escrow.finalizeClose(channel, { gasLimit }),
        await settle(DEPOSIT - 1n),
      ])
      expect((await finalized!.wait())!.blockNumber).to.equal((await settled!.wait())!.blockNumber)
      await expect(settled).to.emit(escrow, 'RowSkipped').withArgs(channelId, SkipReason.NOT_OPEN)
      expect(await escrow.payoutOf(channel.beneficiary, channel.token)).to.equal(0n)
    })

    it("when the payer's binding has ended ... it closes", async () => {
      const { world, escrow, channel, channelId, payerBinding, come } = await closingWorld()
      const bindingId = bindingIdOf(payerBinding)
      await revoke(world, { binding: payerBinding, bindingId }, { sequence: 0 })
      await come()
      await expect(escrow.finalizeClose(channel)).to.emit(escrow, 'CloseFinalized').withArgs(channelId, 0n, DEPOSIT)
    })

    it('when the token has blocked the funder ... it closes', async () => {
      const { world, token } = await worldWithToken('BlockingToken')
      const { escrow, channel, channelId, come } = await closingWorld(world)
      await token.blockAccount(world.funder.address)
      await come()
      await expect(escrow.finalizeClose(channel)).to.emit(escrow, 'CloseFinalized').withArgs(channelId, 0n, DEPOSIT)
    })

    it('it leaves other channels and their money alone', async () => {
      const { world, escrow, channel, come } = await closingWorld()
      const { p256Car, p256Charger } = world
      const other = await openChannel(world, 55n, { payer: p256Car, payee: p256Charger })
      await come()
      await escrow.finalizeClose(channel)
      expect(await escrow.channelOf(other.channelId)).to.deep.equal([0n, 55n, 0n, 1n])
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(DEPOSIT)
    })
  })
})
