/**
 * withdrawBalance
 * |-- when the amount is zero ... it reverts with ZeroAmount
 * |-- when the amount is above the balance ... it reverts with BalanceTooLow
 * |-- given the balance is another account's ... it reverts with BalanceTooLow
 * |-- given the balance is of another token ... it reverts with BalanceTooLow
 * |-- given the caller has payouts and no balance ... it reverts with BalanceTooLow
 * |-- given the deposit of an open channel ... it reverts with BalanceTooLow
 * |-- given a token that returns false ... it reverts with SafeERC20FailedOperation, and the balance stays
 * |-- given a token that blocks the caller ... it reverts with the token's error, and the balance stays
 * |-- given a token that calls back ... it refuses every call that moves money, and pays once
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given a token that returns nothing ... it pays
 * `-- given a balance
 *     |-- it pays the tokens to the caller
 *     |-- it lowers the caller's balance, and nobody else's
 *     |-- it emits BalanceWithdrawn
 *     |-- when the amount is the whole balance ... it leaves nothing
 *     `-- when a channel has closed ... it pays the refund
 */
import { expect } from 'chai'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { openChannel, settleRow, totals } from '../helpers/channels.ts'
import { armMoneyMovers, expectAllRefused } from '../helpers/reentrancy.ts'
import { addToken, worldWithToken } from '../helpers/tokens.ts'
import { HOUR, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

/** The funder has a balance of 100. */
async function balancedWorld(from?: World) {
  const world = from ?? (await networkHelpers.loadFixture(deployWorld))
  const escrow = world.escrow.connect(world.funder)
  await escrow.depositBalance(world.token.target, 100n)
  return { world, token: world.token, escrow, account: world.funder.address }
}

async function refuses(
  { escrow }: World,
  { caller, token, amount, balance }: { caller: World['funder']; token: unknown; amount: bigint; balance: bigint },
) {
  await expect(escrow.connect(caller).withdrawBalance(token, amount))
    .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BalanceTooLow')
    .withArgs(caller.address, amount, balance)
}

describe('withdrawBalance', () => {
  it('when the amount is zero ... it reverts with ZeroAmount', async () => {
    const { escrow, token } = await balancedWorld()
    await expect(escrow.withdrawBalance(token.target, 0n)).to.be.revertedWithCustomError(
      escrow,
      'ChannelEscrow_ZeroAmount',
    )
  })

  it('when the amount is above the balance ... it reverts with BalanceTooLow', async () => {
    const { world, token } = await balancedWorld()
    for (const amount of [101n, 2n ** 256n - 1n]) {
      await refuses(world, { caller: world.funder, token: token.target, amount, balance: 100n })
    }
  })

  it("given the balance is another account's ... it reverts with BalanceTooLow", async () => {
    const { world, token } = await balancedWorld()
    await refuses(world, { caller: world.stranger, token: token.target, amount: 1n, balance: 0n })
  })

  it('given the balance is of another token ... it reverts with BalanceTooLow', async () => {
    const { world } = await balancedWorld()
    const other = await addToken(world, 'FreeToken')
    await refuses(world, { caller: world.funder, token: other.target, amount: 1n, balance: 0n })
  })

  it('given the caller has payouts and no balance ... it reverts with BalanceTooLow', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel, payer } = await openChannel(world)
    const { beneficiary, token } = channel
    await world.escrow.settle([{ beneficiary, token, rows: [await settleRow(world, channel, payer, totals(9n))] }])
    await refuses(world, { caller: world.beneficiary, token, amount: 9n, balance: 0n })
  })

  it('given the deposit of an open channel ... it reverts with BalanceTooLow', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel } = await openChannel(world, 1_000n)
    await refuses(world, { caller: world.funder, token: channel.token, amount: 1n, balance: 0n })
  })

  it('given a token that returns false ... it reverts with SafeERC20FailedOperation, and the balance stays', async () => {
    const { world, token } = await worldWithToken('FalseToken')
    const { escrow, account } = await balancedWorld(world)
    await token.refuse()
    await expect(escrow.withdrawBalance(token.target, 40n))
      .to.be.revertedWithCustomError(escrow, 'SafeERC20FailedOperation')
      .withArgs(token.target)
    expect(await escrow.balanceOf(account, token.target)).to.equal(100n)
  })

  it("given a token that blocks the caller ... it reverts with the token's error, and the balance stays", async () => {
    const { world, token } = await worldWithToken('BlockingToken')
    const { escrow, account } = await balancedWorld(world)
    await token.blockAccount(account)
    await expect(escrow.withdrawBalance(token.target, 40n))
      .to.be.revertedWithCustomError(token, 'BlockingToken_Blocked')
      .withArgs(account)
    expect(await escrow.balanceOf(account, token.target)).to.equal(100n)
  })

  it('given a token that calls back ... it refuses every call that moves money, and pays once', async () => {
    const { world, token } = await worldWithToken('ReenteringToken')
    const { escrow, account } = await balancedWorld(world)
    const count = await armMoneyMovers(world, token)
    await expectAllRefused(world, token, await escrow.withdrawBalance(token.target, 40n), count)
    expect(await escrow.balanceOf(account, token.target)).to.equal(60n)
    expect(await token.balanceOf(escrow.target)).to.equal(60n)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, token } = await balancedWorld()
    const data = escrow.interface.encodeFunctionData('withdrawBalance', [token.target, 10n])
    await expectDirtyWordsRefused(escrow, world.funder, data, [0])
  })

  it('given a token that returns nothing ... it pays', async () => {
    const { world, token } = await worldWithToken('SilentToken')
    const { escrow } = await balancedWorld(world)
    await escrow.withdrawBalance(token.target, 40n)
    expect(await token.balanceOf(escrow.target)).to.equal(60n)
  })

  describe('given a balance', () => {
    it('it pays the tokens to the caller', async () => {
      const { escrow, token, account } = await balancedWorld()
      await expect(escrow.withdrawBalance(token.target, 40n)).to.changeTokenBalances(
        ethers,
        token,
        [account, escrow],
        [40n, -40n],
      )
    })

    it("it lowers the caller's balance, and nobody else's", async () => {
      const { world, escrow, token, account } = await balancedWorld()
      await token.mint(world.stranger.address, 7n)
      await token.connect(world.stranger).approve(escrow.target, 7n)
      await world.escrow.connect(world.stranger).depositBalance(token.target, 7n)
      await escrow.withdrawBalance(token.target, 40n)
      expect(await escrow.balanceOf(account, token.target)).to.equal(60n)
      expect(await escrow.balanceOf(world.stranger.address, token.target)).to.equal(7n)
    })

    it('it emits BalanceWithdrawn', async () => {
      const { escrow, token, account } = await balancedWorld()
      await expect(escrow.withdrawBalance(token.target, 40n))
        .to.emit(escrow, 'BalanceWithdrawn')
        .withArgs(account, token.target, 40n, 60n)
    })

    it('when the amount is the whole balance ... it leaves nothing', async () => {
      const { world, escrow, token } = await balancedWorld()
      await escrow.withdrawBalance(token.target, 100n)
      await refuses(world, { caller: world.funder, token: token.target, amount: 1n, balance: 0n })
    })

    it('when a channel has closed ... it pays the refund', async () => {
      const { world, escrow, token, account } = await balancedWorld()
      const { channel } = await openChannel(world, 1_000n)
      await escrow.requestClose(channel)
      await networkHelpers.time.increase(3 * HOUR)
      await escrow.finalizeClose(channel)
      const pay = escrow.withdrawBalance(token.target, 1_100n)
      await expect(pay).to.changeTokenBalance(ethers, token, account, 1_100n)
    })
  })
})
