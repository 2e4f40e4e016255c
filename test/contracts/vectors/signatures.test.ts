/**
 * golden vectors: signatures
 * |-- when the registry gets a vector's binding ... it records it under the vector's id
 * |-- when the registry gets the vectors' messages about bindings in their order ... it follows each
 * |-- when the escrow gets a vector's channel ... it opens it under the vector's id
 * |-- when the escrow gets a vector's vouchers ... it settles each newer one, with its receipts root
 * |-- when the escrow gets a vector's cooperative close ... it closes at its amount
 * `-- when the escrow gets a vector's request to close ... it starts the close delay
 */
import { expect } from 'chai'
import bindings from '../../vectors/bindings.json' with { type: 'json' }
import messages from '../../vectors/channelMessages.json' with { type: 'json' }
import channels from '../../vectors/channels.json' with { type: 'json' }
import standing from '../../vectors/standing.json' with { type: 'json' }
import { BindingStatus, ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { packTotals } from '../helpers/channels.ts'
import { YEN } from '../helpers/world.ts'
import { deployVectorWorld, deviceSignature, memberOf, networkHelpers } from './vectorChain.ts'

type World = Awaited<ReturnType<typeof deployVectorWorld>>

const DEPOSIT = 100n * YEN
const NONE = deviceSignature('0x', `0x${'00'.repeat(64)}`)
/** The vector of largest fields is there for its digest alone: nobody signed it. */
const signedBindings = bindings.filter(({ signers }) => signers !== undefined)

type Signed = {
  readonly message: { readonly bindingId: string; readonly sequence: number; readonly deadline: number }
  readonly signatures: { readonly party?: string; readonly attester?: string }
}
/** Of the messages about records the first ones are signed; the rest is there for its digests. */
const signedStanding = standing.filter(({ signatures }) => Object.keys(signatures).length > 0) as readonly Signed[]

async function deployBound() {
  const world = await networkHelpers.loadFixture(deployVectorWorld)
  for (const { binding, signers, signatures } of signedBindings) {
    await world.registry.bind(binding, signatures!, signers!.device, signers!.party)
  }
  return world
}

async function deployOpen() {
  const world = await networkHelpers.loadFixture(deployBound)
  for (const { channel } of channels) await open(world, channel)
  return world
}

async function open({ escrowOfFunder }: World, channel: (typeof channels)[number]['channel']) {
  const payerBinding = bindings.find(({ bindingId }) => bindingId === channel.terms.payerBinding)!.binding
  return await escrowOfFunder.openFromBalance(channel, payerBinding, DEPOSIT)
}

function messagesOf(channelId: string, type: string) {
  const found = messages.filter(({ message, type: given }) => message.channelId === channelId && given === type)
  // The vectors at the ends of the ranges are for their digests: they come last.
  return type === 'Voucher' ? found.slice(0, 3) : found.slice(0, 1)
}

describe('golden vectors: signatures', () => {
  for (const { name, bindingId, binding } of signedBindings) {
    it(`when the registry gets a vector's binding ... it records it under the vector's id (${name})`, async () => {
      const { registry } = await networkHelpers.loadFixture(deployBound)
      expect(await registry.headOf(binding.deviceId)).to.equal(bindingId)
      expect(await registry.statusOf(bindingId)).to.equal(BindingStatus.ACTIVE)
    })
  }

  it("when the registry gets the vectors' messages about bindings in their order ... it follows each", async () => {
    const { registry } = await networkHelpers.loadFixture(deployBound)
    const party = memberOf('liable party').signer
    const bindingOf = (id: string) => bindings.find(({ bindingId }) => bindingId === id)!.binding
    const [suspend, resume, suspendAgain, revoke, release] = signedStanding

    await registry.suspendByParty(
      suspend!.message,
      bindingOf(suspend!.message.bindingId),
      party,
      suspend!.signatures.party!,
    )
    expect(await registry.statusOf(suspend!.message.bindingId)).to.equal(BindingStatus.SUSPENDED)
    const { party: byParty, attester: byAttester } = resume!.signatures
    await registry.resume(resume!.message, bindingOf(resume!.message.bindingId), party, byParty!, byAttester!)
    expect(await registry.statusOf(resume!.message.bindingId)).to.equal(BindingStatus.ACTIVE)
    await registry.suspendByAttester(suspendAgain!.message, suspendAgain!.signatures.attester!)
    expect(await registry.statusOf(suspendAgain!.message.bindingId)).to.equal(BindingStatus.SUSPENDED)
    await registry.revoke(revoke!.message, revoke!.signatures.attester!)
    expect(await registry.statusOf(revoke!.message.bindingId)).to.equal(BindingStatus.REVOKED)
    await registry.release(release!.message, bindingOf(release!.message.bindingId), party, release!.signatures.party!)
    expect(await registry.statusOf(release!.message.bindingId)).to.equal(BindingStatus.RELEASED)
  })

  for (const { name, channel, channelId } of channels) {
    it(`when the escrow gets a vector's channel ... it opens it under the vector's id (${name})`, async () => {
      const { escrow, escrowMessages } = await networkHelpers.loadFixture(deployOpen)
      const { status, deposit } = await escrow.channelOf(channelId)
      expect({ status, deposit }).to.deep.equal({ status: BigInt(ChannelStatus.OPEN), deposit: DEPOSIT })
      expect(await escrowMessages.channelIdOf(channel)).to.equal(channelId)
    })

    it(`when the escrow gets a vector's vouchers ... it settles each newer one, with its receipts root (${name})`, async () => {
      const { escrow } = await networkHelpers.loadFixture(deployOpen)
      const vouchers = messagesOf(channelId, 'Voucher')
      expect(vouchers.length).to.equal(3)
      for (const { message, signer, signature } of vouchers) {
        const { cumulativeAmount, version, receiptsRoot } = message
        const totals = { cumulativeAmount: cumulativeAmount!, version: version!, receiptsRoot: receiptsRoot! }
        const { termsHash } = channels.find((each) => each.channelId === channelId)!
        const row = { payer: channel.payer, termsHash, ...totals, ...deviceSignature(signer, signature) }
        const { beneficiary, token } = channel
        const packed = packTotals(BigInt(cumulativeAmount!), BigInt(cumulativeAmount!), BigInt(version!))
        await expect(escrow.settle([{ beneficiary, token, rows: [row] }]))
          .to.emit(escrow, 'VoucherSettled')
          .withArgs(channelId, packed, receiptsRoot)
      }
    })

    it(`when the escrow gets a vector's cooperative close ... it closes at its amount (${name})`, async () => {
      const { escrow } = await networkHelpers.loadFixture(deployOpen)
      const [close] = messagesOf(channelId, 'CooperativeClose')
      const { cumulativeAmount: amount, version, receiptsRoot } = close!.message
      const voucher = messagesOf(channelId, 'Voucher').at(-1)!
      const byPayee = deviceSignature(close!.signer, close!.signature)
      const byPayer = deviceSignature(voucher.signer, voucher.signature)
      const total = voucher.message.cumulativeAmount
      await expect(escrow.close(channel, amount, version, receiptsRoot, byPayee, total, byPayer))
        .to.emit(escrow, 'ChannelClosed')
        .withArgs(
          channelId,
          packTotals(BigInt(amount!), BigInt(total!), BigInt(version!)),
          receiptsRoot,
          DEPOSIT - BigInt(amount!),
        )
      // Without the payer's voucher the same close pays nothing, so the case above tested both signatures.
      const { escrow: another } = await networkHelpers.loadFixture(deployOpen)
      await expect(another.close(channel, amount, version, receiptsRoot, byPayee, total, NONE))
        .to.be.revertedWithCustomError(another, 'ChannelEscrow_WrongSigner')
        .withArgs(channel.payer)
    })

    it(`when the escrow gets a vector's request to close ... it starts the close delay (${name})`, async () => {
      const { escrow } = await networkHelpers.loadFixture(deployOpen)
      const [request] = messagesOf(channelId, 'RequestClose')
      const signature = deviceSignature(request!.signer, request!.signature)
      await expect(escrow.requestCloseByPayer(channel, request!.message.deadline, signature)).to.emit(
        escrow,
        'CloseRequested',
      )
    })
  }
})
