/**
 * openWithOrder
 * |-- (each case of helpers/openingCases.ts, of helpers/orderCases.ts; the funder's signature, as in helpers/senderCases.ts)
 * |-- given the order was used
 * |   |-- when it is relayed again ... it reverts with AlreadyOpened
 * |   |-- when the channel was closed ... it reverts with AlreadyOpened
 * |   `-- when it is relayed to top up ... it reverts with BadSignature
 * |-- given the channel was opened in another way ... it reverts with AlreadyOpened, and the balance stays
 * `-- given a good order
 *     |-- (each case of helpers/openedCases.ts)
 *     `-- when the amount is the whole balance ... it opens
 */
import { expect } from 'chai'
import { ChannelStatus, DepositSource } from '../../../sdk/src/generated/constants.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { FIRST_DEPOSIT, bindBothEnds, openingScene } from '../helpers/depositScenes.ts'
import type { ArgumentsOf } from '../helpers/depositScenes.ts'
import { itOpens } from '../helpers/openedCases.ts'
import { describeOpening } from '../helpers/openingCases.ts'
import { describeOrders } from '../helpers/orderCases.ts'
import { describeRelayed } from '../helpers/senderCases.ts'
import { signOrder } from '../helpers/signedDeposits.ts'
import { FAR_OFF, HOUR, YEN, deployWorld, networkHelpers } from '../helpers/world.ts'

const BALANCE = 500_000n * YEN

async function ready(ends: Awaited<ReturnType<typeof bindBothEnds>>) {
  const { world } = ends
  const argumentsOf: ArgumentsOf = async ({ channel, binding, amount }) => {
    const order = { channelId: await channelIdOf(world, channel), amount, depositBefore: 0n, deadline: FAR_OFF }
    const signature = await signOrder(world, order)
    return [channel, binding, signature, FAR_OFF, amount]
  }
  const scene = openingScene(ends, 'openWithOrder', argumentsOf, world.stranger)
  await scene.escrow.depositBalance(ends.channel.token, BALANCE)
  return { ...scene, balance: BALANCE }
}

async function prepare() {
  return ready(await bindBothEnds(await networkHelpers.loadFixture(deployWorld)))
}

describe('openWithOrder', () => {
  describeOpening(prepare)
  describeRelayed(prepare)
  describeOrders('openWithOrder', ready)

  describe('given the order was used', () => {
    it('when it is relayed again ... it reverts with AlreadyOpened', async () => {
      const { world, escrow, channel, send } = await prepare()
      await send()
      await expect(send())
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_AlreadyOpened')
        .withArgs(await channelIdOf(world, channel), ChannelStatus.OPEN)
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(BALANCE - FIRST_DEPOSIT)
    })

    it('when the channel was closed ... it reverts with AlreadyOpened', async () => {
      const { world, escrow, channel, send } = await prepare()
      await send()
      await escrow.requestClose(channel)
      await networkHelpers.time.increase(3 * HOUR)
      await escrow.finalizeClose(channel)
      await expect(send())
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_AlreadyOpened')
        .withArgs(await channelIdOf(world, channel), ChannelStatus.CLOSED)
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(BALANCE)
    })

    it('when it is relayed to top up ... it reverts with BadSignature', async () => {
      const { world, escrow, channel, payer, argumentsOf, send } = await prepare()
      await send()
      const used = await argumentsOf({ channel, binding: payer.binding, amount: FIRST_DEPOSIT })
      await expect(escrow.topUpWithOrder(...used))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BadSignature')
        .withArgs(world.funder.address)
    })
  })

  it('given the channel was opened in another way ... it reverts with AlreadyOpened, and the balance stays', async () => {
    const { world, escrow, channel, payer, send } = await prepare()
    await escrow.open(channel, payer.binding, 1n)
    await expect(send())
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_AlreadyOpened')
      .withArgs(await channelIdOf(world, channel), ChannelStatus.OPEN)
    expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(BALANCE)
  })

  describe('given a good order', () => {
    itOpens(prepare, DepositSource.BALANCE)

    it('when the amount is the whole balance ... it opens', async () => {
      const { world, escrow, channel, send } = await prepare()
      await escrow.withdrawBalance(channel.token, BALANCE - 10n)
      await expect(send({ amount: 10n })).to.emit(escrow, 'ChannelOpened')
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(0n)
    })
  })
})
