/**
 * close: what it pays
 * |-- given an amount above what is settled, and a voucher of exactly it
 * |   |-- it pays the difference, and refunds the rest to the funder's balance
 * |   |-- it keeps the deposit, and stores closed
 * |   |-- it emits ChannelClosed
 * |   `-- it moves no token
 * |-- given a voucher above the amount ... it pays the amount, and tells both
 * |-- given a voucher above the deposit ... it pays the deposit, and tells both
 * |-- given an amount of exactly what is settled ... it looks at no voucher, and closes
 * |-- given an amount below what is settled ... it closes at what is settled, and tells no less
 * |-- given an amount of zero, and nothing settled ... it refunds all
 * |-- given all of the deposit is settled ... it refunds nothing
 * |-- given a topped-up channel ... it pays above the first deposit
 * |-- given a pending close ... it closes at once, and cannot be finalized
 * |-- given payer and payee with P-256 keys ... it closes
 * |-- given the payer's binding has ended ... it closes
 * |-- given the voucher of a give-back is settled first ... it closes at what is settled, and tells no less
 * |-- given another channel of the same ends ... it leaves it alone
 * `-- given a closed channel
 *     |-- when a voucher is settled ... it skips the row with NotOpen
 *     |-- when it is opened again ... it reverts with AlreadyOpened
 *     `-- when anything else is tried ... it reverts with NotOpen
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { ChannelStatus, SkipReason } from '../../../sdk/src/generated/constants.ts'
import { bindingIdOf, soon } from '../helpers/bindings.ts'
import { channelIdOf, packTotals, requestCloseMessage } from '../helpers/channels.ts'
import { DEPOSIT, NO_SIGNATURE, ROOT, VERSION, openToClose } from '../helpers/closing.ts'
import { revoke } from '../helpers/standing.ts'
import { HOUR, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'

const { CLOSED } = ChannelStatus

describe('close: what it pays', () => {
  describe('given an amount above what is settled, and a voucher of exactly it', () => {
    it("it pays the difference, and refunds the rest to the funder's balance", async () => {
      const { settle, close, money } = await openToClose()
      await settle(100n)
      await close(400n, 400n)
      expect(await money()).to.deep.equal([400n, 600n])
    })

    it('it keeps the deposit, and stores closed', async () => {
      const { escrow, channelId, settle, close } = await openToClose()
      await settle(100n)
      await close(400n, 400n)
      expect(await escrow.channelOf(channelId)).to.deep.equal([400n, DEPOSIT, 0n, BigInt(CLOSED)])
    })

    it('it emits ChannelClosed', async () => {
      const { escrow, channelId, settle, close } = await openToClose()
      await settle(100n)
      await expect(close(400n, 400n))
        .to.emit(escrow, 'ChannelClosed')
        .withArgs(channelId, packTotals(400n, 400n, VERSION), ROOT, 600n)
    })

    it('it moves no token', async () => {
      const { world, escrow, beneficiary, close } = await openToClose()
      const accounts = [escrow, world.funder, beneficiary]
      await expect(close(400n, 400n)).to.changeTokenBalances(ethers, world.token, accounts, [0n, 0n, 0n])
    })
  })

  it('given a voucher above the amount ... it pays the amount, and tells both', async () => {
    const { escrow, channelId, close, money } = await openToClose()
    await expect(close(400n, 500n))
      .to.emit(escrow, 'ChannelClosed')
      .withArgs(channelId, packTotals(400n, 500n, VERSION), ROOT, 600n)
    expect(await money()).to.deep.equal([400n, 600n])
  })

  it('given a voucher above the deposit ... it pays the deposit, and tells both', async () => {
    const { escrow, channelId, close, money } = await openToClose()
    await expect(close(DEPOSIT, 2n * DEPOSIT))
      .to.emit(escrow, 'ChannelClosed')
      .withArgs(channelId, packTotals(DEPOSIT, 2n * DEPOSIT, VERSION), ROOT, 0n)
    expect(await money()).to.deep.equal([DEPOSIT, 0n])
  })

  it('given an amount of exactly what is settled ... it looks at no voucher, and closes', async () => {
    const { escrow, channel, channelId, consent, settle, money } = await openToClose()
    await settle(400n)
    await expect(escrow.close(channel, 400n, VERSION, ROOT, await consent(400n), 999n, NO_SIGNATURE))
      .to.emit(escrow, 'ChannelClosed')
      .withArgs(channelId, packTotals(400n, 400n, VERSION), ROOT, 600n)
    expect(await money()).to.deep.equal([400n, 600n])
  })

  it('given an amount below what is settled ... it closes at what is settled, and tells no less', async () => {
    const { escrow, channel, channelId, consent, settle, money } = await openToClose()
    await settle(400n)
    await expect(escrow.close(channel, 300n, VERSION, ROOT, await consent(300n), 0n, NO_SIGNATURE))
      .to.emit(escrow, 'ChannelClosed')
      .withArgs(channelId, packTotals(400n, 400n, VERSION), ROOT, 600n)
    expect(await money()).to.deep.equal([400n, 600n])
  })

  it('given an amount of zero, and nothing settled ... it refunds all', async () => {
    const { escrow, channel, channelId, consent, money } = await openToClose()
    await expect(escrow.close(channel, 0n, VERSION, ROOT, await consent(0n), 0n, NO_SIGNATURE))
      .to.emit(escrow, 'ChannelClosed')
      .withArgs(channelId, packTotals(0n, 0n, VERSION), ROOT, DEPOSIT)
    expect(await money()).to.deep.equal([0n, DEPOSIT])
  })

  it('given all of the deposit is settled ... it refunds nothing', async () => {
    const { escrow, channelId, settle, close, money } = await openToClose()
    await settle(DEPOSIT)
    await expect(close(DEPOSIT, DEPOSIT))
      .to.emit(escrow, 'ChannelClosed')
      .withArgs(channelId, packTotals(DEPOSIT, DEPOSIT, VERSION), ROOT, 0n)
    expect(await money()).to.deep.equal([DEPOSIT, 0n])
  })

  it('given a topped-up channel ... it pays above the first deposit', async () => {
    const { world, channel, payerBinding, close, money } = await openToClose()
    await world.escrow.connect(world.funder).topUp(channel, payerBinding, 500n)
    await close(1_200n, 1_200n)
    expect(await money()).to.deep.equal([1_200n, 300n])
  })

  it('given a pending close ... it closes at once, and cannot be finalized', async () => {
    const { world, escrow, channel, channelId, close, money } = await openToClose()
    await world.escrow.connect(world.funder).requestClose(channel)
    const { closeAt } = await escrow.channelOf(channelId)
    await close(400n, 400n)
    expect(await escrow.channelOf(channelId)).to.deep.equal([400n, DEPOSIT, closeAt, BigInt(CLOSED)])
    await networkHelpers.time.increase(3 * HOUR)
    await expect(escrow.finalizeClose(channel))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen')
      .withArgs(channelId, CLOSED)
    expect(await money()).to.deep.equal([400n, 600n])
  })

  it('given payer and payee with P-256 keys ... it closes', async () => {
    const { p256Car, p256Charger } = await networkHelpers.loadFixture(deployWorld)
    const { escrow, channelId, close } = await openToClose({ payer: p256Car, payee: p256Charger })
    await expect(close(400n, 400n))
      .to.emit(escrow, 'ChannelClosed')
      .withArgs(channelId, packTotals(400n, 400n, VERSION), ROOT, 600n)
  })

  it("given the payer's binding has ended ... it closes", async () => {
    const { world, payerBinding, close, money } = await openToClose()
    await revoke(world, { binding: payerBinding, bindingId: bindingIdOf(payerBinding) }, { sequence: 0 })
    await close(400n, 400n)
    expect(await money()).to.deep.equal([400n, 600n])
  })

  it('given the voucher of a give-back is settled first ... it closes at what is settled, and tells no less', async () => {
    const { escrow, channelId, settle, close, money } = await openToClose()
    await settle(500n)
    await expect(close(400n, 500n))
      .to.emit(escrow, 'ChannelClosed')
      .withArgs(channelId, packTotals(500n, 500n, VERSION), ROOT, 500n)
    expect(await money()).to.deep.equal([500n, 500n])
  })

  it('given another channel of the same ends ... it leaves it alone', async () => {
    const { world, escrow, channel, payerBinding, close, money } = await openToClose()
    const other = { ...channel, terms: { ...channel.terms, salt: id('another salt') } }
    await world.escrow.connect(world.funder).open(other, payerBinding, 33n)
    await close(400n, 400n)
    expect(await escrow.channelOf(await channelIdOf(world, other))).to.deep.equal([0n, 33n, 0n, 1n])
    expect(await money()).to.deep.equal([400n, 600n])
  })

  describe('given a closed channel', () => {
    it('when a voucher is settled ... it skips the row with NotOpen', async () => {
      const { escrow, channelId, settle, close, money } = await openToClose()
      await close(400n, 400n)
      await expect(settle(900n)).to.emit(escrow, 'RowSkipped').withArgs(channelId, SkipReason.NOT_OPEN)
      expect(await money()).to.deep.equal([400n, 600n])
    })

    it('when it is opened again ... it reverts with AlreadyOpened', async () => {
      const { world, channel, channelId, payerBinding, close } = await openToClose()
      await close(400n, 400n)
      const funder = world.escrow.connect(world.funder)
      for (const again of ['open', 'openFromBalance'] as const) {
        await expect(funder[again](channel, payerBinding, 1n))
          .to.be.revertedWithCustomError(funder, 'ChannelEscrow_AlreadyOpened')
          .withArgs(channelId, CLOSED)
      }
    })

    it('when anything else is tried ... it reverts with NotOpen', async () => {
      const { world, channel, channelId, payerBinding, payer, close } = await openToClose()
      await close(400n, 400n)
      const deadline = await soon()
      const request = payer.signParts(await requestCloseMessage(world, channelId, deadline))
      const funder = world.escrow.connect(world.funder)
      for (const attempt of [
        () => close(400n, 400n),
        () => funder.topUp(channel, payerBinding, 1n),
        () => funder.topUpFromBalance(channel, payerBinding, 1n),
        () => funder.requestClose(channel),
        () => funder.requestCloseByPayer(channel, deadline, request),
        () => funder.finalizeClose(channel),
      ]) {
        await expect(attempt())
          .to.be.revertedWithCustomError(funder, 'ChannelEscrow_NotOpen')
          .withArgs(channelId, CLOSED)
      }
    })
  })
})
