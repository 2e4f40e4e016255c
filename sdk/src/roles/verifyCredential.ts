import type { Address, Hex } from 'viem'
import { isAddressEqual } from 'viem'
import * as Binding from '../protocol/Binding.ts'
import { requireSound } from '../protocol/BindingTerms.ts'
import type { UnsoundError } from '../protocol/BindingTerms.ts'
import { fromHex } from '../protocol/Bytes.ts'
import type { Credential, LeafProof } from '../protocol/Credential.ts'
import { NotOfflineError } from '../protocol/Credential.ts'
import type { Domain } from '../protocol/Domain.ts'
import * as Enrolment from '../protocol/Enrolment.ts'
import * as LeafTree from '../protocol/LeafTree.ts'
import * as Errors from '../protocol/PresentationErrors.ts'
import * as SignerId from '../protocol/SignerId.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'

/**
 * Checks what never changes about a credential: its keys can be checked offline, and liable party and attester stand behind
 * the binding. An attester does so before it hands the credential out, a device before it keeps it. Says nothing about time
 * and freshness. Two signature checks.
 */
export function verifyCredential(credential: Credential, options: verifyCredential.Options): void {
  requireDomain(credential, options.domain)
  requirePlainKeys(credential, options)
  requireSigned(credential, options)
}
export declare namespace verifyCredential {
  type Options = {
    /** The registry's. */
    readonly domain: Domain
    readonly p256Verifier: Address
    readonly verifier: SignatureVerifier
  }
  type ErrorType =
    | Errors.WrongDomainError
    | NotOfflineError
    | UnsoundError
    | Errors.NoLeafError
    | Errors.WrongAttesterError
    | Errors.WrongPartyError
}

/** Before any signature: a signature of another domain would say "wrong key", and not why. */
export function requireDomain({ registry }: Credential, domain: Domain): void {
  const isSame = registry.chainId === domain.chainId && isAddressEqual(registry.address, domain.verifyingContract)
  if (isSame) return
  const [given, expected] = [
    `${registry.address} on chain ${registry.chainId}`,
    `${domain.verifyingContract} on chain ${domain.chainId}`,
  ]
  throw new Errors.WrongDomainError({ given, expected })
}

/** Another ERC-7913 verifier is a contract with rules of its own. */
export function requirePlainKeys(
  { deviceSigner, partySigner }: Credential,
  { p256Verifier }: { readonly p256Verifier: Address },
): void {
  for (const [who, signer] of [
    ["device's verifier", deviceSigner],
    ["liable party's verifier", partySigner],
  ] as const) {
    const parsed = SignerId.parse(signer)
    if (parsed.kind === 'p256' && !isAddressEqual(parsed.verifier, p256Verifier)) {
      throw new NotOfflineError({ who, given: parsed.verifier, expected: p256Verifier })
    }
  }
}

/** What the registry would record, and then the attester's signature: who is on the trust list has not signed what is made up. */
export function requireSigned(
  credential: Credential,
  { domain, verifier }: Omit<verifyCredential.Options, 'p256Verifier'>,
): void {
  const { binding, partySigner, proof } = credential
  requireSound(binding)
  const digest = fromHex(
    proof.kind === 'binding' ? Binding.digest(binding, domain) : Enrolment.digest(proof.enrolment, domain),
  )
  if (!verifier.verify(binding.attester, digest, fromHex(proof.attesterSignature))) {
    throw new Errors.WrongAttesterError({ expected: binding.attester })
  }
  if (!verifier.verify(partySigner, digest, fromHex(proof.partySignature))) {
    throw new Errors.WrongPartyError({ expected: partySigner })
  }
  if (proof.kind === 'leaf') requireLeaf(Binding.id(binding), binding, proof)
}

/** As the registry's `checkLeaf`: in the tree, and valid no longer than the enrolment. */
function requireLeaf(bindingId: Hex, { validFrom, validUntil }: Binding.Binding, proof: LeafProof): void {
  const { enrolment, index, siblings } = proof
  if (validFrom < enrolment.validFrom) {
    throw new Errors.NoLeafError({ problem: 'validFrom', given: validFrom, expected: enrolment.validFrom })
  }
  if (validUntil > enrolment.validUntil) {
    throw new Errors.NoLeafError({ problem: 'validUntil', given: validUntil, expected: enrolment.validUntil })
  }
  const { root, count } = enrolment
  if (!LeafTree.includes({ root, count, index, bindingId, proof: siblings })) {
    throw new Errors.NoLeafError({ problem: 'place', given: index, expected: root })
  }
}
