/**
 * Credentials of bindings and did-jwt, a library of others, with its keys found by resolvers of others where there are any.
 * |-- given a credential of ours
 * |   |-- when did-jwt verifies it ... it names the issuer's key, under each DID of the attester
 * |   |-- when did-jwt verifies it with foreign resolvers of did:key and did:pkh ... it names the issuer's key
 * |   |-- when it was changed ... did-jwt refuses it
 * |   `-- when its time is over ... did-jwt refuses it
 * |-- given a credential that did-jwt made
 * |   |-- when we verify it ... it gives the binding, under each DID of the attester
 * |   |-- when another key made it ... it throws BadSignatureError
 * |   |-- when its signature has a high s ... it gives the binding
 * |   `-- when did-jwt left its own type ... it throws WrongTypeError
 * `-- given a did.json of ours on a host of its own ... did-jwt and we find the key there
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { base64urlnopad } from '@scure/base'
import type { JWTVerifyOptions } from 'did-jwt'
import { ES256KSigner, ES256Signer, createJWT, verifyJWT } from 'did-jwt'
import { Resolver } from 'did-resolver'
import * as foreignKey from 'key-did-resolver'
import * as foreignPkh from 'pkh-did-resolver'
import { es256Signer } from '../../../src/adapters/credential/jws.ts'
import { issueVcJwt, verifyVcJwt } from '../../../src/adapters/credential/vcJwt.ts'
import { getResolver } from '../../../src/adapters/did/resolver.ts'
import { p256KeyOf } from '../../../src/adapters/signer/p256.ts'
import { fromHex } from '../../../src/protocol/Bytes.ts'
import * as Did from '../../../src/protocol/Did.ts'
import * as VerifiableCredential from '../../../src/protocol/VerifiableCredential.ts'
import type { Car, Issuer } from '../../helpers/credentials.ts'
import {
  NOW,
  attesterAccount,
  attesterDocument,
  cars,
  issued,
  issuers,
  joseSecret,
  resolver,
  subjectOf,
  verifyOptions,
} from '../../helpers/credentials.ts'
import { startDidHost } from '../../helpers/didHost.ts'

const foreignResolver = new Resolver({ ...foreignKey.getResolver(), ...foreignPkh.getResolver() })
/** did-jwt lets clocks differ by five minutes. */
const SKEW_SECONDS = 300
/** New each time: did-jwt notes the keys it has found in its options. */
const asking = (changes: JWTVerifyOptions = {}): JWTVerifyOptions => ({
  resolver,
  policies: { now: NOW },
  proofPurpose: 'assertionMethod',
  ...changes,
})

describe('given a credential of ours', () => {
  for (const [name, issuer] of Object.entries(issuers)) {
    for (const car of ['secp256k1', 'p256'] as const) {
      it(`when did-jwt verifies it ... it names the issuer's key (${name}, a ${car} car)`, async () => {
        const { payload, signer } = await verifyJWT(await issued(issuer, car), asking())
        assert.equal(payload.issuer, issuer.did)
        assert.deepEqual(payload.credentialSubject, claimsOf(issuer, car).credentialSubject)
        assert.equal(signer.id, issuer.signer.keyId)
      })
    }
  }

  for (const name of ['did:key of P-256', 'did:key of secp256k1', 'did:pkh'] as const) {
    it(`when did-jwt verifies it with foreign resolvers ... it names the issuer's key (${name})`, async () => {
      const { signer } = await verifyJWT(await issued(issuers[name]), asking({ resolver: foreignResolver }))
      assert.equal(signer.id, issuers[name].signer.keyId)
    })
  }

  for (const [name, issuer] of Object.entries(issuers)) {
    it(`when it was changed ... did-jwt refuses it (${name})`, async () => {
      const [header, , signature] = (await issued(issuer, 'secp256k1')).split('.')
      const [, payload] = (await issued(issuer, 'p256')).split('.')
      await assert.rejects(verifyJWT(`${header}.${payload}.${signature}`, asking()), /invalid_signature/)
    })
  }

  it('when its time is over ... did-jwt refuses it', async () => {
    const late = asking({ policies: { now: cars.secp256k1.binding.validUntil + SKEW_SECONDS + 1 } })
    await assert.rejects(verifyJWT(await issued(issuers['did:pkh']), late), /expired/)
  })
})

describe('given a credential that did-jwt made', () => {
  for (const [name, issuer] of Object.entries(issuers)) {
    for (const car of ['secp256k1', 'p256'] as const) {
      it(`when we verify it ... it gives the binding (${name}, a ${car} car)`, async () => {
        const { binding, bindingId } = await verifyVcJwt(await foreign(issuer, car), verifyOptions)
        assert.deepEqual(binding, cars[car].binding)
        assert.equal(bindingId, cars[car].bindingId)
      })
    }
  }

  for (const [name, issuer] of Object.entries(issuers)) {
    it(`when another key made it ... it throws BadSignatureError (${name})`, async () => {
      const jwt = await foreign({ ...issuer, secret: `0x${'07'.repeat(32)}` })
      await assert.rejects(verifyVcJwt(jwt, verifyOptions), {
        name: 'VerifiableCredential.BadSignatureError',
        given: issuer.signer.keyId,
      })
    })
  }

  for (const name of ['did:key of secp256k1', 'did:pkh'] as const) {
    it(`when its signature has a high s ... it gives the binding (${name})`, async () => {
      const [header, payload, signature = ''] = (await foreign(issuers[name])).split('.')
      const { r, s } = secp256k1.Signature.fromBytes(base64urlnopad.decode(signature))
      const high = new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s)
      assert(high.hasHighS())
      const jwt = `${header}.${payload}.${base64urlnopad.encode(high.toBytes())}`
      assert.deepEqual((await verifyVcJwt(jwt, verifyOptions)).binding, cars.secp256k1.binding)
    })
  }

  it('when did-jwt left its own type ... it throws WrongTypeError', async () => {
    const jwt = await foreign(issuers['did:pkh'], 'secp256k1', { typ: 'JWT' })
    await assert.rejects(verifyVcJwt(jwt, verifyOptions), { name: 'VerifiableCredential.WrongTypeError', given: 'JWT' })
  })
})

describe('given a did.json of ours on a host of its own', () => {
  it('did-jwt and we find the key there', async (t) => {
    const { host, asked } = await startDidHost(
      (run) => t.after(run),
      ({ headers }, response) => response.end(JSON.stringify(attesterDocument(Did.ofWeb(headers.host ?? '')))),
    )
    const did = Did.ofWeb(host)
    const overHttp = new Resolver(getResolver({ localhostWithoutTls: true }))
    const signer = es256Signer(`${did}#key-1`, p256KeyOf(joseSecret))
    const jwt = await issueVcJwt(cars.p256.binding, { ...subjectOf('p256'), signer })

    const trusted = new Map([[did, attesterAccount.address]])
    const { binding } = await verifyVcJwt(jwt, { ...verifyOptions, resolver: overHttp, issuers: trusted })
    assert.deepEqual(binding, cars.p256.binding)
    const verified = await verifyJWT(jwt, asking({ resolver: overHttp }))
    assert.equal(verified.signer.id, `${did}#key-1`)
    assert.deepEqual(asked, ['/.well-known/did.json', '/.well-known/did.json'])
  })
})

const claimsOf = ({ did }: Issuer, car: Car) =>
  VerifiableCredential.toClaims(cars[car].binding, { issuer: did, ...subjectOf(car) })

/** The credential as another library makes it of the same claims. */
async function foreign(issuer: Issuer, car: Car = 'secp256k1', header: { typ?: 'JWT' } = {}): Promise<string> {
  const secret = fromHex(issuer.secret)
  const signer = issuer.algorithm === 'ES256' ? ES256Signer(secret) : ES256KSigner(secret)
  const named = { alg: issuer.algorithm, typ: 'vc+jwt', kid: issuer.signer.keyId, ...header }
  const claims: object = claimsOf(issuer, car)
  // did-jwt's type knows one type of token; what it writes is what it is given.
  return createJWT({ ...claims }, { issuer: issuer.did, signer }, named as { alg: string; typ: 'JWT' })
}
