/**
 * requestClose
 * |-- given the caller is not the funder ... it reverts with NotFunder
 * |-- given terms that name the caller as funder ... it reverts with NotOpen
 * |-- given the channel was never opened ... it reverts with NotOpen
 * |-- given the channel is closed ... it reverts with NotOpen
 * |-- given a close is pending ... it reverts with Closing, and moves nothing
 * |-- given dirty high bits in a narrow field ... it reverts
 * `-- given an open channel and its funder
 *     |-- it stores closeAt and nothing else
 *     |-- it emits CloseRequested
 *     |-- it moves no money
 *     `-- when the payer's binding is suspended ... it starts the close delay
 */
import { expect } from 'chai'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { bindingIdOf } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { channelIdOf, openChannel } from '../helpers/channels.ts'
import { suspendByAttester } from '../helpers/standing.ts'
import { putChannel } from '../helpers/storage.ts'
import { HOUR, deployWorld, networkHelpers } from '../helpers/world.ts'

const { time } = networkHelpers

async function openWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const opened = await openChannel(world)
  return { ...opened, world, escrow: world.escrow.connect(world.funder) }
}

describe('requestClose', () => {
  it('given the caller is not the funder ... it reverts with NotFunder', async () => {
    const { world, channel } = await openWorld()
    for (const caller of [world.stranger, world.beneficiary, world.admin]) {
      await expect(world.escrow.connect(caller).requestClose(channel))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotFunder')
        .withArgs(caller.address, world.funder.address)
    }
  })

  it('given terms that name the caller as funder ... it reverts with NotOpen', async () => {
    const { world, channel } = await openWorld()
    const forged = { ...channel, terms: { ...channel.terms, funder: world.stranger.address } }
    await expect(world.escrow.connect(world.stranger).requestClose(forged))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotOpen')
      .withArgs(await channelIdOf(world, forged), ChannelStatus.NONE)
  })

  for (const [state, status] of [
    ['was never opened', ChannelStatus.NONE],
    ['is closed', ChannelStatus.CLOSED],
  ] as const) {
    it(`given the channel ${state} ... it reverts with NotOpen`, async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { channel, channelId } = await putChannel(world, { status })
      await expect(world.escrow.connect(world.funder).requestClose(channel))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotOpen')
        .withArgs(channelId, status)
    })
  }

  it('given a close is pending ... it reverts with Closing, and moves nothing', async () => {
    const { escrow, channel, channelId } = await openWorld()
    await escrow.requestClose(channel)
    const before = await escrow.channelOf(channelId)
    // Also once the delay is over: a second request must not start it again.
    for (const wait of [1, 3 * HOUR]) {
      await time.increase(wait)
      await expect(escrow.requestClose(channel))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Closing')
        .withArgs(channelId, before.closeAt)
    }
    expect(await escrow.channelOf(channelId)).to.deep.equal(before)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, channel } = await openWorld()
    const data = escrow.interface.encodeFunctionData('requestClose', [channel])
    // beneficiary, token, funder, closeDelaySeconds
    const words = { 1: 'no reason', 2: 'no reason', 4: 'no reason', 7: 'ChannelEscrow_NotOpen' }
    await expectDirtyWordsRefused(escrow, world.funder, data, words)
  })

  describe('given an open channel and its funder', () => {
    it('it stores closeAt and nothing else', async () => {
      const { escrow, channel, channelId, deposit } = await openWorld()
      const at = (await time.latest()) + 5
      await time.setNextBlockTimestamp(at)
      await escrow.requestClose(channel)
      expect(await escrow.channelOf(channelId)).to.deep.equal([0n, deposit, BigInt(at + 2 * HOUR), 1n])
    })

    it('it emits CloseRequested', async () => {
      const { escrow, channel, channelId } = await openWorld()
      const at = (await time.latest()) + 5
      await time.setNextBlockTimestamp(at)
      await expect(escrow.requestClose(channel))
        .to.emit(escrow, 'CloseRequested')
        .withArgs(channelId, at + 2 * HOUR)
    })

    it('it moves no money', async () => {
      const { world, escrow, channel, deposit } = await openWorld()
      await escrow.requestClose(channel)
      expect(await world.token.balanceOf(escrow.target)).to.equal(deposit)
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(0n)
      expect(await escrow.payoutOf(channel.beneficiary, channel.token)).to.equal(0n)
    })

    it("when the payer's binding is suspended ... it starts the close delay", async () => {
      const { world, escrow, channel, payerBinding } = await openWorld()
      const bindingId = bindingIdOf(payerBinding)
      await suspendByAttester(world, { binding: payerBinding, bindingId }, { sequence: 0 })
      await expect(escrow.requestClose(channel)).to.emit(escrow, 'CloseRequested')
    })
  })
})
