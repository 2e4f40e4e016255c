/**
 * settle: vouchers, streams and locks of one channel, in every order
 * |-- given a voucher of 300, a stream of 400 and 550, and a lock of 600
 * |   `-- when they are settled ... (each of 24 orders) it pays the largest single total so far, never a sum
 * |-- given a newer voucher of the same total ... a stream or a lock pays nothing more
 * |-- given a stream of an older version above a newer voucher ... it pays the difference
 * `-- given all of them again ... none pays anything
 */
import { expect } from 'chai'
import { SkipReason } from '../../../sdk/src/generated/constants.ts'
import { openChannel, packTotals, settleRow, totals } from '../helpers/channels.ts'
import { hashlockArguments, streamArguments } from '../helpers/reveals.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

const DEPOSIT = 1_000n

async function prepare() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const { channel, channelId, payer } = await openChannel(world, DEPOSIT)
  const { beneficiary, token } = channel
  const escrow = world.escrow.connect(world.stranger)

  const voucher = async (total: bigint, version: bigint) => {
    const row = await settleRow(world, channel, payer, totals(total, version))
    return escrow.settle([{ beneficiary, token, rows: [row] }])
  }
  const stream = async (base: bigint, version: bigint, ticks: number) => {
    const size = { tickAmount: 50n, tickCount: 10, ticks }
    return escrow.settleStream(...(await streamArguments(world, channel, payer, totals(base, version), size)))
  }
  const lock = async (base: bigint, version: bigint, lockedAmount: bigint) =>
    escrow.settleHashlock(...(await hashlockArguments(world, channel, payer, totals(base, version), { lockedAmount })))

  const paysNothing = async (sending: Promise<unknown>, promised: bigint, settled: bigint) => {
    await expect(sending)
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NothingToSettle')
      .withArgs(channelId, promised, settled, DEPOSIT)
  }
  const paid = async () => [
    (await escrow.channelOf(channelId)).settled as bigint,
    (await escrow.payoutOf(beneficiary, token)) as bigint,
  ]
  return { escrow, channelId, voucher, stream, lock, paysNothing, paid }
}

type Prepared = Awaited<ReturnType<typeof prepare>>
type Promised = {
  readonly title: string
  readonly total: bigint
  readonly version: bigint
  readonly settle: (prepared: Prepared) => Promise<unknown>
}

/** Totals and versions rise in different orders: only the total counts. */
const PROMISES: readonly Promised[] = [
  { title: 'voucher 300', total: 300n, version: 4n, settle: ({ voucher }) => voucher(300n, 4n) },
  { title: 'stream 400', total: 400n, version: 2n, settle: ({ stream }) => stream(300n, 2n, 2) },
  { title: 'stream 550', total: 550n, version: 2n, settle: ({ stream }) => stream(300n, 2n, 5) },
  { title: 'lock 600', total: 600n, version: 3n, settle: ({ lock }) => lock(350n, 3n, 250n) },
]

function ordersOf<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, place) => ordersOf(items.toSpliced(place, 1)).map((rest) => [item, ...rest]))
}

/** Settles one, and returns what is settled then. */
async function settleNext(prepared: Prepared, promised: Promised, settled: bigint): Promise<bigint> {
  const { escrow, channelId, paysNothing } = prepared
  const { title, total, version, settle } = promised
  if (total > settled) {
    const { receiptsRoot } = totals(total, version)
    await expect(settle(prepared))
      .to.emit(escrow, 'VoucherSettled')
      .withArgs(channelId, packTotals(total, total, version), receiptsRoot)
    return total
  }
  if (title.startsWith('voucher')) {
    await expect(settle(prepared)).to.emit(escrow, 'RowSkipped').withArgs(channelId, SkipReason.STALE_VOUCHER)
  } else await paysNothing(settle(prepared), total, settled)
  return settled
}

describe('settle: vouchers, streams and locks of one channel, in every order', () => {
  for (const order of ordersOf(PROMISES)) {
    it(`when it is ${order.map(({ title }) => title).join(', ')} ... it pays the largest total so far, never a sum`, async () => {
      const prepared = await prepare()
      let settled = 0n
      for (const promised of order) {
        settled = await settleNext(prepared, promised, settled)
        expect(await prepared.paid()).to.deep.equal([settled, settled])
      }
      expect(settled).to.equal(600n)
    })
  }

  it('given a newer voucher of the same total ... a stream or a lock pays nothing more', async () => {
    const { voucher, stream, lock, paysNothing, paid } = await prepare()
    await voucher(400n, 9n)
    await paysNothing(stream(300n, 1n, 2), 400n, 400n)
    await paysNothing(lock(300n, 2n, 100n), 400n, 400n)
    await paysNothing(stream(300n, 1n, 1), 350n, 400n)
    expect(await paid()).to.deep.equal([400n, 400n])
  })

  it('given a stream of an older version above a newer voucher ... it pays the difference', async () => {
    const { voucher, stream, paid } = await prepare()
    await voucher(400n, 9n)
    await stream(300n, 1n, 3)
    expect(await paid()).to.deep.equal([450n, 450n])
  })

  it('given all of them again ... none pays anything', async () => {
    const prepared = await prepare()
    for (const { settle } of PROMISES) await settle(prepared)
    for (const promised of PROMISES) expect(await settleNext(prepared, promised, 600n)).to.equal(600n)
    expect(await prepared.paid()).to.deep.equal([600n, 600n])
  })
})
