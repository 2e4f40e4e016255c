import type { Hex } from 'viem'
import type { AccountId } from './AccountId.ts'
import * as AccountIdOf from './AccountId.ts'
import type { Binding } from './Binding.ts'
import * as BindingOf from './Binding.ts'
import { requireSound } from './BindingTerms.ts'
import type { Deployment } from './Deployment.ts'
import * as DidOf from './Did.ts'
import type { Signer } from './SignerId.ts'
import * as SignerId from './SignerId.ts'
import type { Claims } from './VerifiableCredentialClaims.ts'
import {
  CONTEXTS,
  CREDENTIAL_TYPE,
  STATUS_TYPE,
  fromDateTime,
  parseClaims,
  toDateTime,
  toFundingName,
} from './VerifiableCredentialClaims.ts'
import { BindingMismatchError, IssuerMismatchError, WrongRegistryError } from './VerifiableCredentialErrors.ts'

/**
 * A binding as the rest of the world reads it: a W3C Verifiable Credential 2.0 about a device, by its attester.
 *
 * It informs: an auditor, an insurer, another network. No payee takes it for a payment, offline or not: it says nothing of
 * whether the binding stands now, and nothing ties it to whoever shows it.
 */
export type VerifiableCredential = {
  /** The attester's DID. */
  readonly issuer: string
  /** The device's `did:key` or `did:pkh`. */
  readonly device: string
  /** The pseudonymous DID of the party that answers for the device. */
  readonly liableParty: string
  readonly binding: Binding
  readonly bindingId: Hex
  /** Where the chain says whether the binding stands. */
  readonly registry: AccountId
  /** Where the attester publishes that, too, for whoever has no node. */
  readonly snapshotUrl?: string
  /** When the statement holds: the binding's validity, or less when its signature is for a shorter time. */
  readonly validity: { readonly from: number; readonly until: number }
}

/** What a credential is about besides the binding itself. */
export type Place = Pick<Deployment, 'chainId' | 'identityRegistry' | 'p256Sha256Verifier'>

/**
 * The claims of a binding. Each fact stands there once: `deviceId` and `partyId` follow from the two DIDs, the validity from
 * `validFrom` and `validUntil`, so that the binding's id proves all of them.
 */
export function toClaims(binding: Binding, options: toClaims.Options): Claims {
  const { issuer, deviceSigner, partySigner, place, snapshotUrl } = options
  const bindingId = BindingOf.id(binding)
  const registry = AccountIdOf.format(registryOf(place))
  const claims: Claims = {
    '@context': [...CONTEXTS],
    type: ['VerifiableCredential', CREDENTIAL_TYPE],
    issuer,
    // For libraries that know JSON Web Tokens only.
    iss: issuer,
    nbf: binding.validFrom,
    exp: binding.validUntil,
    validFrom: toDateTime(binding.validFrom),
    validUntil: toDateTime(binding.validUntil),
    credentialSubject: {
      id: DidOf.of(deviceSigner, place),
      liableParty: { id: DidOf.of(partySigner, place) },
      registry,
      bindingId,
      attester: binding.attester,
      funder: binding.funder,
      funding: toFundingName(binding.funding),
      token: binding.token,
      maxPerPayment: binding.maxPerPayment.toString(),
      maxPerPeriod: binding.maxPerPeriod.toString(),
      periodSeconds: binding.periodSeconds,
      approvers: binding.approvers,
      billingRef: binding.billingRef,
      freshnessTip: binding.freshnessTip,
      previous: binding.previous,
    },
    credentialStatus: { type: STATUS_TYPE, registry, bindingId, ...(snapshotUrl !== undefined && { snapshotUrl }) },
  }
  // What no reader would take is not to be signed: another's device, an address in the clear.
  fromClaims(claims, place)
  return claims
}
export declare namespace toClaims {
  type Options = {
    /** The attester's DID. */
    readonly issuer: string
    /** ERC-7913. */
    readonly deviceSigner: Signer
    readonly partySigner: Signer
    readonly place: Place
    readonly snapshotUrl?: string
  }
}

/**
 * Reads the claims of a credential, and proves that its fields are those of the binding that it names, and that the registry
 * could record it. Who made the claims is the question of `verifyVcJwt`.
 */
export function fromClaims(json: unknown, place: Place): VerifiableCredential {
  const claims = parseClaims(json)
  const { credentialSubject: subject, credentialStatus: status } = claims
  if (claims.iss !== undefined && claims.iss !== claims.issuer) {
    throw new IssuerMismatchError({ given: claims.iss, expected: claims.issuer })
  }
  const registry = registryOf(place)
  for (const given of [subject.registry, status.registry]) requireRegistry(given, registry)

  const { id: device, liableParty, bindingId, registry: _, ...limits } = subject
  const signers = { chainId: place.chainId, p256Verifier: place.p256Sha256Verifier }
  const validity = { validFrom: fromDateTime(claims.validFrom), validUntil: fromDateTime(claims.validUntil) }
  const binding: Binding = {
    deviceId: SignerId.of(DidOf.toSigner(device, signers)),
    partyId: SignerId.of(DidOf.toSigner(liableParty.id, signers)),
    ...validity,
    ...limits,
  }
  const expected = BindingOf.id(binding)
  for (const given of [bindingId, status.bindingId]) {
    if (given !== expected) throw new BindingMismatchError({ given, expected })
  }
  // Signed or not, what the registry would never record binds nobody.
  requireSound(binding)
  return {
    issuer: claims.issuer,
    device,
    liableParty: liableParty.id,
    binding,
    bindingId,
    registry,
    ...(status.snapshotUrl !== undefined && { snapshotUrl: status.snapshotUrl }),
    validity: {
      from: Math.max(binding.validFrom, claims.nbf ?? binding.validFrom),
      until: Math.min(binding.validUntil, claims.exp ?? binding.validUntil),
    },
  }
}

function registryOf({ chainId, identityRegistry }: Place): AccountId {
  return { chainId, address: identityRegistry }
}

function requireRegistry(given: string, expected: AccountId): void {
  const { chainId, address } = AccountIdOf.parse(given)
  if (chainId !== expected.chainId || address !== expected.address) {
    throw new WrongRegistryError({ given, expected: AccountIdOf.format(expected) })
  }
}
