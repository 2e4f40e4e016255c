/**
 * Voucher, Acknowledgement, CooperativeClose
 * |-- given a message of the golden vectors ... its digest is the vector's
 * |-- given any message ... its digest is what viem computes
 * |-- given the same fields ... the three types have different digests
 * |-- given an amount or version outside its range ... it throws IntegerRangeError
 * |-- given a root of another size ... it throws WrongSizeError
 * `-- when hashing was refused before ... the next digest is right
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { hashTypedData } from 'viem'
import { acknowledgementTypes, cooperativeCloseTypes, voucherTypes } from '../../src/generated/typedData.ts'
import * as Acknowledgement from '../../src/protocol/Acknowledgement.ts'
import { toHex } from '../../src/protocol/Bytes.ts'
import * as CooperativeClose from '../../src/protocol/CooperativeClose.ts'
import * as Voucher from '../../src/protocol/Voucher.ts'
import { address, channelMessage } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const domain = readVectors('domains.json').domains.escrow
const HASHERS = { Voucher, Acknowledgement, CooperativeClose }
const names = ['Voucher', 'Acknowledgement', 'CooperativeClose'] as const
const vectors = readVectors('channelMessages.json')

describe('Voucher, Acknowledgement, CooperativeClose', () => {
  for (const name of names) {
    it(`given a message of the golden vectors ... its digest is the vector's (${name})`, () => {
      const own = vectors.filter(({ type }) => type === name)
      assert(own.length >= 4)
      for (const { message, digest } of own) {
        assert.equal(toHex(HASHERS[name].hasher({ channelId: message.channelId, domain })(message)), digest)
      }
    })
  }

  it('given any message ... its digest is what viem computes', () => {
    fc.assert(
      fc.property(channelMessage, address, fc.integer({ min: 1 }), (message, verifyingContract, chainId) => {
        const elsewhere = { ...domain, chainId, verifyingContract }
        const of = { channelId: message.channelId, domain: elsewhere }
        const typed = { domain: elsewhere, message }
        assert.equal(
          toHex(Voucher.hasher(of)(message)),
          hashTypedData({ ...typed, types: voucherTypes, primaryType: 'Voucher' }),
        )
        assert.equal(
          toHex(Acknowledgement.hasher(of)(message)),
          hashTypedData({ ...typed, types: acknowledgementTypes, primaryType: 'Acknowledgement' }),
        )
        assert.equal(
          toHex(CooperativeClose.hasher(of)(message)),
          hashTypedData({ ...typed, types: cooperativeCloseTypes, primaryType: 'CooperativeClose' }),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('given the same fields ... the three types have different digests', () => {
    const { message } = vectors[0]!
    const of = { channelId: message.channelId, domain }
    const digests = names.map((name) => toHex(HASHERS[name].hasher(of)(message)))
    assert.equal(new Set(digests).size, 3)
  })

  const { message: sound, digest } = vectors[0]!
  const hash = Voucher.hasher({ channelId: sound.channelId, domain })

  it('given an amount or version outside its range ... it throws IntegerRangeError', () => {
    for (const given of [-1n, 1n << 96n]) {
      const expected = { name: 'Bytes.IntegerRangeError', given }
      assert.throws(() => hash({ ...sound, cumulativeAmount: given }), expected)
    }
    for (const given of [-1n, 1n << 64n]) {
      assert.throws(() => hash({ ...sound, version: given }), { name: 'Bytes.IntegerRangeError', given })
    }
  })

  it('given a root of another size ... it throws WrongSizeError', () => {
    const expected = { name: 'Bytes.WrongSizeError', given: 31, expected: 32 }
    assert.throws(() => hash({ ...sound, receiptsRoot: `0x${'11'.repeat(31)}` }), expected)
    assert.throws(() => Voucher.hasher({ channelId: '0x11', domain }), { name: 'Bytes.WrongSizeError', given: 1 })
  })

  it('when hashing was refused before ... the next digest is right', () => {
    // The hasher writes into one buffer again and again; what a refused message left there must not matter.
    const largest = { cumulativeAmount: (1n << 96n) - 1n, version: (1n << 64n) - 1n }
    hash({ ...largest, receiptsRoot: `0x${'ff'.repeat(32)}` })
    assert.throws(() => hash({ ...largest, version: 1n << 64n, receiptsRoot: sound.receiptsRoot }))
    assert.equal(toHex(hash(sound)), digest)
  })
})
