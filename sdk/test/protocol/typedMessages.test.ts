/**
 * Binding, Agreement, Channel
 * |-- given a binding of the golden vectors ... id and digest are the vector's
 * |-- given an agreement of the golden vectors ... hash and digest are the vector's
 * |-- given a channel of the golden vectors ... id and termsHash are the vector's
 * |-- given a request to close, a funding order, a stream, a lock of the golden vectors ... its digest is the vector's
 * `-- when any field of a channel changes ... its id changes
 * Agreement.requireTariff
 * |-- given another tariff than the agreement names ... it throws WrongTariffError
 * `-- given the tariff that it names ... it does not throw
 * Agreement.requireValid
 * |-- given a time before validFrom, or from validUntil on ... it throws NotValidError
 * `-- given a time between ... it does not throw
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import * as Agreement from '../../src/protocol/Agreement.ts'
import * as Binding from '../../src/protocol/Binding.ts'
import * as Channel from '../../src/protocol/Channel.ts'
import * as FundingOrder from '../../src/protocol/FundingOrder.ts'
import * as HashlockVoucher from '../../src/protocol/HashlockVoucher.ts'
import * as RequestClose from '../../src/protocol/RequestClose.ts'
import * as StreamVoucher from '../../src/protocol/StreamVoucher.ts'
import type { Tariff } from '../../src/protocol/Tariff.ts'
import { channel as anyChannel, hash32, seconds } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const { domains } = readVectors('domains.json')
const agreements = readVectors('agreements.json')
const tariffs = readVectors('tariffs.json')

const DIGESTS = {
  RequestClose: RequestClose.digest,
  FundingOrder: FundingOrder.digest,
  StreamVoucher: StreamVoucher.digest,
  HashlockVoucher: HashlockVoucher.digest,
}

describe('Binding, Agreement, Channel', () => {
  for (const { name, binding, bindingId, digest } of readVectors('bindings.json')) {
    it(`given a binding of the golden vectors ... id and digest are the vector's (${name})`, () => {
      assert.equal(Binding.id(binding), bindingId)
      assert.equal(Binding.digest(binding, domains.registry), digest)
    })
  }

  for (const { name, agreement, hash, digest } of agreements) {
    it(`given an agreement of the golden vectors ... hash and digest are the vector's (${name})`, () => {
      assert.equal(Agreement.hash(agreement), hash)
      assert.equal(Agreement.digest(agreement, domains.registry), digest)
    })
  }

  for (const { name, channel, channelId, termsHash } of readVectors('channels.json')) {
    it(`given a channel of the golden vectors ... id and termsHash are the vector's (${name})`, () => {
      assert.equal(Channel.id(channel, domains.escrow), channelId)
      assert.equal(Channel.termsHash(channel.terms), termsHash)
    })
  }

  for (const [wanted, digestOf] of Object.entries(DIGESTS)) {
    it(`given a ${wanted} of the golden vectors ... its digest is the vector's`, () => {
      const vectors = readVectors('channelMessages.json').filter(({ type }) => type === wanted)
      assert(vectors.length >= 2)
      // The file's messages are of several types; the filter left those of one.
      for (const { message, digest } of vectors) assert.equal(digestOf(message as never, domains.escrow), digest)
    })
  }

  it('when any field of a channel changes ... its id changes', () => {
    fc.assert(
      fc.property(anyChannel, hash32, (channel, given) => {
        const { terms } = channel
        const closeDelaySeconds = (terms.closeDelaySeconds + 1) % 2 ** 40
        const other = `0x${given.slice(-40)}` as const
        const changed = [
          { ...channel, payer: given },
          { ...channel, beneficiary: other },
          { ...channel, token: other },
          { ...channel, terms: { ...terms, payerBinding: given } },
          { ...channel, terms: { ...terms, funder: other } },
          { ...channel, terms: { ...terms, payee: given } },
          { ...channel, terms: { ...terms, payeeBinding: given } },
          { ...channel, terms: { ...terms, closeDelaySeconds } },
          { ...channel, terms: { ...terms, salt: given } },
        ]
        const ids = [channel, ...changed].map((each) => Channel.id(each, domains.escrow))
        assert.equal(new Set(ids).size, ids.length)
      }),
      { numRuns: 20 },
    )
  })
})

describe('Agreement.requireTariff', () => {
  const { agreement, tariff: name } = agreements[0]!
  const { tariff } = tariffs.sound[name]!

  it('given another tariff than the agreement names ... it throws WrongTariffError', () => {
    const others: Tariff[] = [
      { ...tariff, pricePerUnit: tariff.pricePerUnit + 1n },
      { ...tariff, taxRateBp: tariff.taxRateBp - 1 },
      { ...tariff, taxCategory: 'EXEMPT' },
      { ...tariff, unit: 'kWh' },
    ]
    for (const other of others) {
      const expected = { name: 'Agreement.WrongTariffError', expected: agreement.tariffHash }
      assert.throws(() => Agreement.requireTariff({ agreement, tariff: other }), expected)
    }
  })

  it('given the tariff that it names ... it does not throw', () => {
    Agreement.requireTariff({ agreement, tariff })
  })
})

describe('Agreement.requireValid', () => {
  const { agreement } = agreements[0]!
  const { validFrom, validUntil } = agreement

  it('given a time before validFrom, or from validUntil on ... it throws NotValidError', () => {
    for (const given of [0, validFrom - 1, validUntil, validUntil + 1, 2 ** 40]) {
      const expected = { name: 'Agreement.NotValidError', given, expected: [validFrom, validUntil] }
      assert.throws(() => Agreement.requireValid(agreement, given), expected)
    }
  })

  it('given a time between ... it does not throw', () => {
    fc.assert(
      fc.property(seconds, (at) => {
        const between = validFrom + (at % (validUntil - validFrom))
        Agreement.requireValid(agreement, between)
      }),
    )
    Agreement.requireValid(agreement, validFrom)
    Agreement.requireValid(agreement, validUntil - 1)
  })
})
