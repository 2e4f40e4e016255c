/**
 * StandingMessage
 * |-- given a message of the golden vectors ... its digest is the vector's
 * |-- given any message ... its digest is what viem computes
 * |-- given the same fields ... every type has another digest
 * `-- given a number outside its field ... it throws IntegerRangeError
 * Binding, Enrolment
 * `-- given any binding or enrolment ... id and digest are what viem computes
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { hashStruct, hashTypedData } from 'viem'
import * as typed from '../../src/generated/typedData.ts'
import * as Binding from '../../src/protocol/Binding.ts'
import type { Domain } from '../../src/protocol/Domain.ts'
import * as Enrolment from '../../src/protocol/Enrolment.ts'
import * as StandingMessage from '../../src/protocol/StandingMessage.ts'
import {
  address,
  binding as anyBinding,
  enrolment as anyEnrolment,
  hash32,
  recordOf,
  seconds,
} from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const domain = readVectors('domains.json').domains.registry

type Digest = (message: never, domain: Domain) => Hex
const DIGESTS: Readonly<Record<string, { readonly digest: Digest; readonly types: object }>> = {
  Suspend: { digest: StandingMessage.suspendDigest, types: typed.suspendTypes },
  Resume: { digest: StandingMessage.resumeDigest, types: typed.resumeTypes },
  Revoke: { digest: StandingMessage.revokeDigest, types: typed.revokeTypes },
  Release: { digest: StandingMessage.releaseDigest, types: typed.releaseTypes },
  RebindNotice: { digest: StandingMessage.rebindNoticeDigest, types: typed.rebindNoticeTypes },
  RebindVeto: { digest: StandingMessage.rebindVetoDigest, types: typed.rebindVetoTypes },
  RevokeMany: { digest: StandingMessage.revokeManyDigest, types: typed.revokeManyTypes },
  RevokeLeaves: { digest: StandingMessage.revokeLeavesDigest, types: typed.revokeLeavesTypes },
}

const sequence = fc.integer({ min: 0, max: 2 ** 24 - 1 })
const row = recordOf({ bindingId: hash32, sequence })
const message = recordOf({
  bindingId: hash32,
  sequence,
  successor: hash32,
  deadline: seconds,
  enrolmentId: hash32,
  rows: fc.array(row, { maxLength: 4 }),
  indexes: fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 4 }),
})

function digestOf(type: string, given: object): Hex {
  return DIGESTS[type]!.digest(given as never, domain)
}

describe('StandingMessage', () => {
  const vectors = readVectors('standing.json')

  for (const [index, { type, message, digest }] of vectors.entries()) {
    it(`given a message of the golden vectors ... its digest is the vector's (${type}, ${index})`, () => {
      assert.equal(digestOf(type, message), digest)
    })
  }

  it("given a message of the golden vectors ... its digest is the vector's (every type has one)", () => {
    assert.deepEqual(new Set(vectors.map(({ type }) => type)), new Set(Object.keys(DIGESTS)))
  })

  for (const [primaryType, { types }] of Object.entries(DIGESTS)) {
    it(`given any message ... its digest is what viem computes (${primaryType})`, () => {
      const byViem = (given: object) => hashTypedData({ domain, types, primaryType, message: given } as never)
      fc.assert(
        fc.property(message, (given) => {
          assert.equal(digestOf(primaryType, given), byViem(given))
        }),
        { numRuns: 20 },
      )
    })
  }

  it('given the same fields ... every type has another digest', () => {
    const [given] = fc.sample(message, { numRuns: 1, seed: 1 })
    const digests = Object.keys(DIGESTS).map((type) => digestOf(type, given!))
    assert.equal(new Set(digests).size, digests.length)
  })

  it('given a number outside its field ... it throws IntegerRangeError', () => {
    const sound = { bindingId: `0x${'11'.repeat(32)}`, sequence: 0, deadline: 0 } as const
    for (const given of [
      { ...sound, sequence: 2 ** 24 },
      { ...sound, sequence: -1 },
      { ...sound, deadline: 2 ** 40 },
    ]) {
      assert.throws(() => StandingMessage.suspendDigest(given, domain), { name: 'Bytes.IntegerRangeError' })
    }
  })
})

describe('Binding, Enrolment', () => {
  it('given any binding or enrolment ... id and digest are what viem computes', () => {
    fc.assert(
      fc.property(anyBinding, anyEnrolment, address, (binding, enrolment, verifyingContract) => {
        const elsewhere = { ...domain, verifyingContract }
        const ofBinding = { types: typed.bindingTypes, primaryType: 'Binding' } as const
        assert.equal(Binding.id(binding), hashStruct({ ...ofBinding, data: binding }))
        assert.equal(
          Binding.digest(binding, elsewhere),
          hashTypedData({ ...ofBinding, domain: elsewhere, message: binding }),
        )
        const ofEnrolment = { types: typed.enrolmentTypes, primaryType: 'Enrolment' } as const
        assert.equal(Enrolment.id(enrolment), hashStruct({ ...ofEnrolment, data: enrolment }))
        const digest = hashTypedData({ ...ofEnrolment, domain: elsewhere, message: enrolment })
        assert.equal(Enrolment.digest(enrolment, elsewhere), digest)
      }),
      { numRuns: 50 },
    )
  })
})
