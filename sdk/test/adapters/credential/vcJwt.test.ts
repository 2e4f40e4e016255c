/**
 * verifyVcJwt
 * |-- given a longer token than a credential has ... it throws TooLargeError
 * |-- given no compact token ... it throws MalformedError
 * |-- given a header without a key, or with extensions ... it throws MalformedError
 * |-- given another type ... it throws WrongTypeError
 * |-- given alg none, or one of other keys ... it throws WrongAlgorithmError
 * |-- given an issuer that nobody trusts ... it throws UnknownIssuerError, and asks nobody
 * |-- given an issuer that cannot be resolved ... it throws UnresolvedIssuerError
 * |-- given an issuer that has given up its DID ... it throws UnresolvedIssuerError
 * |-- given a key that the issuer does not have ... it throws UnknownKeyError
 * |-- given a key of the other curve ... it throws UnknownKeyError
 * |-- given a document with a broken key ... it throws UnknownKeyError
 * |-- given the signature of another key ... it throws BadSignatureError
 * |-- given a changed payload, header or signature ... it throws BadSignatureError
 * |-- given a signed payload that is no credential ... it throws MalformedError
 * |-- given another issuer in the payload than of the key ... it throws IssuerMismatchError
 * |-- given the binding of another attester ... it throws WrongAttesterError
 * |-- given signed fields that are not those of the binding ... it throws BindingMismatchError
 * |-- given the time before ... it throws NotYetValidError
 * |-- given the time after ... it throws ExpiredError
 * `-- given a sound credential ... it gives the binding, under each DID of its attester
 * issueVcJwt
 * `-- given a signer whose key has no DID ... it throws BadDidError
 * es256Signer
 * `-- given a key of another curve ... it throws WrongCurveError
 * es256kSigner
 * `-- given a P-256 signer ... it throws BadSignerError
 */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Resolvable } from 'did-resolver'
import { base64urlnopad } from '@scure/base'
import { es256Signer, es256kSigner } from '../../../src/adapters/credential/jws.ts'
import type { JwsSigner } from '../../../src/adapters/credential/jws.ts'
import { VC_JWT_CHARACTERS_MAX, issueVcJwt, verifyVcJwt } from '../../../src/adapters/credential/vcJwt.ts'
import { generateP256Key, p256Signer } from '../../../src/adapters/signer/p256.ts'
import * as VerifiableCredential from '../../../src/protocol/VerifiableCredential.ts'
import type { Issuer } from '../../helpers/credentials.ts'
import {
  NOW,
  WEB_DID,
  attesterDocument,
  cars,
  issued,
  issuers,
  place,
  subjectOf,
  verifyOptions,
} from '../../helpers/credentials.ts'

const web = issuers['did:web by ES256']
const pkh = issuers['did:pkh']
const both: readonly (readonly [string, Issuer])[] = [
  ['ES256', web],
  ['ES256K', pkh],
]
const { binding, bindingId } = cars.secp256k1

describe('verifyVcJwt', () => {
  it('given a longer token than a credential has ... it throws TooLargeError', async () => {
    const jwt = 'a'.repeat(VC_JWT_CHARACTERS_MAX + 1)
    await refuses(jwt, 'TooLargeError', { given: VC_JWT_CHARACTERS_MAX + 1, expected: VC_JWT_CHARACTERS_MAX })
  })

  for (const jwt of ['', 'a', 'a.b', '..', 'é.b.c', `${encode([])}.b.c`, `${encode({})}.b`]) {
    it(`given no compact token ... it throws MalformedError (${jwt})`, async () => {
      await refuses(jwt, 'MalformedError', { given: 'header' })
    })
  }

  it('given no compact token ... it throws MalformedError (padding, or one part more)', async () => {
    const jwt = await issued(web)
    await refuses(`${jwt}==`, 'MalformedError', { given: 'header' })
    await refuses(`${jwt}.${jwt}`, 'MalformedError', { given: 'header' })
  })

  for (const change of [{ kid: undefined }, { kid: 1 }, { crit: ['b64'] }, { b64: false }, { crit: [] }]) {
    const what = JSON.stringify(change)
    it(`given a header without a key, or with extensions ... it throws MalformedError (${what})`, async () => {
      await refuses(await forged(web, { header: change }), 'MalformedError', { given: 'header' })
    })
  }

  for (const typ of ['JWT', 'vp+jwt', 'VC+JWT', undefined]) {
    it(`given another type ... it throws WrongTypeError (${String(typ)})`, async () => {
      await refuses(await forged(web, { header: { typ } }), 'WrongTypeError', { given: typ, expected: 'vc+jwt' })
    })
  }

  for (const alg of ['none', 'None', 'HS256', 'ES384', 'ES256K-R', undefined]) {
    it(`given alg none, or one of other keys ... it throws WrongAlgorithmError (${String(alg)})`, async () => {
      const [header, payload] = (await forged(web, { header: { alg } })).split('.')
      await refuses(`${header}.${payload}.`, 'WrongAlgorithmError', { given: alg, expected: ['ES256', 'ES256K'] })
    })
  }

  it('given an issuer that nobody trusts ... it throws UnknownIssuerError, and asks nobody', async () => {
    const nobody: Resolvable = { resolve: () => assert.fail('it asked') }
    const options = { ...verifyOptions, resolver: nobody, issuers: new Map([[pkh.did, binding.attester]]) }
    await refuses(await issued(web), 'UnknownIssuerError', { given: WEB_DID, expected: [pkh.did] }, options)
  })

  it('given an issuer that cannot be resolved ... it throws UnresolvedIssuerError', async () => {
    const did = 'did:web:gone.example'
    const options = { ...verifyOptions, issuers: new Map([[did, binding.attester]]) }
    const jwt = await forged(web, { header: { kid: `${did}#key-1` } })
    await refuses(jwt, 'UnresolvedIssuerError', { given: 'notFound' }, options)
  })

  it('given an issuer that has given up its DID ... it throws UnresolvedIssuerError', async () => {
    const didDocumentMetadata = { deactivated: true }
    const gone = { didDocument: attesterDocument(WEB_DID), didDocumentMetadata, didResolutionMetadata: {} }
    const options = { ...verifyOptions, resolver: { resolve: async () => gone } }
    await refuses(await issued(web), 'UnresolvedIssuerError', { given: 'deactivated' }, options)
  })

  for (const kid of [WEB_DID, `${WEB_DID}#key-2`, `${WEB_DID}#`]) {
    it(`given a key that the issuer does not have ... it throws UnknownKeyError (${kid})`, async () => {
      await refuses(await forged(web, { header: { kid } }), 'UnknownKeyError', { given: kid, expected: 'ES256' })
    })
  }

  it('given a key of the other curve ... it throws UnknownKeyError', async () => {
    const account = await forged(web, { header: { kid: `${WEB_DID}#blockchainAccountId` } })
    await refuses(account, 'UnknownKeyError', { expected: 'ES256' })
    const key = await forged(pkh, { header: { kid: `${WEB_DID}#key-1` } })
    await refuses(key, 'UnknownKeyError', { expected: 'ES256K' })
  })

  it('given a document with a broken key ... it throws UnknownKeyError', async () => {
    const didDocument = structuredClone(attesterDocument(WEB_DID))
    for (const method of didDocument.verificationMethod ?? []) if (method.publicKeyJwk) method.publicKeyJwk.x = 'AA'
    const resolver = { resolve: async () => ({ didDocument, didDocumentMetadata: {}, didResolutionMetadata: {} }) }
    await refuses(await issued(web), 'UnknownKeyError', { expected: 'ES256' }, { ...verifyOptions, resolver })
  })

  it('given the signature of another key ... it throws BadSignatureError', async () => {
    const { keyId } = web.signer
    const jwt = await forged({ ...web, signer: es256Signer(keyId, generateP256Key()) }, {})
    await refuses(jwt, 'BadSignatureError', { given: keyId })
    const secp = await issued(issuers['did:key of secp256k1'])
    const [header, payload] = (await issued(pkh)).split('.')
    await refuses(`${header}.${payload}.${secp.split('.')[2]}`, 'BadSignatureError', { given: pkh.signer.keyId })
  })

  for (const [algorithm, issuer] of both) {
    it(`given a changed payload, header or signature ... it throws BadSignatureError (${algorithm})`, async () => {
      const [header = '', payload = '', signature = ''] = (await issued(issuer)).split('.')
      const longer = encode({ ...decode(header), x: 1 })
      const richer = encode({ ...decode(payload), validUntil: '2029-01-15T08:00:00Z' })
      const zero = base64urlnopad.encode(new Uint8Array(64))
      const tampered = {
        header: `${longer}.${payload}.${signature}`,
        payload: `${header}.${richer}.${signature}`,
        'no signature': `${header}.${payload}.`,
        'shorter signature': `${header}.${payload}.${signature.slice(0, -2)}`,
        'signature of zeros': `${header}.${payload}.${zero}`,
      }
      for (const [what, jwt] of Object.entries(tampered)) {
        await refuses(jwt, 'BadSignatureError', { given: issuer.signer.keyId }, verifyOptions, what)
      }
    })
  }

  for (const [what, payload] of Object.entries({ text: 'x', list: '[]', 'no claims': '{}', 'not UTF-8': '\u{d800}' })) {
    it(`given a signed payload that is no credential ... it throws MalformedError (${what})`, async () => {
      const bytes = what === 'not UTF-8' ? Uint8Array.of(0xff) : new TextEncoder().encode(payload)
      const jwt = await pkh.signer.sign(bytes, headerOf(pkh.signer))
      await refuses(jwt, 'MalformedError', { given: 'payload' })
    })
  }

  it('given another issuer in the payload than of the key ... it throws IssuerMismatchError', async () => {
    const jwt = await forged(pkh, { claims: { issuer: WEB_DID, iss: WEB_DID } })
    await refuses(jwt, 'IssuerMismatchError', { given: WEB_DID, expected: pkh.did })
  })

  it('given the binding of another attester ... it throws WrongAttesterError', async () => {
    const account = place.settlementToken
    const options = { ...verifyOptions, issuers: new Map([[WEB_DID, account]]) }
    await refuses(await issued(web), 'WrongAttesterError', { given: binding.attester, expected: account }, options)
  })

  for (const [algorithm, issuer] of both) {
    it(`given signed fields that are not those of the binding ... it throws BindingMismatchError (${algorithm})`, async () => {
      const { credentialSubject } = claimsOf(issuer)
      const claims = { credentialSubject: { ...credentialSubject, maxPerPeriod: '1' } }
      await refuses(await forged(issuer, { claims }), 'BindingMismatchError', { given: bindingId })
    })
  }

  it('given the time before ... it throws NotYetValidError', async () => {
    const now = binding.validFrom - 1
    const options = { ...verifyOptions, clock: { now: () => now } }
    await refuses(await issued(web), 'NotYetValidError', { given: now, expected: now + 1 }, options)
  })

  it('given the time after ... it throws ExpiredError', async () => {
    const now = binding.validUntil
    const options = { ...verifyOptions, clock: { now: () => now } }
    await refuses(await issued(web), 'ExpiredError', { given: now, expected: now }, options)
    await refuses(await forged(web, { claims: { exp: NOW } }), 'ExpiredError', { given: NOW, expected: NOW })
  })

  for (const [name, issuer] of Object.entries(issuers)) {
    for (const car of ['secp256k1', 'p256'] as const) {
      it(`given a sound credential ... it gives the binding (${name}, a ${car} car)`, async () => {
        const credential = await verifyVcJwt(await issued(issuer, car), verifyOptions)
        assert.deepEqual(credential.binding, cars[car].binding)
        assert.equal(credential.bindingId, cars[car].bindingId)
        assert.equal(credential.issuer, issuer.did)
        assert.match(credential.device, car === 'p256' ? /^did:key:zDn/ : /^did:pkh:eip155:31337:0x/)
        assert.deepEqual(credential.registry, { chainId: place.chainId, address: place.identityRegistry })
      })
    }
  }
})

describe('issueVcJwt', () => {
  it('given a signer whose key has no DID ... it throws BadDidError', async () => {
    const signer = es256Signer('key-1', generateP256Key())
    const refused = issueVcJwt(binding, { ...subjectOf('secp256k1'), signer })
    await assert.rejects(refused, { name: 'Did.BadDidError', given: 'key-1' })
  })
})

describe('es256Signer', () => {
  it('given a key of another curve ... it throws WrongCurveError', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const expected = { name: 'P256.WrongCurveError', given: 'secp256k1' }
    assert.throws(() => es256Signer(web.signer.keyId, privateKey), expected)
  })
})

describe('es256kSigner', () => {
  it('given a P-256 signer ... it throws BadSignerError', () => {
    const signer = p256Signer(generateP256Key(), place.p256Sha256Verifier)
    assert.throws(() => es256kSigner(pkh.signer.keyId, signer), { name: 'SignerId.BadSignerError', given: 84 })
  })
})

async function refuses(jwt: string, name: string, values: object, options = verifyOptions, what?: string) {
  await assert.rejects(verifyVcJwt(jwt, options), { name: `VerifiableCredential.${name}`, ...values }, what)
}

const claimsOf = (issuer: Issuer) =>
  VerifiableCredential.toClaims(binding, { issuer: issuer.did, ...subjectOf('secp256k1') })
const headerOf = ({ algorithm, keyId }: JwsSigner) => ({ alg: algorithm, typ: 'vc+jwt', kid: keyId })

/** A credential with other members, soundly signed where the signer signs any header. */
async function forged(issuer: Issuer, { header = {}, claims = {} }: { header?: object; claims?: object }) {
  const { signer } = issuer
  const payload = new TextEncoder().encode(JSON.stringify({ ...claimsOf(issuer), ...claims }))
  const jwt = await signer.sign(payload, headerOf(signer))
  if (Object.keys(header).length === 0) return jwt
  const [, ...rest] = jwt.split('.')
  return [encode({ ...headerOf(signer), ...header }), ...rest].join('.')
}

function encode(json: unknown): string {
  return base64urlnopad.encode(new TextEncoder().encode(JSON.stringify(json)))
}

function decode(part: string): object {
  return JSON.parse(new TextDecoder().decode(base64urlnopad.decode(part))) as object
}
