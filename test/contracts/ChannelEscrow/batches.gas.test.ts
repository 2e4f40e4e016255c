/**
 * ChannelEscrow: batches that run out of gas
 * |-- given rows to settle, of secp256k1 and P-256 devices
 * |   `-- when the gas ends anywhere ... all of them are settled, or nothing has happened
 * `-- given rows to open, each a call of its own
 *     `-- when the gas ends anywhere ... all of them are opened, or nothing has happened; none is skipped for want of gas
 */
import { expect } from 'chai'
import type { TransactionResponse } from 'ethers'
import { settleRow, totals } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { prepareFleet, stateOfRow } from '../helpers/openings.ts'
import { putChannel } from '../helpers/storage.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

const GAS_STEP = 250
/** What the call data and the first row's checks cost at least. */
const GAS_MIN = 40_000

type Batch = {
  readonly send: (gasLimit: number) => Promise<TransactionResponse>
  /** What may change. */
  readonly look: () => Promise<unknown>
  readonly whole: unknown
}

/** With every gas limit up to what is enough: how often all was done, and how often nothing. */
async function sweep({ send, look, whole }: Batch): Promise<{ done: number; undone: number }> {
  const [before, start] = [await look(), await networkHelpers.takeSnapshot()]
  const enough = Number((await (await send(2_000_000)).wait())!.gasUsed)
  await start.restore()
  let [done, undone] = [0, 0]
  for (let gasLimit = GAS_MIN; gasLimit <= 1.5 * enough; gasLimit += GAS_STEP) {
    const sent = await send(gasLimit).catch(outOfGas)
    expect(await look(), `with ${gasLimit} gas`).to.deep.equal(sent === undefined ? before : whole)
    if (sent === undefined) ++undone
    else ++done
    await start.restore()
  }
  return { done, undone }
}

function outOfGas(error: unknown): undefined {
  expect(String(error)).to.match(/gas|reverted/)
}

describe('ChannelEscrow: batches that run out of gas', () => {
  it('given rows to settle, when the gas ends anywhere ... all of them are settled, or nothing has happened', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const payers = [world.car, world.p256Car, secp256k1Device('third car')]
    const puts = await Promise.all(payers.map((payer) => putChannel(world, { payer })))
    const rows = await Promise.all(puts.map(({ channel, payer }) => settleRow(world, channel, payer, totals(30n))))
    const { beneficiary, token } = puts[0]!.channel
    const { escrow } = world
    const look = async () => [
      ...(await Promise.all(puts.map(async ({ channelId }) => (await escrow.channelOf(channelId)).settled as bigint))),
      (await escrow.payoutOf(beneficiary, token)) as bigint,
    ]
    const send = (gasLimit: number) => escrow.settle([{ beneficiary, token, rows }], { gasLimit })
    const { done, undone } = await sweep({ send, look, whole: [30n, 30n, 30n, 90n] })
    expect([done > 10, undone > 100]).to.deep.equal([true, true])
  }).timeout(120_000)

  it('given rows to open, when the gas ends anywhere ... all are opened, or nothing has happened', async () => {
    const fleet = await prepareFleet()
    const { escrow, row, carRow, balance } = fleet
    const rows = [
      row,
      await carRow(secp256k1Device('second car'), 20n),
      await carRow(secp256k1Device('third car'), 30n),
    ]
    const look = async () => [
      ...(await Promise.all(rows.map(async (its) => (await stateOfRow(fleet, its))[1]))),
      await balance(),
    ]
    const left = (await balance()) - 60n
    const send = (gasLimit: number) => escrow.openMany(rows, { gasLimit })
    const { done, undone } = await sweep({ send, look, whole: [10n, 20n, 30n, left] })
    expect([done > 10, undone > 100]).to.deep.equal([true, true])
  }).timeout(120_000)
})
