/**
 * topUpFromBalance
 * |-- (each case of helpers/toppingUpCases.ts)
 * |-- given too small a balance ... it reverts with BalanceTooLow, and the deposit stays
 * |-- given an allowance and no balance ... it reverts with BalanceTooLow
 * `-- given a balance
 *     |-- it takes the amount out of the balance, and moves no token
 *     |-- it emits ChannelToppedUp with the new deposit
 *     `-- when the amount is the whole balance ... it tops up
 */
import { expect } from 'chai'
import { DepositSource } from '../../../sdk/src/generated/constants.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { bindBothEnds } from '../helpers/newMoneyCases.ts'
import type { Scene } from '../helpers/newMoneyCases.ts'
import { FIRST_DEPOSIT, describeToppingUp } from '../helpers/toppingUpCases.ts'
import { YEN, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'

const BALANCE = 500_000n * YEN

/** Opened out of the allowance, so that the balance is the test's own. */
async function unfunded() {
  const bound = await bindBothEnds(await networkHelpers.loadFixture(deployWorld))
  const { world, payer } = bound
  const escrow = world.escrow.connect(world.funder)
  await escrow.open(bound.channel, payer.binding, FIRST_DEPOSIT)
  const send: Scene['send'] = ({
    channel = bound.channel,
    binding = payer.binding,
    amount = 100n,
    caller = world.funder,
  } = {}) => escrow.connect(caller).topUpFromBalance(channel, binding, amount)
  const channelId = await channelIdOf(world, bound.channel)
  const account = world.funder.address
  return { ...bound, channelId, account, escrow, send, event: 'ChannelToppedUp', exposure: FIRST_DEPOSIT }
}

async function prepare() {
  const scene = await unfunded()
  await scene.escrow.depositBalance(scene.channel.token, BALANCE)
  return scene
}

describe('topUpFromBalance', () => {
  describeToppingUp('topUpFromBalance', prepare)

  it('given too small a balance ... it reverts with BalanceTooLow, and the deposit stays', async () => {
    const { world, escrow, account, channel, channelId, payer, send } = await unfunded()
    await escrow.depositBalance(channel.token, 99n)
    await expect(send())
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BalanceTooLow')
      .withArgs(account, 100n, 99n)
    expect((await escrow.channelOf(channelId)).deposit).to.equal(FIRST_DEPOSIT)
    expect(await world.registry.exposureOf(payer.binding)).to.equal(FIRST_DEPOSIT)
  })

  it('given an allowance and no balance ... it reverts with BalanceTooLow', async () => {
    const { escrow, account, send } = await unfunded()
    await expect(send())
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BalanceTooLow')
      .withArgs(account, 100n, 0n)
  })

  describe('given a balance', () => {
    it('it takes the amount out of the balance, and moves no token', async () => {
      const { world, escrow, account, channel, send } = await prepare()
      await expect(send()).to.changeTokenBalances(ethers, world.token, [account, escrow], [0n, 0n])
      expect(await escrow.balanceOf(account, channel.token)).to.equal(BALANCE - 100n)
    })

    it('it emits ChannelToppedUp with the new deposit', async () => {
      const { escrow, channelId, send } = await prepare()
      await expect(send())
        .to.emit(escrow, 'ChannelToppedUp')
        .withArgs(channelId, FIRST_DEPOSIT + 100n, DepositSource.BALANCE)
    })

    it('when the amount is the whole balance ... it tops up', async () => {
      const { escrow, account, channel, send } = await unfunded()
      await escrow.depositBalance(channel.token, 100n)
      await expect(send()).to.emit(escrow, 'ChannelToppedUp')
      expect(await escrow.balanceOf(account, channel.token)).to.equal(0n)
    })
  })
})
