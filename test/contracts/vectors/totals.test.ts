/**
 * golden vectors: totals
 * `-- when a voucher is settled ... the event packs its totals as the vector does
 */
import { expect } from 'chai'
import vectors from '../../vectors/totals.json' with { type: 'json' }
import { openChannel, settleRow, totals } from '../helpers/channels.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

describe('golden vectors: totals', () => {
  for (const { settled, cumulativeAmount, version, word } of vectors) {
    it(`when a voucher is settled ... the event packs its totals as the vector does (${version})`, async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      // The deposit is what is settled, so that the total may be any number above it.
      const { channel, channelId, payer } = await openChannel(world, BigInt(settled))
      const value = totals(BigInt(cumulativeAmount), BigInt(version))
      const { beneficiary, token } = channel
      const rows = [await settleRow(world, channel, payer, value)]
      await expect(world.escrow.settle([{ beneficiary, token, rows }]))
        .to.emit(world.escrow, 'VoucherSettled')
        .withArgs(channelId, BigInt(word), value.receiptsRoot)
      expect((await world.escrow.channelOf(channelId)).settled).to.equal(BigInt(settled))
    })
  }
})
