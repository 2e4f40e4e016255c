/**
 * getResolver
 * |-- given a DID that is none ... it answers invalidDid
 * |-- given a did:key of another kind ... it answers unsupportedPublicKeyType
 * |-- given a did:key or did:pkh ... it gives the document that another library gives
 * |-- given a did:web ... its document lies where the specification says
 * `-- given a did:web
 *     |-- when nobody listens ... it answers notFound
 *     |-- when its host has no document ... it answers notFound
 *     |-- when its host leads elsewhere ... it answers notFound, and asks nobody else
 *     |-- when its host stays silent ... it answers notFound
 *     |-- when plain HTTP is not asked for ... it answers notFound, and sends nothing in the clear
 *     |-- when the document is too large ... it answers invalidDidDocument
 *     |-- when the document is not sound ... it answers invalidDidDocument
 *     |-- when the document is another's ... it answers invalidDidDocument
 *     `-- when the document is sound ... it gives the document
 */
import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'
import { base58 } from '@scure/base'
import { Resolver } from 'did-resolver'
import * as foreignKey from 'key-did-resolver'
import * as foreignPkh from 'pkh-did-resolver'
import type { WebLimits } from '../../../src/adapters/did/fetchDocument.ts'
import { documentUrl } from '../../../src/adapters/did/fetchDocument.ts'
import { getResolver } from '../../../src/adapters/did/resolver.ts'
import * as Did from '../../../src/protocol/Did.ts'
import * as DidDocument from '../../../src/protocol/DidDocument.ts'
import * as PublicKey from '../../../src/protocol/PublicKey.ts'
import { startDidHost } from '../../helpers/didHost.ts'
import { readVectors } from '../../helpers/vectors.ts'

const vectors = readVectors('dids.json')
const ours = new Resolver(getResolver())
const theirs = new Resolver({ ...foreignKey.getResolver(), ...foreignPkh.getResolver() })

describe('getResolver', () => {
  for (const did of ['did:key:Q3sh', 'did:pkh:eip155:1:0x00', 'did:web:10.0.0.1']) {
    it(`given a DID that is none ... it answers invalidDid (${did})`, async () => {
      const { didDocument, didResolutionMetadata } = await ours.resolve(did)
      assert.equal(didDocument, null)
      assert.equal(didResolutionMetadata.error, 'invalidDid')
    })
  }

  for (const did of vectors.unsupported) {
    it(`given a did:key of another kind ... it answers unsupportedPublicKeyType (${did.slice(0, 20)})`, async () => {
      assert.equal((await ours.resolve(did)).didResolutionMetadata.error, 'unsupportedPublicKeyType')
    })
  }

  for (const { did, publicKeyBase58 } of vectors.secp256k1) {
    it(`given a did:key or did:pkh ... it gives the document that another library gives (${did})`, async () => {
      const [method] = (await ours.resolve(did)).didDocument?.verificationMethod ?? []
      const [theirMethod] = (await theirs.resolve(did)).didDocument?.verificationMethod ?? []
      const key = PublicKey.of('secp256k1', base58.decode(publicKeyBase58))
      const common = { id: `${did}#${Did.multibase(key)}`, controller: did }
      assert.deepEqual(method, { ...common, type: 'JsonWebKey2020', publicKeyJwk: PublicKey.toJwk(key) })
      // An older form of the same key, which JOSE does not know.
      assert.deepEqual(theirMethod, { ...common, type: 'Secp256k1VerificationKey2018', publicKeyBase58 })
    })
  }

  for (const { did } of [...vectors.p256, ...vectors.pkh]) {
    it(`given a did:key or did:pkh ... it gives the document that another library gives (${did})`, async () => {
      const { didDocument, didResolutionMetadata } = await ours.resolve(did)
      const { didDocument: expected } = await theirs.resolve(did)
      assert.equal(didResolutionMetadata.error, undefined)
      assert(didDocument !== null && expected !== null)
      assert.equal(didDocument.id, did)
      assert.deepEqual(didDocument.assertionMethod, expected.assertionMethod)
      assert.deepEqual(didDocument.authentication, expected.authentication)
      assert.deepEqual(didDocument.verificationMethod, expected.verificationMethod)
    })
  }

  for (const { did, url } of vectors.web) {
    it(`given a did:web ... its document lies where the specification says (${did})`, () => {
      const parsed = Did.parse(did)
      assert(parsed.method === 'web')
      assert.equal(documentUrl(parsed), url)
    })
  }
})

describe('getResolver given a did:web', () => {
  it('when nobody listens ... it answers notFound', async (t) => {
    assert.equal((await resolveLocal(t, (_, response) => response.destroy())).error, 'notFound')
  })

  it('when its host has no document ... it answers notFound', async (t) => {
    assert.equal((await resolveLocal(t, (_, response) => response.writeHead(404).end('{}'))).error, 'notFound')
  })

  it('when its host leads elsewhere ... it answers notFound, and asks nobody else', async (t) => {
    const { error, asked } = await resolveLocal(t, (_, response) => {
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    assert.equal(error, 'notFound')
    assert.deepEqual(asked, ['/.well-known/did.json'])
  })

  it('when its host stays silent ... it answers notFound', async (t) => {
    assert.equal((await resolveLocal(t, () => undefined, { timeoutMilliseconds: 20 })).error, 'notFound')
  })

  it('when plain HTTP is not asked for ... it answers notFound, and sends nothing in the clear', async (t) => {
    const { error, asked } = await resolveLocal(t, (_, response) => response.end('{}'), { localhostWithoutTls: false })
    assert.equal(error, 'notFound')
    assert.deepEqual(asked, [])
  })

  it('when the document is too large ... it answers invalidDidDocument', async (t) => {
    const { error } = await resolveLocal(t, (_, response) => response.end(' '.repeat(101)), { documentBytesMax: 100 })
    assert.equal(error, 'invalidDidDocument')
  })

  for (const text of ['', '[]', '{', '{"id":1}', '{"id":"did:web:a.example","verificationMethod":[{}]}']) {
    it(`when the document is not sound ... it answers invalidDidDocument (${text})`, async (t) => {
      assert.equal((await resolveLocal(t, (_, response) => response.end(text))).error, 'invalidDidDocument')
    })
  }

  it("when the document is another's ... it answers invalidDidDocument", async (t) => {
    const { error } = await resolveLocal(t, (_, response) => response.end('{"id":"did:web:a.example"}'))
    assert.equal(error, 'invalidDidDocument')
  })

  it('when the document is sound ... it gives the document', async (t) => {
    const [{ jwk } = assert.fail()] = vectors.p256
    const [account = assert.fail()] = vectors.pkh
    const published = (did: Did.Did) =>
      DidDocument.ofAttester(did, { account, keys: { 'key-1': PublicKey.fromJwk(jwk) } })
    const { host } = await startDidHost(
      (run) => t.after(run),
      (request, response) => response.end(JSON.stringify(published(Did.ofWeb(request.headers.host ?? '', ['lab'])))),
    )
    const did = Did.ofWeb(host, ['lab'])
    const { didDocument } = await new Resolver(getResolver({ localhostWithoutTls: true })).resolve(did)
    assert.deepEqual(didDocument, published(did))
    assert.deepEqual(DidDocument.assertionVerifier(didDocument, `${did}#key-1`), {
      kind: 'key',
      key: PublicKey.fromJwk(jwk),
    })
  })
})

/** Resolves the did:web of a host on this machine that answers like this. */
async function resolveLocal(t: TestContext, answer: RequestListener, limits: WebLimits = {}) {
  const { host, asked } = await startDidHost((run) => t.after(run), answer)
  const resolver = new Resolver(getResolver({ localhostWithoutTls: true, ...limits }))
  const { didDocument, didResolutionMetadata } = await resolver.resolve(Did.ofWeb(host))
  assert.equal(didDocument, null)
  return { error: didResolutionMetadata.error, asked }
}
