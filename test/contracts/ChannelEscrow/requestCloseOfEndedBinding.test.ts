/**
 * requestCloseOfEndedBinding
 * |-- given the payer's binding is active ... it reverts with BindingNotEnded
 * |-- given the payer's binding is suspended ... it reverts with BindingNotEnded
 * |-- given one second before the payer's binding expires ... it reverts with BindingNotEnded
 * |-- given terms that name an ended binding instead ... it reverts with NotOpen
 * |-- given the channel was never opened ... it reverts with NotOpen
 * |-- given the channel is closed ... it reverts with NotOpen
 * |-- given a close is pending ... it reverts with Closing
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given the payer's binding was released ... a stranger starts the close delay
 * |-- given the payer's binding was revoked ... a stranger starts the close delay
 * |-- given the payer's binding was revoked while suspended ... a stranger starts the close delay
 * |-- given the payer's binding was renewed ... a stranger starts the close delay
 * |-- given the payer's binding was rebound ... a stranger starts the close delay
 * |-- given the payer's binding was rotated ... a stranger starts the close delay
 * |-- given the payer's binding was ended by a mark on its attester ... a stranger starts the close delay
 * |-- given the second in which the payer's binding expires ... a stranger starts the close delay
 * `-- given the payee's binding has ended, and the payer's has not ... it reverts with BindingNotEnded
 */
import { expect } from 'chai'
import { BindingStatus, ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { FIRST, mark } from '../helpers/attesters.ts'
import { bind, bindingIdOf, renew } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { channelIdOf, openChannel } from '../helpers/channels.ts'
import { release, revoke, suspendByAttester } from '../helpers/standing.ts'
import { putChannel } from '../helpers/storage.ts'
import { rebind, rotateKey } from '../helpers/succession.ts'
import { HOUR, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const { time } = networkHelpers

async function openWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const opened = await openChannel(world)
  const payer = { binding: opened.payerBinding, bindingId: bindingIdOf(opened.payerBinding) }
  return { ...opened, world, escrow: world.escrow.connect(world.stranger), bound: payer }
}

type Opened = Awaited<ReturnType<typeof openWorld>>

async function refuses({ escrow, channel, bound }: Opened, status: number) {
  await expect(escrow.requestCloseOfEndedBinding(channel))
    .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BindingNotEnded')
    .withArgs(bound.bindingId, status)
}

async function starts({ escrow, channel, channelId, deposit }: Opened) {
  const at = (await time.latest()) + 5
  await time.setNextBlockTimestamp(at)
  await expect(escrow.requestCloseOfEndedBinding(channel))
    .to.emit(escrow, 'CloseRequested')
    .withArgs(channelId, at + 2 * HOUR)
  expect(await escrow.channelOf(channelId)).to.deep.equal([0n, deposit, BigInt(at + 2 * HOUR), 1n])
}

const ENDINGS: readonly [string, (world: World, bound: Opened['bound']) => Promise<unknown>][] = [
  ['was released', (world, bound) => release(world, bound, { sequence: 0 })],
  ['was revoked', (world, bound) => revoke(world, bound, { sequence: 0 })],
  [
    'was revoked while suspended',
    async (world, bound) => {
      await suspendByAttester(world, bound, { sequence: 0 })
      await revoke(world, bound, { sequence: 1 })
    },
  ],
  ['was renewed', (world, { binding }) => renew(world, world.car, world.party, binding)],
  ['was rebound', (world, bound) => rebind(world, bound)],
  ['was rotated', (world, bound) => rotateKey(world, bound)],
  ['was ended by a mark on its attester', (world) => mark(world, FIRST, 0)],
]

describe('requestCloseOfEndedBinding', () => {
  it("given the payer's binding is active ... it reverts with BindingNotEnded", async () => {
    await refuses(await openWorld(), BindingStatus.ACTIVE)
  })

  it("given the payer's binding is suspended ... it reverts with BindingNotEnded", async () => {
    const opened = await openWorld()
    await suspendByAttester(opened.world, opened.bound, { sequence: 0 })
    await refuses(opened, BindingStatus.SUSPENDED)
  })

  it("given one second before the payer's binding expires ... it reverts with BindingNotEnded", async () => {
    const opened = await openWorld()
    await time.setNextBlockTimestamp(BigInt(opened.payerBinding.validUntil) - 1n)
    await refuses(opened, BindingStatus.ACTIVE)
  })

  it('given terms that name an ended binding instead ... it reverts with NotOpen', async () => {
    const { world, escrow, channel } = await openWorld()
    const ended = await bind(world, world.p256Car, world.party)
    await revoke(world, ended, { sequence: 0 })
    const forged = { ...channel, terms: { ...channel.terms, payerBinding: ended.bindingId } }
    await expect(escrow.requestCloseOfEndedBinding(forged))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen')
      .withArgs(await channelIdOf(world, forged), ChannelStatus.NONE)
  })

  for (const [state, status] of [
    ['was never opened', ChannelStatus.NONE],
    ['is closed', ChannelStatus.CLOSED],
  ] as const) {
    it(`given the channel ${state} ... it reverts with NotOpen`, async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { channel, channelId } = await putChannel(world, { status })
      await expect(world.escrow.requestCloseOfEndedBinding(channel))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_NotOpen')
        .withArgs(channelId, status)
    })
  }

  it('given a close is pending ... it reverts with Closing', async () => {
    const { world, escrow, channel, channelId, bound } = await openWorld()
    await world.escrow.connect(world.funder).requestClose(channel)
    await revoke(world, bound, { sequence: 0 })
    const { closeAt } = await escrow.channelOf(channelId)
    await expect(escrow.requestCloseOfEndedBinding(channel))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Closing')
      .withArgs(channelId, closeAt)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, channel, bound } = await openWorld()
    await revoke(world, bound, { sequence: 0 })
    const data = escrow.interface.encodeFunctionData('requestCloseOfEndedBinding', [channel])
    const wrongId = 'ChannelEscrow_NotOpen'
    // beneficiary, token, funder, closeDelaySeconds
    const words = { 1: 'no reason', 2: 'no reason', 4: wrongId, 7: wrongId }
    await expectDirtyWordsRefused(escrow, world.stranger, data, words)
  })

  for (const [state, end] of ENDINGS) {
    it(`given the payer's binding ${state} ... a stranger starts the close delay`, async () => {
      const opened = await openWorld()
      await end(opened.world, opened.bound)
      await starts(opened)
    })
  }

  it("given the second in which the payer's binding expires ... a stranger starts the close delay", async () => {
    const { escrow, channel, channelId, payerBinding } = await openWorld()
    const at = Number(payerBinding.validUntil)
    await time.setNextBlockTimestamp(at)
    await expect(escrow.requestCloseOfEndedBinding(channel))
      .to.emit(escrow, 'CloseRequested')
      .withArgs(channelId, at + 2 * HOUR)
  })

  it("given the payee's binding has ended, and the payer's has not ... it reverts with BindingNotEnded", async () => {
    const opened = await openWorld()
    const { world, payeeBindingId } = opened
    await revoke(world, { binding: opened.payerBinding, bindingId: payeeBindingId }, { sequence: 0 })
    await refuses(opened, BindingStatus.ACTIVE)
  })
})
