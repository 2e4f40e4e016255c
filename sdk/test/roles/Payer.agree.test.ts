/**
 * Payer.open
 * |-- given a record that does not fit together, or another device's key ... it throws WrongRecordError
 * `-- given a new channel ... it has signed nothing
 * Payer.agree
 * |-- given a tariff that the agreement does not name ... it throws WrongTariffError
 * |-- given an agreement between other machines ... it throws NotAgreedError
 * |-- given an agreement that is not valid now ... it throws NotValidError
 * |-- given another currency, unit or token than its policy has ... it throws NotAgreedError
 * |-- given a price above its policy ... it throws LimitExceededError
 * |-- given another machine's signature ... it throws WrongSignerError
 * |-- given a store that fails ... it throws ChannelFrozenError, and pays nothing
 * |-- given the same offer again ... it gives the signature that was kept
 * `-- given an offer within its policy ... it signs, stores, and gives the signature
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import type { OfferedAgreement } from '../../src/protocol/Agreement.ts'
import * as Agreement from '../../src/protocol/Agreement.ts'
import * as Tariff from '../../src/protocol/Tariff.ts'
import { diskFailure, intercepted } from '../helpers/interceptedStore.ts'
import {
  DAY,
  PRICE,
  START,
  domains,
  itemOf,
  named,
  roleWorld,
  secp256k1Machine,
  verifier,
} from '../helpers/roleWorld.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'

const stranger = secp256k1Machine('stranger')

describe('Payer.open', () => {
  it("given a record that does not fit together, or another device's key ... it throws WrongRecordError", async () => {
    const world = roleWorld()
    const { record, payee } = world
    const wrong = [
      { record: { ...record, channelId: named('another channel') } },
      { record: { ...record, payerSigner: stranger.signer } },
      { record: { ...record, payeeSigner: stranger.signer } },
      { record: { ...record, channel: { ...record.channel, payer: named('another payer') } } },
      { domains: { ...domains, escrow: domains.registry } },
      { signer: stranger },
      { signer: payee },
    ]
    for (const options of wrong) {
      await assert.rejects(world.openPayer(options), { name: 'Payment.WrongRecordError' })
    }
    assert.deepEqual(await world.stores.payer.channels(), [])
  })

  it('given a new channel ... it has signed nothing', async () => {
    const world = roleWorld()
    const payer = await world.openPayer()
    const { channelId } = world.record
    assert.deepEqual(payer.progress, { version: 0n, cumulativeAmount: 0n, receiptsRoot: channelId })
    assert.equal(payer.record, world.record)
    assert.deepEqual(await world.stores.payer.channels(), [world.record])
  })
})

/** An offer as the payee signs it, with what a test wants to be different. */
async function offerOf(
  world: RoleWorld,
  change: { agreement?: object; tariff?: object; signer?: typeof stranger } = {},
) {
  const tariff = { ...world.terms.tariff, ...change.tariff }
  const agreement: Agreement.Agreement = {
    payer: world.record.channel.payer,
    payee: world.record.channel.terms.payee,
    tariffHash: Tariff.hash(tariff),
    validFrom: START,
    validUntil: START + 30 * DAY,
    salt: world.record.channelId,
    ...change.agreement,
  }
  const digest = fromHex(Agreement.digest(agreement, domains.registry))
  const payeeSignature = toHex(await (change.signer ?? world.payee).sign(digest))
  return { agreement, tariff, payeeSignature } satisfies OfferedAgreement
}

describe('Payer.agree', () => {
  const cases: [string, Parameters<typeof offerOf>[1], object][] = [
    [
      'a tariff that the agreement does not name ... it throws WrongTariffError',
      { agreement: { tariffHash: named('another tariff') } },
      { name: 'Agreement.WrongTariffError', expected: named('another tariff') },
    ],
    [
      'an agreement between other machines ... it throws NotAgreedError (payer)',
      { agreement: { payer: named('another car') } },
      { name: 'Payment.NotAgreedError' },
    ],
    [
      'an agreement between other machines ... it throws NotAgreedError (payee)',
      { agreement: { payee: named('another charger') } },
      { name: 'Payment.NotAgreedError' },
    ],
    [
      'an agreement that is not valid now ... it throws NotValidError (later)',
      { agreement: { validFrom: START + 1001 } },
      { name: 'Agreement.NotValidError', given: START + 1000 },
    ],
    [
      'an agreement that is not valid now ... it throws NotValidError (over)',
      { agreement: { validUntil: START + 1000 } },
      { name: 'Agreement.NotValidError', given: START + 1000 },
    ],
    [
      'another currency, unit or token than its policy has ... it throws NotAgreedError (currency)',
      { tariff: { currency: 'USD' } },
      { name: 'Payment.NotAgreedError' },
    ],
    [
      'another currency, unit or token than its policy has ... it throws NotAgreedError (unit)',
      { tariff: { unit: 'kWh' } },
      { name: 'Payment.NotAgreedError' },
    ],
    [
      'another currency, unit or token than its policy has ... it throws NotAgreedError (token)',
      { tariff: { token: `0x${'11'.repeat(20)}` } },
      { name: 'Payment.NotAgreedError' },
    ],
    [
      'a price above its policy ... it throws LimitExceededError',
      { tariff: { pricePerUnit: PRICE + 1n } },
      { name: 'Payment.LimitExceededError', given: PRICE + 1n, expected: PRICE },
    ],
    [
      "another machine's signature ... it throws WrongSignerError",
      { signer: stranger },
      { name: 'Payment.WrongSignerError' },
    ],
  ]
  for (const [title, change, expected] of cases) {
    it(`given ${title}`, async () => {
      const world = roleWorld()
      const payer = await world.openPayer()
      await assert.rejects(payer.agree(await offerOf(world, change)), expected)
      assert.deepEqual(await world.stores.payer.agreements(world.record.channelId), [])
      await assert.rejects(payer.pay(itemOf(1n)), { name: 'Payment.NotAgreedError' })
    })
  }

  it("given another machine's signature ... it throws WrongSignerError (over another domain)", async () => {
    const world = roleWorld()
    const payer = await world.openPayer()
    const { agreement, tariff } = await offerOf(world)
    const digest = fromHex(Agreement.digest(agreement, domains.escrow))
    const payeeSignature = toHex(await world.payee.sign(digest))
    await assert.rejects(payer.agree({ agreement, tariff, payeeSignature }), { name: 'Payment.WrongSignerError' })
  })

  it('given a store that fails ... it throws ChannelFrozenError, and pays nothing', async () => {
    const world = roleWorld()
    const store = intercepted(world.stores.payer, { saveAgreement: () => Promise.reject(diskFailure) })
    const payer = await world.openPayer({ store })
    const expected = { name: 'Payment.ChannelFrozenError', cause: diskFailure }
    await assert.rejects(payer.agree(await offerOf(world)), expected)
    await assert.rejects(payer.pay(itemOf(1n)), { name: 'Payment.ChannelFrozenError' })
  })

  it('given the same offer again ... it gives the signature that was kept', async () => {
    // P-256 signatures differ each time, so that a second one would be seen.
    const world = roleWorld({ payerKind: 'p256', payeeKind: 'p256' })
    const payer = await world.openPayer()
    const first = await payer.agree(await offerOf(world))
    assert.deepEqual(await payer.agree(await offerOf(world)), first)
    const reopened = await world.openPayer()
    assert.deepEqual(await reopened.agree(await offerOf(world)), first)
    assert.equal((await world.stores.payer.agreements(world.record.channelId)).length, 1)
    assert.equal((await reopened.pay(itemOf(1n))).version, 1n)
  })

  it('given an offer within its policy ... it signs, stores, and gives the signature', async () => {
    const world = roleWorld()
    const payer = await world.openPayer()
    const offered = await offerOf(world)
    const { agreementHash, signature } = await payer.agree(offered)
    assert.equal(agreementHash, Agreement.hash(offered.agreement))
    const digest = fromHex(Agreement.digest(offered.agreement, domains.registry))
    assert.equal(verifier.verify(world.payer.signer, digest, fromHex(signature)), true)
    const kept = await world.stores.payer.agreements(world.record.channelId)
    assert.deepEqual(kept, [{ ...offered, payerSignature: signature }])
  })
})
