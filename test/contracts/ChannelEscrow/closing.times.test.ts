/**
 * ChannelEscrow: the time of a close
 * |-- given it is one second before closeAt, in closeAt, one second after closeAt
 * |   |-- when it is requested again, each of five ways ... it reverts with Closing
 * |   `-- and nobody has finalized, when a voucher is settled ... it pays
 * |-- when it is finalized twice in one block ... it refunds once
 * |-- when a close is agreed in the block of finalizeClose, before it ... the agreement counts
 * |-- when it is requested and the channel topped up in one block ... the top-up is refused
 * `-- given an outage of 24 hours after the request, in which no block comes
 *     |-- when the close delay is 26 hours ... the funder is too early, the payee settles all, then it closes
 *     `-- when the close delay is one hour, and the funder comes first ... the payee loses
 */
import { expect } from 'chai'
import { ChannelStatus, SkipReason } from '../../../sdk/src/generated/constants.ts'
import { requestCloseTypes } from '../../../sdk/src/generated/typedData.ts'
import { bindingIdOf } from '../helpers/bindings.ts'
import { inOneBlock } from '../helpers/blocks.ts'
import {
  channelIdOf,
  closeMessage,
  openChannel,
  requestCloseMessage,
  settleRow,
  totals,
  voucherMessage,
} from '../helpers/channels.ts'
import { bindBothEnds } from '../helpers/depositScenes.ts'
import { revoke } from '../helpers/standing.ts'
import { FAR_OFF, HOUR, deploy, deployWorld, domainOf, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const { time } = networkHelpers
const DEPOSIT = 1_000n
const OUTAGE = 24 * HOUR
/** A transaction that reverts in its block cannot be estimated. */
const gasLimit = 500_000

async function closingWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const opened = await openChannel(world, DEPOSIT)
  await world.escrow.connect(world.funder).requestClose(opened.channel)
  const { closeAt } = await world.escrow.channelOf(opened.channelId)
  return { world, ...opened, ...actsOn(world, opened), closeAt: Number(closeAt) }
}

type Opened = Pick<Awaited<ReturnType<typeof openChannel>>, 'channel' | 'channelId' | 'payer'>

function actsOn(world: World, { channel, channelId, payer }: Opened) {
  const escrow = world.escrow.connect(world.stranger)
  const { beneficiary, token } = channel
  const settle = async (total: bigint) => {
    const row = await settleRow(world, channel, payer, totals(total))
    return escrow.settle([{ beneficiary, token, rows: [row] }], { gasLimit })
  }
  const finalize = () => escrow.finalizeClose(channel, { gasLimit })
  /** Settled, and where the money is: the beneficiary's payout, the funder's balance. */
  const books = async () => [
    (await escrow.channelOf(channelId)).settled as bigint,
    (await escrow.payoutOf(beneficiary, token)) as bigint,
    (await escrow.balanceOf(world.funder.address, token)) as bigint,
  ]
  return { escrow, settle, finalize, books }
}

type Closing = Awaited<ReturnType<typeof closingWorld>>

/** The five ways to request a close. */
const REQUESTS: Record<string, (closing: Closing) => Promise<unknown>> = {
  'by the funder itself': ({ world, channel }) => world.escrow.connect(world.funder).requestClose(channel),
  'by the payer': async ({ world, escrow, channel, channelId, payer }) => {
    const signature = payer.signParts(await requestCloseMessage(world, channelId, FAR_OFF))
    return escrow.requestCloseByPayer(channel, FAR_OFF, signature)
  },
  "by the funder's signature": async ({ world, escrow, channel, channelId }) => {
    const types = { RequestClose: [...requestCloseTypes.RequestClose] }
    const value = { channelId, deadline: FAR_OFF }
    const signature = await world.funder.signTypedData(await domainOf(world.escrow), types, value)
    return escrow.requestCloseByFunder(channel, FAR_OFF, signature)
  },
  'by the party': async ({ world, escrow, channel, channelId, payerBinding }) => {
    const signature = world.party.sign(await requestCloseMessage(world, channelId, FAR_OFF))
    return escrow.requestCloseByParty(channel, payerBinding, FAR_OFF, world.party.signer, signature)
  },
  'by anybody, of an ended binding': ({ escrow, channel }) => escrow.requestCloseOfEndedBinding(channel),
}

const MOMENTS = [
  ['one second before closeAt', -1],
  ['in closeAt', 0],
  ['one second after closeAt', 1],
] as const

/** Why the floor is above an outage: an escrow of another floor, and a channel in it with just that close delay. */
async function openWithFloor(closeDelaySeconds: number) {
  const plain = await networkHelpers.loadFixture(deployWorld)
  const escrow = await deploy('ChannelEscrow', [plain.registry.target, closeDelaySeconds])
  await plain.registry.registerEscrow(escrow.target)
  const world = { ...plain, escrow }
  await world.token.connect(world.funder).approve(escrow.target, DEPOSIT)
  const ends = await bindBothEnds(world)
  const channel = { ...ends.channel, terms: { ...ends.channel.terms, closeDelaySeconds } }
  await escrow.connect(world.funder).open(channel, ends.payer.binding, DEPOSIT)
  const channelId = await channelIdOf(world, channel)
  const requestedAt = (await time.latest()) + 10
  await time.setNextBlockTimestamp(requestedAt)
  await escrow.connect(world.funder).requestClose(channel)
  return { channelId, requestedAt, ...actsOn(world, { channel, channelId, payer: world.car }) }
}

describe('ChannelEscrow: the time of a close', () => {
  for (const [title, seconds] of MOMENTS) {
    for (const [way, request] of Object.entries(REQUESTS)) {
      it(`given it is ${title}, when it is requested again ${way} ... it reverts with Closing`, async () => {
        const closing = await closingWorld()
        const { world, escrow, channelId, payerBinding: binding, closeAt } = closing
        await revoke(world, { binding, bindingId: bindingIdOf(binding) }, { sequence: 0 })
        const before: unknown = await escrow.channelOf(channelId)
        await time.setNextBlockTimestamp(closeAt + seconds)
        await expect(request(closing))
          .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Closing')
          .withArgs(channelId, closeAt)
        expect(await escrow.channelOf(channelId)).to.deep.equal(before)
      })
    }

    it(`given it is ${title}, and nobody has finalized, when a voucher is settled ... it pays`, async () => {
      const { closeAt, settle, finalize, books } = await closingWorld()
      await time.setNextBlockTimestamp(closeAt + seconds)
      await settle(400n)
      expect(await books()).to.deep.equal([400n, 400n, 0n])
      await time.increaseTo(closeAt + 2)
      await finalize()
      expect(await books()).to.deep.equal([400n, 400n, 600n])
    })
  }

  it('when it is finalized twice in one block ... it refunds once', async () => {
    const { escrow, channelId, closeAt, finalize, books } = await closingWorld()
    const [first, second] = await inOneBlock(closeAt, async () => [await finalize(), await finalize()])
    await expect(first).to.emit(escrow, 'CloseFinalized').withArgs(channelId, 0n, DEPOSIT)
    await expect(second)
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen')
      .withArgs(channelId, ChannelStatus.CLOSED)
    expect(await books()).to.deep.equal([0n, 0n, DEPOSIT])
  })

  it('when a close is agreed in the block of finalizeClose, before it ... the agreement counts', async () => {
    const { world, escrow, channel, channelId, payer, payee, closeAt, finalize, books } = await closingWorld()
    const value = totals(700n)
    const consent = payee.signParts(await closeMessage(world, channelId, value))
    const promise = payer.signParts(await voucherMessage(world, channelId, value))
    const [closed, finalized] = await inOneBlock(closeAt, async () => [
      await escrow.close(channel, 700n, value.version, value.receiptsRoot, consent, 700n, promise, { gasLimit }),
      await finalize(),
    ])
    await expect(closed).to.emit(escrow, 'ChannelClosed')
    await expect(finalized)
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen')
      .withArgs(channelId, ChannelStatus.CLOSED)
    expect(await books()).to.deep.equal([700n, 700n, 300n])
  })

  it('when it is requested and the channel topped up in one block ... the top-up is refused', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel, channelId, payerBinding } = await openChannel(world, DEPOSIT)
    const escrow = world.escrow.connect(world.funder)
    const at = (await time.latest()) + 10
    const [, toppedUp] = await inOneBlock(at, async () => [
      await escrow.requestClose(channel, { gasLimit }),
      await escrow.topUp(channel, payerBinding, 1n, { gasLimit }),
    ])
    await expect(toppedUp)
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Closing')
      .withArgs(channelId, at + 2 * HOUR)
    expect((await escrow.channelOf(channelId)).deposit).to.equal(DEPOSIT)
  })

  describe('given an outage of 24 hours after the request, in which no block comes', () => {
    it('when the close delay is 26 hours ... the funder is too early, the payee settles all, then it closes', async () => {
      const { escrow, channelId, requestedAt, settle, finalize, books } = await openWithFloor(26 * HOUR)
      const [back, closeAt] = [requestedAt + OUTAGE, requestedAt + 26 * HOUR]
      const [tried] = await inOneBlock(back, async () => [await finalize(), await settle(DEPOSIT)])
      await expect(tried)
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_TooEarly')
        .withArgs(channelId, back, closeAt)
      expect(await books()).to.deep.equal([DEPOSIT, DEPOSIT, 0n])
      await time.setNextBlockTimestamp(closeAt)
      await expect(finalize()).to.emit(escrow, 'CloseFinalized').withArgs(channelId, DEPOSIT, 0n)
      expect(await books()).to.deep.equal([DEPOSIT, DEPOSIT, 0n])
    })

    it('when the close delay is one hour, and the funder comes first ... the payee loses', async () => {
      const { escrow, channelId, requestedAt, settle, finalize, books } = await openWithFloor(HOUR)
      const [, settled] = await inOneBlock(requestedAt + OUTAGE, async () => [await finalize(), await settle(DEPOSIT)])
      await expect(settled).to.emit(escrow, 'RowSkipped').withArgs(channelId, SkipReason.NOT_OPEN)
      expect(await books()).to.deep.equal([0n, 0n, DEPOSIT])
    })
  })
})
