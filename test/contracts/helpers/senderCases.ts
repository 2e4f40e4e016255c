/**
 * Who may send what puts money into a channel. A way in takes one of:
 *
 * given the funder's own call
 * `-- when the caller is not the funder ... it reverts with NotFunder
 *
 * given the funder's signature
 * `-- when the relayer, a stranger, the beneficiary, the funder sends it ... it takes the funder's money, and none of theirs
 */
import { expect } from 'chai'
import type { Scene } from './depositScenes.ts'

export function describeFunderAlone(prepare: () => Promise<Scene>): void {
  describe("given the funder's own call", () => {
    it('when the caller is not the funder ... it reverts with NotFunder', async () => {
      const { world, send } = await prepare()
      for (const caller of [world.stranger, world.beneficiary, world.admin]) {
        await expect(send({ caller }))
          .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotFunder')
          .withArgs(caller.address, world.funder.address)
      }
    })
  })
}

export function describeRelayed(prepare: () => Promise<Scene>): void {
  describe("given the funder's signature", () => {
    for (const who of ['relayer', 'stranger', 'beneficiary', 'funder'] as const) {
      it(`when the ${who} sends it ... it takes the funder's money, and none of theirs`, async () => {
        const { world, channel, send, event } = await prepare()
        const wealth = (account: string) => wealthOf(world, account, channel.token)
        const others = ['relayer', 'stranger', 'beneficiary'] as const
        const before = await Promise.all(others.map((other) => wealth(world[other].address)))
        const funderBefore = await wealth(world.funder.address)
        await expect(send({ amount: 10n, caller: world[who] })).to.emit(world.escrow, event)
        expect(await wealth(world.funder.address)).to.equal(funderBefore - 10n)
        expect(await Promise.all(others.map((other) => wealth(world[other].address)))).to.deep.equal(before)
      })
    }
  })
}

/** Inside the escrow and outside. */
async function wealthOf({ escrow, token }: Scene['world'], account: string, of: string): Promise<bigint> {
  return ((await escrow.balanceOf(account, of)) as bigint) + ((await token.balanceOf(account)) as bigint)
}
