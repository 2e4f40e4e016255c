/**
 * Cases that an opening on the funder's signature must pass when all is good:
 *
 * |-- it stores the deposit and open
 * |-- it returns the channel's id
 * `-- it emits ChannelOpened with all that the id is made of
 */
import { expect } from 'chai'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { channelIdOf } from './channels.ts'
import { FIRST_DEPOSIT } from './depositScenes.ts'
import type { openingScene } from './depositScenes.ts'

/** @param source where the event says that the money came from */
export function itOpens(prepare: () => Promise<ReturnType<typeof openingScene>>, source: number): void {
  it('it stores the deposit and open', async () => {
    const { world, escrow, channel, send } = await prepare()
    await send()
    const state = await escrow.channelOf(await channelIdOf(world, channel))
    expect(state).to.deep.equal([0n, FIRST_DEPOSIT, 0n, BigInt(ChannelStatus.OPEN)])
  })

  it("it returns the channel's id", async () => {
    const { world, escrow, name, channel, payer, argumentsOf } = await prepare()
    const given = await argumentsOf({ channel, binding: payer.binding, amount: FIRST_DEPOSIT })
    const returned = await escrow.getFunction(name).staticCall(...given)
    expect(returned).to.equal(await channelIdOf(world, channel))
  })

  it('it emits ChannelOpened with all that the id is made of', async () => {
    const { world, escrow, channel, send } = await prepare()
    const { payer, beneficiary, token, terms } = channel
    await expect(send())
      .to.emit(escrow, 'ChannelOpened')
      .withArgs(
        await channelIdOf(world, channel),
        [payer, beneficiary, token, Object.values(terms)],
        FIRST_DEPOSIT,
        source,
      )
  })
}
