/**
 * DidDocument.assertionVerifier
 * |-- given a method that only proves presence ... it gives none
 * |-- given a method without a key ... it gives none
 * |-- given a name that leads nowhere ... it gives none
 * |-- given a method that another controls, embedded or not ... it gives none
 * |-- given a method of another DID ... it gives none
 * |-- given a key that is not sound ... it throws BadJwkError
 * |-- given a key as JSON Web Key, as Multikey, embedded, or named relative to the document ... it gives the key
 * `-- given an account ... it gives the account
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DIDDocument, VerificationMethod } from 'did-resolver'
import * as Did from '../../src/protocol/Did.ts'
import * as DidDocument from '../../src/protocol/DidDocument.ts'
import * as PublicKey from '../../src/protocol/PublicKey.ts'
import { readVectors } from '../helpers/vectors.ts'

const { jwk } = readVectors('dids.json').p256[0]!
const key = PublicKey.fromJwk(jwk)
const did = 'did:web:attester.example'
const id = `${did}#key-1`
const method: VerificationMethod = { id, type: 'JsonWebKey2020', controller: did, publicKeyJwk: { ...jwk } }
const foreign: VerificationMethod = { ...method, controller: 'did:web:another.example' }

describe('DidDocument.assertionVerifier', () => {
  const none: Record<string, DIDDocument> = {
    'given a method that only proves presence': { id: did, verificationMethod: [method], authentication: [id] },
    'given a method without a key': {
      id: did,
      verificationMethod: [{ id, type: 'Other', controller: did }],
      assertionMethod: [id],
    },
    'given a name that leads nowhere': { id: did, verificationMethod: [], assertionMethod: [id] },
    'given a method that another controls': { id: did, verificationMethod: [foreign], assertionMethod: [id] },
    'given a method that another controls, embedded': { id: did, assertionMethod: [foreign] },
    'given a method of another DID': { id: foreign.controller, verificationMethod: [foreign], assertionMethod: [id] },
  }
  for (const [given, document] of Object.entries(none)) {
    it(`${given} ... it gives none`, () => {
      assert.equal(DidDocument.assertionVerifier(document, id), undefined)
    })
  }

  it('given a key that is not sound ... it throws BadJwkError', () => {
    const broken = { ...method, publicKeyJwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }
    assert.throws(() => DidDocument.assertionVerifier({ id: did, assertionMethod: [broken] }, id), {
      name: 'PublicKey.BadJwkError',
    })
  })

  const multikey = { id, type: 'Multikey', controller: did, publicKeyMultibase: Did.multibase(key) }
  const sound: Record<string, DIDDocument> = {
    'as JSON Web Key': { id: did, verificationMethod: [method], assertionMethod: [id] },
    'as Multikey': { id: did, verificationMethod: [multikey], assertionMethod: [id] },
    embedded: { id: did, assertionMethod: [method] },
    'named relative to the document': {
      id: did,
      verificationMethod: [{ ...method, id: '#key-1' }],
      assertionMethod: ['#key-1'],
    },
  }
  for (const [form, document] of Object.entries(sound)) {
    it(`given a key ${form} ... it gives the key`, () => {
      assert.deepEqual(DidDocument.assertionVerifier(document, id), { kind: 'key', key })
    })
  }

  it('given an account ... it gives the account', () => {
    const [account = assert.fail()] = readVectors('dids.json').pkh
    const verifier = DidDocument.assertionVerifier(
      DidDocument.ofAttester(did, { account, keys: {} }),
      `${did}#blockchainAccountId`,
    )
    assert(verifier?.kind === 'account')
    assert.equal(verifier.account.chainId, account.chainId)
    assert.equal(verifier.account.address.toLowerCase(), account.address)
  })
})
