/**
 * channelOf: one slot a channel
 * |-- given a channel that was never opened ... it answers zeros, and the slot is empty
 * |-- given an opened channel ... the slot holds the deposit and open
 * |-- given a settled channel ... the slot holds the settled total too
 * |-- given a pending close ... the slot holds closeAt too
 * |-- given a closed channel ... the slot keeps everything and holds closed
 * |-- given the largest values in storage ... it answers each of them
 * |-- when a channel is opened from the balance ... its slot and the balance are written
 * |-- when a channel is opened from the allowance ... its slot alone is written
 * |-- when it is topped up ... its slot alone is written
 * |-- when it is settled ... its slot and the payout are written
 * |-- when a second voucher is settled ... the same two slots are written
 * |-- when a close is requested ... its slot alone is written
 * |-- when the close is finalized ... its slot and the balance are written
 * |-- when all is settled, and the close is finalized ... its slot alone is written
 * `-- when it closes with nothing left to settle or refund ... its slot alone is written
 */
import { expect } from 'chai'
import type { TransactionResponse } from 'ethers'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { closeMessage, openChannel, prepareChannel, settleRow, totals } from '../helpers/channels.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { channelSlotOf, channelWordOf, packState, putChannel, slotsWritten } from '../helpers/storage.ts'
import { HOUR, deployWorld, networkHelpers } from '../helpers/world.ts'

const { time } = networkHelpers
const { NONE, OPEN, CLOSED } = ChannelStatus

async function openWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const opened = await openChannel(world, 1_000n)
  const escrow = world.escrow.connect(world.funder)
  const settle = async (total: bigint, version = 1n): Promise<TransactionResponse> => {
    const row = await settleRow(world, opened.channel, opened.payer, totals(total, version))
    return escrow.settle([{ beneficiary: opened.channel.beneficiary, token: opened.channel.token, rows: [row] }])
  }
  const requestClose = async () => {
    await escrow.requestClose(opened.channel)
    return (await escrow.channelOf(opened.channelId)).closeAt as bigint
  }
  return { ...opened, world, escrow, settle, requestClose }
}

describe('channelOf: one slot a channel', () => {
  it('given a channel that was never opened ... it answers zeros, and the slot is empty', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { channel } = await prepareChannel(world)
    const channelId = await channelIdOf(world, channel)
    expect(await world.escrow.channelOf(channelId)).to.deep.equal([0n, 0n, 0n, BigInt(NONE)])
    expect(await channelWordOf(world, channelId)).to.equal(0n)
  })

  it('given an opened channel ... the slot holds the deposit and open', async () => {
    const { world, channelId } = await openWorld()
    const state = { settled: 0n, deposit: 1_000n, closeAt: 0n, status: OPEN }
    expect(await channelWordOf(world, channelId)).to.equal(packState(state))
  })

  it('given a settled channel ... the slot holds the settled total too', async () => {
    const { world, channelId, settle } = await openWorld()
    await settle(400n)
    const state = { settled: 400n, deposit: 1_000n, closeAt: 0n, status: OPEN }
    expect(await channelWordOf(world, channelId)).to.equal(packState(state))
  })

  it('given a pending close ... the slot holds closeAt too', async () => {
    const { world, channelId, settle, requestClose } = await openWorld()
    await settle(400n)
    const closeAt = await requestClose()
    const state = { settled: 400n, deposit: 1_000n, closeAt, status: OPEN }
    expect(await channelWordOf(world, channelId)).to.equal(packState(state))
  })

  it('given a closed channel ... the slot keeps everything and holds closed', async () => {
    const { world, escrow, channel, channelId, settle, requestClose } = await openWorld()
    await settle(400n)
    const closeAt = await requestClose()
    await time.increase(3 * HOUR)
    await escrow.finalizeClose(channel)
    const state = { settled: 400n, deposit: 1_000n, closeAt, status: CLOSED }
    expect(await channelWordOf(world, channelId)).to.equal(packState(state))
  })

  it('given the largest values in storage ... it answers each of them', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const [amount, closeAt] = [2n ** 96n - 1n, 2n ** 40n - 1n]
    for (const state of [
      { settled: amount, deposit: 0n, closeAt: 0n, status: NONE },
      { settled: 0n, deposit: amount, closeAt: 0n, status: NONE },
      { settled: 0n, deposit: 0n, closeAt, status: NONE },
      { settled: 0n, deposit: 0n, closeAt: 0n, status: CLOSED },
    ]) {
      const { channelId } = await putChannel(world, state)
      const answer = [state.settled, state.deposit, state.closeAt, BigInt(state.status)]
      expect(await world.escrow.channelOf(channelId)).to.deep.equal(answer)
    }
  })

  describe('what is written', () => {
    it('when a channel is opened from the balance ... its slot and the balance are written', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { channel, payerBinding } = await prepareChannel(world)
      const escrow = world.escrow.connect(world.funder)
      await escrow.depositBalance(channel.token, 5_000n)
      const slots = await slotsWritten((await escrow.openFromBalance(channel, payerBinding, 1_000n)).hash)
      expect(slots)
        .to.have.length(2)
        .and.to.include(channelSlotOf(await channelIdOf(world, channel)))
    })

    it('when a channel is opened from the allowance ... its slot alone is written', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { channel, payerBinding } = await prepareChannel(world)
      const opening = await world.escrow.connect(world.funder).open(channel, payerBinding, 1_000n)
      expect(await slotsWritten(opening.hash)).to.deep.equal([channelSlotOf(await channelIdOf(world, channel))])
    })

    it('when it is topped up ... its slot alone is written', async () => {
      const { escrow, channel, channelId, payerBinding } = await openWorld()
      const toppingUp = await escrow.topUp(channel, payerBinding, 500n)
      expect(await slotsWritten(toppingUp.hash)).to.deep.equal([channelSlotOf(channelId)])
    })

    it('when it is settled ... its slot and the payout are written', async () => {
      const { channelId, settle } = await openWorld()
      const slots = await slotsWritten((await settle(400n)).hash)
      expect(slots).to.have.length(2).and.to.include(channelSlotOf(channelId))
    })

    it('when a second voucher is settled ... the same two slots are written', async () => {
      const { settle } = await openWorld()
      const first = await slotsWritten((await settle(400n)).hash)
      expect(await slotsWritten((await settle(500n, 2n)).hash)).to.deep.equal(first)
    })

    it('when a close is requested ... its slot alone is written', async () => {
      const { escrow, channel, channelId } = await openWorld()
      const request = await escrow.requestClose(channel)
      expect(await slotsWritten(request.hash)).to.deep.equal([channelSlotOf(channelId)])
    })

    it('when the close is finalized ... its slot and the balance are written', async () => {
      const { escrow, channel, channelId, requestClose } = await openWorld()
      await requestClose()
      await time.increase(3 * HOUR)
      const slots = await slotsWritten((await escrow.finalizeClose(channel)).hash)
      expect(slots).to.have.length(2).and.to.include(channelSlotOf(channelId))
    })

    it('when all is settled, and the close is finalized ... its slot alone is written', async () => {
      const { escrow, channel, channelId, settle, requestClose } = await openWorld()
      await settle(1_000n)
      await requestClose()
      await time.increase(3 * HOUR)
      expect(await slotsWritten((await escrow.finalizeClose(channel)).hash)).to.deep.equal([channelSlotOf(channelId)])
    })

    it('when it closes with nothing left to settle or refund ... its slot alone is written', async () => {
      const { world, escrow, channel, channelId, payee, settle } = await openWorld()
      await settle(1_000n)
      const { cumulativeAmount, version, receiptsRoot } = totals(1_000n)
      const consent = payee.signParts(await closeMessage(world, channelId, totals(1_000n)))
      const nothing = { r: receiptsRoot, vs: receiptsRoot, signer: '0x' }
      const closing = await escrow.close(channel, cumulativeAmount, version, receiptsRoot, consent, 0n, nothing)
      expect(await slotsWritten(closing.hash)).to.deep.equal([channelSlotOf(channelId)])
    })
  })
})
