/**
 * settle: a hundred rows and more
 * |-- given a hundred good rows
 * |   |-- when a bad row of a kind (BAD_ROWS) is first, in the middle, last ... it skips it, and settles the hundred
 * |   `-- when they come twice over ... it settles each once, and skips the second as stale
 * `-- given a thousand rows of one beneficiary ... it settles them within the gas of one transaction
 */
import { expect } from 'chai'
import { SkipReason } from '../../../sdk/src/generated/constants.ts'
import { BAD_ROWS, openToSettle } from '../helpers/badRows.ts'
import type { Row } from '../helpers/badRows.ts'
import { settleRow, totals } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { escrowEventsOf } from '../helpers/events.ts'
import { putChannel } from '../helpers/storage.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

/** EIP-7825: no transaction may have more. */
const TRANSACTION_GAS_MAX = 2 ** 24
const TOTAL = 30n

type Good = { readonly rows: readonly Row[]; readonly channelIds: readonly string[] }

/** So many channels of the world's beneficiary, and a row for each. */
async function fill(world: World, count: number): Promise<Good> {
  const [rows, channelIds]: [Row[], string[]] = [[], []]
  for (let n = 0; n < count; ++n) {
    const { channel, channelId, payer } = await putChannel(world, { payer: secp256k1Device(`car ${n} of many`) })
    rows.push(await settleRow(world, channel, payer, totals(TOTAL)))
    channelIds.push(channelId)
  }
  return { rows, channelIds }
}

async function hundred() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return fill(world, 100)
}

describe('settle: a hundred rows and more', () => {
  let signed: Good | undefined
  /** Signed once: every world of the fixture has the same domain, so only the channels must be put there again. */
  const prepare = async () => {
    signed ??= await hundred()
    const opened = await openToSettle()
    for (let n = 0; n < 100; ++n) await putChannel(opened.world, { payer: secp256k1Device(`car ${n} of many`) })
    return { ...opened, good: signed }
  }

  for (const [kind, make] of Object.entries(BAD_ROWS)) {
    it(`when a bad row ${kind} is first, in the middle, last ... it skips it, and settles the hundred`, async () => {
      const { good, ...opened } = await prepare()
      const bad = await make(opened)
      const before = await networkHelpers.takeSnapshot()
      for (const position of [0, 50, 100]) {
        const settling = opened.settle(good.rows.toSpliced(position, 0, bad.row))
        const events = await escrowEventsOf(opened.world, settling)
        const told = events.map(([name, channelId]) => [name, channelId])
        const settled = good.channelIds.map((channelId) => ['VoucherSettled', channelId])
        expect(told).to.deep.equal(settled.toSpliced(position, 0, ['RowSkipped', bad.channelId]))
        expect(events[position]).to.deep.equal(['RowSkipped', bad.channelId, BigInt(bad.reason)])
        expect(await opened.payout()).to.equal(100n * TOTAL)
        await before.restore()
      }
    })
  }

  it('when they come twice over ... it settles each once, and skips the second as stale', async () => {
    const { good, world, settle, payout } = await prepare()
    const events = await escrowEventsOf(world, settle([...good.rows, ...good.rows]))
    expect(events.slice(0, 100).map(([name]) => name)).to.deep.equal(good.rows.map(() => 'VoucherSettled'))
    const stale = good.channelIds.map((channelId) => ['RowSkipped', channelId, BigInt(SkipReason.STALE_VOUCHER)])
    expect(events.slice(100)).to.deep.equal(stale)
    expect(await payout()).to.equal(100n * TOTAL)
  })

  it('given a thousand rows of one beneficiary ... it settles them within the gas of one transaction', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { rows } = await fill(world, 1_000)
    const [beneficiary, token] = [world.beneficiary.address, world.token.target]
    const gasLimit = TRANSACTION_GAS_MAX
    const sent = await world.escrow.settle([{ beneficiary, token, rows }], { gasLimit })
    const { gasUsed } = (await sent.wait())!
    expect(await world.escrow.payoutOf(beneficiary, token)).to.equal(1_000n * TOTAL)
    expect(gasUsed).to.be.below(TRANSACTION_GAS_MAX)
  }).timeout(120_000)
})
