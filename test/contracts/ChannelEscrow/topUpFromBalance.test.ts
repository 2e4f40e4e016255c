/**
 * topUpFromBalance
 * |-- (each case of helpers/toppingUpCases.ts; the funder's own call, as in helpers/senderCases.ts)
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
import { FIRST_DEPOSIT, bindBothEnds, plainly, toppingUpScene } from '../helpers/depositScenes.ts'
import { describeFunderAlone } from '../helpers/senderCases.ts'
import { describeToppingUp } from '../helpers/toppingUpCases.ts'
import { YEN, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'

const BALANCE = 500_000n * YEN

/** Opened out of the allowance, so that the balance is the test's own. */
async function unfunded() {
  const ends = await bindBothEnds(await networkHelpers.loadFixture(deployWorld))
  const scene = await toppingUpScene(ends, 'topUpFromBalance', plainly)
  return { ...scene, channelId: await channelIdOf(scene.world, scene.channel), account: scene.world.funder.address }
}

async function prepare() {
  const scene = await unfunded()
  await scene.escrow.depositBalance(scene.channel.token, BALANCE)
  return scene
}

describe('topUpFromBalance', () => {
  describeToppingUp(prepare)
  describeFunderAlone(prepare)

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
