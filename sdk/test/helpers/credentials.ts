import { p256 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import type { DIDResolver } from 'did-resolver'
import { Resolver } from 'did-resolver'
import type { Hex } from 'viem'
import { getAddress } from 'viem'
import type { Algorithm, JwsSigner } from '../../src/adapters/credential/jws.ts'
import { es256Signer, es256kSigner } from '../../src/adapters/credential/jws.ts'
import type { verifyVcJwt } from '../../src/adapters/credential/vcJwt.ts'
import { issueVcJwt } from '../../src/adapters/credential/vcJwt.ts'
import { getResolver } from '../../src/adapters/did/resolver.ts'
import { p256KeyOf } from '../../src/adapters/signer/p256.ts'
import { secp256k1Signer } from '../../src/adapters/signer/secp256k1.ts'
import { loadFastestBackend } from '../../src/adapters/signer/secp256k1Backend.ts'
import { fromHex } from '../../src/protocol/Bytes.ts'
import type { Did } from '../../src/protocol/Did.ts'
import * as DidOf from '../../src/protocol/Did.ts'
import * as DidDocument from '../../src/protocol/DidDocument.ts'
import * as PublicKey from '../../src/protocol/PublicKey.ts'
import { readVectors } from './vectors.ts'

const { chainId, contracts } = readVectors('domains.json')
export const place = { chainId, ...contracts }

const [carVector, p256CarVector] = readVectors('bindings.json')
/** A binding of a device with a key of each kind. */
export const cars = { secp256k1: carVector!, p256: p256CarVector! }
/** A day after both bindings have begun. */
export const NOW = cars.p256.binding.validFrom + 86_400

const member = (name: string) => readVectors('ids.json').find((each) => each.name === name)!
const attester = member('attester')
export const attesterAccount = { chainId, address: getAddress(attester.signer) }

/** The key by which the attester signs for JOSE: any P-256 key that its document names. */
export const joseSecret = member('P-256 charger').privateKey
const joseKey = PublicKey.of('P-256', p256.getPublicKey(fromHex(joseSecret)))
const accountKey = PublicKey.of('secp256k1', secp256k1.getPublicKey(fromHex(attester.privateKey)))

/** Somebody who signs credentials: what the SDK takes, and what another library takes. */
export type Issuer = {
  readonly did: Did
  readonly algorithm: Algorithm
  readonly secret: Hex
  readonly signer: JwsSigner
}

const account = secp256k1Signer(attester.privateKey, await loadFastestBackend())
const es256 = (did: Did, keyId: string): Issuer => ({
  did,
  algorithm: 'ES256',
  secret: joseSecret,
  signer: es256Signer(keyId, p256KeyOf(joseSecret)),
})
const es256k = (did: Did, keyId = DidDocument.keyId(did)): Issuer => ({
  did,
  algorithm: 'ES256K',
  secret: attester.privateKey,
  signer: es256kSigner(keyId, account),
})

export const WEB_DID: Did = 'did:web:attester.example'
const p256Did = DidOf.ofKey(joseKey)
/** The attester under each DID that it may have. */
export const issuers = {
  'did:web by ES256': es256(WEB_DID, `${WEB_DID}#key-1`),
  'did:web by ES256K': es256k(WEB_DID),
  'did:key of P-256': es256(p256Did, DidDocument.keyId(p256Did)),
  'did:key of secp256k1': es256k(DidOf.ofKey(accountKey)),
  'did:pkh': es256k(DidOf.ofAccount(attesterAccount)),
}

/** What the attester publishes. */
export const attesterDocument = (did: Did) =>
  DidDocument.ofAttester(did, { account: attesterAccount, keys: { 'key-1': joseKey } })

/** Serves the attester's document without a network. */
const web: DIDResolver = async (did) =>
  did === WEB_DID
    ? { didDocument: attesterDocument(WEB_DID), didDocumentMetadata: {}, didResolutionMetadata: {} }
    : { didDocument: null, didDocumentMetadata: {}, didResolutionMetadata: { error: 'notFound' } }
export const resolver = new Resolver({ ...getResolver(), web })

export const verifyOptions: verifyVcJwt.Options = {
  resolver,
  issuers: new Map(Object.values(issuers).map(({ did }) => [did, attesterAccount.address])),
  place,
  clock: { now: () => NOW },
}

export type Car = keyof typeof cars

/** The signers of a car's binding, as `toClaims` and `issueVcJwt` take them. */
export function subjectOf(car: Car) {
  const { device: deviceSigner, party: partySigner } = cars[car].signers
  return { deviceSigner, partySigner, place }
}

/** A sound credential. */
export async function issued(issuer: Issuer, car: Car = 'secp256k1'): Promise<string> {
  return issueVcJwt(cars[car].binding, { ...subjectOf(car), signer: issuer.signer })
}
