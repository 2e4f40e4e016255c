import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { fromHex, toHex } from '../../../src/protocol/Bytes.ts'
import { party, signAsParty, signRequestClose } from '../../helpers/machines.ts'
import type { World } from '../../helpers/world.ts'
import { channelOf, openChannel, startWorld } from '../../helpers/world.ts'

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

describe('escrowClient: requests to close by signature', () => {
  it('given a request signed by payer, funder or party, when anybody relays it, then the close is pending', async () => {
    const { sign: signAsFunder } = world.funder.writer.account
    assert.ok(signAsFunder)
    const signedBy = {
      requestCloseByPayer: async (digest: Hex) => toHex(await world.car.signer.sign(fromHex(digest))),
      requestCloseByFunder: (hash: Hex) => signAsFunder({ hash }),
      requestCloseByParty: signAsParty,
    }
    for (const [name, sign] of Object.entries(signedBy)) {
      const record = await openChannel(world, name)
      const request = await signRequestClose(world.chain, record, sign)
      const { events } = await world.relayed[name as keyof typeof signedBy]({
        record,
        request,
        payerBinding: world.car.binding,
        partySigner: party.signer,
      })
      const { closeAt } = await world.escrow.channelOf(record.channelId)
      assert.deepEqual(
        events.map(({ eventName, args }) => [eventName, args]),
        [['CloseRequested', { channelId: record.channelId, closeAt }]],
      )
    }
  })

  it('given a request of another channel, when it is relayed, then it throws WrongChannelError and sends nothing', async () => {
    const [record, other] = [channelOf(world, 'asked for'), channelOf(world, 'another')]
    const request = await signRequestClose(world.chain, other, signAsParty)
    const error = { name: 'Payment.WrongChannelError', given: other.channelId, expected: record.channelId }
    const { binding: payerBinding } = world.car
    const partySigner = party.signer
    await assert.rejects(world.relayed.requestCloseByPayer({ record, request }), error)
    await assert.rejects(world.relayed.requestCloseByFunder({ record, request }), error)
    await assert.rejects(world.relayed.requestCloseByParty({ record, request, payerBinding, partySigner }), error)
  })

  it('given a request that is not the payer’s, when it is relayed, then it throws Reverted', async () => {
    const record = await openChannel(world, 'not asked for')
    const request = await signRequestClose(world.chain, record, signAsParty)
    await assert.rejects(world.relayed.requestCloseByPayer({ record, request }), {
      errorName: 'ChannelEscrow_WrongSigner',
    })
  })
})
