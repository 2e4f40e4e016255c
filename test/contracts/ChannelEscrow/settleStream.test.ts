/**
 * settleStream
 * |-- (each case of helpers/revealCases.ts, all ticks revealed; of helpers/deviceCases.ts, by the payer over the StreamVoucher)
 * |-- given a number of ticks
 * |   |-- when it is one above the stream's count ... it reverts with TooManyTicks
 * |   |-- when it is all that 32 bits hold ... it reverts with TooManyTicks
 * |   |-- when it is one more, or one less, than was revealed ... it reverts with WrongPreimage
 * |   |-- when it is none, with the root ... it pays what is due before the first tick
 * |   |-- when it is none, with another word than the root ... it reverts with WrongPreimage
 * |   |-- when it is 1, 2, ... all ... it pays so many
 * |   |-- when it grows from call to call ... it pays the difference
 * |   `-- when the stream has no ticks at all ... it pays what is due before them
 * |-- given ticks that pay nothing ... it pays what is due before the first tick
 * |-- given so many ticks that the product needs more than 96 bits ... it reverts with TotalTooLarge, and tells the whole total
 * `-- given dirty high bits in a narrow field ... it reverts
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { streamVoucherTypes } from '../../../sdk/src/generated/typedData.ts'
import { expectDirtyWordsRefused, narrowWordsOf } from '../helpers/calldata.ts'
import { openChannel, packTotals, totals } from '../helpers/channels.ts'
import { describeDeviceSignatures } from '../helpers/deviceCases.ts'
import type { Claim } from '../helpers/deviceCases.ts'
import type { Device, DeviceSignature } from '../helpers/devices.ts'
import { describeReveals } from '../helpers/revealCases.ts'
import { SECRET, hashed, streamArguments } from '../helpers/reveals.ts'
import { putChannel } from '../helpers/storage.ts'
import { deployWorld, domainOf, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const ALL_96_BITS = 2n ** 96n - 1n
const ALL_32_BITS = 2 ** 32 - 1
const TICKS = 10
const VERSION = 7n

/** A stream of ten ticks of 5 each, 100 before the first. */
async function prepare() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const opened = await openChannel(world, 1_000n)
  const { channel, channelId, payer } = opened
  const escrow = world.escrow.connect(world.stranger)
  const base = totals(100n, VERSION)
  const make = (ticks: number, { tickAmount = 5n, tickCount = TICKS } = {}) =>
    streamArguments(world, channel, payer, base, { tickAmount, tickCount, ticks })
  /** The pre-image of `revealed` ticks, for which `claimed` are asked. */
  const claim = async (claimed: number, revealed: number) => {
    const [hashedChannel, signature, voucher, , preimage] = await make(revealed)
    return escrow.settleStream(hashedChannel, signature, voucher, claimed, preimage)
  }
  const settle = async (ticks: number, stream = {}) => escrow.settleStream(...(await make(ticks, stream)))
  const settled = async () => (await escrow.channelOf(channelId)).settled as bigint
  return { ...opened, world, escrow, base, make, claim, settle, settled }
}

async function arrange(world: World, payer: Device): Promise<Claim> {
  const { channel, channelId } = await putChannel(world, { payer })
  const stream = { tickAmount: 5n, tickCount: TICKS, ticks: 4 }
  const base = totals(100n, VERSION)
  const [hashedChannel, , voucher, ticks, preimage] = await streamArguments(world, channel, payer, base, stream)
  const settle = (signature: DeviceSignature) =>
    world.escrow.settleStream(hashedChannel, signature, voucher, ticks, preimage)
  return {
    message: { domain: await domainOf(world.escrow), types: streamVoucherTypes, value: voucher },
    async accepts(signature) {
      await expect(settle(signature))
        .to.emit(world.escrow, 'VoucherSettled')
        .withArgs(channelId, packTotals(120n, 120n, VERSION), base.receiptsRoot)
    },
    async refuses(signature) {
      await expect(settle(signature))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_WrongSigner')
        .withArgs(payer.id)
    },
  }
}

describe('settleStream', () => {
  describeReveals({
    name: 'settleStream',
    argumentsOf: (world, channel, signer, base, more) =>
      streamArguments(world, channel, signer, base, { tickAmount: more, tickCount: 1 }),
    largest: { base: ALL_96_BITS, more: ALL_96_BITS },
  })
  describeDeviceSignatures(arrange)
  describe('given a number of ticks', () => {
    describeWrongTicks()
    describeTicks()
  })

  it('given ticks that pay nothing ... it pays what is due before the first tick', async () => {
    const { settle, settled } = await prepare()
    await settle(TICKS, { tickAmount: 0n })
    expect(await settled()).to.equal(100n)
  })

  it('given ticks of more than 96 bits together ... it reverts with TotalTooLarge, and tells the total', async () => {
    const { escrow, channelId, settle } = await prepare()
    await expect(settle(TICKS, { tickAmount: ALL_96_BITS }))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_TotalTooLarge')
      .withArgs(channelId, 100n + BigInt(TICKS) * ALL_96_BITS, ALL_96_BITS)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, make } = await prepare()
    const data = escrow.interface.encodeFunctionData('settleStream', await make(TICKS))
    await expectDirtyWordsRefused(escrow, world.stranger, data, narrowWordsOf(escrow, 'settleStream'))
  })
})

function describeWrongTicks(): void {
  for (const [title, claimed] of [
    ["one above the stream's count", TICKS + 1],
    ['all that 32 bits hold', ALL_32_BITS],
  ] as const) {
    it(`when it is ${title} ... it reverts with TooManyTicks`, async () => {
      const { escrow, claim } = await prepare()
      await expect(claim(claimed, TICKS))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_TooManyTicks')
        .withArgs(claimed, TICKS)
    })
  }

  for (const [title, claimed, revealed] of [
    ['one more than was revealed', 5, 4],
    ['one less than was revealed', 4, 5],
    ['one, and none was revealed', 1, 0],
    ['none, and one was revealed', 0, 1],
    ['all, and one was not revealed', TICKS, TICKS - 1],
  ] as const) {
    it(`when it is ${title} ... it reverts with WrongPreimage`, async () => {
      const { escrow, claim } = await prepare()
      const found = hashed(SECRET, TICKS - revealed + claimed)
      await expect(claim(claimed, revealed))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongPreimage')
        .withArgs(found, hashed(SECRET, TICKS))
    })
  }

  it('when the pre-image is of another secret ... it reverts with WrongPreimage', async () => {
    const { escrow, make } = await prepare()
    const [hashedChannel, signature, voucher, ticks] = await make(3)
    await expect(escrow.settleStream(hashedChannel, signature, voucher, ticks, id('another')))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongPreimage')
      .withArgs(hashed(id('another'), 3), hashed(SECRET, TICKS))
  })
}

function describeTicks(): void {
  for (const ticks of [0, 1, 2, 3, 4, 5, TICKS - 1, TICKS]) {
    it(`when it is ${ticks} of ${TICKS} ... it pays so many`, async () => {
      const { escrow, channelId, base, settle } = await prepare()
      const total = 100n + 5n * BigInt(ticks)
      await expect(settle(ticks))
        .to.emit(escrow, 'VoucherSettled')
        .withArgs(channelId, packTotals(total, total, VERSION), base.receiptsRoot)
    })
  }

  it('when it grows from call to call ... it pays the difference', async () => {
    const { escrow, channel, settle, settled } = await prepare()
    for (const ticks of [1, 4, 5, TICKS]) {
      await settle(ticks)
      expect(await settled()).to.equal(100n + 5n * BigInt(ticks))
    }
    expect(await escrow.payoutOf(channel.beneficiary, channel.token)).to.equal(150n)
  })

  it('when it falls from call to call ... it reverts with NothingToSettle', async () => {
    const { escrow, channelId, settle } = await prepare()
    await settle(5)
    for (const ticks of [5, 4, 0]) {
      await expect(settle(ticks))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NothingToSettle')
        .withArgs(channelId, 100n + 5n * BigInt(ticks), 125n, 1_000n)
    }
  })

  it('when the stream has no ticks at all ... it pays what is due before them', async () => {
    const { settle, settled } = await prepare()
    await settle(0, { tickCount: 0 })
    expect(await settled()).to.equal(100n)
  })

  it('when it is three hundred ... it pays them all', async () => {
    const { settle, settled } = await prepare()
    await settle(300, { tickAmount: 2n, tickCount: 300 })
    expect(await settled()).to.equal(700n)
  })
}
