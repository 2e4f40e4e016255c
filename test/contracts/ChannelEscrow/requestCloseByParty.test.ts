/**
 * requestCloseByParty
 * |-- given another binding than the terms name ... it reverts with WrongBinding
 * |-- given the binding with another party put in ... it reverts with WrongBinding
 * |-- given the deadline is over ... it reverts with Expired
 * |-- given a signer that is not the binding's party ... it reverts with WrongSigner
 * |-- given a secp256k1 signer, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the party is the zero address ... it refuses what recovers to it
 * |-- given the party is a key at another verifier ... it reverts with WrongSigner
 * |-- given the channel was never opened ... it reverts with NotOpen
 * |-- given the channel is closed ... it reverts with NotOpen
 * |-- given a close is pending ... it reverts with Closing
 * |-- given dirty high bits in a narrow field ... it reverts
 * `-- given an open channel
 *     |-- when the deadline is this second ... it starts the close delay
 *     |-- when a stranger relays it ... it stores closeAt and nothing else
 *     |-- when a stranger relays it ... it emits CloseRequested
 *     |-- when the binding is suspended ... it starts the close delay
 *     `-- when it is relayed for another channel of the binding ... it reverts with WrongSigner
 */
import { expect } from 'chai'
import { dataSlice, getAddress, hexlify, id, keccak256, zeroPadValue } from 'ethers'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, makeBinding, soon } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { openChannel, requestCloseMessage } from '../helpers/channels.ts'
import { p256Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { describeErc1271Account, describeP256Signer, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { suspendByAttester } from '../helpers/standing.ts'
import { putChannel } from '../helpers/storage.ts'
import { DAY, HOUR, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const { time } = networkHelpers

/** A channel under a binding of the car to any party, also to one that the registry would refuse. */
async function putBoundChannel(
  world: World,
  party: Device,
  { status = ChannelStatus.OPEN }: { status?: ChannelStatus } = {},
) {
  const binding = await makeBinding(world, world.car, party)
  return { ...(await putChannel(world, { payerBindingId: bindingIdOf(binding), status })), binding }
}

const arrange: Arrange = async (world, party) => {
  const { channel, channelId, binding } = await putBoundChannel(world, party)
  const deadline = await soon()
  return {
    contract: world.escrow,
    message: await requestCloseMessage(world, channelId, deadline),
    send: (signature, overrides) =>
      world.escrow.requestCloseByParty(
        ...[channel, binding, deadline, party.signer, signature],
        ...(overrides ? [overrides] : []),
      ),
    refusal: { error: 'ChannelEscrow_WrongSigner', args: [party.id] },
    event: 'CloseRequested',
  }
}

type Asked = { deadlineAfter?: number; status?: ChannelStatus }

/** A channel whose party has asked to close it; a stranger relays. */
async function asked({ deadlineAfter = DAY, status = ChannelStatus.OPEN }: Asked = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const put = await putBoundChannel(world, world.party, { status })
  const deadline = (await time.latest()) + deadlineAfter
  const message = await requestCloseMessage(world, put.channelId, deadline)
  const signature = world.party.sign(message)
  const escrow = world.escrow.connect(world.stranger)
  const request = ({ channel = put.channel, binding = put.binding, signer = world.party.signer } = {}) =>
    escrow.requestCloseByParty(channel, binding, deadline, signer, signature)
  return { ...put, world, escrow, deadline, message, signature, request }
}

describe('requestCloseByParty', () => {
  it('given another binding than the terms name ... it reverts with WrongBinding', async () => {
    const { world, escrow, channel, request } = await asked()
    const another = await bind(world, world.p256Car, world.party)
    await expect(request({ binding: another.binding }))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongBinding')
      .withArgs(another.bindingId, channel.terms.payerBinding)
  })

  it('given the binding with another party put in ... it reverts with WrongBinding', async () => {
    const { world, escrow, channel, binding, request } = await asked()
    const forged = { ...binding, partyId: world.operator.id }
    await expect(request({ binding: forged, signer: world.operator.signer }))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongBinding')
      .withArgs(bindingIdOf(forged), channel.terms.payerBinding)
  })

  it('given the deadline is over ... it reverts with Expired', async () => {
    const { escrow, deadline, request } = await asked({ deadlineAfter: 10 })
    await time.setNextBlockTimestamp(deadline + 1)
    await expect(request())
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Expired')
      .withArgs(deadline, deadline + 1)
  })

  it("given a signer that is not the binding's party ... it reverts with WrongSigner", async () => {
    const { world, escrow, channel, binding, deadline, message } = await asked()
    for (const { signer, sign } of [world.operator, world.car, world.p256Car]) {
      await expect(escrow.requestCloseByParty(channel, binding, deadline, signer, sign(message)))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongSigner')
        .withArgs(world.party.id)
    }
  })

  describeSecp256k1Signer(arrange)
  describeP256Signer(arrange)
  describeErc1271Account(arrange)

  it('given the party is the zero address ... it refuses what recovers to it', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const zero = { ...world.party, id: keccak256(zeroPadValue('0x', 20)), signer: zeroPadValue('0x', 20) }
    const { channel, binding } = await putBoundChannel(world, zero)
    for (const length of [0, 64, 65]) {
      const nothing = hexlify(new Uint8Array(length))
      await expect(world.escrow.requestCloseByParty(channel, binding, await soon(), zero.signer, nothing))
        .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_WrongSigner')
        .withArgs(zero.id)
    }
  })

  it('given the party is a key at another verifier ... it reverts with WrongSigner', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const party = p256Device('party', getAddress(dataSlice(id('verifier'), 0, 20)))
    const { send, message, refusal } = await arrange(world, party)
    await expect(send(party.sign(message)))
      .to.be.revertedWithCustomError(world.escrow, refusal.error)
      .withArgs(party.id)
  })

  for (const [state, status] of [
    ['was never opened', ChannelStatus.NONE],
    ['is closed', ChannelStatus.CLOSED],
  ] as const) {
    it(`given the channel ${state} ... it reverts with NotOpen`, async () => {
      const { escrow, channelId, request } = await asked({ status })
      await expect(request()).to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NotOpen').withArgs(channelId, status)
    })
  }

  it('given a close is pending ... it reverts with Closing', async () => {
    const { escrow, channelId, request } = await asked()
    await request()
    const { closeAt } = await escrow.channelOf(channelId)
    await expect(request()).to.be.revertedWithCustomError(escrow, 'ChannelEscrow_Closing').withArgs(channelId, closeAt)
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const { world, escrow, channel, binding, deadline, signature } = await asked()
    const call = [channel, binding, deadline, world.party.signer, signature]
    const data = escrow.interface.encodeFunctionData('requestCloseByParty', call)
    const [wrongId, wrongBinding] = ['ChannelEscrow_WrongSigner', 'ChannelEscrow_WrongBinding']
    // The channel's beneficiary, token, funder, closeDelaySeconds; the binding's narrow fields; the deadline.
    const ofBinding = [11, 12, 13, 14, 15, 16, 17, 18, 19].map((word) => [word, wrongBinding])
    const ofChannel = { 1: 'no reason', 2: 'no reason', 4: wrongId, 7: wrongId }
    await expectDirtyWordsRefused(escrow, world.stranger, data, {
      ...ofChannel,
      ...Object.fromEntries(ofBinding),
      24: 'no reason',
    })
  })

  describe('given an open channel', () => {
    it('when the deadline is this second ... it starts the close delay', async () => {
      const { escrow, channelId, deadline, request } = await asked({ deadlineAfter: 10 })
      await time.setNextBlockTimestamp(deadline)
      await expect(request())
        .to.emit(escrow, 'CloseRequested')
        .withArgs(channelId, deadline + 2 * HOUR)
    })

    it('when a stranger relays it ... it stores closeAt and nothing else', async () => {
      const { escrow, channelId, deposit, request } = await asked()
      const at = (await time.latest()) + 5
      await time.setNextBlockTimestamp(at)
      await request()
      expect(await escrow.channelOf(channelId)).to.deep.equal([0n, deposit, BigInt(at + 2 * HOUR), 1n])
    })

    it('when a stranger relays it ... it emits CloseRequested', async () => {
      const { escrow, channelId, request } = await asked()
      const at = (await time.latest()) + 5
      await time.setNextBlockTimestamp(at)
      await expect(request())
        .to.emit(escrow, 'CloseRequested')
        .withArgs(channelId, at + 2 * HOUR)
    })

    it('when the binding is suspended ... it starts the close delay', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { channel, channelId, payerBinding } = await openChannel(world)
      const bindingId = bindingIdOf(payerBinding)
      await suspendByAttester(world, { binding: payerBinding, bindingId }, { sequence: 0 })
      const deadline = await soon()
      const signature = world.party.sign(await requestCloseMessage(world, channelId, deadline))
      await expect(
        world.escrow.requestCloseByParty(channel, payerBinding, deadline, world.party.signer, signature),
      ).to.emit(world.escrow, 'CloseRequested')
    })

    it('when it is relayed for another channel of the binding ... it reverts with WrongSigner', async () => {
      const { world, escrow, channel, request } = await asked()
      const terms = { payerBindingId: channel.terms.payerBinding, payee: world.p256Charger }
      const another = await putChannel(world, terms)
      await expect(request({ channel: another.channel }))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_WrongSigner')
        .withArgs(world.party.id)
    })
  })
})
