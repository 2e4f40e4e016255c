/**
 * close: whose signatures it needs
 * |-- by the payee over the CooperativeClose
 * |   `-- (each case of helpers/deviceCases.ts)
 * `-- by the payer over the Voucher, when the amount is above what is settled
 *     `-- (each case of helpers/deviceCases.ts)
 */
import { expect } from 'chai'
import { closeMessage, packTotals, totals, voucherMessage } from '../helpers/channels.ts'
import { describeDeviceSignatures } from '../helpers/deviceCases.ts'
import type { Claim } from '../helpers/deviceCases.ts'
import type { Device, DeviceSignature } from '../helpers/devices.ts'
import { putChannel } from '../helpers/storage.ts'
import type { World } from '../helpers/world.ts'

const value = totals(400n, 7n)

async function arrangePayee(world: World, payee: Device): Promise<Claim> {
  const { channel, channelId, payer } = await putChannel(world, { payee })
  const voucher = payer.signParts(await voucherMessage(world, channelId, value))
  const close = (signature: DeviceSignature) =>
    world.escrow.close(channel, 400n, value.version, value.receiptsRoot, signature, 400n, voucher)
  return claim(world, channelId, close, await closeMessage(world, channelId, value), payee)
}

async function arrangePayer(world: World, payer: Device): Promise<Claim> {
  const { channel, channelId, payee } = await putChannel(world, { payer })
  const consent = payee.signParts(await closeMessage(world, channelId, value))
  const close = (signature: DeviceSignature) =>
    world.escrow.close(channel, 400n, value.version, value.receiptsRoot, consent, 400n, signature)
  return claim(world, channelId, close, await voucherMessage(world, channelId, value), payer)
}

function claim(
  { escrow }: World,
  channelId: string,
  close: (signature: DeviceSignature) => Promise<unknown>,
  message: Claim['message'],
  device: Device,
): Claim {
  return {
    message,
    async accepts(signature) {
      await expect(close(signature))
        .to.emit(escrow, 'ChannelClosed')
        .withArgs(channelId, packTotals(400n, 400n, 7n), value.receiptsRoot, 600n)
    },
    async refuses(signature) {
      await expect(close(signature))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongSigner')
        .withArgs(device.id)
    },
  }
}

describe('close: whose signatures it needs', () => {
  describe('by the payee over the CooperativeClose', () => {
    describeDeviceSignatures(arrangePayee)
  })
  describe('by the payer over the Voucher, when the amount is above what is settled', () => {
    describeDeviceSignatures(arrangePayer)
  })
})
