/**
 * requestCloseByPayer
 * |-- given the deadline is over ... it reverts with Expired
 * |-- (each case of helpers/deviceCases.ts, by the payer over the RequestClose)
 * |-- given the channel was never opened ... it reverts with NotOpen
 * |-- given the channel is closed ... it reverts with NotOpen
 * |-- given a close is pending ... it reverts with Closing
 * |-- given dirty high bits in a narrow field ... it reverts
 * `-- given an open channel
 *     |-- when the deadline is this second ... it starts the close delay
 *     `-- when a stranger relays it ... it stores closeAt and nothing else / it emits CloseRequested
 */
import { expect } from 'chai'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { openChannel, requestCloseMessage } from '../helpers/channels.ts'
import { describeDeviceSignatures } from '../helpers/deviceCases.ts'
import type { Claim } from '../helpers/deviceCases.ts'
import type { Device } from '../helpers/devices.ts'
import { soon } from '../helpers/bindings.ts'
import { putChannel } from '../helpers/storage.ts'
import { DAY, HOUR, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const { time } = networkHelpers

async function arrange(world: World, payer: Device): Promise<Claim> {
  const { escrow } = world
  const { channel, channelId } = await putChannel(world, { payer })
  const deadline = await soon()
  return {
    message: await requestCloseMessage(world, channelId, deadline),
    async accepts(signature) {
      await expect(escrow.requestCloseByPayer(channel, deadline, signature)).to.emit(escrow, 'CloseRequested')
    },
    async refuses(signature) {
      await expect(escrow.requestCloseByPayer(channel, deadline, signature))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongSigner')
        .withArgs(payer.id)
    },
  }
}

/** An open channel whose payer has asked to close it. */
async function asked(deadlineAfter = DAY, put: Parameters<typeof putChannel>[1] = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const there = await putChannel(world, put)
  const deadline = (await time.latest()) + deadlineAfter
  const signature = there.payer.signParts(await requestCloseMessage(world, there.channelId, deadline))
  return { ...there, world, escrow: world.escrow, deadline, signature }
}

describe('requestCloseByPayer', () => {
  describe('given the deadline is over', () => {
    it('it reverts with Expired', async () => {
      const { escrow, channel, deadline, signature } = await asked(10)
      await time.setNextBlockTimestamp(deadline + 1)
      await expect(escrow.requestCloseByPayer(channel, deadline, signature))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Expired')
        .withArgs(deadline, deadline + 1)
    })
  })

  describeDeviceSignatures(arrange)

  const gone = [
    { state: 'was never opened', status: ChannelStatus.NONE },
    { state: 'is closed', status: ChannelStatus.CLOSED },
  ]
  for (const { state, status } of gone) {
    describe(`given the channel ${state}`, () => {
      it('it reverts with NotOpen', async () => {
        const { escrow, channel, channelId, deadline, signature } = await asked(DAY, { status })
        await expect(escrow.requestCloseByPayer(channel, deadline, signature))
          .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen')
          .withArgs(channelId, status)
      })
    })
  }

  describe('given a close is pending', () => {
    it('it reverts with Closing', async () => {
      const { escrow, channel, channelId, deadline, signature } = await asked()
      await escrow.requestCloseByPayer(channel, deadline, signature)
      const { closeAt } = await escrow.channelOf(channelId)
      await expect(escrow.requestCloseByPayer(channel, deadline, signature))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Closing')
        .withArgs(channelId, closeAt)
    })
  })

  describe('given dirty high bits in a narrow field', () => {
    it('it reverts', async () => {
      const { world, escrow, channel, deadline, signature } = await asked()
      const data = escrow.interface.encodeFunctionData('requestCloseByPayer', [channel, deadline, signature])
      const wrongId = 'ChannelEscrow_WrongSigner'
      // beneficiary, token, funder, closeDelaySeconds, deadline
      const words = { 1: 'no reason', 2: 'no reason', 4: wrongId, 7: wrongId, 9: 'no reason' }
      await expectDirtyWordsRefused(escrow, world.stranger, data, words)
    })
  })

  describe('given an open channel', () => {
    describe('when the deadline is this second', () => {
      it('it starts the close delay', async () => {
        const { escrow, channel, channelId, deadline, signature } = await asked(10)
        await time.setNextBlockTimestamp(deadline)
        await expect(escrow.requestCloseByPayer(channel, deadline, signature))
          .to.emit(escrow, 'CloseRequested')
          .withArgs(channelId, deadline + 2 * HOUR)
      })
    })

    describe('when a stranger relays it', () => {
      async function relayed() {
        const world = await networkHelpers.loadFixture(deployWorld)
        const opened = await openChannel(world)
        const deadline = await soon()
        const signature = opened.payer.signParts(await requestCloseMessage(world, opened.channelId, deadline))
        const at = (await time.latest()) + 5
        await time.setNextBlockTimestamp(at)
        const request = () =>
          world.escrow.connect(world.stranger).requestCloseByPayer(opened.channel, deadline, signature)
        return { ...opened, escrow: world.escrow, request, closeAt: at + 2 * HOUR }
      }

      it('it stores closeAt and nothing else', async () => {
        const { escrow, channelId, deposit, request, closeAt } = await relayed()
        await request()
        expect(await escrow.channelOf(channelId)).to.deep.equal([0n, deposit, BigInt(closeAt), 1n])
      })

      it('it emits CloseRequested', async () => {
        const { escrow, channelId, request, closeAt } = await relayed()
        await expect(request()).to.emit(escrow, 'CloseRequested').withArgs(channelId, closeAt)
      })
    })
  })
})
