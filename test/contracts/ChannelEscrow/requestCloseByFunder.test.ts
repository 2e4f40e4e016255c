/**
 * requestCloseByFunder
 * |-- given the deadline is over ... it reverts with Expired
 * |-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the funder is the zero address ... it refuses what recovers to it
 * |-- given the channel was never opened ... it reverts with NotOpen
 * |-- given the channel is closed ... it reverts with NotOpen
 * |-- given a close is pending ... it reverts with Closing
 * |-- given dirty high bits in a narrow field ... it reverts
 * `-- given an open channel
 *     |-- when the deadline is this second ... it starts the close delay
 *     |-- when a stranger relays it ... it stores closeAt and nothing else
 *     |-- when a stranger relays it ... it emits CloseRequested
 *     `-- when it is relayed for another channel ... it reverts with BadSignature
 */
import { expect } from 'chai'
import { ZeroAddress, hexlify } from 'ethers'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { signAsAccount, soon } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { requestCloseMessage } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { describeErc1271Account, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { putChannel } from '../helpers/storage.ts'
import { DAY, HOUR, deployWorld, networkHelpers } from '../helpers/world.ts'

const { time } = networkHelpers
const funder = secp256k1Device('funder')

const arrange: Arrange = async (world, signer) => {
  const { channel, channelId } = await putChannel(world, { funder: signer.signer })
  const deadline = await soon()
  return {
    contract: world.escrow,
    message: await requestCloseMessage(world, channelId, deadline),
    send: (signature, overrides) =>
      world.escrow.requestCloseByFunder(channel, deadline, signature, ...(overrides ? [overrides] : [])),
    refusal: { error: 'ChannelEscrow_BadSignature', args: [signer.signer] },
    event: 'CloseRequested',
  }
}

type Asked = { deadlineAfter?: number; status?: ChannelStatus }

/** A channel whose funder has asked to close it; a stranger relays. */
async function asked({ deadlineAfter = DAY, status = ChannelStatus.OPEN }: Asked = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const put = await putChannel(world, { funder: funder.wallet.address, status })
  const deadline = (await time.latest()) + deadlineAfter
  const signature = signAsAccount(funder.wallet, await requestCloseMessage(world, put.channelId, deadline))
  const escrow = world.escrow.connect(world.stranger)
  const request = (channel = put.channel) => escrow.requestCloseByFunder(channel, deadline, signature)
  return { ...put, world, escrow, deadline, signature, request }
}

describe('requestCloseByFunder', () => {
  it('given the deadline is over ... it reverts with Expired', async () => {
    const { escrow, deadline, request } = await asked({ deadlineAfter: 10 })
    await time.setNextBlockTimestamp(deadline + 1)
    await expect(request())
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Expired')
      .withArgs(deadline, deadline + 1)
  })

  describeSecp256k1Signer(arrange)
  describeErc1271Account(arrange)

  it('given the funder is the zero address ... it refuses what recovers to it', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel } = await putChannel(world, { funder: ZeroAddress })
    for (const length of [0, 64, 65]) {
      await expect(world.escrow.requestCloseByFunder(channel, await soon(), hexlify(new Uint8Array(length))))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_BadSignature')
        .withArgs(ZeroAddress)
    }
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
    const data = escrow.interface.encodeFunctionData('requestCloseByFunder', [channel, deadline, signature])
    // beneficiary, token, funder, closeDelaySeconds, deadline
    const words = { 1: 'no reason', 2: 'no reason', 4: 'no reason', 7: 'ChannelEscrow_BadSignature', 9: 'no reason' }
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

    it('when it is relayed for another channel ... it reverts with BadSignature', async () => {
      const { world, escrow, request } = await asked()
      const another = await putChannel(world, { funder: funder.wallet.address, payee: world.p256Charger })
      await expect(request(another.channel))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BadSignature')
        .withArgs(funder.wallet.address)
    })
  })
})
