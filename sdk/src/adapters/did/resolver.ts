import type { DIDDocument, DIDResolutionResult, DIDResolver } from 'did-resolver'
import * as Did from '../../protocol/Did.ts'
import * as DidDocument from '../../protocol/DidDocument.ts'
import { BaseError } from '../../protocol/Errors.ts'
import type { WebLimits } from './fetchDocument.ts'
import { fetchDocument } from './fetchDocument.ts'

/**
 * The three DID methods of signers and attesters, to be plugged into the `Resolver` of `did-resolver`. `key` and `pkh`
 * need no network. What goes wrong is told in the result's metadata,
 * as DID resolution has it.
 *
 * @example
 * import { Resolver } from 'did-resolver'
 * const resolver = new Resolver(getResolver())
 * const { didDocument, didResolutionMetadata } = await resolver.resolve(did)
 */
export function getResolver(limits: WebLimits = {}): Record<'key' | 'pkh' | 'web', DIDResolver> {
  const resolve: DIDResolver = async (did) => {
    try {
      const parsed = Did.parse(did)
      return found(parsed.method === 'web' ? await fetchDocument(did, parsed, limits) : DidDocument.of(did, parsed))
    } catch (error) {
      return failed(error)
    }
  }
  return { key: resolve, pkh: resolve, web: resolve }
}

function found(didDocument: DIDDocument): DIDResolutionResult {
  return { didDocument, didDocumentMetadata: {}, didResolutionMetadata: { contentType: 'application/did+ld+json' } }
}

/** What resolution metadata calls our errors: the names of DID resolution and of did:key. */
const METADATA: Readonly<Record<string, string>> = {
  'Did.BadDidError': 'invalidDid',
  'Did.UnsupportedKeyError': 'unsupportedPublicKeyType',
  'Did.BadDocumentError': 'invalidDidDocument',
  'Did.UnreachableError': 'notFound',
}

function failed(error: unknown): DIDResolutionResult {
  const name = error instanceof BaseError ? METADATA[error.name] : undefined
  // A fault of ours is no answer about the DID.
  if (name === undefined || !(error instanceof BaseError)) throw error
  return { didDocument: null, didDocumentMetadata: {}, didResolutionMetadata: { error: name, message: error.message } }
}
