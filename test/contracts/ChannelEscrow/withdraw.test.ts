/**
 * withdraw
 * |-- given no payout ... it reverts with NoPayout
 * |-- given the payout was withdrawn before ... it reverts with NoPayout
 * |-- given a payout of another token ... it reverts with NoPayout
 * |-- given a funder's balance ... it reverts with NoPayout, whoever sends it
 * |-- given a token that returns false ... it reverts with SafeERC20FailedOperation, and the payout stays
 * |-- given a beneficiary that its token blocks
 * |   |-- it reverts with the token's error, and the payout stays
 * |   |-- it pays other beneficiaries
 * |   `-- its channels still settle and close
 * |-- given a token that calls back ... it pays once
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given a token that returns nothing ... it pays
 * `-- given payouts
 *     |-- when a stranger sends it ... it pays the beneficiary
 *     |-- it leaves no payout, and other accounts' alone
 *     |-- it emits PayoutWithdrawn
 *     |-- when more is settled afterwards ... it pays the rest
 *     `-- when several channels were settled ... it pays the sum
 */
import { expect } from 'chai'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { closeMessage, openChannel, settleRow, totals } from '../helpers/channels.ts'
import { answersOf, armMoneyMovers } from '../helpers/reentrancy.ts'
import { putChannel } from '../helpers/storage.ts'
import { addToken, worldWithToken } from '../helpers/tokens.ts'
import { deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

/** The beneficiary has a payout of 400, of a deposit of 1,000. */
async function settledWorld(from?: World) {
  const world = from ?? (await networkHelpers.loadFixture(deployWorld))
  const opened = await openChannel(world, 1_000n)
  const { beneficiary, token } = opened.channel
  const escrow = world.escrow.connect(world.stranger)
  const settle = async (total: bigint) => {
    const row = await settleRow(world, opened.channel, opened.payer, totals(total))
    return escrow.settle([{ beneficiary, token, rows: [row] }])
  }
  await settle(400n)
  return { ...opened, world, escrow, beneficiary, token, settle }
}

async function refuses({ escrow }: World, account: string, token: unknown) {
  await expect(escrow.withdraw(account, token))
    .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NoPayout')
    .withArgs(account, token)
}

describe('withdraw', () => {
  it('given no payout ... it reverts with NoPayout', async () => {
    const { world, token } = await settledWorld()
    await refuses(world, world.stranger.address, token)
  })

  it('given the payout was withdrawn before ... it reverts with NoPayout', async () => {
    const { world, escrow, beneficiary, token } = await settledWorld()
    await escrow.withdraw(beneficiary, token)
    await refuses(world, beneficiary, token)
  })

  it('given a payout of another token ... it reverts with NoPayout', async () => {
    const { world, beneficiary } = await settledWorld()
    await refuses(world, beneficiary, (await addToken(world, 'FreeToken')).target)
  })

  it("given a funder's balance ... it reverts with NoPayout, whoever sends it", async () => {
    const { world, token } = await settledWorld()
    await world.escrow.connect(world.funder).depositBalance(token, 100n)
    for (const caller of [world.stranger, world.funder]) {
      await refuses({ ...world, escrow: world.escrow.connect(caller) }, world.funder.address, token)
    }
  })

  it('given a token that returns false ... it reverts with SafeERC20FailedOperation, and the payout stays', async () => {
    const { world, token } = await worldWithToken('FalseToken')
    const { escrow, beneficiary } = await settledWorld(world)
    await token.refuse()
    await expect(escrow.withdraw(beneficiary, token.target))
      .to.be.revertedWithCustomError(escrow, 'SafeERC20FailedOperation')
      .withArgs(token.target)
    expect(await escrow.payoutOf(beneficiary, token.target)).to.equal(400n)
  })

  describe('given a beneficiary that its token blocks', () => {
    async function blockedWorld() {
      const { world, token } = await worldWithToken('BlockingToken')
      const settled = await settledWorld(world)
      await token.blockAccount(settled.beneficiary)
      return { ...settled, blocking: token }
    }

    it("it reverts with the token's error, and the payout stays", async () => {
      const { escrow, beneficiary, token, blocking } = await blockedWorld()
      await expect(escrow.withdraw(beneficiary, token))
        .to.be.revertedWithCustomError(blocking, 'BlockingToken_Blocked')
        .withArgs(beneficiary)
      expect(await escrow.payoutOf(beneficiary, token)).to.equal(400n)
    })

    it('it pays other beneficiaries', async () => {
      const { world, escrow, token, blocking } = await blockedWorld()
      const { p256Car, p256Charger } = world
      const elsewhere = { ...world, beneficiary: world.relayer }
      const { channel } = await openChannel(elsewhere, 50n, { payer: p256Car, payee: p256Charger })
      const row = await settleRow(world, channel, p256Car, totals(50n))
      await escrow.settle([{ beneficiary: world.relayer.address, token, rows: [row] }])
      await escrow.withdraw(world.relayer.address, token)
      expect(await blocking.balanceOf(world.relayer.address)).to.equal(50n)
    })

    it('its channels still settle and close', async () => {
      const { world, escrow, channel, channelId, payee, beneficiary, token, settle } = await blockedWorld()
      await settle(700n)
      const { version, receiptsRoot } = totals(700n)
      const consent = payee.signParts(await closeMessage(world, channelId, totals(700n)))
      await escrow.close(channel, 700n, version, receiptsRoot, consent, 0n, consent)
      expect(await escrow.payoutOf(beneficiary, token)).to.equal(700n)
      expect(await escrow.balanceOf(world.funder.address, token)).to.equal(300n)
    })
  })

  it('given a token that calls back ... it pays once', async () => {
    const { world, token } = await worldWithToken('ReenteringToken')
    const { escrow, beneficiary } = await settledWorld(world)
    const names = await armMoneyMovers(world, token)
    const answers = await answersOf(token, await escrow.withdraw(beneficiary, token.target))
    const noPayout = escrow.interface.getError('ChannelEscrow_NoPayout')!.selector
    expect(answers).to.have.length(names.length)
    expect(answers[names.indexOf('withdraw')]).to.deep.equal([false, noPayout])
    expect(await token.balanceOf(beneficiary)).to.equal(400n)
    expect(await token.balanceOf(escrow.target)).to.equal(600n)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, beneficiary, token } = await settledWorld()
    const data = escrow.interface.encodeFunctionData('withdraw', [beneficiary, token])
    await expectDirtyWordsRefused(escrow, world.stranger, data, [0, 1])
  })

  it('given a token that returns nothing ... it pays', async () => {
    const { world, token } = await worldWithToken('SilentToken')
    const { escrow, beneficiary } = await settledWorld(world)
    await escrow.withdraw(beneficiary, token.target)
    expect(await token.balanceOf(beneficiary)).to.equal(400n)
  })

  describe('given payouts', () => {
    it('when a stranger sends it ... it pays the beneficiary', async () => {
      const { world, escrow, beneficiary, token } = await settledWorld()
      await expect(escrow.withdraw(beneficiary, token)).to.changeTokenBalances(
        ethers,
        world.token,
        [beneficiary, escrow, world.stranger],
        [400n, -400n, 0n],
      )
    })

    it("it leaves no payout, and other accounts' alone", async () => {
      const { world, escrow, beneficiary, token } = await settledWorld()
      const other = await putChannel({ ...world, beneficiary: world.relayer })
      const row = await settleRow(world, other.channel, other.payer, totals(30n))
      await escrow.settle([{ beneficiary: world.relayer.address, token, rows: [row] }])
      await escrow.withdraw(beneficiary, token)
      expect(await escrow.payoutOf(beneficiary, token)).to.equal(0n)
      expect(await escrow.payoutOf(world.relayer.address, token)).to.equal(30n)
    })

    it('it emits PayoutWithdrawn', async () => {
      const { escrow, beneficiary, token } = await settledWorld()
      await expect(escrow.withdraw(beneficiary, token))
        .to.emit(escrow, 'PayoutWithdrawn')
        .withArgs(beneficiary, token, 400n)
    })

    it('when more is settled afterwards ... it pays the rest', async () => {
      const { world, escrow, beneficiary, token, settle } = await settledWorld()
      await escrow.withdraw(beneficiary, token)
      await settle(1_000n)
      await expect(escrow.withdraw(beneficiary, token)).to.changeTokenBalance(ethers, world.token, beneficiary, 600n)
    })

    it('when several channels were settled ... it pays the sum', async () => {
      const { world, escrow, beneficiary, token } = await settledWorld()
      const { p256Car, p256Charger } = world
      const { channel } = await openChannel(world, 50n, { payer: p256Car, payee: p256Charger })
      await escrow.settle([{ beneficiary, token, rows: [await settleRow(world, channel, p256Car, totals(50n))] }])
      await expect(escrow.withdraw(beneficiary, token)).to.changeTokenBalance(ethers, world.token, beneficiary, 450n)
    })
  })
})
