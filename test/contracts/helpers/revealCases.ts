/**
 * Cases that every way to settle a promise with a secret in it must pass:
 *
 * given a channel that cannot be settled
 * |-- when it was never opened, is closed, or its close was finalized ... it reverts with NotOpen
 * `-- when the voucher is of another channel ... it reverts with WrongChannel
 * given the total
 * |-- when it is one above 96 bits, or as large as the fields allow ... it reverts with TotalTooLarge
 * |-- when it is all of 96 bits ... it pays the deposit, and tells the total
 * |-- when it is zero, what is settled, or below ... it reverts with NothingToSettle
 * |-- when it is one above what is settled ... it pays one
 * |-- when it is above the deposit ... it pays the deposit, again reverts with NothingToSettle, and the rest after a top up
 * `-- when it is sent again ... it reverts with NothingToSettle
 * given another message of the payer: a plain voucher, a cooperative close, an acknowledgement ... it reverts with WrongSigner
 * given an open channel
 * |-- it raises the settled total and the payout, and moves no token
 * |-- it emits VoucherSettled with the total, the version and the root
 * |-- when a close is pending, or could be finalized ... it pays, and the close stays pending
 * `-- when the payer has a P-256 key ... it pays and tells the same
 */
import { expect } from 'chai'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { acknowledgementTypes, cooperativeCloseTypes, voucherTypes } from '../../../sdk/src/generated/typedData.ts'
import { openChannel, packTotals, totals } from './channels.ts'
import type { Channel, Totals } from './channels.ts'
import type { Device, DeviceSignature } from './devices.ts'
import { putChannel } from './storage.ts'
import { HOUR, deployWorld, domainOf, ethers, networkHelpers } from './world.ts'
import type { World } from './world.ts'

const { time } = networkHelpers
const DEPOSIT = 1_000n
const ALL_96_BITS = 2n ** 96n - 1n
const VERSION = 7n

/** A promise of `base` and `more` on top, all of it revealed. */
export type Promised = { readonly base: bigint; readonly more: bigint }

/** The arguments of the call, signed by `signer`. */
type MakeArguments = (
  world: World,
  channel: Channel,
  signer: Device,
  base: Totals,
  more: bigint,
) => Promise<readonly [unknown, DeviceSignature, { channelId: string }, ...unknown[]]>

export type Reveal = {
  readonly name: 'settleStream' | 'settleHashlock'
  readonly argumentsOf: MakeArguments
  /** The largest promise that the fields can hold. */
  readonly largest: Promised
}

export function describeReveals(reveal: Reveal): void {
  describe('given a channel that cannot be settled', () => describeUnsettleable(reveal))
  describe('given the total', () => {
    describeWidth(reveal)
    describeStale(reveal)
    describeDeposit(reveal)
  })
  describe('given another message of the payer', () => describeOtherMessages(reveal))
  describe('given an open channel', () => describePaying(reveal))
}

/** A channel opened for real, and a stranger that settles. */
export async function openedFor({ name, argumentsOf }: Reveal, ends: { payer?: Device; payee?: Device } = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const opened = await openChannel(world, DEPOSIT, ends)
  const { channel, channelId, payer } = opened
  const escrow = world.escrow.connect(world.stranger)
  const make = ({ base, more }: Promised) => argumentsOf(world, channel, payer, totals(base, VERSION), more)
  const settle = async (promised: Promised) => escrow[name](...(await make(promised)))
  const paid = async () => [
    (await escrow.channelOf(channelId)).settled as bigint,
    (await escrow.payoutOf(channel.beneficiary, channel.token)) as bigint,
  ]
  const settledEvent = (settled: bigint, total: bigint) => [
    channelId,
    packTotals(settled, total, VERSION),
    totals(total, VERSION).receiptsRoot,
  ]
  return { ...opened, world, escrow, make, settle, paid, settledEvent }
}

type Opened = Awaited<ReturnType<typeof openedFor>>

async function refusesStale({ escrow, channelId, settle }: Opened, promised: Promised, settled: bigint) {
  await expect(settle(promised))
    .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NothingToSettle')
    .withArgs(channelId, promised.base + promised.more, settled, DEPOSIT)
}

function describeUnsettleable(reveal: Reveal): void {
  const { name, argumentsOf } = reveal
  for (const [title, status] of [
    ['was never opened', ChannelStatus.NONE],
    ['is closed', ChannelStatus.CLOSED],
  ] as const) {
    it(`when it ${title} ... it reverts with NotOpen`, async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { channel, channelId, payer } = await putChannel(world, { status })
      const given = await argumentsOf(world, channel, payer, totals(100n), 50n)
      await expect(world.escrow[name](...given))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotOpen')
        .withArgs(channelId, status)
    })
  }

  it('when its close was finalized ... it reverts with NotOpen', async () => {
    const { world, escrow, channel, channelId, settle } = await openedFor(reveal)
    await escrow.connect(world.funder).requestClose(channel)
    await time.increase(3 * HOUR)
    await escrow.finalizeClose(channel)
    await expect(settle({ base: 100n, more: 50n }))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen')
      .withArgs(channelId, ChannelStatus.CLOSED)
  })

  it('when the voucher is of another channel ... it reverts with WrongChannel', async () => {
    const { world, escrow, channelId, payer, make } = await openedFor(reveal)
    const other = await putChannel(world, { payee: world.p256Charger })
    const [hashed] = await make({ base: 100n, more: 50n })
    const [, ...foreign] = await argumentsOf(world, other.channel, payer, totals(100n), 50n)
    await expect(escrow[name](hashed, ...foreign))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongChannel')
      .withArgs(other.channelId, channelId)
  })
}

function describeWidth(reveal: Reveal): void {
  for (const [title, promised] of [
    ['one above 96 bits', { base: 1n, more: ALL_96_BITS }],
    ['as large as the fields allow', reveal.largest],
  ] as const) {
    it(`when it is ${title} ... it reverts with TotalTooLarge`, async () => {
      const { escrow, channelId, settle } = await openedFor(reveal)
      await expect(settle(promised))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_TotalTooLarge')
        .withArgs(channelId, promised.base + promised.more, ALL_96_BITS)
    })
  }

  for (const promised of [
    { base: 0n, more: ALL_96_BITS },
    { base: ALL_96_BITS, more: 0n },
  ]) {
    const title = promised.base === 0n ? 'revealed' : 'plain'
    it(`when it is all of 96 bits, all of it ${title} ... it pays the deposit, and tells the total`, async () => {
      const { escrow, settle, paid, settledEvent } = await openedFor(reveal)
      await expect(settle(promised))
        .to.emit(escrow, 'VoucherSettled')
        .withArgs(...settledEvent(DEPOSIT, ALL_96_BITS))
      expect(await paid()).to.deep.equal([DEPOSIT, DEPOSIT])
    })
  }
}

function describeStale(reveal: Reveal): void {
  it('when it is zero ... it reverts with NothingToSettle', async () => {
    await refusesStale(await openedFor(reveal), { base: 0n, more: 0n }, 0n)
  })

  it('when it is what is settled, or below ... it reverts with NothingToSettle', async () => {
    const opened = await openedFor(reveal)
    await opened.settle({ base: 100n, more: 50n })
    await refusesStale(opened, { base: 0n, more: 150n }, 150n)
    await refusesStale(opened, { base: 149n, more: 0n }, 150n)
    expect(await opened.paid()).to.deep.equal([150n, 150n])
  })

  it('when it is one above what is settled ... it pays one', async () => {
    const { settle, paid } = await openedFor(reveal)
    await settle({ base: 100n, more: 50n })
    await settle({ base: 0n, more: 151n })
    expect(await paid()).to.deep.equal([151n, 151n])
  })

  it('when it is sent again ... it reverts with NothingToSettle', async () => {
    const opened = await openedFor(reveal)
    await opened.settle({ base: 100n, more: 50n })
    await refusesStale(opened, { base: 100n, more: 50n }, 150n)
  })
}

function describeDeposit(reveal: Reveal): void {
  it('when it is above the deposit ... it pays the deposit, and the rest after a top up', async () => {
    const opened = await openedFor(reveal)
    const { world, escrow, channel, payerBinding, settle, paid, settledEvent } = opened
    const promised = { base: 900n, more: 300n }
    await expect(settle(promised))
      .to.emit(escrow, 'VoucherSettled')
      .withArgs(...settledEvent(DEPOSIT, 1_200n))
    await refusesStale(opened, promised, DEPOSIT)
    await escrow.connect(world.funder).topUp(channel, payerBinding, 500n)
    await settle(promised)
    expect(await paid()).to.deep.equal([1_200n, 1_200n])
  })

  it('when it is exactly the deposit ... it pays it', async () => {
    const { settle, paid } = await openedFor(reveal)
    await settle({ base: 900n, more: 100n })
    expect(await paid()).to.deep.equal([DEPOSIT, DEPOSIT])
  })
}

function describeOtherMessages(reveal: Reveal): void {
  for (const types of [voucherTypes, cooperativeCloseTypes, acknowledgementTypes]) {
    const [type] = Object.keys(types) as [string]
    it(`when it is a ${type} of the same total ... it reverts with WrongSigner`, async () => {
      const { world, escrow, channel, payer, make } = await openedFor(reveal)
      const [hashed, , voucher, ...revealed] = await make({ base: 150n, more: 0n })
      const message = { domain: await domainOf(world.escrow), types, value: voucher }
      await expect(escrow[reveal.name](hashed, payer.signParts(message), voucher, ...revealed))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongSigner')
        .withArgs(channel.payer)
    })
  }
}

function describePaying(reveal: Reveal): void {
  it('it raises the settled total and the payout, and moves no token', async () => {
    const { world, escrow, channel, channelId, settle, paid } = await openedFor(reveal)
    const accounts = [escrow, channel.beneficiary, world.stranger]
    await expect(settle({ base: 100n, more: 50n })).to.changeTokenBalances(ethers, world.token, accounts, [0n, 0n, 0n])
    expect(await paid()).to.deep.equal([150n, 150n])
    expect(await escrow.channelOf(channelId)).to.deep.equal([150n, DEPOSIT, 0n, BigInt(ChannelStatus.OPEN)])
  })

  for (const key of ['secp256k1', 'P-256'] as const) {
    it(`when the payer has a ${key} key ... it emits VoucherSettled with the total, the version and the root`, async () => {
      const { p256Car, p256Charger } = await networkHelpers.loadFixture(deployWorld)
      const opened = await openedFor(reveal, key === 'P-256' ? { payer: p256Car, payee: p256Charger } : {})
      await expect(opened.settle({ base: 100n, more: 50n }))
        .to.emit(opened.escrow, 'VoucherSettled')
        .withArgs(...opened.settledEvent(150n, 150n))
      expect(await opened.paid()).to.deep.equal([150n, 150n])
    })
  }

  for (const [title, seconds] of [
    ['is pending', HOUR],
    ['could be finalized', 100 * HOUR],
  ] as const) {
    it(`when a close ${title} ... it pays, and the close stays pending`, async () => {
      const { world, escrow, channel, channelId, settle } = await openedFor(reveal)
      await escrow.connect(world.funder).requestClose(channel)
      const { closeAt } = await escrow.channelOf(channelId)
      await time.increase(seconds)
      await settle({ base: 100n, more: 50n })
      expect(await escrow.channelOf(channelId)).to.deep.equal([150n, DEPOSIT, closeAt, BigInt(ChannelStatus.OPEN)])
    })
  }

  it('when the close is finalized after it ... the funder gets the rest', async () => {
    const { world, escrow, channel, settle } = await openedFor(reveal)
    await escrow.connect(world.funder).requestClose(channel)
    await settle({ base: 100n, more: 50n })
    await time.increase(3 * HOUR)
    await escrow.finalizeClose(channel)
    expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(DEPOSIT - 150n)
    expect(await escrow.payoutOf(channel.beneficiary, channel.token)).to.equal(150n)
  })
}
