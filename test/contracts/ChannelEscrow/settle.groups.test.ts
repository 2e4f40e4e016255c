/**
 * settle: several groups
 * |-- when they have other beneficiaries ... it pays each its own
 * |-- when they have other tokens ... it pays each token's own
 * |-- when they have the same beneficiary and token ... it pays the sum
 * |-- when one of them has bad rows alone ... it pays the others
 * |-- given rows of secp256k1 and P-256 devices ... it pays them all
 * `-- given a hundred rows ... it pays the sum
 */
import { expect } from 'chai'
import { settleRow, totals } from '../helpers/channels.ts'
import type { Channel } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { putChannel } from '../helpers/storage.ts'
import { deploy, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

/** No channel yet, and a stranger that settles. */
async function emptyWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const escrow = world.escrow.connect(world.stranger)
  const [beneficiary, token] = [world.beneficiary.address, String(world.token.target)]
  const payout = async () => (await escrow.payoutOf(beneficiary, token)) as bigint
  return { world, escrow, beneficiary, token, payout }
}

/** A group of one row for a channel that is there already. */
async function groupOf(world: World, put: Awaited<ReturnType<typeof putChannel>>, total: bigint) {
  const { beneficiary, token }: Channel = put.channel
  return { beneficiary, token, rows: [await settleRow(world, put.channel, put.payer, totals(total))] }
}

describe('settle: several groups', () => {
  it('when they have other beneficiaries ... it pays each its own', async () => {
    const { world, escrow, token } = await emptyWorld()
    const groups = []
    for (const [beneficiary, total] of [
      [world.relayer, 30n],
      [world.stranger, 50n],
    ] as const) {
      groups.push(await groupOf(world, await putChannel({ ...world, beneficiary }), total))
    }
    await escrow.settle(groups)
    expect(await escrow.payoutOf(world.relayer.address, token)).to.equal(30n)
    expect(await escrow.payoutOf(world.stranger.address, token)).to.equal(50n)
  })

  it("when they have other tokens ... it pays each token's own", async () => {
    const { world, escrow, beneficiary, token } = await emptyWorld()
    const other = await deploy('LocalJpyToken', [world.admin.address])
    const payee = world.p256Charger
    const groups = [
      await groupOf(world, await putChannel(world, { payee }), 30n),
      await groupOf(world, await putChannel({ ...world, token: other }, { payee }), 50n),
    ]
    await escrow.settle(groups)
    expect(await escrow.payoutOf(beneficiary, token)).to.equal(30n)
    expect(await escrow.payoutOf(beneficiary, other.target)).to.equal(50n)
  })

  it('when they have the same beneficiary and token ... it pays the sum', async () => {
    const { world, escrow, payout } = await emptyWorld()
    const payers = [secp256k1Device('second car'), secp256k1Device('third car')]
    const groups = []
    for (const payer of payers) groups.push(await groupOf(world, await putChannel(world, { payer }), 30n))
    await escrow.settle(groups)
    expect(await payout()).to.equal(60n)
  })

  it('when one of them has bad rows alone ... it pays the others', async () => {
    const { world, escrow, beneficiary, token, payout } = await emptyWorld()
    const good = await groupOf(world, await putChannel(world, { payee: world.p256Charger }), 30n)
    const bad = { ...good, beneficiary: world.relayer.address }
    await escrow.settle([bad, { beneficiary, token, rows: [] }, good, bad])
    expect(await payout()).to.equal(30n)
    expect(await escrow.payoutOf(world.relayer.address, token)).to.equal(0n)
  })

  it('given rows of secp256k1 and P-256 devices ... it pays them all', async () => {
    const { world, escrow, beneficiary, token, payout } = await emptyWorld()
    const rows = []
    for (const payer of [world.p256Car, world.car]) {
      const { channel } = await putChannel(world, { payer })
      rows.push(await settleRow(world, channel, payer, totals(40n)))
    }
    await expect(escrow.settle([{ beneficiary, token, rows }])).not.to.emit(escrow, 'RowSkipped')
    expect(await payout()).to.equal(80n)
  })

  it('given a hundred rows ... it pays the sum', async () => {
    const { world, escrow, beneficiary, token, payout } = await emptyWorld()
    const rows = []
    for (let n = 1; n <= 100; n++) {
      const { channel, payer } = await putChannel(world, { payer: secp256k1Device(`car ${n}`) })
      rows.push(await settleRow(world, channel, payer, totals(BigInt(n))))
    }
    await escrow.settle([{ beneficiary, token, rows }])
    expect(await payout()).to.equal(5_050n)
  })
})
