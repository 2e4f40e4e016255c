/**
 * settleHashlock
 * |-- (each case of helpers/revealCases.ts; of helpers/deviceCases.ts, by the payer over the HashlockVoucher)
 * |-- given the lock's expiry
 * |   |-- when it is this second, or was a second ago ... it reverts with LockExpired
 * |   |-- when it is zero ... it reverts with LockExpired
 * |   `-- when it is the next second ... it pays
 * |-- given a pre-image
 * |   |-- when it is another word ... it reverts with WrongPreimage
 * |   |-- when it is the lock itself ... it reverts with WrongPreimage
 * |   `-- when the lock is of 31 or 33 bytes, and any word of it is shown ... it reverts with WrongPreimage
 * `-- given dirty high bits in a narrow field ... it reverts
 */
import { expect } from 'chai'
import { concat, dataSlice, id, sha256, zeroPadValue } from 'ethers'
import { hashlockVoucherTypes } from '../../../sdk/src/generated/typedData.ts'
import { expectDirtyWordsRefused, narrowWordsOf } from '../helpers/calldata.ts'
import { openChannel, packTotals, totals } from '../helpers/channels.ts'
import { describeDeviceSignatures } from '../helpers/deviceCases.ts'
import type { Claim } from '../helpers/deviceCases.ts'
import type { Device, DeviceSignature } from '../helpers/devices.ts'
import { describeReveals } from '../helpers/revealCases.ts'
import { SECRET, hashed, hashlockArguments } from '../helpers/reveals.ts'
import { putChannel } from '../helpers/storage.ts'
import { FAR_OFF, deployWorld, domainOf, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const { time } = networkHelpers
const ALL_96_BITS = 2n ** 96n - 1n
const VERSION = 7n
const BASE = totals(100n, VERSION)

/** A lock of 50 on top of 100. */
async function prepare() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const opened = await openChannel(world, 1_000n)
  const { channel, payer } = opened
  const escrow = world.escrow.connect(world.stranger)
  const make = (expiresAt = FAR_OFF) => hashlockArguments(world, channel, payer, BASE, { lockedAmount: 50n, expiresAt })
  /** With another pre-image, and where told with another lock, which the payer has signed. */
  const show = async (preimage: string, hashlock = hashed(SECRET, 1)) => {
    const [hashedChannel, , signed] = await make()
    const value = { ...signed, hashlock }
    const message = { domain: await domainOf(world.escrow), types: hashlockVoucherTypes, value }
    return escrow.settleHashlock(hashedChannel, payer.signParts(message), value, preimage)
  }
  return { ...opened, world, escrow, make, show }
}

async function arrange(world: World, payer: Device): Promise<Claim> {
  const { channel, channelId } = await putChannel(world, { payer })
  const [hashedChannel, , voucher, preimage] = await hashlockArguments(world, channel, payer, BASE, {
    lockedAmount: 50n,
  })
  const settle = (signature: DeviceSignature) =>
    world.escrow.settleHashlock(hashedChannel, signature, voucher, preimage)
  return {
    message: { domain: await domainOf(world.escrow), types: hashlockVoucherTypes, value: voucher },
    async accepts(signature) {
      await expect(settle(signature))
        .to.emit(world.escrow, 'VoucherSettled')
        .withArgs(channelId, packTotals(150n, 150n, VERSION), BASE.receiptsRoot)
    },
    async refuses(signature) {
      await expect(settle(signature))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_WrongSigner')
        .withArgs(payer.id)
    },
  }
}

describe('settleHashlock', () => {
  describeReveals({
    name: 'settleHashlock',
    argumentsOf: (world, channel, signer, base, more) =>
      hashlockArguments(world, channel, signer, base, { lockedAmount: more }),
    largest: { base: ALL_96_BITS, more: ALL_96_BITS },
  })
  describeDeviceSignatures(arrange)
  describe("given the lock's expiry", () => describeExpiry())
  describe('given a pre-image', () => describePreimages())

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, make } = await prepare()
    const data = escrow.interface.encodeFunctionData('settleHashlock', await make())
    await expectDirtyWordsRefused(escrow, world.stranger, data, narrowWordsOf(escrow, 'settleHashlock'))
  })
})

function describeExpiry(): void {
  for (const [title, after] of [
    ['is this second', 0],
    ['was a second ago', -1],
  ] as const) {
    it(`when it ${title} ... it reverts with LockExpired`, async () => {
      const { escrow, make } = await prepare()
      const now = (await time.latest()) + 10
      const given = await make(now + after)
      await time.setNextBlockTimestamp(now)
      await expect(escrow.settleHashlock(...given))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_LockExpired')
        .withArgs(now + after, now)
    })
  }

  it('when it is zero ... it reverts with LockExpired', async () => {
    const { escrow, make } = await prepare()
    const now = (await time.latest()) + 10
    const given = await make(0)
    await time.setNextBlockTimestamp(now)
    await expect(escrow.settleHashlock(...given))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_LockExpired')
      .withArgs(0, now)
  })

  it('when it is the next second ... it pays', async () => {
    const { escrow, channelId, make } = await prepare()
    const now = (await time.latest()) + 10
    const given = await make(now + 1)
    await time.setNextBlockTimestamp(now)
    await expect(escrow.settleHashlock(...given))
      .to.emit(escrow, 'VoucherSettled')
      .withArgs(channelId, packTotals(150n, 150n, VERSION), BASE.receiptsRoot)
  })
}

function describePreimages(): void {
  for (const [title, preimage] of [
    ['another word', id('another')],
    ['the lock itself', hashed(SECRET, 1)],
    ['a zero word', zeroPadValue('0x', 32)],
  ] as const) {
    it(`when it is ${title} ... it reverts with WrongPreimage`, async () => {
      const { escrow, show } = await prepare()
      await expect(show(preimage))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongPreimage')
        .withArgs(hashed(preimage, 1), hashed(SECRET, 1))
    })
  }

  for (const [length, secret, words] of [
    [
      31,
      dataSlice(SECRET, 0, 31),
      [concat([dataSlice(SECRET, 0, 31), '0x00']), zeroPadValue(dataSlice(SECRET, 0, 31), 32)],
    ],
    [33, concat([SECRET, '0x00']), [SECRET, concat([dataSlice(SECRET, 1), '0x00'])]],
  ] as const) {
    it(`when the lock is of ${length} bytes, and any word of it is shown ... it reverts with WrongPreimage`, async () => {
      const { escrow, show } = await prepare()
      for (const word of words) {
        await expect(show(word, sha256(secret)))
          .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongPreimage')
          .withArgs(hashed(word, 1), sha256(secret))
      }
    })
  }
}
