/**
 * Cases that every entry point which opens a channel must pass:
 *
 * |-- given the channel is open ... it reverts with AlreadyOpened
 * |-- given the channel is closed ... it reverts with AlreadyOpened
 * |-- given a beneficiary of zero ... it reverts with BadBeneficiary
 * |-- given the escrow as beneficiary ... it reverts with BadBeneficiary
 * |-- given a close delay one second below the floor ... it reverts with BadCloseDelay
 * |-- given a close delay one second above 30 days ... it reverts with BadCloseDelay
 * |-- given a close delay of all its 40 bits ... it reverts with BadCloseDelay
 * |-- (each case of newMoneyCases.ts)
 * |-- given the payer's binding is pending ... it reverts with the registry's WrongStatus
 * |-- given a payee that was never bound ... it reverts with the registry's PayeeNotBound
 * |-- given a payee with another machine's binding ... it reverts with the registry's PayeeNotBound
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given a close delay of exactly the floor ... it opens
 * |-- given a close delay of exactly 30 days ... it opens
 * |-- given payer and payee with P-256 keys ... it opens
 * |-- given a channel that differs from an open one by its salt alone ... it opens a second one
 * `-- given a channel of the same salt with another payee ... it opens a second one
 */
import { expect } from 'chai'
import { ZeroAddress, id } from 'ethers'
import { BindingStatus, ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { bind } from './bindings.ts'
import { expectDirtyWordsRefused, narrowWordsOf } from './calldata.ts'
import { channelIdOf, makeChannel } from './channels.ts'
import type { Channel, Terms } from './channels.ts'
import type { Scene } from './depositScenes.ts'
import { describeNewMoney } from './newMoneyCases.ts'
import { putChannel } from './storage.ts'
import { CLOSE_DELAY_FLOOR, CLOSE_DELAY_MAX, DAY, ZERO_HASH, networkHelpers } from './world.ts'

const CLOSE_DELAY_ALL_BITS = 2 ** 40 - 1

export function describeOpening(prepare: () => Promise<Scene>): void {
  describe('given a channel that cannot be opened', () => {
    itRefusesUsedIds(prepare)
    itRefusesUnsoundTerms(prepare)
  })
  describeNewMoney(prepare)
  describe('given ends that are not bound as the terms say', () => itRefusesUnboundEnds(prepare))
  describe('given what lies within the bounds', () => itOpensWithinBounds(prepare))

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, name, channel, payer, argumentsOf, sender } = await prepare()
    const given = await argumentsOf({ channel, binding: payer.binding, amount: 10n })
    const data = world.escrow.interface.encodeFunctionData(name, given)
    await expectDirtyWordsRefused(world.escrow, sender, data, narrowWordsOf(world.escrow, name))
  })
}

function itRefusesUsedIds(prepare: () => Promise<Scene>): void {
  for (const [state, status] of [
    ['open', ChannelStatus.OPEN],
    ['closed', ChannelStatus.CLOSED],
  ] as const) {
    it(`given the channel is ${state} ... it reverts with AlreadyOpened`, async () => {
      const { world, send } = await prepare()
      const { channel, channelId } = await putChannel(world, { status })
      await expect(send({ channel }))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_AlreadyOpened')
        .withArgs(channelId, status)
    })
  }
}

function itRefusesUnsoundTerms(prepare: () => Promise<Scene>): void {
  it('given a beneficiary of zero ... it reverts with BadBeneficiary', async () => {
    const { world, channel, send } = await prepare()
    await expect(send({ channel: { ...channel, beneficiary: ZeroAddress } }))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_BadBeneficiary')
      .withArgs(ZeroAddress)
  })

  it('given the escrow as beneficiary ... it reverts with BadBeneficiary', async () => {
    const { world, channel, send } = await prepare()
    await expect(send({ channel: { ...channel, beneficiary: String(world.escrow.target) } }))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_BadBeneficiary')
      .withArgs(world.escrow.target)
  })

  for (const [title, closeDelaySeconds] of [
    ['one second below the floor', CLOSE_DELAY_FLOOR - 1],
    ['one second above 30 days', CLOSE_DELAY_MAX + 1],
    ['of all its 40 bits', CLOSE_DELAY_ALL_BITS],
  ] as const) {
    it(`given a close delay ${title} ... it reverts with BadCloseDelay`, async () => {
      const { world, channel, send } = await prepare()
      await expect(send({ channel: withTerms(channel, { closeDelaySeconds }) }))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_BadCloseDelay')
        .withArgs(closeDelaySeconds, CLOSE_DELAY_FLOOR, CLOSE_DELAY_MAX)
    })
  }
}

function itRefusesUnboundEnds(prepare: () => Promise<Scene>): void {
  it("given the payer's binding is pending ... it reverts with the registry's WrongStatus", async () => {
    const { world, channel, send } = await prepare()
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const { binding, bindingId } = await bind(world, world.p256Car, world.party, { validFrom })
    const pending = withTerms({ ...channel, payer: world.p256Car.id }, { payerBinding: bindingId })
    await expect(send({ channel: pending, binding }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
      .withArgs(bindingId, BindingStatus.PENDING, BindingStatus.ACTIVE)
  })

  it("given a payee that was never bound ... it reverts with the registry's PayeeNotBound", async () => {
    const { world, channel, payee, send } = await prepare()
    const stranger = world.p256Charger.id
    await expect(send({ channel: withTerms(channel, { payee: stranger }) }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_PayeeNotBound')
      .withArgs(stranger, payee.bindingId, ZERO_HASH)
    // No record at all is not an active one either.
    await expect(send({ channel: withTerms(channel, { payee: stranger, payeeBinding: ZERO_HASH }) }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
      .withArgs(ZERO_HASH, BindingStatus.NONE, BindingStatus.ACTIVE)
  })

  it("given a payee with another machine's binding ... it reverts with the registry's PayeeNotBound", async () => {
    const { world, channel, payee, send } = await prepare()
    const other = await bind(world, world.p256Charger, world.operator)
    await expect(send({ channel: withTerms(channel, { payeeBinding: other.bindingId }) }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_PayeeNotBound')
      .withArgs(world.charger.id, other.bindingId, payee.bindingId)
  })
}

function itOpensWithinBounds(prepare: () => Promise<Scene>): void {
  for (const [title, closeDelaySeconds] of [
    ['exactly the floor', CLOSE_DELAY_FLOOR],
    ['exactly 30 days', CLOSE_DELAY_MAX],
  ] as const) {
    it(`given a close delay of ${title} ... it opens`, async () => {
      const { world, channel, send, event } = await prepare()
      await expect(send({ channel: withTerms(channel, { closeDelaySeconds }) })).to.emit(world.escrow, event)
    })
  }

  it('given payer and payee with P-256 keys ... it opens', async () => {
    const { world, send, event } = await prepare()
    const ends = { payer: world.p256Car, payee: world.p256Charger }
    const payer = await bind(world, ends.payer, world.party)
    const payee = await bind(world, ends.payee, world.operator)
    const bindings = { payerBindingId: payer.bindingId, payeeBindingId: payee.bindingId }
    const channel = makeChannel(world, { ...ends, ...bindings })
    await expect(send({ channel, binding: payer.binding })).to.emit(world.escrow, event)
  })

  it('given a channel that differs from an open one by its salt alone ... it opens a second one', async () => {
    const { world, channel, send } = await prepare()
    const second = withTerms(channel, { salt: id('another salt') })
    await send({ amount: 10n })
    await send({ channel: second, amount: 20n })
    await expectDeposits(world, [channel, second], [10n, 20n])
  })

  it('given a channel of the same salt with another payee ... it opens a second one', async () => {
    const { world, channel, send } = await prepare()
    const other = await bind(world, world.p256Charger, world.operator)
    const second = withTerms(channel, { payee: world.p256Charger.id, payeeBinding: other.bindingId })
    await send({ amount: 10n })
    await send({ channel: second, amount: 20n })
    await expectDeposits(world, [channel, second], [10n, 20n])
  })
}

async function expectDeposits(world: Scene['world'], channels: Channel[], deposits: bigint[]): Promise<void> {
  const ids = await Promise.all(channels.map((channel) => channelIdOf(world, channel)))
  const states = await Promise.all(ids.map((channelId) => world.escrow.channelOf(channelId)))
  expect(states.map(({ deposit }) => deposit)).to.deep.equal(deposits)
}

function withTerms(channel: Channel, terms: Partial<Terms>): Channel {
  return { ...channel, terms: { ...channel.terms, ...terms } }
}
