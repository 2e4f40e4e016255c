/**
 * openRowOf
 * |-- when anybody but the escrow calls it ... it reverts with NotEscrow
 * `-- when the escrow calls it ... (each case of helpers/openingCases.ts; the funder's own call, as in helpers/senderCases.ts)
 */
import { expect } from 'chai'
import { bindBothEnds, openingScene } from '../helpers/depositScenes.ts'
import type { ArgumentsOf, Scene } from '../helpers/depositScenes.ts'
import { describeOpening } from '../helpers/openingCases.ts'
import { describeFunderAlone } from '../helpers/senderCases.ts'
import { YEN, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'

const BALANCE = 500_000n * YEN

/** The escrow itself calls, for whom a test names as the caller. */
async function prepare() {
  const ends = await bindBothEnds(await networkHelpers.loadFixture(deployWorld))
  const { world, channel, payer } = ends
  await world.escrow.connect(world.funder).depositBalance(channel.token, BALANCE)
  await networkHelpers.setBalance(String(world.escrow.target), 10n ** 18n)
  const itself = await ethers.getImpersonatedSigner(String(world.escrow.target))
  const argumentsOf: ArgumentsOf = ({ binding: payerBinding, ...rest }) => [
    { payerBinding, ...rest },
    world.funder.address,
  ]
  const scene = openingScene(ends, 'openRowOf', argumentsOf, itself)
  const send: Scene['send'] = async ({ caller = world.funder, ...change } = {}) => {
    const opening = { channel, payerBinding: change.binding ?? payer.binding, amount: 10n, ...change }
    return world.escrow.connect(itself).openRowOf(opening, caller.address)
  }
  return { ...scene, send }
}

describe('openRowOf', () => {
  it('when anybody but the escrow calls it ... it reverts with NotEscrow', async () => {
    const { world, channel, payer, argumentsOf } = await prepare()
    const given = await argumentsOf({ channel, binding: payer.binding, amount: 10n })
    for (const caller of [world.funder, world.admin, world.stranger]) {
      await expect(world.escrow.connect(caller).openRowOf(...given))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotEscrow')
        .withArgs(caller.address)
    }
  })

  describe('when the escrow calls it', () => {
    describeOpening(prepare)
    describeFunderAlone(prepare)
  })
})
