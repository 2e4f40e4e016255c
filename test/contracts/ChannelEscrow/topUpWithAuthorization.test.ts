/**
 * topUpWithAuthorization
 * |-- (each case of helpers/toppingUpCases.ts, of helpers/authorizationCases.ts; the funder's signature, as in helpers/senderCases.ts)
 * |-- given the authorization was used ... it reverts with the token's InvalidSignature
 * |-- given another top up came before it ... it reverts with the token's InvalidSignature
 * |-- given a close is pending ... it reverts with Closing, and the authorization is not used up
 * `-- given a good authorization ... it emits ChannelToppedUp with the new deposit
 */
import { expect } from 'chai'
import { solidityPackedKeccak256 } from 'ethers'
import { DepositSource } from '../../../sdk/src/generated/constants.ts'
import { describeAuthorizations, withAuthorization } from '../helpers/authorizationCases.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { FIRST_DEPOSIT, FIRST_TOP_UP, bindBothEnds, toppingUpScene } from '../helpers/depositScenes.ts'
import { describeRelayed } from '../helpers/senderCases.ts'
import { describeToppingUp } from '../helpers/toppingUpCases.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

function ready(ends: Awaited<ReturnType<typeof bindBothEnds>>) {
  return toppingUpScene(ends, 'topUpWithAuthorization', withAuthorization(ends), ends.world.stranger)
}

/** Opened out of an allowance that is gone then: what is taken is taken on the authorization. */
async function prepare() {
  const scene = await ready(await bindBothEnds(await networkHelpers.loadFixture(deployWorld)))
  const { token, funder, escrow } = scene.world
  await token.connect(funder).approve(escrow.target, 0n)
  return scene
}

describe('topUpWithAuthorization', () => {
  describeToppingUp(prepare)
  describeRelayed(prepare)
  describeAuthorizations('topUpWithAuthorization', ready)

  for (const [title, first] of [
    ['the authorization was used', true],
    ['another top up came before it', false],
  ] as const) {
    it(`given ${title} ... it reverts with the token's InvalidSignature`, async () => {
      const { world, escrow, channel, payer, argumentsOf, send } = await prepare()
      const given = await argumentsOf({ channel, binding: payer.binding, amount: 5n })
      if (first) await escrow.topUpWithAuthorization(...given)
      else await send({ amount: 5n })
      await expect(escrow.topUpWithAuthorization(...given)).to.be.revertedWithCustomError(
        world.token,
        'ERC3009InvalidSignature',
      )
      const { deposit } = await escrow.channelOf(await channelIdOf(world, channel))
      expect(deposit).to.equal(FIRST_DEPOSIT + 5n)
    })
  }

  it('given a close is pending ... it reverts with Closing, and the authorization is not used up', async () => {
    const { world, escrow, channel, send } = await prepare()
    const channelId = await channelIdOf(world, channel)
    await escrow.requestClose(channel)
    const { closeAt } = await escrow.channelOf(channelId)
    await expect(send()).to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Closing').withArgs(channelId, closeAt)
    const nonce = solidityPackedKeccak256(['bytes32', 'uint96'], [channelId, FIRST_DEPOSIT])
    expect(await world.token.authorizationState(world.funder.address, nonce)).to.equal(false)
  })

  it('given a good authorization ... it emits ChannelToppedUp with the new deposit', async () => {
    const { world, escrow, channel, send } = await prepare()
    await expect(send())
      .to.emit(escrow, 'ChannelToppedUp')
      .withArgs(await channelIdOf(world, channel), FIRST_DEPOSIT + FIRST_TOP_UP, DepositSource.AUTHORIZATION)
  })
})
