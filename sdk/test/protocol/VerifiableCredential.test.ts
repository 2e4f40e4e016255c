/**
 * VerifiableCredential
 * |-- toClaims
 * |   |-- given another's device or party ... it throws BindingMismatchError
 * |   |-- given a published status in the clear ... it throws MalformedError
 * |   |-- given a validity beyond the year 9999 ... it throws IntegerRangeError
 * |   |-- given the binding of a car ... it gives these claims
 * |   `-- given any sound binding ... fromClaims gives it back
 * `-- fromClaims
 *     |-- given claims of another form ... it throws MalformedError
 *     |-- given two issuers ... it throws IssuerMismatchError
 *     |-- given another registry, in subject or status ... it throws WrongRegistryError
 *     |-- given a subject that names no signer ... it throws the error of its DID
 *     |-- given any field of the binding changed ... it throws BindingMismatchError
 *     |-- given members that it does not know ... it gives the binding
 *     |-- given an issuer with a name, and other time zones ... it gives the binding
 *     `-- given a signature for a shorter time ... it gives that validity
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Funding } from '../../src/generated/constants.ts'
import type { Binding } from '../../src/protocol/Binding.ts'
import * as BindingOf from '../../src/protocol/Binding.ts'
import { UnsoundError, requireSound } from '../../src/protocol/BindingTerms.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import * as VerifiableCredential from '../../src/protocol/VerifiableCredential.ts'
import type { Claims } from '../../src/protocol/VerifiableCredentialClaims.ts'
import { address, hash32, recordOf, uintOf } from '../helpers/arbitraries.ts'
import { WEB_DID, cars, place, subjectOf } from '../helpers/credentials.ts'

const { binding, bindingId, signers } = cars.p256
const claimsOf = (bound: Binding = binding, options = {}) =>
  VerifiableCredential.toClaims(bound, { issuer: WEB_DID, ...subjectOf('p256'), ...options })
const claims = claimsOf()
const subject = claims.credentialSubject
const other = `0x${'11'.repeat(20)}` as const
const otherHash = `0x${'11'.repeat(32)}`

/** What a date with four digits for the year can say. */
const dated = fc.integer({ min: 0, max: 253_402_300_799 })
const anyBinding: fc.Arbitrary<Binding> = recordOf({
  deviceId: fc.constant(SignerId.of(signers.device)),
  partyId: fc.constant(SignerId.of(signers.party)),
  attester: address,
  validFrom: dated,
  validUntil: dated,
  funder: address,
  funding: fc.constantFrom(Funding.CREDIT, Funding.PREPAID, Funding.OWN),
  token: address,
  maxPerPayment: uintOf(96),
  maxPerPeriod: uintOf(96),
  periodSeconds: fc.integer({ min: 1, max: 0xffff_ffff }),
  approvers: hash32,
  billingRef: hash32,
  freshnessTip: hash32,
  previous: hash32,
})
/** What the registry could record. */
const soundBinding = anyBinding.map(inOrder).filter(isSound)

describe('VerifiableCredential.toClaims', () => {
  for (const field of ['deviceSigner', 'partySigner']) {
    it(`given another's device or party ... it throws BindingMismatchError (${field})`, () => {
      const expected = { name: 'VerifiableCredential.BindingMismatchError', given: bindingId }
      assert.throws(() => claimsOf(binding, { [field]: other }), expected)
    })
  }

  it('given a published status in the clear ... it throws MalformedError', () => {
    const expected = { name: 'VerifiableCredential.MalformedError', given: 'payload' }
    assert.throws(() => claimsOf(binding, { snapshotUrl: 'http://attester.example/status' }), expected)
  })

  it('given a validity beyond the year 9999 ... it throws IntegerRangeError', () => {
    const bound = { ...binding, validUntil: 253_402_300_800 }
    assert.throws(() => claimsOf(bound), { name: 'Bytes.IntegerRangeError', given: 253_402_300_800 })
  })

  it('given the binding of a car ... it gives these claims', () => {
    const registry = 'eip155:31337:0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0'
    assert.deepEqual(claimsOf(binding, { snapshotUrl: 'https://attester.example/status' }), {
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/undefined-terms/v2'],
      type: ['VerifiableCredential', 'MusubiBindingCredential'],
      issuer: 'did:web:attester.example',
      iss: 'did:web:attester.example',
      nbf: 1_800_000_000,
      exp: 1_831_536_000,
      validFrom: '2027-01-15T08:00:00Z',
      validUntil: '2028-01-15T08:00:00Z',
      credentialSubject: {
        id: subject.id,
        liableParty: { id: 'did:pkh:eip155:31337:0x6b76Ef977b206957fCb6CAbc6bF845AEE83Ee1c6' },
        registry,
        bindingId: '0x7b99bec78e44a72c76100cdcbb46a11ac042e4a02163a3fdc23f2b3468ed96b0',
        attester: '0xc66bAae7dE2E7dF4c062384238BF4765eb34A43e',
        funder: '0x8685b5065a293829aa3E12325cEc888b0CED1CB0',
        funding: 'PREPAID',
        token: '0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9',
        maxPerPayment: '100000000000000000000',
        maxPerPeriod: '10000000000000000000000',
        periodSeconds: 2_592_000,
        approvers: `0x${'00'.repeat(32)}`,
        billingRef: '0x8c702422e857ebdee13943104eeff83e001d846004732531f8ec2f956f390ab9',
        freshnessTip: '0x056bedde616984e6ac47a3830dbb74056ede094f4d3319a7d42593772e9b2aa6',
        previous: `0x${'00'.repeat(32)}`,
      },
      credentialStatus: {
        type: 'MusubiRegistryStatus',
        registry,
        bindingId: '0x7b99bec78e44a72c76100cdcbb46a11ac042e4a02163a3fdc23f2b3468ed96b0',
        snapshotUrl: 'https://attester.example/status',
      },
    } satisfies Claims)
    assert.match(subject.id, /^did:key:zDn/)
  })

  it('given any sound binding ... fromClaims gives it back', () => {
    fc.assert(
      fc.property(soundBinding, (bound) => {
        const json: unknown = JSON.parse(JSON.stringify(claimsOf(bound)))
        const read = VerifiableCredential.fromClaims(json, place)
        assert.deepEqual(read.binding, bound)
        assert.equal(read.bindingId, BindingOf.id(bound))
      }),
      { numRuns: 50 },
    )
  })
})

describe('VerifiableCredential.fromClaims', () => {
  const read = (json: unknown) => VerifiableCredential.fromClaims(json, place)
  const withSubject = (fields: object) => ({ ...claims, credentialSubject: { ...subject, ...fields } })
  const withStatus = (fields: object) => ({ ...claims, credentialStatus: { ...claims.credentialStatus, ...fields } })

  const malformed: Record<string, unknown> = {
    'no object': 'text',
    'version 1.1': { ...claims, '@context': ['https://www.w3.org/2018/credentials/v1'] },
    'no context': { ...claims, '@context': [] },
    'another type': { ...claims, type: ['VerifiableCredential'] },
    'a claim vc': { ...claims, vc: claims },
    'a claim vp': { ...claims, vp: {} },
    'an issuer that is a number': { ...claims, issuer: 1 },
    'no validFrom': { ...claims, validFrom: undefined },
    'a date alone': { ...claims, validUntil: '2027-01-15' },
    'a part of a second': { ...claims, validFrom: '2027-01-15T08:00:00.5Z' },
    'a time before 1970': { ...claims, validFrom: '1969-12-31T23:59:59Z' },
    'a time limit as text': { ...claims, exp: '1831536000' },
    'two subjects': { ...claims, credentialSubject: [subject, subject] },
    'an amount as number': withSubject({ maxPerPayment: 1 }),
    'an amount in hex': withSubject({ maxPerPayment: '0x1' }),
    'an amount with a leading zero': withSubject({ maxPerPayment: '01' }),
    'an amount above 96 bits': withSubject({ maxPerPeriod: (2n ** 96n).toString() }),
    'an amount below zero': withSubject({ maxPerPeriod: '-1' }),
    'an unknown funding': withSubject({ funding: 'GIFT' }),
    'a wrong checksum': withSubject({ token: subject.token.replace('D', 'd') }),
    'a short hash': withSubject({ approvers: '0x00' }),
    'a period of parts of seconds': withSubject({ periodSeconds: 0.5 }),
    'no status': { ...claims, credentialStatus: undefined },
    'a status of another kind': withStatus({ type: 'BitstringStatusListEntry' }),
    'a status in the clear': withStatus({ snapshotUrl: 'http://attester.example/status' }),
    'a status that is code': withStatus({ snapshotUrl: 'javascript:alert(1)' }),
  }
  for (const [what, json] of Object.entries(malformed)) {
    it(`given claims of another form ... it throws MalformedError (${what})`, () => {
      assert.throws(() => read(json), { name: 'VerifiableCredential.MalformedError', given: 'payload' })
    })
  }

  it('given two issuers ... it throws IssuerMismatchError', () => {
    const expected = { name: 'VerifiableCredential.IssuerMismatchError', given: 'did:web:b.example', expected: WEB_DID }
    assert.throws(() => read({ ...claims, iss: 'did:web:b.example' }), expected)
  })

  const registries = {
    'another chain': subject.registry.replace('31337', '1'),
    'another contract': `eip155:31337:${other}`,
  }
  for (const [what, registry] of Object.entries(registries)) {
    it(`given another registry, in subject or status ... it throws WrongRegistryError (${what})`, () => {
      const expected = { name: 'VerifiableCredential.WrongRegistryError', given: registry, expected: subject.registry }
      assert.throws(() => read(withSubject({ registry })), expected)
      assert.throws(() => read(withStatus({ registry })), expected)
    })
  }

  const subjects = {
    'did:web:car.example': 'Did.NoSignerError',
    'https://car.example': 'Did.BadDidError',
    [`did:pkh:eip155:1:${other}`]: 'Did.WrongChainError',
  }
  for (const [did, name] of Object.entries(subjects)) {
    it(`given a subject that names no signer ... it throws the error of its DID (${name})`, () => {
      assert.throws(() => read(withSubject({ id: did })), { name, given: did })
      assert.throws(() => read(withSubject({ liableParty: { id: did } })), { name, given: did })
    })
  }

  const pkh = `did:pkh:eip155:31337:${other}`
  const changed: Record<string, unknown> = {
    id: withSubject({ id: pkh }),
    liableParty: withSubject({ liableParty: { id: pkh } }),
    attester: withSubject({ attester: other }),
    validFrom: { ...claims, validFrom: '2027-01-15T08:00:01Z' },
    validUntil: { ...claims, validUntil: '2028-01-15T07:59:59Z' },
    funder: withSubject({ funder: other }),
    funding: withSubject({ funding: 'CREDIT' }),
    token: withSubject({ token: other }),
    maxPerPayment: withSubject({ maxPerPayment: '100000000000000000001' }),
    maxPerPeriod: withSubject({ maxPerPeriod: '0' }),
    periodSeconds: withSubject({ periodSeconds: 1 }),
    approvers: withSubject({ approvers: otherHash }),
    billingRef: withSubject({ billingRef: otherHash }),
    freshnessTip: withSubject({ freshnessTip: otherHash }),
    previous: withSubject({ previous: otherHash }),
  }
  for (const [field, json] of Object.entries(changed)) {
    it(`given any field of the binding changed ... it throws BindingMismatchError (${field})`, () => {
      assert.throws(() => read(json), { name: 'VerifiableCredential.BindingMismatchError', given: bindingId })
    })
  }
  for (const [where, json] of [
    ['subject', withSubject({ bindingId: otherHash })],
    ['status', withStatus({ bindingId: otherHash })],
  ] as const) {
    it(`given any field of the binding changed ... it throws BindingMismatchError (bindingId of the ${where})`, () => {
      const expected = { name: 'VerifiableCredential.BindingMismatchError', given: otherHash, expected: bindingId }
      assert.throws(() => read(json), expected)
    })
  }

  it('given members that it does not know ... it gives the binding', () => {
    assert.deepEqual(read({ ...withSubject({ colour: 'red' }), evidence: [{ type: 'Inspection' }] }).binding, binding)
  })

  it('given an issuer with a name, and other time zones ... it gives the binding', () => {
    const issuer = { id: WEB_DID, name: 'Attester' }
    const json = { ...claims, issuer, iss: undefined, validFrom: '2027-01-15T17:00:00.000+09:00' }
    const credential = read(json)
    assert.deepEqual(credential.binding, binding)
    assert.equal(credential.issuer, WEB_DID)
  })

  it('given a signature for a shorter time ... it gives that validity', () => {
    const { validity } = read({ ...claims, nbf: 1_800_000_100, exp: 1_800_000_200 })
    assert.deepEqual(validity, { from: 1_800_000_100, until: 1_800_000_200 })
    const unsaid = read({ ...claims, nbf: undefined, exp: undefined }).validity
    assert.deepEqual(unsaid, { from: binding.validFrom, until: binding.validUntil })
  })
})

function inOrder(any: Binding): Binding {
  const isEarlier = any.validFrom <= any.validUntil
  const isBelow = any.maxPerPayment <= any.maxPerPeriod
  return {
    ...any,
    ...(isEarlier ? {} : { validFrom: any.validUntil, validUntil: any.validFrom }),
    ...(isBelow ? {} : { maxPerPayment: any.maxPerPeriod, maxPerPeriod: any.maxPerPayment }),
  }
}

function isSound(any: Binding): boolean {
  try {
    requireSound(any)
    return true
  } catch (error) {
    assert(error instanceof UnsoundError)
    return false
  }
}
