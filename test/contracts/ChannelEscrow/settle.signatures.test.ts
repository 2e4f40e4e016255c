/**
 * settle: whose signature a row needs
 * `-- (each case of helpers/deviceCases.ts, by the payer over the Voucher)
 */
import { expect } from 'chai'
import { SkipReason } from '../../../sdk/src/generated/constants.ts'
import { packTotals, termsHashOf, totals, voucherMessage } from '../helpers/channels.ts'
import { describeDeviceSignatures } from '../helpers/deviceCases.ts'
import type { Claim } from '../helpers/deviceCases.ts'
import type { Device, DeviceSignature } from '../helpers/devices.ts'
import { putChannel } from '../helpers/storage.ts'
import type { World } from '../helpers/world.ts'

async function arrange(world: World, payer: Device): Promise<Claim> {
  const { channel, channelId } = await putChannel(world, { payer })
  const { beneficiary, token } = channel
  const value = totals(400n, 7n)
  const settle = (signature: DeviceSignature) => {
    const row = { payer: payer.id, termsHash: termsHashOf(channel), ...value, ...signature }
    return world.escrow.settle([{ beneficiary, token, rows: [row] }])
  }
  const settled = [channelId, packTotals(400n, 400n, 7n), value.receiptsRoot]
  return {
    message: await voucherMessage(world, channelId, value),
    async accepts(signature) {
      await expect(settle(signature))
        .to.emit(world.escrow, 'VoucherSettled')
        .withArgs(...settled)
    },
    async refuses(signature) {
      await expect(settle(signature)).to.emit(world.escrow, 'RowSkipped').withArgs(channelId, SkipReason.WRONG_SIGNER)
      expect(await world.escrow.payoutOf(beneficiary, token)).to.equal(0n)
    },
  }
}

describe('settle: whose signature a row needs', () => {
  describeDeviceSignatures(arrange)
})
