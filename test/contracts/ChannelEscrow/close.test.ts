/**
 * close: what it refuses
 * |-- given the channel was never opened ... it reverts with NotOpen
 * |-- given the channel is closed ... it reverts with NotOpen
 * |-- when the amount is above the deposit ... it reverts with DepositExceeded
 * |-- given the payee has signed something else
 * |   |-- when it is another amount, version, root ... it reverts with WrongSigner
 * |   `-- when it is an Acknowledgement of the same total ... it reverts with WrongSigner
 * |-- given an amount above what is settled
 * |   |-- when the voucher's total is below the amount ... it reverts with NotAuthorised
 * |   |-- when the voucher is of another version ... it reverts with WrongSigner
 * |   |-- when the voucher is of another root ... it reverts with WrongSigner
 * |   |-- when the voucher's total is less than is claimed ... it reverts with WrongSigner
 * |   |-- when the voucher's total is more than is claimed ... it reverts with WrongSigner
 * |   `-- when there is no voucher ... it reverts with WrongSigner
 * `-- given dirty high bits in a narrow field ... it reverts
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { acknowledgementTypes } from '../../../sdk/src/generated/typedData.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { totals } from '../helpers/channels.ts'
import { DEPOSIT, NO_SIGNATURE, ROOT, VERSION, openToClose } from '../helpers/closing.ts'
import type { OpenedToClose } from '../helpers/closing.ts'
import type { Device } from '../helpers/devices.ts'
import { putChannel } from '../helpers/storage.ts'
import { deployWorld, domainOf, networkHelpers } from '../helpers/world.ts'

async function refusesSigner({ escrow }: OpenedToClose, closing: Promise<unknown>, expected: Device) {
  await expect(closing).to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongSigner').withArgs(expected.id)
}

describe('close: what it refuses', () => {
  for (const [state, status] of [
    ['was never opened', ChannelStatus.NONE],
    ['is closed', ChannelStatus.CLOSED],
  ] as const) {
    it(`given the channel ${state} ... it reverts with NotOpen`, async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { escrow } = world
      const { channel, channelId } = await putChannel(world, { status })
      await expect(escrow.close(channel, 0n, VERSION, ROOT, NO_SIGNATURE, 0n, NO_SIGNATURE))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen')
        .withArgs(channelId, status)
    })
  }

  it('when the amount is above the deposit ... it reverts with DepositExceeded', async () => {
    const { escrow, channelId, close } = await openToClose()
    await expect(close(DEPOSIT + 1n, DEPOSIT + 1n))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_DepositExceeded')
      .withArgs(channelId, DEPOSIT + 1n, DEPOSIT)
  })

  describe('given the payee has signed something else', () => {
    it('when it is another amount, version, root ... it reverts with WrongSigner', async () => {
      const opened = await openToClose()
      const { escrow, channel, payee, consent, voucher } = opened
      const [signed, promise] = [await consent(400n), await voucher(totals(400n, VERSION))]
      for (const [amount, version, root] of [
        [399n, VERSION, ROOT],
        [0n, VERSION, ROOT],
        [400n, VERSION + 1n, ROOT],
        [400n, VERSION, id('another root')],
      ] as const) {
        await refusesSigner(opened, escrow.close(channel, amount, version, root, signed, 400n, promise), payee)
      }
    })

    it('when it is an Acknowledgement of the same total ... it reverts with WrongSigner', async () => {
      const opened = await openToClose()
      const { world, escrow, channel, channelId, payee, voucher } = opened
      const value = { channelId, ...totals(400n, VERSION) }
      const signed = payee.signParts({ domain: await domainOf(world.escrow), types: acknowledgementTypes, value })
      const promise = await voucher(totals(400n, VERSION))
      await refusesSigner(opened, escrow.close(channel, 400n, VERSION, ROOT, signed, 400n, promise), payee)
    })
  })

  describe('given an amount above what is settled', () => {
    it("when the voucher's total is below the amount ... it reverts with NotAuthorised", async () => {
      const { escrow, channelId, close } = await openToClose()
      await expect(close(400n, 399n))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotAuthorised')
        .withArgs(channelId, 400n, 399n)
    })

    for (const [title, value, claimed] of [
      ['the voucher is of another version', { ...totals(400n, VERSION), version: VERSION - 1n }, 400n],
      ['the voucher is of another root', { ...totals(400n, VERSION), receiptsRoot: id('another root') }, 400n],
      ["the voucher's total is less than is claimed", totals(399n, VERSION), 400n],
      ["the voucher's total is more than is claimed", totals(401n, VERSION), 400n],
    ] as const) {
      it(`when ${title} ... it reverts with WrongSigner`, async () => {
        const opened = await openToClose()
        const { escrow, channel, payer, consent, voucher } = opened
        const [signed, promise] = [await consent(400n), await voucher(value)]
        await refusesSigner(opened, escrow.close(channel, 400n, VERSION, ROOT, signed, claimed, promise), payer)
      })
    }

    it('when there is no voucher ... it reverts with WrongSigner', async () => {
      const opened = await openToClose()
      const { escrow, channel, payer, consent } = opened
      const signed = await consent(400n)
      for (const promise of [NO_SIGNATURE, signed]) {
        await refusesSigner(opened, escrow.close(channel, 400n, VERSION, ROOT, signed, 400n, promise), payer)
      }
    })
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, channel, consent, voucher } = await openToClose()
    const promise = await voucher(totals(400n, VERSION))
    const call = [channel, 400n, VERSION, ROOT, await consent(400n), 400n, promise]
    const data = escrow.interface.encodeFunctionData('close', call)
    const wrongId = 'ChannelEscrow_NotOpen'
    // beneficiary, token, funder, closeDelaySeconds, amount, version, authorised
    const read = { 1: 'no reason', 2: 'no reason', 9: 'no reason', 10: 'no reason', 13: 'no reason' }
    await expectDirtyWordsRefused(escrow, world.stranger, data, { ...read, 4: wrongId, 7: wrongId })
  })
})
