/**
 * spend, through the real escrow
 * |-- when it opens a channel ... it counts the deposit
 * |-- when it tops a channel up ... it counts the amount
 * |-- when a deposit exceeds the ceiling ... it reverts with CeilingExceeded
 * `-- when it settles and closes ... the exposure stays
 */
import { expect } from 'chai'
import { bindingIdOf } from '../helpers/bindings.ts'
import { closeMessage, openChannel, settleRow, totals } from '../helpers/channels.ts'
import { YEN, deployWorld, networkHelpers } from '../helpers/world.ts'

const CEILING = 10_000n * YEN

describe('spend, through the real escrow', () => {
  it('when it opens a channel ... it counts the deposit', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { payerBinding, deposit } = await openChannel(world)
    expect(await world.registry.exposureOf(payerBinding)).to.equal(deposit)
  })

  it('when it tops a channel up ... it counts the amount', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel, payerBinding, deposit } = await openChannel(world)
    await world.escrow.connect(world.funder).topUp(channel, payerBinding, 7n * YEN)
    expect(await world.registry.exposureOf(payerBinding)).to.equal(deposit + 7n * YEN)
  })

  it('when a deposit exceeds the ceiling ... it reverts with CeilingExceeded', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel, payerBinding, deposit } = await openChannel(world)
    await expect(world.escrow.connect(world.funder).topUp(channel, payerBinding, CEILING))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
      .withArgs(bindingIdOf(payerBinding), deposit + CEILING, CEILING)
  })

  it('when it settles and closes ... the exposure stays', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel, channelId, payer, payee, payerBinding, deposit } = await openChannel(world)
    const promised = totals(3n * YEN)
    const row = await settleRow(world, channel, payer, promised)
    await world.escrow.settle([{ beneficiary: channel.beneficiary, token: channel.token, rows: [row] }])
    const last = payee.signParts(await closeMessage(world, channelId, promised))
    const { cumulativeAmount, version, receiptsRoot } = promised
    await world.escrow.close(channel, cumulativeAmount, version, receiptsRoot, last, 0n, last)
    expect(await world.registry.exposureOf(payerBinding)).to.equal(deposit)
  })
})
