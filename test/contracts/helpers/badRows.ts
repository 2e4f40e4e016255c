/** Rows that a batch must skip, each with its reason. */
import { expect } from 'chai'
import { concat, id } from 'ethers'
import { ChannelStatus, SkipReason } from '../../../sdk/src/generated/constants.ts'
import { settleRow, termsHashOf, totals } from './channels.ts'
import type { Channel } from './channels.ts'
import { secp256k1Device } from './devices.ts'
import { putChannel } from './storage.ts'
import { CLOSE_DELAY_FLOOR, deploy, deployWorld, networkHelpers } from './world.ts'
import type { World } from './world.ts'

export type Row = Awaited<ReturnType<typeof settleRow>>
const { NOT_OPEN, STALE_VOUCHER, WRONG_SIGNER } = SkipReason
const DEPOSIT = 1_000n

/** An open channel between the car and the charger, of which 100 are settled, and a stranger that settles. */
export async function openToSettle() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const put = await putChannel(world, { settled: 100n, deposit: DEPOSIT })
  const escrow = world.escrow.connect(world.stranger)
  const { beneficiary, token } = put.channel
  const settle = (rows: Row[]) => escrow.settle([{ beneficiary, token, rows }])
  const rowOf = (total: bigint, version = 1n) => settleRow(world, put.channel, put.payer, totals(total, version))
  const payout = () => escrow.payoutOf(beneficiary, token)
  return { ...put, world, escrow, beneficiary, token, settle, rowOf, payout }
}

export type Bad = { row: Row; channelId: string; reason: number }
type MakeBad = (opened: Awaited<ReturnType<typeof openToSettle>>) => Promise<Bad>

/** A good row for `channel`, sent to where the batch is for another beneficiary and token. */
async function stray(world: World, channel: Channel, sentTo: Partial<Channel> = {}): Promise<Bad> {
  const row = await settleRow(world, channel, world.car, totals(500n))
  return { row, channelId: await world.escrowMessages.channelIdOf({ ...channel, ...sentTo }), reason: NOT_OPEN }
}

export const BAD_ROWS: Record<string, MakeBad> = {
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
