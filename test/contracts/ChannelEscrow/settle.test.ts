/**
 * settle: batches and bad rows
 * |-- given no groups ... it does nothing
 * |-- given groups without rows ... it does nothing
 * |-- given a bad row: of no channel, of a closed channel, of another beneficiary's channel, of another token's channel,
 * |   with other terms, with another payer's name, of another escrow's channel, at the settled total, below the settled
 * |   total, with a total of zero, signed by another, with a signer of junk
 * |   |-- when it is alone ... it skips it with its reason
 * |   |-- when it is first of a batch ... it skips it and settles the others
 * |   |-- when it is in the middle of a batch ... it skips it and settles the others
 * |   `-- when it is last of a batch ... it skips it and settles the others
 * |-- given nothing but bad rows ... it skips them all and pays nothing
 * |-- given dirty high bits in a narrow field ... it reverts
 * `-- given a row cut off ... it reverts
 */
import { expect } from 'chai'
import { dataLength, dataSlice } from 'ethers'
import { BAD_ROWS, openToSettle } from '../helpers/badRows.ts'
import type { Bad } from '../helpers/badRows.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { settleRow, totals } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { escrowEventsOf } from '../helpers/events.ts'
import { putChannel } from '../helpers/storage.ts'
import { ethers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

/** A second and a third channel to the same beneficiary. */
async function neighbours(world: World) {
  const [second, third] = [secp256k1Device('second car'), world.p256Car]
  return [await putChannel(world, { payer: second }), await putChannel(world, { payer: third })] as const
}

describe('settle: batches and bad rows', () => {
  it('given no groups ... it does nothing', async () => {
    const { world, escrow, payout } = await openToSettle()
    expect(await escrowEventsOf(world, escrow.settle([]))).to.deep.equal([])
    expect(await payout()).to.equal(0n)
  })

  it('given groups without rows ... it does nothing', async () => {
    const { world, escrow, beneficiary, token, payout } = await openToSettle()
    const group = { beneficiary, token, rows: [] }
    expect(await escrowEventsOf(world, escrow.settle([group, group]))).to.deep.equal([])
    expect(await payout()).to.equal(0n)
  })

  for (const [kind, make] of Object.entries(BAD_ROWS)) {
    describe(`given a bad row ${kind}`, () => {
      it('when it is alone ... it skips it with its reason', async () => {
        const opened = await openToSettle()
        const { row, channelId, reason } = await make(opened)
        const events = await escrowEventsOf(opened.world, opened.settle([row]))
        expect(events).to.deep.equal([['RowSkipped', channelId, BigInt(reason)]])
        expect(await opened.payout()).to.equal(0n)
      })

      for (const [place, position] of [
        ['first of', 0],
        ['in the middle of', 1],
        ['last of', 2],
      ] as const) {
        it(`when it is ${place} a batch ... it skips it and settles the others`, async () => {
          const opened = await openToSettle()
          const { world, escrow } = opened
          const bad = await make(opened)
          const good = await neighbours(world)
          const rows = await Promise.all(
            good.map(({ channel, payer }) => settleRow(world, channel, payer, totals(30n))),
          )
          const settling = opened.settle(rows.toSpliced(position, 0, bad.row))
          await expect(settling).to.emit(escrow, 'RowSkipped').withArgs(bad.channelId, bad.reason)
          for (const { channelId } of good) {
            expect((await escrow.channelOf(channelId)).settled).to.equal(30n)
          }
          expect(await opened.payout()).to.equal(60n)
          expect((await escrow.channelOf(opened.channelId)).settled).to.equal(100n)
        })
      }
    })
  }

  it('given nothing but bad rows ... it skips them all and pays nothing', async () => {
    const opened = await openToSettle()
    const bad: Bad[] = []
    for (const make of Object.values(BAD_ROWS)) bad.push(await make(opened))
    const events = await escrowEventsOf(opened.world, opened.settle(bad.map(({ row }) => row)))
    const skipped = bad.map(({ channelId, reason }) => ['RowSkipped', channelId, BigInt(reason)])
    expect(events).to.deep.equal(skipped)
    expect(await opened.payout()).to.equal(0n)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, beneficiary, token, rowOf } = await openToSettle()
    const groups = [{ beneficiary, token, rows: [await rowOf(500n)] }]
    const data = escrow.interface.encodeFunctionData('settle', [groups])
    // Two words of the array, one of its element's place; then beneficiary, token, the place of rows, their number, the
    // place of the row; then its payer, termsHash, cumulativeAmount, version.
    await expectDirtyWordsRefused(escrow, world.stranger, data, [3, 4, 10, 11])
  })

  it('given a row cut off ... it reverts', async () => {
    const { world, escrow, beneficiary, token, rowOf } = await openToSettle()
    const groups = [{ beneficiary, token, rows: [await rowOf(500n)] }]
    const data = escrow.interface.encodeFunctionData('settle', [groups])
    const cut = dataSlice(data, 0, dataLength(data) - 32)
    const sent = world.stranger.sendTransaction({ to: escrow.target, data: cut })
    await expect(sent).to.be.revertedWithoutReason(ethers)
  })
})
