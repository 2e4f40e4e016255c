/**
 * openWithPermit
 * |-- (each case of helpers/openingCases.ts, of helpers/permitCases.ts; the funder's own call, as in helpers/senderCases.ts)
 * |-- given a token without code ... it reverts
 * `-- given a good permit
 *     `-- (each case of helpers/openedCases.ts)
 */
import { expect } from 'chai'
import { DepositSource } from '../../../sdk/src/generated/constants.ts'
import { describePermits, withPermit } from '../helpers/permitCases.ts'
import { bind } from '../helpers/bindings.ts'
import { bindBothEnds, openingScene } from '../helpers/depositScenes.ts'
import { itOpens } from '../helpers/openedCases.ts'
import { describeOpening } from '../helpers/openingCases.ts'
import { describeFunderAlone } from '../helpers/senderCases.ts'
import { deployWorld, ethers, networkHelpers } from '../helpers/world.ts'

function ready(ends: Awaited<ReturnType<typeof bindBothEnds>>) {
  return openingScene(ends, 'openWithPermit', withPermit(ends))
}

/** Without an allowance: what is taken is taken on the permit. */
async function prepare() {
  const scene = ready(await bindBothEnds(await networkHelpers.loadFixture(deployWorld)))
  const { token, funder, escrow } = scene.world
  await token.connect(funder).approve(escrow.target, 0n)
  return scene
}

describe('openWithPermit', () => {
  describeOpening(prepare)
  describeFunderAlone(prepare)
  describePermits('openWithPermit', ready)

  it('given a token without code ... it reverts', async () => {
    const { world, escrow, channel, payee, argumentsOf } = await prepare()
    const token = world.stranger.address
    const payer = await bind(world, world.p256Car, world.party, { token })
    const terms = { ...channel.terms, payerBinding: payer.bindingId, payeeBinding: payee.bindingId }
    const bare = { ...channel, payer: world.p256Car.id, token, terms }
    const given = await argumentsOf({ channel: bare, binding: payer.binding, amount: 1n })
    await expect(escrow.openWithPermit(...given)).to.be.revertedWithoutReason(ethers)
  })

  describe('given a good permit', () => {
    itOpens(prepare, DepositSource.ALLOWANCE)
  })
})
