/**
 * ChannelEscrow: a stranger that only wants to harm
 * |-- given a channel that its funder is about to open
 * |   |-- when a stranger opens it first, by each way in ... it is refused, and the funder opens it
 * |   |-- when a stranger opens one of the same salt as its funder, by each way in ... it is refused
 * |   |-- when a stranger sends the funder's order first ... the channel opens as the funder wanted, once
 * |   `-- when a stranger sends the funder's fleet as its own ... every row is skipped, the funder opens it
 * |-- given an open channel
 * |   |-- when a stranger tops it up by one unit, by each way in, again and again ... it is refused each time
 * |   |-- when a stranger settles old vouchers, oldest first ... the newest pays the rest
 * |   |-- when a stranger settles the newest first ... the old ones are skipped
 * |   `-- when a stranger withdraws after each settlement ... the beneficiary has it all
 * `-- given a device's ceiling
 *     |-- when a stranger spends it at the registry ... it reverts with NotEscrow, and the ceiling stays
 *     |-- when a stranger spends it through an escrow that is not registered ... it is refused
 *     `-- when a stranger tries every way in ... the whole ceiling can still be spent
 */
import { expect } from 'chai'
import { ChannelStatus, SkipReason } from '../../../sdk/src/generated/constants.ts'
import { channelIdOf, settleRow, totals } from '../helpers/channels.ts'
import type { Channel } from '../helpers/channels.ts'
import { bindBothEnds } from '../helpers/depositScenes.ts'
import { escrowEventsOf } from '../helpers/events.ts'
import { signAuthorization, signOrder, signPermit } from '../helpers/signedDeposits.ts'
import { CLOSE_DELAY_FLOOR, FAR_OFF, YEN, deploy, deployWorld, networkHelpers } from '../helpers/world.ts'

const DEPOSIT = 1_000n
const CEILING = 10_000n * YEN

/** Both ends bound; funder and stranger alike have a balance, tokens and an allowance. */
async function prepare() {
  const ends = await bindBothEnds(await networkHelpers.loadFixture(deployWorld))
  const { world, channel } = ends
  const { escrow, token, funder, stranger } = world
  await token.mint(stranger.address, CEILING)
  await token.connect(stranger).approve(escrow.target, CEILING)
  for (const account of [funder, stranger]) await escrow.connect(account).depositBalance(token.target, 5_000n)
  const channelId = await channelIdOf(world, channel)
  const binding = ends.payer.binding
  const state = async () => [...((await escrow.channelOf(channelId)) as bigint[])]
  const exposure = async () => (await world.registry.exposureOf(binding)) as bigint
  const open = (amount = DEPOSIT) => escrow.connect(funder).open(channel, binding, amount)
  const settle = async (total: bigint) => {
    const row = await settleRow(world, channel, world.car, totals(total))
    return escrow.connect(stranger).settle([{ beneficiary: channel.beneficiary, token: token.target, rows: [row] }])
  }
  return { ...ends, channelId, binding, state, exposure, open, settle }
}

type Prepared = Awaited<ReturnType<typeof prepare>>
type Way = 'open' | 'topUp'
type Attack = {
  readonly error: string
  readonly send: (prepared: Prepared, way: Way, channel: Channel, amount: bigint) => Promise<unknown>
}

/** By each way in, with the stranger's own money and signature. */
const ATTACKS: Record<string, Attack> = {
  'out of its allowance': {
    error: 'ChannelEscrow_NotFunder',
    send: ({ world, binding }, way, channel, amount) =>
      world.escrow.connect(world.stranger)[way](channel, binding, amount),
  },
  'out of its balance': {
    error: 'ChannelEscrow_NotFunder',
    send: ({ world, binding }, way, channel, amount) =>
      world.escrow.connect(world.stranger)[`${way}FromBalance`](channel, binding, amount),
  },
  'with its permit': {
    error: 'ChannelEscrow_NotFunder',
    send: async ({ world, binding }, way, channel, amount) => {
      const permit = await signPermit(world, amount, world.stranger)
      return world.escrow.connect(world.stranger)[`${way}WithPermit`](channel, binding, permit, amount)
    },
  },
  'with its order': {
    error: 'ChannelEscrow_BadSignature',
    send: async ({ world, binding }, way, channel, amount) => {
      const order = { ...(await neededOf(world, channel)), amount, deadline: FAR_OFF }
      const signature = await signOrder(world, order, world.stranger)
      return world.escrow.connect(world.stranger)[`${way}WithOrder`](channel, binding, signature, FAR_OFF, amount)
    },
  },
  'with its authorization': {
    error: 'ERC3009InvalidSignature',
    send: async ({ world, binding }, way, channel, amount) => {
      const needed = { ...(await neededOf(world, channel)), amount }
      const authorization = await signAuthorization(world, needed, { funder: world.stranger })
      return world.escrow.connect(world.stranger)[`${way}WithAuthorization`](channel, binding, authorization, amount)
    },
  },
}

async function neededOf(world: Prepared['world'], channel: Channel) {
  const channelId = await channelIdOf(world, channel)
  const { deposit: depositBefore } = await world.escrow.channelOf(channelId)
  return { channelId, depositBefore: depositBefore as bigint }
}

async function refuses({ world }: Prepared, sending: Promise<unknown>, error: string): Promise<void> {
  const thrower = error.startsWith('ERC3009') ? world.token : world.escrow
  await expect(sending).to.be.revertedWithCustomError(thrower, error)
}

describe('ChannelEscrow: a stranger that only wants to harm', () => {
  describe('given a channel that its funder is about to open', () => {
    for (const [title, { error, send }] of Object.entries(ATTACKS)) {
      it(`when a stranger opens it first ${title} ... it is refused, and the funder opens it`, async () => {
        const prepared = await prepare()
        await refuses(prepared, send(prepared, 'open', prepared.channel, 1n), error)
        expect(await prepared.exposure()).to.equal(0n)
        await prepared.open()
        expect(await prepared.state()).to.deep.equal([0n, DEPOSIT, 0n, BigInt(ChannelStatus.OPEN)])
      })

      it(`when a stranger opens one of the same salt as its funder ${title} ... it is refused`, async () => {
        const prepared = await prepare()
        const { world, channel, exposure, open, state } = prepared
        const own = { ...channel, terms: { ...channel.terms, funder: world.stranger.address } }
        await refuses(prepared, send(prepared, 'open', own, 1n), 'ChannelEscrow_WrongFunder')
        expect(await exposure()).to.equal(0n)
        await open()
        expect((await state())[1]).to.equal(DEPOSIT)
      })
    }

    it("when a stranger sends the funder's order first ... the channel opens as the funder wanted, once", async () => {
      const { world, channelId, channel, binding, state, exposure } = await prepare()
      const order = { channelId, amount: DEPOSIT, depositBefore: 0n, deadline: FAR_OFF }
      const args = [channel, binding, await signOrder(world, order), FAR_OFF, DEPOSIT] as const
      await world.escrow.connect(world.stranger).openWithOrder(...args)
      await expect(world.escrow.connect(world.relayer).openWithOrder(...args))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_AlreadyOpened')
        .withArgs(channelId, ChannelStatus.OPEN)
      expect(await state()).to.deep.equal([0n, DEPOSIT, 0n, BigInt(ChannelStatus.OPEN)])
      expect(await exposure()).to.equal(DEPOSIT)
    })

    it("when a stranger sends the funder's fleet as its own ... every row is skipped, the funder opens it", async () => {
      const { world, channelId, channel, binding, exposure } = await prepare()
      const { escrow, funder, stranger } = world
      const rows = [{ channel, payerBinding: binding, amount: 10n }]
      const reason = escrow.interface.encodeErrorResult('ChannelEscrow_NotFunder', [stranger.address, funder.address])
      const events = await escrowEventsOf(world, escrow.connect(stranger).openMany([...rows, ...rows]))
      const skipped = ['OpeningSkipped', channelId, reason]
      expect(events).to.deep.equal([skipped, skipped])
      expect(await exposure()).to.equal(0n)
      await expect(escrow.connect(funder).openMany(rows)).to.emit(escrow, 'ChannelOpened')
    })
  })

  describe('given an open channel', () => {
    for (const [title, { error, send }] of Object.entries(ATTACKS)) {
      it(`when a stranger tops it up by one unit ${title}, again and again ... it is refused each time`, async () => {
        const prepared = await prepare()
        await prepared.open()
        const before = await prepared.state()
        for (let n = 0; n < 5; ++n) await refuses(prepared, send(prepared, 'topUp', prepared.channel, 1n), error)
        expect(await prepared.state()).to.deep.equal(before)
        expect(await prepared.exposure()).to.equal(DEPOSIT)
      })
    }

    it('when a stranger settles old vouchers, oldest first ... the newest pays the rest', async () => {
      const { world, channel, open, settle, state } = await prepare()
      await open()
      for (const total of [1n, 2n, 300n, 2n, 1n, 900n, 300n]) await settle(total)
      expect((await state())[0]).to.equal(900n)
      expect(await world.escrow.payoutOf(channel.beneficiary, channel.token)).to.equal(900n)
    })

    it('when a stranger settles the newest first ... the old ones are skipped', async () => {
      const { world, channelId, open, settle, state } = await prepare()
      await open()
      await settle(900n)
      for (const total of [1n, 300n, 899n, 900n]) {
        await expect(settle(total)).to.emit(world.escrow, 'RowSkipped').withArgs(channelId, SkipReason.STALE_VOUCHER)
      }
      expect((await state())[0]).to.equal(900n)
    })

    it('when a stranger withdraws after each settlement ... the beneficiary has it all', async () => {
      const { world, channel, open, settle } = await prepare()
      await open()
      for (const total of [1n, 300n, 900n]) {
        await settle(total)
        await world.escrow.connect(world.stranger).withdraw(channel.beneficiary, channel.token)
        expect(await world.token.balanceOf(channel.beneficiary)).to.equal(total)
      }
    })
  })

  describe("given a device's ceiling", () => {
    it('when a stranger spends it at the registry ... it reverts with NotEscrow, and the ceiling stays', async () => {
      const { world, binding, payee, exposure } = await prepare()
      const { registry, stranger } = world
      await expect(registry.connect(stranger).spend(binding, world.charger.id, payee.bindingId, 1n))
        .to.be.revertedWithCustomError(registry, 'IdentityRegistry_NotEscrow')
        .withArgs(stranger.address)
      expect(await exposure()).to.equal(0n)
    })

    it('when a stranger spends it through an escrow that is not registered ... it is refused', async () => {
      const { world, channel, binding, exposure } = await prepare()
      const { registry, token, funder } = world
      const other = await deploy('ChannelEscrow', [registry.target, CLOSE_DELAY_FLOOR])
      await token.connect(funder).approve(other.target, DEPOSIT)
      await expect(other.connect(funder).open(channel, binding, 1n))
        .to.be.revertedWithCustomError(registry, 'IdentityRegistry_NotEscrow')
        .withArgs(other.target)
      expect(await exposure()).to.equal(0n)
    })

    it('when a stranger tries every way in ... the whole ceiling can still be spent', async () => {
      const prepared = await prepare()
      const { channel, exposure, open } = prepared
      for (const { error, send } of Object.values(ATTACKS)) {
        await refuses(prepared, send(prepared, 'open', channel, 4_000n), error)
      }
      expect(await exposure()).to.equal(0n)
      await open(CEILING)
      expect(await exposure()).to.equal(CEILING)
    })
  })
})
