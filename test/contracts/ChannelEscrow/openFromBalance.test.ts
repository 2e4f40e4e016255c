/**
 * openFromBalance
 * |-- (each case of helpers/openingCases.ts; the funder's own call, as in helpers/senderCases.ts)
 * |-- given too small a balance ... it reverts with BalanceTooLow, and nothing is open
 * |-- given a balance of another token ... it reverts with BalanceTooLow
 * |-- given payouts and no balance ... it reverts with BalanceTooLow
 * |-- given the deposit of another channel ... it reverts with BalanceTooLow
 * `-- given a balance
 *     |-- it stores the deposit and open
 *     |-- it returns the channel's id
 *     |-- it takes the deposit out of the balance, and moves no token
 *     |-- it emits ChannelOpened with all that the id is made of
 *     |-- when the amount is the whole balance ... it opens
 *     `-- when the balance is a refund ... it opens
 */
import { expect } from 'chai'
import { ChannelStatus, DepositSource } from '../../../sdk/src/generated/constants.ts'
import { channelIdOf, openChannel, settleRow, totals } from '../helpers/channels.ts'
import { FIRST_DEPOSIT as DEPOSIT, bindBothEnds, openingScene, plainly } from '../helpers/depositScenes.ts'
import { describeOpening } from '../helpers/openingCases.ts'
import { describeFunderAlone } from '../helpers/senderCases.ts'
import { putChannel } from '../helpers/storage.ts'
import { RICH, addToken } from '../helpers/tokens.ts'
import { HOUR, YEN, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'

const BALANCE = 500_000n * YEN

async function unfunded() {
  const ends = await bindBothEnds(await networkHelpers.loadFixture(deployWorld))
  return { ...openingScene(ends, 'openFromBalance', plainly), account: ends.world.funder.address }
}

async function prepare() {
  const scene = await unfunded()
  await scene.escrow.depositBalance(scene.channel.token, BALANCE)
  return scene
}

type Ready = Awaited<ReturnType<typeof prepare>>

async function refuses({ escrow, account, send }: Ready, amount: bigint, balance: bigint) {
  await expect(send({ amount }))
    .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BalanceTooLow')
    .withArgs(account, amount, balance)
}

describe('openFromBalance', () => {
  describeOpening(prepare)
  describeFunderAlone(prepare)

  it('given too small a balance ... it reverts with BalanceTooLow, and nothing is open', async () => {
    const scene = await unfunded()
    const { world, escrow, channel, payer } = scene
    await escrow.depositBalance(channel.token, 9n)
    await refuses(scene, 10n, 9n)
    expect((await escrow.channelOf(await channelIdOf(world, channel))).status).to.equal(ChannelStatus.NONE)
    expect(await world.registry.exposureOf(payer.binding)).to.equal(0n)
  })

  it('given a balance of another token ... it reverts with BalanceTooLow', async () => {
    const scene = await unfunded()
    const other = await addToken(scene.world, 'FreeToken')
    await scene.escrow.depositBalance(other.target, RICH)
    await refuses(scene, 1n, 0n)
  })

  it('given payouts and no balance ... it reverts with BalanceTooLow', async () => {
    const scene = await unfunded()
    const paid = await putChannel({ ...scene.world, beneficiary: scene.world.funder })
    const row = await settleRow(scene.world, paid.channel, paid.payer, totals(5n))
    await scene.escrow.settle([{ beneficiary: scene.account, token: paid.channel.token, rows: [row] }])
    expect(await scene.escrow.payoutOf(scene.account, paid.channel.token)).to.equal(5n)
    await refuses(scene, 1n, 0n)
  })

  it('given the deposit of another channel ... it reverts with BalanceTooLow', async () => {
    const scene = await unfunded()
    const { p256Car, p256Charger } = scene.world
    await openChannel(scene.world, DEPOSIT, { payer: p256Car, payee: p256Charger })
    await refuses(scene, 1n, 0n)
  })

  describe('given a balance', () => {
    it('it stores the deposit and open', async () => {
      const { world, escrow, channel, send } = await prepare()
      await send()
      const state = await escrow.channelOf(await channelIdOf(world, channel))
      expect(state).to.deep.equal([0n, DEPOSIT, 0n, BigInt(ChannelStatus.OPEN)])
    })

    it("it returns the channel's id", async () => {
      const { world, escrow, channel, payer } = await prepare()
      const returned = await escrow.getFunction('openFromBalance').staticCall(channel, payer.binding, DEPOSIT)
      expect(returned).to.equal(await channelIdOf(world, channel))
    })

    it('it takes the deposit out of the balance, and moves no token', async () => {
      const { world, escrow, account, channel, send } = await prepare()
      await expect(send()).to.changeTokenBalances(ethers, world.token, [account, escrow], [0n, 0n])
      expect(await escrow.balanceOf(account, channel.token)).to.equal(BALANCE - DEPOSIT)
    })

    it('it emits ChannelOpened with all that the id is made of', async () => {
      const { world, escrow, channel, send } = await prepare()
      const { payer, beneficiary, token, terms } = channel
      await expect(send())
        .to.emit(escrow, 'ChannelOpened')
        .withArgs(
          await channelIdOf(world, channel),
          [payer, beneficiary, token, Object.values(terms)],
          DEPOSIT,
          DepositSource.BALANCE,
        )
    })

    it('when the amount is the whole balance ... it opens', async () => {
      const { escrow, account, channel, send } = await unfunded()
      await escrow.depositBalance(channel.token, 10n)
      await expect(send({ amount: 10n })).to.emit(escrow, 'ChannelOpened')
      expect(await escrow.balanceOf(account, channel.token)).to.equal(0n)
    })

    it('when the balance is a refund ... it opens', async () => {
      const { world, escrow, account, channel, send } = await unfunded()
      const { p256Car, p256Charger } = world
      const first = await openChannel(world, DEPOSIT, { payer: p256Car, payee: p256Charger })
      await escrow.requestClose(first.channel)
      await networkHelpers.time.increase(3 * HOUR)
      await escrow.finalizeClose(first.channel)
      await expect(send()).to.emit(escrow, 'ChannelOpened')
      expect(await escrow.balanceOf(account, channel.token)).to.equal(0n)
    })
  })
})
