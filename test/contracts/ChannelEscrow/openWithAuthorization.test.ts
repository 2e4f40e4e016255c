/**
 * openWithAuthorization
 * |-- (each case of helpers/openingCases.ts, of helpers/authorizationCases.ts; the funder's signature, as in helpers/senderCases.ts)
 * |-- given the authorization was used
 * |   |-- when it is relayed again ... it reverts with AlreadyOpened
 * |   `-- when it is relayed to top up ... it reverts with the token's InvalidSignature
 * `-- given a good authorization
 *     `-- (each case of helpers/openedCases.ts)
 */
import { expect } from 'chai'
import { ChannelStatus, DepositSource } from '../../../sdk/src/generated/constants.ts'
import { describeAuthorizations, withAuthorization } from '../helpers/authorizationCases.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { FIRST_DEPOSIT, bindBothEnds, openingScene } from '../helpers/depositScenes.ts'
import { itOpens } from '../helpers/openedCases.ts'
import { describeOpening } from '../helpers/openingCases.ts'
import { describeRelayed } from '../helpers/senderCases.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

function ready(ends: Awaited<ReturnType<typeof bindBothEnds>>) {
  return openingScene(ends, 'openWithAuthorization', withAuthorization(ends), ends.world.stranger)
}

/** Without an allowance: what is taken is taken on the authorization. */
async function prepare() {
  const scene = ready(await bindBothEnds(await networkHelpers.loadFixture(deployWorld)))
  const { token, funder, escrow } = scene.world
  await token.connect(funder).approve(escrow.target, 0n)
  return scene
}

describe('openWithAuthorization', () => {
  describeOpening(prepare)
  describeRelayed(prepare)
  describeAuthorizations('openWithAuthorization', ready)

  describe('given the authorization was used', () => {
    it('when it is relayed again ... it reverts with AlreadyOpened', async () => {
      const { world, escrow, channel, payer, argumentsOf } = await prepare()
      const used = await argumentsOf({ channel, binding: payer.binding, amount: FIRST_DEPOSIT })
      await escrow.openWithAuthorization(...used)
      await expect(escrow.openWithAuthorization(...used))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_AlreadyOpened')
        .withArgs(await channelIdOf(world, channel), ChannelStatus.OPEN)
    })

    it("when it is relayed to top up ... it reverts with the token's InvalidSignature", async () => {
      const { world, escrow, channel, payer, argumentsOf } = await prepare()
      const used = await argumentsOf({ channel, binding: payer.binding, amount: FIRST_DEPOSIT })
      await escrow.openWithAuthorization(...used)
      await expect(escrow.topUpWithAuthorization(...used)).to.be.revertedWithCustomError(
        world.token,
        'ERC3009InvalidSignature',
      )
    })
  })

  describe('given a good authorization', () => {
    itOpens(prepare, DepositSource.AUTHORIZATION)
  })
})
