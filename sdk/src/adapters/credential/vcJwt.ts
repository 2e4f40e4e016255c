import type { Resolvable } from 'did-resolver'
import * as jose from 'jose'
import type { Address } from 'viem'
import { isAddressEqual } from 'viem'
import { z } from 'zod'
import type { Binding } from '../../protocol/Binding.ts'
import * as DidOf from '../../protocol/Did.ts'
import * as DidDocument from '../../protocol/DidDocument.ts'
import { BaseError } from '../../protocol/Errors.ts'
import type { Place, VerifiableCredential } from '../../protocol/VerifiableCredential.ts'
import * as VerifiableCredentialOf from '../../protocol/VerifiableCredential.ts'
import * as Refused from '../../protocol/VerifiableCredentialErrors.ts'
import type { Clock } from '../../ports/Clock.ts'
import type { Algorithm, JwsSigner } from './jws.ts'
import { ALGORITHMS, verifyJws } from './jws.ts'

/** Type of the token, as VC-JOSE-COSE names it. */
export const VC_JWT_TYPE = 'vc+jwt'
/** A credential of a binding has about 2,500. */
export const VC_JWT_CHARACTERS_MAX = 8_192

/** Three parts in base64url, the last of which is empty when nobody signed. Some decoders would let padding pass. */
const COMPACT_FORM = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/

const header = z.object({
  alg: z.unknown().optional(),
  typ: z.unknown().optional(),
  kid: z.string(),
  // Extensions that a reader must understand, of which this one understands none.
  crit: z.undefined().optional(),
  b64: z.undefined().optional(),
})

/**
 * Makes the credential of a binding: a W3C Verifiable Credential 2.0 as a JSON Web Token (VC-JOSE-COSE). Its issuer is the
 * DID of the signer's key.
 *
 * @example
 * const signer = es256kSigner(DidDocument.keyId(did), secp256k1Signer(privateKey, backend))
 * const jwt = await issueVcJwt(binding, { deviceSigner, partySigner, place: deployment, signer })
 */
export async function issueVcJwt(binding: Binding, options: issueVcJwt.Options): Promise<string> {
  const { signer, ...rest } = options
  const issuer = didOf(signer.keyId)
  DidOf.parse(issuer)
  const claims = VerifiableCredentialOf.toClaims(binding, { ...rest, issuer })
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  return signer.sign(payload, { alg: signer.algorithm, typ: VC_JWT_TYPE, kid: signer.keyId })
}
export declare namespace issueVcJwt {
  type Options = Omit<VerifiableCredentialOf.toClaims.Options, 'issuer'> & { readonly signer: JwsSigner }
}

/**
 * Checks the credential of a binding, and gives the binding back, exactly as it was signed.
 *
 * The result is information. It is never what a payee accepts: that is a presentation, signed by the device for this payee
 * and this moment. Whether the binding still stands, the registry says.
 *
 * @example
 * const resolver = new Resolver(getResolver())
 * const issuers = new Map([['did:web:attester.example', attester]])
 * const { binding, liableParty } = await verifyVcJwt(jwt, { resolver, issuers, place: deployment, clock })
 */
export async function verifyVcJwt(jwt: string, options: verifyVcJwt.Options): Promise<VerifiableCredential> {
  const { issuers, place, clock } = options
  const { algorithm, keyId } = readHeader(jwt)
  // Whom the caller does not know costs no network, and nothing of the payload is read before its signature holds.
  const issuer = didOf(keyId)
  const attester = issuers.get(issuer)
  if (attester === undefined) throw new Refused.UnknownIssuerError({ given: issuer, expected: [...issuers.keys()] })

  const verifier = await resolveKey(options.resolver, { issuer, keyId, algorithm })
  const payload = await verifyJws(jwt, algorithm, verifier)
  if (payload === undefined) throw new Refused.BadSignatureError({ given: keyId })

  const credential = VerifiableCredentialOf.fromClaims(parseJson(payload), place)
  if (credential.issuer !== issuer) {
    throw new Refused.IssuerMismatchError({ given: credential.issuer, expected: issuer })
  }
  if (!isAddressEqual(credential.binding.attester, attester)) {
    throw new Refused.WrongAttesterError({ given: credential.binding.attester, expected: attester })
  }
  requireValidAt(clock.now(), credential)
  return credential
}
export declare namespace verifyVcJwt {
  type Options = {
    /** The `Resolver` of did-resolver with `getResolver()`, or another. */
    readonly resolver: Resolvable
    /** The attesters that the caller trusts: each by its DID, with the account under which the registry knows it. */
    readonly issuers: ReadonlyMap<string, Address>
    readonly place: Place
    readonly clock: Clock
  }
}

function readHeader(jwt: string): { algorithm: Algorithm; keyId: string } {
  if (jwt.length > VC_JWT_CHARACTERS_MAX) {
    throw new Refused.TooLargeError({ given: jwt.length, expected: VC_JWT_CHARACTERS_MAX })
  }
  const parsed = header.safeParse(decodeHeader(jwt))
  if (!parsed.success) throw new Refused.MalformedError({ what: 'header', expected: z.prettifyError(parsed.error) })
  const { alg, typ, kid } = parsed.data
  if (typ !== VC_JWT_TYPE) throw new Refused.WrongTypeError({ given: typ, expected: VC_JWT_TYPE })
  const algorithm = ALGORITHMS.find((name) => name === alg)
  if (algorithm === undefined) throw new Refused.WrongAlgorithmError({ given: alg, expected: ALGORITHMS })
  return { algorithm, keyId: kid }
}

function decodeHeader(jwt: string): unknown {
  const expected = 'a compact JSON Web Token'
  if (!COMPACT_FORM.test(jwt)) throw new Refused.MalformedError({ what: 'header', expected })
  try {
    return jose.decodeProtectedHeader(jwt)
  } catch (cause) {
    throw new Refused.MalformedError({ what: 'header', expected, cause })
  }
}

/** The key of that name, when the issuer's document lets it sign statements, and it is one of the algorithm. */
async function resolveKey(resolver: Resolvable, { issuer, keyId, algorithm }: KeyQuery): Promise<DidDocument.Verifier> {
  const { didDocument, didDocumentMetadata, didResolutionMetadata } = await resolver.resolve(issuer)
  const error = didDocumentMetadata.deactivated === true ? 'deactivated' : didResolutionMetadata.error
  if (didDocument === null || error !== undefined) {
    throw new Refused.UnresolvedIssuerError({ did: issuer, given: error ?? 'no document' })
  }
  const verifier = readVerifier(didDocument, { keyId, algorithm })
  const curve = verifier?.kind === 'key' ? verifier.key.curve : 'secp256k1'
  if (verifier === undefined || curve !== (algorithm === 'ES256' ? 'P-256' : 'secp256k1')) {
    throw new Refused.UnknownKeyError({ given: keyId, expected: algorithm })
  }
  return verifier
}
type KeyQuery = { readonly issuer: string; readonly keyId: string; readonly algorithm: Algorithm }

function readVerifier(
  document: Parameters<typeof DidDocument.assertionVerifier>[0],
  { keyId, algorithm }: Omit<KeyQuery, 'issuer'>,
): DidDocument.Verifier | undefined {
  try {
    return DidDocument.assertionVerifier(document, keyId)
  } catch (cause) {
    if (cause instanceof BaseError) throw new Refused.UnknownKeyError({ given: keyId, expected: algorithm, cause })
    throw cause
  }
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch (cause) {
    throw new Refused.MalformedError({ what: 'payload', expected: 'JSON', cause })
  }
}

/** From `from` on and before `until`, as the registry counts. */
function requireValidAt(now: number, { validity: { from, until } }: VerifiableCredential): void {
  if (now < from) throw new Refused.NotYetValidError({ given: now, expected: from })
  if (now >= until) throw new Refused.ExpiredError({ given: now, expected: until })
}

/** The DID of a DID URL. */
function didOf(keyId: string): string {
  return keyId.split('#')[0] ?? keyId
}
