/**
 * depositBalance
 * |-- when the amount is zero ... it reverts with ZeroAmount
 * |-- given a token without code ... it reverts
 * |-- given too small an allowance ... it reverts with the token's error
 * |-- given too few tokens ... it reverts with the token's error
 * |-- given a token that returns false ... it reverts with SafeERC20FailedOperation
 * |-- given a token that takes a fee ... it reverts with WrongAmountReceived
 * |-- given a token that takes more than it brings ... it reverts with WrongAmountReceived
 * |-- given a token that blocks the escrow ... it reverts with the token's error
 * |-- given a token that blocks the caller ... it reverts with the token's error
 * |-- given a token that calls back ... it refuses every call that moves money, and books once
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given a token that returns nothing ... it raises the balance
 * `-- given an allowance
 *     |-- it takes the tokens
 *     |-- it raises the caller's balance, and nobody else's
 *     |-- it emits BalanceDeposited
 *     |-- when it is called again ... it adds
 *     |-- when the amount is above 96 bits ... it takes it
 *     `-- when tokens were sent without a call ... it books only its own
 */
import { expect } from 'chai'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { armMoneyMovers, expectAllRefused } from '../helpers/reentrancy.ts'
import { RICH, addToken, worldWithToken } from '../helpers/tokens.ts'
import { YEN, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

async function fundedWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, token: world.token, escrow: world.escrow.connect(world.funder), account: world.funder.address }
}

describe('depositBalance', () => {
  it('when the amount is zero ... it reverts with ZeroAmount', async () => {
    const { escrow, token } = await fundedWorld()
    await expect(escrow.depositBalance(token.target, 0n)).to.be.revertedWithCustomError(
      escrow,
      'ChannelEscrow_ZeroAmount',
    )
  })

  it('given a token without code ... it reverts', async () => {
    const { escrow, world } = await fundedWorld()
    await expect(escrow.depositBalance(world.stranger.address, 1n)).to.be.revertedWithoutReason(ethers)
  })

  it("given too small an allowance ... it reverts with the token's error", async () => {
    const { world, escrow, token } = await fundedWorld()
    await token.connect(world.funder).approve(escrow.target, 9n)
    await expect(escrow.depositBalance(token.target, 10n))
      .to.be.revertedWithCustomError(token, 'ERC20InsufficientAllowance')
      .withArgs(escrow.target, 9n, 10n)
  })

  it("given too few tokens ... it reverts with the token's error", async () => {
    const { world, token } = await fundedWorld()
    await token.connect(world.stranger).approve(world.escrow.target, 10n)
    await expect(world.escrow.connect(world.stranger).depositBalance(token.target, 10n))
      .to.be.revertedWithCustomError(token, 'ERC20InsufficientBalance')
      .withArgs(world.stranger.address, 0n, 10n)
  })

  it('given a token that returns false ... it reverts with SafeERC20FailedOperation', async () => {
    const { world, token } = await worldWithToken('FalseToken')
    await token.refuse()
    await expect(world.escrow.connect(world.funder).depositBalance(token.target, 10n))
      .to.be.revertedWithCustomError(world.escrow, 'SafeERC20FailedOperation')
      .withArgs(token.target)
  })

  for (const [title, fee, received] of [
    ['takes a fee', 1n, 99n],
    ['takes more than it brings', 150n, 0n],
  ] as const) {
    it(`given a token that ${title} ... it reverts with WrongAmountReceived`, async () => {
      const { world, token } = await worldWithToken('FeeToken')
      const escrow = world.escrow.connect(world.funder)
      await escrow.depositBalance(token.target, 1_000n)
      await token.setFee(fee)
      await expect(escrow.depositBalance(token.target, 100n))
        .to.be.revertedWithCustomError(escrow, 'TokenCollector_WrongAmountReceived')
        .withArgs(token.target, received, 100n)
      expect(await escrow.balanceOf(world.funder.address, token.target)).to.equal(1_000n)
    })
  }

  for (const [title, blocked] of [
    ['escrow', (world: World) => world.escrow.target],
    ['caller', (world: World) => world.funder.address],
  ] as const) {
    it(`given a token that blocks the ${title} ... it reverts with the token's error`, async () => {
      const { world, token } = await worldWithToken('BlockingToken')
      await token.blockAccount(blocked(world))
      await expect(world.escrow.connect(world.funder).depositBalance(token.target, 10n))
        .to.be.revertedWithCustomError(token, 'BlockingToken_Blocked')
        .withArgs(blocked(world))
    })
  }

  it('given a token that calls back ... it refuses every call that moves money, and books once', async () => {
    const { world, token } = await worldWithToken('ReenteringToken')
    const count = await armMoneyMovers(world, token)
    const sent = await world.escrow.connect(world.funder).depositBalance(token.target, 10n)
    await expectAllRefused(world, token, sent, count)
    expect(await world.escrow.balanceOf(world.funder.address, token.target)).to.equal(10n)
    expect(await token.balanceOf(world.escrow.target)).to.equal(10n)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, token } = await fundedWorld()
    const data = escrow.interface.encodeFunctionData('depositBalance', [token.target, 10n])
    await expectDirtyWordsRefused(escrow, world.funder, data, [0])
  })

  it('given a token that returns nothing ... it raises the balance', async () => {
    const { world, token } = await worldWithToken('SilentToken')
    await world.escrow.connect(world.funder).depositBalance(token.target, 10n)
    expect(await world.escrow.balanceOf(world.funder.address, token.target)).to.equal(10n)
    expect(await token.balanceOf(world.escrow.target)).to.equal(10n)
  })

  describe('given an allowance', () => {
    it('it takes the tokens', async () => {
      const { escrow, token, account } = await fundedWorld()
      await expect(escrow.depositBalance(token.target, 100n * YEN)).to.changeTokenBalances(
        ethers,
        token,
        [account, escrow],
        [-100n * YEN, 100n * YEN],
      )
    })

    it("it raises the caller's balance, and nobody else's", async () => {
      const { world, escrow, token, account } = await fundedWorld()
      const other = await addToken(world, 'FreeToken')
      await escrow.depositBalance(token.target, 100n)
      expect(await escrow.balanceOf(account, token.target)).to.equal(100n)
      expect(await escrow.balanceOf(account, other.target)).to.equal(0n)
      expect(await escrow.balanceOf(world.stranger.address, token.target)).to.equal(0n)
      expect(await escrow.payoutOf(account, token.target)).to.equal(0n)
    })

    it('it emits BalanceDeposited', async () => {
      const { escrow, token, account } = await fundedWorld()
      await escrow.depositBalance(token.target, 30n)
      await expect(escrow.depositBalance(token.target, 100n))
        .to.emit(escrow, 'BalanceDeposited')
        .withArgs(account, token.target, 100n, 130n)
    })

    it('when it is called again ... it adds', async () => {
      const { escrow, token, account } = await fundedWorld()
      await escrow.depositBalance(token.target, 100n)
      await escrow.depositBalance(token.target, 1n)
      expect(await escrow.balanceOf(account, token.target)).to.equal(101n)
    })

    it('when the amount is above 96 bits ... it takes it', async () => {
      const { world } = await fundedWorld()
      const token = await addToken(world, 'FreeToken')
      const large = 2n ** 200n
      await token.mint(world.stranger.address, large)
      await token.connect(world.stranger).approve(world.escrow.target, large)
      await world.escrow.connect(world.stranger).depositBalance(token.target, large)
      expect(await world.escrow.balanceOf(world.stranger.address, token.target)).to.equal(large)
    })

    it('when tokens were sent without a call ... it books only its own', async () => {
      const { world, escrow, token, account } = await fundedWorld()
      await token.connect(world.funder).transfer(escrow.target, RICH / 2n)
      await escrow.depositBalance(token.target, 10n)
      expect(await escrow.balanceOf(account, token.target)).to.equal(10n)
    })
  })
})
