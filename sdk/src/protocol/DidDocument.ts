import type { DIDDocument, VerificationMethod } from 'did-resolver'
import { z } from 'zod'
import * as AccountId from './AccountId.ts'
import type { Did } from './Did.ts'
import * as DidOf from './Did.ts'
import { BadDocumentError } from './DidErrors.ts'
import * as PublicKey from './PublicKey.ts'

/** What a verification method says: a key, or an account of which signatures can be recovered. */
export type Verifier =
  | { readonly kind: 'key'; readonly key: PublicKey.PublicKey }
  | { readonly kind: 'account'; readonly account: AccountId.AccountId }

/** Name of the account's method in the documents of `did:pkh`, and in those that we write. */
export const ACCOUNT_FRAGMENT = 'blockchainAccountId'

const JWK_CONTEXT = 'https://w3id.org/security/suites/jws-2020/v1'
const ACCOUNT_CONTEXT = {
  blockchainAccountId: 'https://w3id.org/security#blockchainAccountId',
  EcdsaSecp256k1RecoveryMethod2020:
    'https://identity.foundation/EcdsaSecp256k1RecoverySignature2020#EcdsaSecp256k1RecoveryMethod2020',
} as const

/** The DID's own fragment that names its one method: `did#fragment` is the `kid` of what it signs. */
export function keyId(did: Did): string {
  const parsed = DidOf.parse(did)
  if (parsed.method === 'key') return `${did}#${DidOf.multibase(parsed.key)}`
  return `${did}#${ACCOUNT_FRAGMENT}`
}

/** The document of a `did:key` or `did:pkh`, which follows from the DID alone. */
export function of(did: string, parsed: Exclude<DidOf.ParsedDid, { method: 'web' }>): DIDDocument {
  // The account as the DID writes it: did:pkh does not say which letters are capital.
  if (parsed.method === 'pkh') return write(did, [accountMethod(did, did.slice('did:pkh:'.length))], [ACCOUNT_CONTEXT])
  return write(did, [keyMethod(did, DidOf.multibase(parsed.key), parsed.key)], [JWK_CONTEXT])
}

/**
 * The `did.json` that an attester publishes: the account under which the registry knows it, and the keys with which it
 * signs credentials by JOSE. Only whoever holds the domain can change it.
 *
 * @example
 * const document = DidDocument.ofAttester('did:web:attester.example', {
 *   account: { chainId: 10, address: attester },
 *   keys: { 'key-1': PublicKey.fromJwk(jwk) },
 * })
 * await writeFile('.well-known/did.json', JSON.stringify(document, null, 2))
 */
export function ofAttester(did: Did, { account, keys }: ofAttester.Options): DIDDocument {
  const named = Object.entries(keys).map(([name, key]) => keyMethod(did, name, key))
  return write(did, [accountMethod(did, AccountId.format(account)), ...named], [JWK_CONTEXT, ACCOUNT_CONTEXT])
}
export declare namespace ofAttester {
  type Options = {
    readonly account: AccountId.AccountId
    /** By the fragment that names each in `kid`. */
    readonly keys: Readonly<Record<string, PublicKey.PublicKey>>
  }
}

/** What another wrote may hold much more; these are the members that we read. */
const schema = z.looseObject({
  id: z.string(),
  verificationMethod: z.array(z.looseObject({ id: z.string(), type: z.string(), controller: z.string() })).optional(),
  assertionMethod: z.array(z.union([z.string(), z.looseObject({ id: z.string() })])).optional(),
})

/** Reads the text of a `did.json`, which is the document of this DID and of no other. */
export function parse(text: string, did: string): DIDDocument {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new BadDocumentError({ did, problem: 'it is not JSON', cause })
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new BadDocumentError({ did, problem: z.prettifyError(parsed.error) })
  if (parsed.data.id !== did) throw new BadDocumentError({ did, problem: `it is the document of ${parsed.data.id}` })
  return parsed.data as DIDDocument
}

/** Who may sign statements as `keyId`, or undefined when the document lets nobody do that under this name. */
export function assertionVerifier(document: DIDDocument, keyId: string): Verifier | undefined {
  const full = (id: string) => (id.startsWith('#') ? `${document.id}${id}` : id)
  const named = (document.assertionMethod ?? []).find(
    (entry) => full(typeof entry === 'string' ? entry : entry.id) === keyId,
  )
  if (named === undefined) return undefined
  const method = typeof named === 'string' ? document.verificationMethod?.find(({ id }) => full(id) === keyId) : named
  // A method may be listed for another, who alone can change its key then: that one does not speak for this DID.
  if (method?.controller !== document.id || !keyId.startsWith(`${document.id}#`)) return undefined
  return verifierOf(method)
}

function verifierOf(method: VerificationMethod): Verifier | undefined {
  const { publicKeyJwk, publicKeyMultibase, blockchainAccountId } = method
  if (publicKeyJwk !== undefined) return { kind: 'key', key: PublicKey.fromJwk(publicKeyJwk) }
  if (blockchainAccountId !== undefined) return { kind: 'account', account: AccountId.parse(blockchainAccountId) }
  if (publicKeyMultibase === undefined) return undefined
  const parsed = DidOf.parse(`did:key:${publicKeyMultibase}`)
  return parsed.method === 'key' ? { kind: 'key', key: parsed.key } : undefined
}

function keyMethod(did: string, name: string, key: PublicKey.PublicKey): VerificationMethod {
  return { id: `${did}#${name}`, type: 'JsonWebKey2020', controller: did, publicKeyJwk: { ...PublicKey.toJwk(key) } }
}

function accountMethod(did: string, blockchainAccountId: string): VerificationMethod {
  return {
    id: `${did}#${ACCOUNT_FRAGMENT}`,
    type: 'EcdsaSecp256k1RecoveryMethod2020',
    controller: did,
    blockchainAccountId,
  }
}

/** Every method may sign statements and prove presence; none is for encryption. */
function write(
  did: string,
  methods: readonly VerificationMethod[],
  contexts: readonly (string | object)[],
): DIDDocument {
  const ids = methods.map(({ id }) => id)
  return {
    '@context': ['https://www.w3.org/ns/did/v1', ...contexts],
    id: did,
    verificationMethod: [...methods],
    authentication: ids,
    assertionMethod: ids,
  }
}
