/**
 * Musubi identities for the rest of the world: DIDs of signers, a resolver for `did-resolver`, and bindings as W3C Verifiable
 * Credentials. A way in of its own, `@musubi/sdk/did`, because a device that pays needs none of it, nor the libraries behind it.
 */
export * as AccountId from './protocol/AccountId.ts'
export * as Did from './protocol/Did.ts'
export * as DidDocument from './protocol/DidDocument.ts'
export * as DidErrors from './protocol/DidErrors.ts'
export * as PublicKey from './protocol/PublicKey.ts'
export * as VerifiableCredential from './protocol/VerifiableCredential.ts'
export * as VerifiableCredentialErrors from './protocol/VerifiableCredentialErrors.ts'

export { es256Signer, es256kSigner } from './adapters/credential/jws.ts'
export type { JwsSigner } from './adapters/credential/jws.ts'
export { issueVcJwt, verifyVcJwt } from './adapters/credential/vcJwt.ts'
export { getResolver } from './adapters/did/resolver.ts'
export type { WebLimits } from './adapters/did/fetchDocument.ts'
/** What `getResolver` plugs into, so that a program need not name did-resolver itself. */
export { Resolver } from 'did-resolver'
