/**
 * topUp
 * |-- (each case of helpers/toppingUpCases.ts; the funder's own call, as in helpers/senderCases.ts)
 * |-- given too small an allowance ... it reverts with the token's error, and the deposit stays
 * |-- given a token that returns false ... it reverts with SafeERC20FailedOperation
 * |-- given a token that takes a fee ... it reverts with WrongAmountReceived, and the deposit stays
 * |-- given a token that calls back ... it refuses every call that moves money, and tops up once
 * |-- given a token that returns nothing ... it tops up
 * `-- given an allowance
 *     |-- it takes the tokens, and touches no balance
 *     `-- it emits ChannelToppedUp with the new deposit
 */
import { expect } from 'chai'
import { DepositSource } from '../../../sdk/src/generated/constants.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { FIRST_DEPOSIT, bindBothEnds, plainly, toppingUpScene } from '../helpers/depositScenes.ts'
import { armMoneyMovers, expectAllRefused } from '../helpers/reentrancy.ts'
import { describeFunderAlone } from '../helpers/senderCases.ts'
import { worldWithToken } from '../helpers/tokens.ts'
import { describeToppingUp } from '../helpers/toppingUpCases.ts'
import { deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

async function sceneIn(world: World) {
  const scene = await toppingUpScene(await bindBothEnds(world), 'topUp', plainly)
  return { ...scene, channelId: await channelIdOf(world, scene.channel) }
}

async function prepare() {
  return sceneIn(await networkHelpers.loadFixture(deployWorld))
}

describe('topUp', () => {
  describeToppingUp(prepare)
  describeFunderAlone(prepare)

  it("given too small an allowance ... it reverts with the token's error, and the deposit stays", async () => {
    const { world, escrow, channelId, payer, send } = await prepare()
    await world.token.connect(world.funder).approve(escrow.target, 99n)
    await expect(send())
      .to.be.revertedWithCustomError(world.token, 'ERC20InsufficientAllowance')
      .withArgs(escrow.target, 99n, 100n)
    expect((await escrow.channelOf(channelId)).deposit).to.equal(FIRST_DEPOSIT)
    expect(await world.registry.exposureOf(payer.binding)).to.equal(FIRST_DEPOSIT)
  })

  it('given a token that returns false ... it reverts with SafeERC20FailedOperation', async () => {
    const { world, token } = await worldWithToken('FalseToken')
    const { escrow, send } = await sceneIn(world)
    await token.refuse()
    await expect(send()).to.be.revertedWithCustomError(escrow, 'SafeERC20FailedOperation').withArgs(token.target)
  })

  it('given a token that takes a fee ... it reverts with WrongAmountReceived, and the deposit stays', async () => {
    const { world, token } = await worldWithToken('FeeToken')
    const { escrow, channelId, send } = await sceneIn(world)
    for (const [fee, received] of [
      [1n, 99n],
      [150n, 0n],
    ] as const) {
      await token.setFee(fee)
      await expect(send())
        .to.be.revertedWithCustomError(escrow, 'TokenCollector_WrongAmountReceived')
        .withArgs(token.target, received, 100n)
    }
    expect((await escrow.channelOf(channelId)).deposit).to.equal(FIRST_DEPOSIT)
  })

  it('given a token that calls back ... it refuses every call that moves money, and tops up once', async () => {
    const { world, token } = await worldWithToken('ReenteringToken')
    const { escrow, channel, channelId, payer } = await sceneIn(world)
    const count = await armMoneyMovers(world, token)
    await expectAllRefused(world, token, await escrow.topUp(channel, payer.binding, 100n), count)
    expect((await escrow.channelOf(channelId)).deposit).to.equal(FIRST_DEPOSIT + 100n)
    expect(await token.balanceOf(escrow.target)).to.equal(FIRST_DEPOSIT + 100n)
  })

  it('given a token that returns nothing ... it tops up', async () => {
    const { world, token } = await worldWithToken('SilentToken')
    const { escrow, send } = await sceneIn(world)
    await send()
    expect(await token.balanceOf(escrow.target)).to.equal(FIRST_DEPOSIT + 100n)
  })

  describe('given an allowance', () => {
    it('it takes the tokens, and touches no balance', async () => {
      const { world, escrow, channel, send } = await prepare()
      await escrow.depositBalance(channel.token, 7n)
      await expect(send()).to.changeTokenBalances(ethers, world.token, [world.funder, escrow], [-100n, 100n])
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(7n)
    })

    it('it emits ChannelToppedUp with the new deposit', async () => {
      const { escrow, channelId, send } = await prepare()
      await expect(send())
        .to.emit(escrow, 'ChannelToppedUp')
        .withArgs(channelId, FIRST_DEPOSIT + 100n, DepositSource.ALLOWANCE)
    })
  })
})
