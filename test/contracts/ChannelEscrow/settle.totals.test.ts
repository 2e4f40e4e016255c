/**
 * settle: what good rows pay
 * |-- given one good row
 * |   |-- when a stranger sends it ... it raises the settled total and the payout
 * |   |-- it emits VoucherSettled
 * |   |-- it moves no token
 * |   |-- when a newer voucher follows ... it pays the difference
 * |   |-- when a newer version has a lower total ... it skips it with StaleVoucher
 * |   |-- when an older version has a higher total ... it pays the difference
 * |   |-- when the total is one above what is settled ... it pays one
 * |   |-- when it is sent again ... it skips it with StaleVoucher
 * |   |-- when a close is pending ... it pays, and the close stays pending
 * |   |-- when closeAt is over, and nobody has finalized ... it pays
 * |   |-- when the payer's binding is suspended ... it pays
 * |   `-- when the payer's binding has ended ... it pays
 * |-- given a total above the deposit
 * |   |-- it pays the deposit, and tells the total
 * |   |-- when it is sent again ... it skips it with StaleVoucher
 * |   |-- when another total above the deposit follows ... it skips it with StaleVoucher
 * |   |-- when the channel is topped up ... it pays the rest
 * |   `-- when total and version need all their bits ... it pays the deposit and tells both
 * `-- given a channel twice in a batch
 *     |-- when the voucher is the same ... it pays once
 *     |-- when the totals rise ... it pays the larger in two steps
 *     `-- when the totals fall ... it pays the larger once
 */
import { expect } from 'chai'
import { SkipReason } from '../../../sdk/src/generated/constants.ts'
import { bindingIdOf } from '../helpers/bindings.ts'
import { openChannel, packTotals, settleRow, totals } from '../helpers/channels.ts'
import { escrowEventsOf } from '../helpers/events.ts'
import { revoke, suspendByAttester } from '../helpers/standing.ts'
import { HOUR, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'

const DEPOSIT = 1_000n
const ALL_96_BITS = 2n ** 96n - 1n
const ALL_64_BITS = 2n ** 64n - 1n

/** A channel opened for real, and a stranger that settles. */
async function openWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const opened = await openChannel(world, DEPOSIT)
  const { channel, channelId, payer } = opened
  const { beneficiary, token } = channel
  const escrow = world.escrow.connect(world.stranger)
  const rowOf = (total: bigint, version = 1n) => settleRow(world, channel, payer, totals(total, version))
  const settle = async (...vouchers: (readonly [total: bigint, version?: bigint])[]) => {
    const rows = await Promise.all(vouchers.map(([total, version]) => rowOf(total, version)))
    return escrow.settle([{ beneficiary, token, rows }])
  }
  const settled = async () => (await escrow.channelOf(channelId)).settled as bigint
  const payout = async () => (await escrow.payoutOf(beneficiary, token)) as bigint
  return { ...opened, world, escrow, beneficiary, token, settle, settled, payout }
}

type Opened = Awaited<ReturnType<typeof openWorld>>

async function expectPaid({ settled, payout }: Opened, total: bigint) {
  expect([await settled(), await payout()]).to.deep.equal([total, total])
}

describe('settle: what good rows pay', () => {
  describe('given one good row', () => {
    it('when a stranger sends it ... it raises the settled total and the payout', async () => {
      const opened = await openWorld()
      await opened.settle([400n])
      await expectPaid(opened, 400n)
      expect(await opened.escrow.channelOf(opened.channelId)).to.deep.equal([400n, DEPOSIT, 0n, 1n])
    })

    it('it emits VoucherSettled', async () => {
      const { escrow, channelId, settle } = await openWorld()
      await expect(settle([400n, 7n]))
        .to.emit(escrow, 'VoucherSettled')
        .withArgs(channelId, packTotals(400n, 400n, 7n), totals(400n, 7n).receiptsRoot)
    })

    it('it moves no token', async () => {
      const { world, escrow, beneficiary, settle } = await openWorld()
      await expect(settle([400n])).to.changeTokenBalances(ethers, world.token, [escrow, beneficiary], [0n, 0n])
    })

    it('when a newer voucher follows ... it pays the difference', async () => {
      const opened = await openWorld()
      await opened.settle([400n, 1n])
      await opened.settle([650n, 2n])
      await expectPaid(opened, 650n)
    })

    it('when a newer version has a lower total ... it skips it with StaleVoucher', async () => {
      const opened = await openWorld()
      await opened.settle([400n, 1n])
      await expect(opened.settle([399n, 2n]))
        .to.emit(opened.escrow, 'RowSkipped')
        .withArgs(opened.channelId, SkipReason.STALE_VOUCHER)
      await expectPaid(opened, 400n)
    })

    it('when an older version has a higher total ... it pays the difference', async () => {
      const opened = await openWorld()
      await opened.settle([400n, 9n])
      await opened.settle([500n, 2n])
      await expectPaid(opened, 500n)
    })

    it('when the total is one above what is settled ... it pays one', async () => {
      const opened = await openWorld()
      await opened.settle([400n])
      await opened.settle([401n])
      await expectPaid(opened, 401n)
    })

    it('when it is sent again ... it skips it with StaleVoucher', async () => {
      const opened = await openWorld()
      await opened.settle([400n])
      await expect(opened.settle([400n]))
        .to.emit(opened.escrow, 'RowSkipped')
        .withArgs(opened.channelId, SkipReason.STALE_VOUCHER)
      await expectPaid(opened, 400n)
    })

    it('when a close is pending ... it pays, and the close stays pending', async () => {
      const opened = await openWorld()
      const { world, escrow, channel, channelId, settle } = opened
      await world.escrow.connect(world.funder).requestClose(channel)
      const { closeAt } = await escrow.channelOf(channelId)
      await settle([400n])
      expect(await escrow.channelOf(channelId)).to.deep.equal([400n, DEPOSIT, closeAt, 1n])
    })

    it('when closeAt is over, and nobody has finalized ... it pays', async () => {
      const opened = await openWorld()
      await opened.world.escrow.connect(opened.world.funder).requestClose(opened.channel)
      await networkHelpers.time.increase(100 * HOUR)
      await opened.settle([400n])
      await expectPaid(opened, 400n)
    })

    for (const [title, end] of [
      ['is suspended', suspendByAttester],
      ['has ended', revoke],
    ] as const) {
      it(`when the payer's binding ${title} ... it pays`, async () => {
        const opened = await openWorld()
        const binding = opened.payerBinding
        await end(opened.world, { binding, bindingId: bindingIdOf(binding) }, { sequence: 0 })
        await opened.settle([400n])
        await expectPaid(opened, 400n)
      })
    }
  })

  describe('given a total above the deposit', () => {
    it('it pays the deposit, and tells the total', async () => {
      const opened = await openWorld()
      await expect(opened.settle([1_500n, 3n]))
        .to.emit(opened.escrow, 'VoucherSettled')
        .withArgs(opened.channelId, packTotals(DEPOSIT, 1_500n, 3n), totals(1_500n, 3n).receiptsRoot)
      await expectPaid(opened, DEPOSIT)
    })

    for (const [title, second] of [
      ['it is sent again', 1_500n],
      ['another total above the deposit follows', 1_600n],
    ] as const) {
      it(`when ${title} ... it skips it with StaleVoucher`, async () => {
        const opened = await openWorld()
        await opened.settle([1_500n])
        await expect(opened.settle([second, 2n]))
          .to.emit(opened.escrow, 'RowSkipped')
          .withArgs(opened.channelId, SkipReason.STALE_VOUCHER)
        await expectPaid(opened, DEPOSIT)
      })
    }

    it('when the channel is topped up ... it pays the rest', async () => {
      const opened = await openWorld()
      const { world, channel, payerBinding } = opened
      await opened.settle([1_500n])
      await world.escrow.connect(world.funder).topUp(channel, payerBinding, 2_000n)
      await opened.settle([1_500n])
      await expectPaid(opened, 1_500n)
    })

    it('when total and version need all their bits ... it pays the deposit and tells both', async () => {
      const opened = await openWorld()
      const { receiptsRoot } = totals(ALL_96_BITS, ALL_64_BITS)
      await expect(opened.settle([ALL_96_BITS, ALL_64_BITS]))
        .to.emit(opened.escrow, 'VoucherSettled')
        .withArgs(opened.channelId, packTotals(DEPOSIT, ALL_96_BITS, ALL_64_BITS), receiptsRoot)
      await expectPaid(opened, DEPOSIT)
    })
  })

  describe('given a channel twice in a batch', () => {
    it('when the voucher is the same ... it pays once', async () => {
      const opened = await openWorld()
      await expect(opened.settle([400n], [400n]))
        .to.emit(opened.escrow, 'RowSkipped')
        .withArgs(opened.channelId, SkipReason.STALE_VOUCHER)
      await expectPaid(opened, 400n)
    })

    it('when the totals rise ... it pays the larger in two steps', async () => {
      const opened = await openWorld()
      const events = await escrowEventsOf(opened.world, opened.settle([400n, 1n], [650n, 2n]))
      const settled = [[400n, 1n] as const, [650n, 2n] as const].map(([total, version]) => [
        'VoucherSettled',
        opened.channelId,
        packTotals(total, total, version),
        totals(total, version).receiptsRoot,
      ])
      expect(events).to.deep.equal(settled)
      await expectPaid(opened, 650n)
    })

    it('when the totals fall ... it pays the larger once', async () => {
      const opened = await openWorld()
      await expect(opened.settle([650n, 2n], [400n, 1n]))
        .to.emit(opened.escrow, 'RowSkipped')
        .withArgs(opened.channelId, SkipReason.STALE_VOUCHER)
      await expectPaid(opened, 650n)
    })
  })
})
