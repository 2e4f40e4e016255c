/**
 * topUpWithOrder
 * |-- (each case of helpers/toppingUpCases.ts, of helpers/orderCases.ts; the funder's signature, as in helpers/senderCases.ts)
 * |-- given the order was used ... it reverts with BadSignature
 * |-- given another top up came before it ... it reverts with BadSignature
 * |-- given two orders for the same deposit before ... it takes one of them
 * |-- given an order for a deposit to come ... it takes the money when that has come
 * |-- given the channel was closed ... it reverts with NotOpen, and the balance stays
 * |-- given a close is pending ... it reverts with Closing, and the balance stays
 * `-- given a good order ... it emits ChannelToppedUp with the new deposit
 */
import { expect } from 'chai'
import { ChannelStatus, DepositSource } from '../../../sdk/src/generated/constants.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { FIRST_DEPOSIT, FIRST_TOP_UP, bindBothEnds, toppingUpScene } from '../helpers/depositScenes.ts'
import type { ArgumentsOf } from '../helpers/depositScenes.ts'
import { describeOrders } from '../helpers/orderCases.ts'
import { describeRelayed } from '../helpers/senderCases.ts'
import { signOrder } from '../helpers/signedDeposits.ts'
import { describeToppingUp } from '../helpers/toppingUpCases.ts'
import { FAR_OFF, HOUR, YEN, deployWorld, networkHelpers } from '../helpers/world.ts'

const BALANCE = 500_000n * YEN

async function ready(ends: Awaited<ReturnType<typeof bindBothEnds>>) {
  const { world } = ends
  const argumentsOf: ArgumentsOf = async ({ channel, binding, amount }) => {
    const channelId = await channelIdOf(world, channel)
    const { deposit: depositBefore } = await world.escrow.channelOf(channelId)
    const signature = await signOrder(world, { channelId, amount, depositBefore, deadline: FAR_OFF })
    return [channel, binding, signature, FAR_OFF, amount]
  }
  const scene = await toppingUpScene(ends, 'topUpWithOrder', argumentsOf, world.stranger)
  await scene.escrow.depositBalance(ends.channel.token, BALANCE)
  return { ...scene, channelId: await channelIdOf(world, ends.channel), balance: BALANCE }
}

async function prepare() {
  const scene = await ready(await bindBothEnds(await networkHelpers.loadFixture(deployWorld)))
  const { world, channel, channelId, payer, escrow } = scene
  /** An order as it was signed; relayed when the test calls what comes back. */
  const signed = async (amount: bigint, depositBefore: bigint) => {
    const signature = await signOrder(world, { channelId, amount, depositBefore, deadline: FAR_OFF })
    return () => world.escrow.connect(world.stranger).topUpWithOrder(channel, payer.binding, signature, FAR_OFF, amount)
  }
  const refusesOrder = (sending: Promise<unknown>) =>
    expect(sending).to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BadSignature').withArgs(world.funder.address)
  const books = async () => [
    (await escrow.channelOf(channelId)).deposit as bigint,
    (await escrow.balanceOf(world.funder.address, channel.token)) as bigint,
  ]
  return { ...scene, signed, refusesOrder, books }
}

describe('topUpWithOrder', () => {
  describeToppingUp(prepare)
  describeRelayed(prepare)
  describeOrders('topUpWithOrder', ready)

  it('given the order was used ... it reverts with BadSignature', async () => {
    const { signed, refusesOrder, books } = await prepare()
    const relay = await signed(5n, FIRST_DEPOSIT)
    await relay()
    await refusesOrder(relay())
    expect(await books()).to.deep.equal([FIRST_DEPOSIT + 5n, BALANCE - 5n])
  })

  it('given another top up came before it ... it reverts with BadSignature', async () => {
    const { escrow, channel, payer, signed, refusesOrder, books } = await prepare()
    const relay = await signed(5n, FIRST_DEPOSIT)
    await escrow.topUp(channel, payer.binding, 1n)
    await refusesOrder(relay())
    expect(await books()).to.deep.equal([FIRST_DEPOSIT + 1n, BALANCE])
  })

  it('given two orders for the same deposit before ... it takes one of them', async () => {
    const { signed, refusesOrder, books } = await prepare()
    const [first, second] = [await signed(5n, FIRST_DEPOSIT), await signed(6n, FIRST_DEPOSIT)]
    await second()
    await refusesOrder(first())
    expect(await books()).to.deep.equal([FIRST_DEPOSIT + 6n, BALANCE - 6n])
  })

  it('given an order for a deposit to come ... it takes the money when that has come', async () => {
    const { signed, refusesOrder, books } = await prepare()
    const [first, second] = [await signed(5n, FIRST_DEPOSIT), await signed(6n, FIRST_DEPOSIT + 5n)]
    await refusesOrder(second())
    await first()
    await second()
    expect(await books()).to.deep.equal([FIRST_DEPOSIT + 11n, BALANCE - 11n])
  })

  it('given the channel was closed ... it reverts with NotOpen, and the balance stays', async () => {
    const { escrow, channel, channelId, signed, books } = await prepare()
    const relay = await signed(5n, FIRST_DEPOSIT)
    await escrow.requestClose(channel)
    await networkHelpers.time.increase(3 * HOUR)
    await escrow.finalizeClose(channel)
    await expect(relay())
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen')
      .withArgs(channelId, ChannelStatus.CLOSED)
    expect(await books()).to.deep.equal([FIRST_DEPOSIT, BALANCE + FIRST_DEPOSIT])
  })

  it('given a close is pending ... it reverts with Closing, and the balance stays', async () => {
    const { escrow, channel, channelId, signed, books } = await prepare()
    const relay = await signed(5n, FIRST_DEPOSIT)
    await escrow.requestClose(channel)
    const { closeAt } = await escrow.channelOf(channelId)
    await expect(relay()).to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Closing').withArgs(channelId, closeAt)
    expect(await books()).to.deep.equal([FIRST_DEPOSIT, BALANCE])
  })

  it('given a good order ... it emits ChannelToppedUp with the new deposit', async () => {
    const { escrow, channelId, send } = await prepare()
    await expect(send())
      .to.emit(escrow, 'ChannelToppedUp')
      .withArgs(channelId, FIRST_DEPOSIT + FIRST_TOP_UP, DepositSource.BALANCE)
  })
})
