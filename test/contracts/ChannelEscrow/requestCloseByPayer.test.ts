/**
 * requestCloseByPayer
 * |-- given the deadline is over ... it reverts with Expired
 * |-- (each case of helpers/deviceCases.ts, by the payer over the RequestClose)
 * |-- given the payee has signed ... it reverts with WrongSigner
 * |-- given the channel was never opened ... it reverts with NotOpen
 * |-- given the channel is closed ... it reverts with NotOpen
 * |-- given a close is pending ... it reverts with Closing
 * |-- given dirty high bits in a narrow field ... it reverts
 * `-- given an open channel
 *     |-- when the deadline is this second ... it starts the close delay
 *     |-- when a stranger relays it ... it stores closeAt and nothing else
 *     |-- when a stranger relays it ... it emits CloseRequested
 *     `-- when it is relayed for another channel of the payer ... it reverts with WrongSigner
 */
import { expect } from 'chai'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { soon } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { requestCloseMessage } from '../helpers/channels.ts'
import { describeDeviceSignatures } from '../helpers/deviceCases.ts'
import type { Claim } from '../helpers/deviceCases.ts'
import type { Device } from '../helpers/devices.ts'
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

type Asked = { deadlineAfter?: number; status?: ChannelStatus }

/** A channel whose payer has asked to close it; a stranger relays. */
async function asked({ deadlineAfter = DAY, status = ChannelStatus.OPEN }: Asked = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const put = await putChannel(world, { status })
  const deadline = (await time.latest()) + deadlineAfter
  const message = await requestCloseMessage(world, put.channelId, deadline)
  const signature = put.payer.signParts(message)
  const escrow = world.escrow.connect(world.stranger)
  const request = (channel = put.channel, given = signature) => escrow.requestCloseByPayer(channel, deadline, given)
  return { ...put, world, escrow, deadline, message, signature, request }
}

describe('requestCloseByPayer', () => {
  it('given the deadline is over ... it reverts with Expired', async () => {
    const { escrow, deadline, request } = await asked({ deadlineAfter: 10 })
    await time.setNextBlockTimestamp(deadline + 1)
    await expect(request())
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Expired')
      .withArgs(deadline, deadline + 1)
  })

  describeDeviceSignatures(arrange)

  it('given the payee has signed ... it reverts with WrongSigner', async () => {
    const { escrow, channel, payer, payee, message, request } = await asked()
    await expect(request(channel, payee.signParts(message)))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongSigner')
      .withArgs(payer.id)
  })

  for (const [state, status] of [
    ['was never opened', ChannelStatus.NONE],
    ['is closed', ChannelStatus.CLOSED],
  ] as const) {
    it(`given the channel ${state} ... it reverts with NotOpen`, async () => {
      const { escrow, channelId, request } = await asked({ status })
      await expect(request()).to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen').withArgs(channelId, status)
    })
  }

  it('given a close is pending ... it reverts with Closing', async () => {
    const { escrow, channelId, request } = await asked()
    await request()
    const { closeAt } = await escrow.channelOf(channelId)
    await expect(request()).to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Closing').withArgs(channelId, closeAt)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, channel, deadline, signature } = await asked()
    const data = escrow.interface.encodeFunctionData('requestCloseByPayer', [channel, deadline, signature])
    const wrongId = 'ChannelEscrow_WrongSigner'
    // beneficiary, token, funder, closeDelaySeconds, deadline
    const words = { 1: 'no reason', 2: 'no reason', 4: wrongId, 7: wrongId, 9: 'no reason' }
    await expectDirtyWordsRefused(escrow, world.stranger, data, words)
  })

  describe('given an open channel', () => {
    it('when the deadline is this second ... it starts the close delay', async () => {
      const { escrow, channelId, deadline, request } = await asked({ deadlineAfter: 10 })
      await time.setNextBlockTimestamp(deadline)
      await expect(request())
        .to.emit(escrow, 'CloseRequested')
        .withArgs(channelId, deadline + 2 * HOUR)
    })

    it('when a stranger relays it ... it stores closeAt and nothing else', async () => {
      const { escrow, channelId, deposit, request } = await asked()
      const at = (await time.latest()) + 5
      await time.setNextBlockTimestamp(at)
      await request()
      expect(await escrow.channelOf(channelId)).to.deep.equal([0n, deposit, BigInt(at + 2 * HOUR), 1n])
    })

    it('when a stranger relays it ... it emits CloseRequested', async () => {
      const { escrow, channelId, request } = await asked()
      const at = (await time.latest()) + 5
      await time.setNextBlockTimestamp(at)
      await expect(request())
        .to.emit(escrow, 'CloseRequested')
        .withArgs(channelId, at + 2 * HOUR)
    })

    it('when it is relayed for another channel of the payer ... it reverts with WrongSigner', async () => {
      const { world, escrow, payer, request } = await asked()
      const another = await putChannel(world, { payee: world.p256Charger })
      await expect(request(another.channel))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongSigner')
        .withArgs(payer.id)
    })
  })
})
