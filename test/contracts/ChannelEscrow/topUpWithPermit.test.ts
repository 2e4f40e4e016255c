/**
 * topUpWithPermit
 * |-- (each case of helpers/toppingUpCases.ts, of helpers/permitCases.ts; the funder's own call, as in helpers/senderCases.ts)
 * `-- given a good permit ... it emits ChannelToppedUp with the new deposit
 */
import { expect } from 'chai'
import { DepositSource } from '../../../sdk/src/generated/constants.ts'
import { describePermits, withPermit } from '../helpers/permitCases.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { FIRST_DEPOSIT, FIRST_TOP_UP, bindBothEnds, toppingUpScene } from '../helpers/depositScenes.ts'
import { describeFunderAlone } from '../helpers/senderCases.ts'
import { describeToppingUp } from '../helpers/toppingUpCases.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

function ready(ends: Awaited<ReturnType<typeof bindBothEnds>>) {
  return toppingUpScene(ends, 'topUpWithPermit', withPermit(ends))
}

/** Opened out of an allowance that is gone then: what is taken is taken on the permit. */
async function prepare() {
  const scene = await ready(await bindBothEnds(await networkHelpers.loadFixture(deployWorld)))
  const { token, funder, escrow } = scene.world
  await token.connect(funder).approve(escrow.target, 0n)
  return scene
}

describe('topUpWithPermit', () => {
  describeToppingUp(prepare)
  describeFunderAlone(prepare)
  describePermits('topUpWithPermit', ready)

  it('given a good permit ... it emits ChannelToppedUp with the new deposit', async () => {
    const { world, escrow, channel, send } = await prepare()
    await expect(send())
      .to.emit(escrow, 'ChannelToppedUp')
      .withArgs(await channelIdOf(world, channel), FIRST_DEPOSIT + FIRST_TOP_UP, DepositSource.ALLOWANCE)
  })
})
