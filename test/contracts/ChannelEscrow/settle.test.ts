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
import { concat, dataLength, dataSlice, id } from 'ethers'
import { ChannelStatus, SkipReason } from '../../../sdk/src/generated/constants.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { settleRow, termsHashOf, totals } from '../helpers/channels.ts'
import type { Channel } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { escrowEventsOf } from '../helpers/events.ts'
import { putChannel } from '../helpers/storage.ts'
import { CLOSE_DELAY_FLOOR, deploy, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

type Row = Awaited<ReturnType<typeof settleRow>>
const { NOT_OPEN, STALE_VOUCHER, WRONG_SIGNER } = SkipReason
const DEPOSIT = 1_000n

/** An open channel between the car and the charger, of which 100 are settled, and a stranger that settles. */
async function openWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const put = await putChannel(world, { settled: 100n, deposit: DEPOSIT })
  const escrow = world.escrow.connect(world.stranger)
  const { beneficiary, token } = put.channel
  const settle = (rows: Row[]) => escrow.settle([{ beneficiary, token, rows }])
  const rowOf = (total: bigint, version = 1n) => settleRow(world, put.channel, put.payer, totals(total, version))
  const payout = () => escrow.payoutOf(beneficiary, token)
  return { ...put, world, escrow, beneficiary, token, settle, rowOf, payout }
}

/** A second and a third channel to the same beneficiary. */
async function neighbours(world: World) {
  const [second, third] = [secp256k1Device('second car'), world.p256Car]
  return [await putChannel(world, { payer: second }), await putChannel(world, { payer: third })] as const
}

type Bad = { row: Row; channelId: string; reason: number }
type MakeBad = (opened: Awaited<ReturnType<typeof openWorld>>) => Promise<Bad>

/** A good row for `channel`, sent to where the batch is for another beneficiary and token. */
async function stray(world: World, channel: Channel, sentTo: Partial<Channel> = {}): Promise<Bad> {
  const row = await settleRow(world, channel, world.car, totals(500n))
  return { row, channelId: await world.escrowMessages.channelIdOf({ ...channel, ...sentTo }), reason: NOT_OPEN }
}

const BAD_ROWS: Record<string, MakeBad> = {
  'of no channel': ({ world, channel }) =>
    stray(world, { ...channel, terms: { ...channel.terms, salt: id('never opened') } }),
  'of a closed channel': async ({ world }) => {
    const { channel } = await putChannel(world, {
      payee: secp256k1Device('first'),
      status: ChannelStatus.CLOSED,
    })
    return stray(world, channel)
  },
  "of another beneficiary's channel": async ({ world, beneficiary }) => {
    const { channel } = await putChannel({ ...world, beneficiary: world.relayer }, { payee: secp256k1Device('second') })
    return stray(world, channel, { beneficiary })
  },
  "of another token's channel": async ({ world, token }) => {
    const other = await deploy('LocalJpyToken', [world.admin.address])
    const { channel } = await putChannel({ ...world, token: other }, { payee: secp256k1Device('third') })
    return stray(world, channel, { token })
  },
  'with other terms': async ({ world, channel, channelId, rowOf }) => {
    const other = { ...channel, terms: { ...channel.terms, funder: world.stranger.address } }
    const row = { ...(await rowOf(500n)), termsHash: termsHashOf(other) }
    expect(await world.escrowMessages.channelIdOf(other)).not.to.equal(channelId)
    return { row, channelId: await world.escrowMessages.channelIdOf(other), reason: NOT_OPEN }
  },
  "with another payer's name": async ({ world, channel, rowOf }) => {
    const row = { ...(await rowOf(500n)), payer: world.charger.id }
    return {
      row,
      channelId: await world.escrowMessages.channelIdOf({ ...channel, payer: row.payer }),
      reason: NOT_OPEN,
    }
  },
  "of another escrow's channel": async ({ world, channel, channelId }) => {
    const another = await deploy('ChannelEscrow', [world.registry.target, CLOSE_DELAY_FLOOR])
    const row = await settleRow({ ...world, escrow: another }, channel, world.car, totals(500n))
    return { row, channelId, reason: WRONG_SIGNER }
  },
  'at the settled total': async ({ channelId, rowOf }) => ({
    row: await rowOf(100n, 9n),
    channelId,
    reason: STALE_VOUCHER,
  }),
  'below the settled total': async ({ channelId, rowOf }) => ({
    row: await rowOf(99n, 9n),
    channelId,
    reason: STALE_VOUCHER,
  }),
  'with a total of zero': async ({ world }) => {
    const { channel, channelId, payer } = await putChannel(world, { payee: secp256k1Device('fourth') })
    return { row: await settleRow(world, channel, payer, totals(0n)), channelId, reason: STALE_VOUCHER }
  },
  'signed by another': async ({ world, channel, channelId }) => ({
    row: await settleRow(world, channel, world.charger, totals(500n)),
    channelId,
    reason: WRONG_SIGNER,
  }),
  'with a signer of junk': async ({ channelId, rowOf }) => ({
    row: { ...(await rowOf(500n)), signer: concat(Array.from({ length: 9 }, () => id('junk'))) },
    channelId,
    reason: WRONG_SIGNER,
  }),
}

describe('settle: batches and bad rows', () => {
  it('given no groups ... it does nothing', async () => {
    const { world, escrow, payout } = await openWorld()
    expect(await escrowEventsOf(world, escrow.settle([]))).to.deep.equal([])
    expect(await payout()).to.equal(0n)
  })

  it('given groups without rows ... it does nothing', async () => {
    const { world, escrow, beneficiary, token, payout } = await openWorld()
    const group = { beneficiary, token, rows: [] }
    expect(await escrowEventsOf(world, escrow.settle([group, group]))).to.deep.equal([])
    expect(await payout()).to.equal(0n)
  })

  for (const [kind, make] of Object.entries(BAD_ROWS)) {
    describe(`given a bad row ${kind}`, () => {
      it('when it is alone ... it skips it with its reason', async () => {
        const opened = await openWorld()
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
          const opened = await openWorld()
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
    const opened = await openWorld()
    const bad: Bad[] = []
    for (const make of Object.values(BAD_ROWS)) bad.push(await make(opened))
    const events = await escrowEventsOf(opened.world, opened.settle(bad.map(({ row }) => row)))
    const skipped = bad.map(({ channelId, reason }) => ['RowSkipped', channelId, BigInt(reason)])
    expect(events).to.deep.equal(skipped)
    expect(await opened.payout()).to.equal(0n)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, beneficiary, token, rowOf } = await openWorld()
    const groups = [{ beneficiary, token, rows: [await rowOf(500n)] }]
    const data = escrow.interface.encodeFunctionData('settle', [groups])
    // Two words of the array, one of its element's place; then beneficiary, token, the place of rows, their number, the
    // place of the row; then its payer, termsHash, cumulativeAmount, version.
    await expectDirtyWordsRefused(escrow, world.stranger, data, [3, 4, 10, 11])
  })

  it('given a row cut off ... it reverts', async () => {
    const { world, escrow, beneficiary, token, rowOf } = await openWorld()
    const groups = [{ beneficiary, token, rows: [await rowOf(500n)] }]
    const data = escrow.interface.encodeFunctionData('settle', [groups])
    const cut = dataSlice(data, 0, dataLength(data) - 32)
    const sent = world.stranger.sendTransaction({ to: escrow.target, data: cut })
    await expect(sent).to.be.revertedWithoutReason(ethers)
  })
})
