/**
 * open
 * |-- (each case of helpers/openingCases.ts; the funder's own call, as in helpers/senderCases.ts)
 * |-- given an escrow that is not registered ... it reverts with the registry's NotEscrow
 * |-- given too small an allowance ... it reverts with the token's error, and nothing is open
 * |-- given a balance and no allowance ... it reverts with the token's error
 * |-- given a token that returns false ... it reverts with SafeERC20FailedOperation
 * |-- given a token that takes a fee ... it reverts with WrongAmountReceived, and nothing is open
 * |-- given a token that takes more than it brings ... it reverts with WrongAmountReceived
 * |-- given a token that calls back
 * |   |-- it refuses every call that moves money, and opens once
 * |   `-- when the token settles and closes the new channel ... the books hold what came in
 * |-- given a token that returns nothing ... it opens
 * `-- given an allowance
 *     |-- it stores the deposit and open
 *     |-- it returns the channel's id
 *     |-- it takes the tokens, and touches no balance
 *     |-- it emits ChannelOpened with all that the id is made of
 *     `-- when the deposit needs all 96 bits ... it opens
 */
import { expect } from 'chai'
import { ChannelStatus, DepositSource } from '../../../sdk/src/generated/constants.ts'
import { bind } from '../helpers/bindings.ts'
import { channelIdOf, closeMessage, makeChannel, settleRow, totals } from '../helpers/channels.ts'
import type { Channel } from '../helpers/channels.ts'
import { FIRST_DEPOSIT as DEPOSIT, bindBothEnds, openingScene, plainly } from '../helpers/depositScenes.ts'
import { describeOpening } from '../helpers/openingCases.ts'
import { armMoneyMovers, expectAllRefused } from '../helpers/reentrancy.ts'
import { describeFunderAlone } from '../helpers/senderCases.ts'
import { worldWithToken } from '../helpers/tokens.ts'
import { CLOSE_DELAY_FLOOR, deploy, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

async function sceneIn(world: World) {
  return openingScene(await bindBothEnds(world), 'open', plainly)
}

async function prepare() {
  return sceneIn(await networkHelpers.loadFixture(deployWorld))
}

async function expectNeverOpened(world: World, channel: Channel) {
  const state = await world.escrow.channelOf(await channelIdOf(world, channel))
  expect(state).to.deep.equal([0n, 0n, 0n, BigInt(ChannelStatus.NONE)])
}

describe('open', () => {
  describeOpening(prepare)
  describeFunderAlone(prepare)

  it("given an escrow that is not registered ... it reverts with the registry's NotEscrow", async () => {
    const { world, channel, payer } = await prepare()
    const escrow = await deploy('ChannelEscrow', [world.registry.target, CLOSE_DELAY_FLOOR])
    await expect(escrow.connect(world.funder).open(channel, payer.binding, 1n))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotEscrow')
      .withArgs(escrow.target)
  })

  it("given too small an allowance ... it reverts with the token's error, and nothing is open", async () => {
    const { world, channel, send, payer } = await prepare()
    await world.token.connect(world.funder).approve(world.escrow.target, DEPOSIT - 1n)
    await expect(send())
      .to.be.revertedWithCustomError(world.token, 'ERC20InsufficientAllowance')
      .withArgs(world.escrow.target, DEPOSIT - 1n, DEPOSIT)
    await expectNeverOpened(world, channel)
    expect(await world.registry.exposureOf(payer.binding)).to.equal(0n)
  })

  it("given a balance and no allowance ... it reverts with the token's error", async () => {
    const { world, escrow, channel, send } = await prepare()
    await escrow.depositBalance(channel.token, DEPOSIT)
    await world.token.connect(world.funder).approve(world.escrow.target, 0n)
    await expect(send())
      .to.be.revertedWithCustomError(world.token, 'ERC20InsufficientAllowance')
      .withArgs(world.escrow.target, 0n, DEPOSIT)
  })

  it('given a token that returns false ... it reverts with SafeERC20FailedOperation', async () => {
    const { world, token } = await worldWithToken('FalseToken')
    const { send } = await sceneIn(world)
    await token.refuse()
    await expect(send()).to.be.revertedWithCustomError(world.escrow, 'SafeERC20FailedOperation').withArgs(token.target)
  })

  it('given a token that takes a fee ... it reverts with WrongAmountReceived, and nothing is open', async () => {
    const { world, token } = await worldWithToken('FeeToken')
    const { channel, send } = await sceneIn(world)
    await token.setFee(1n)
    await expect(send())
      .to.be.revertedWithCustomError(world.escrow, 'TokenCollector_WrongAmountReceived')
      .withArgs(token.target, DEPOSIT - 1n, DEPOSIT)
    await expectNeverOpened(world, channel)
  })

  it('given a token that takes more than it brings ... it reverts with WrongAmountReceived', async () => {
    const { world, token } = await worldWithToken('FeeToken')
    const { escrow, send } = await sceneIn(world)
    await escrow.depositBalance(token.target, 10n)
    await token.setFee(DEPOSIT + 5n)
    await expect(send())
      .to.be.revertedWithCustomError(world.escrow, 'TokenCollector_WrongAmountReceived')
      .withArgs(token.target, 0n, DEPOSIT)
  })

  describe('given a token that calls back', () => {
    it('it refuses every call that moves money, and opens once', async () => {
      const { world, token } = await worldWithToken('ReenteringToken')
      const { escrow, channel, payer } = await sceneIn(world)
      const count = await armMoneyMovers(world, token)
      await expectAllRefused(world, token, await escrow.open(channel, payer.binding, 10n), count)
      expect((await escrow.channelOf(await channelIdOf(world, channel))).deposit).to.equal(10n)
      expect(await token.balanceOf(escrow.target)).to.equal(10n)
    })

    it('when the token settles and closes the new channel ... the books hold what came in', async () => {
      const { world, token } = await worldWithToken('ReenteringToken')
      const { escrow, channel, send } = await sceneIn(world)
      const channelId = await channelIdOf(world, channel)
      const { version, receiptsRoot } = totals(4n)
      const row = await settleRow(world, channel, world.car, totals(4n))
      const groups = [{ beneficiary: channel.beneficiary, token: channel.token, rows: [row] }]
      const consent = world.charger.signParts(await closeMessage(world, channelId, totals(4n)))
      const closing = [channel, 4n, version, receiptsRoot, consent, 0n, consent]
      await token.arm(escrow.target, escrow.interface.encodeFunctionData('settle', [groups]))
      await token.arm(escrow.target, escrow.interface.encodeFunctionData('close', closing))
      await send({ amount: 10n })
      expect(await escrow.channelOf(channelId)).to.deep.equal([4n, 10n, 0n, BigInt(ChannelStatus.CLOSED)])
      expect(await escrow.payoutOf(channel.beneficiary, token.target)).to.equal(4n)
      expect(await escrow.balanceOf(world.funder.address, token.target)).to.equal(6n)
      expect(await token.balanceOf(escrow.target)).to.equal(10n)
    })
  })

  it('given a token that returns nothing ... it opens', async () => {
    const { world, token } = await worldWithToken('SilentToken')
    const { send } = await sceneIn(world)
    await send()
    expect(await token.balanceOf(world.escrow.target)).to.equal(DEPOSIT)
  })

  describe('given an allowance', () => {
    it('it stores the deposit and open', async () => {
      const { world, channel, send } = await prepare()
      await send()
      const state = await world.escrow.channelOf(await channelIdOf(world, channel))
      expect(state).to.deep.equal([0n, DEPOSIT, 0n, BigInt(ChannelStatus.OPEN)])
    })

    it("it returns the channel's id", async () => {
      const { world, escrow, channel, payer } = await prepare()
      const returned = await escrow.getFunction('open').staticCall(channel, payer.binding, DEPOSIT)
      expect(returned).to.equal(await channelIdOf(world, channel))
    })

    it('it takes the tokens, and touches no balance', async () => {
      const { world, escrow, channel, send } = await prepare()
      await escrow.depositBalance(channel.token, 7n)
      await expect(send()).to.changeTokenBalances(ethers, world.token, [world.funder, escrow], [-DEPOSIT, DEPOSIT])
      expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(7n)
    })

    it('it emits ChannelOpened with all that the id is made of', async () => {
      const { world, channel, send } = await prepare()
      const { payer, beneficiary, token, terms } = channel
      await expect(send())
        .to.emit(world.escrow, 'ChannelOpened')
        .withArgs(
          await channelIdOf(world, channel),
          [payer, beneficiary, token, Object.values(terms)],
          DEPOSIT,
          DepositSource.ALLOWANCE,
        )
    })

    it('when the deposit needs all 96 bits ... it opens', async () => {
      const { world, payee, send } = await prepare()
      const amount = 2n ** 96n - 1n
      await world.token.mint(world.funder.address, amount)
      await world.token.connect(world.funder).approve(world.escrow.target, amount)
      const { binding, bindingId } = await bind(world, world.p256Car, world.party, { maxPerPeriod: amount })
      const ends = { payer: world.p256Car, payee: world.charger }
      const channel = makeChannel(world, { ...ends, payerBindingId: bindingId, payeeBindingId: payee.bindingId })
      await send({ channel, binding, amount })
      const { deposit } = await world.escrow.channelOf(await channelIdOf(world, channel))
      expect(deposit).to.equal(amount)
    })
  })
})
