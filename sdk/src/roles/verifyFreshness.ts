import type { Hex } from 'viem'
import { isAddressEqual } from 'viem'
import * as AbsenceProof from '../protocol/AbsenceProof.ts'
import * as Binding from '../protocol/Binding.ts'
import type { Credential } from '../protocol/Credential.ts'
import type { Domain } from '../protocol/Domain.ts'
import type { Freshness } from '../protocol/Freshness.ts'
import { asOf } from '../protocol/Freshness.ts'
import type { FreshnessToken } from '../protocol/FreshnessChain.ts'
import * as FreshnessChain from '../protocol/FreshnessChain.ts'
import * as Errors from '../protocol/FreshnessErrors.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { PresentationMemory } from './PresentationMemory.ts'
import { NO_MEMORY } from './PresentationMemory.ts'
import { verifyStatusSnapshot } from './statusSnapshots.ts'

/** The word on how a binding stands: of which kind, as of when (seconds), and how old that is. */
export type Fresh = { readonly kind: Freshness['kind']; readonly asOf: number; readonly ageSeconds: number }

/**
 * Checks the proof of freshness that a credential carries, with no network. Undefined when there is none, and none is asked
 * for. Says nothing of the rest: that party and attester stand behind the binding {@link verifyCredential} checks.
 *
 * @example
 * const fresh = verifyFreshness(credential, { domain, verifier, now, freshnessAgeMaxSeconds: 2 * 86_400 })
 */
export function verifyFreshness(credential: Credential, options: verifyFreshness.Options): Fresh | undefined {
  requireTimely(credential, options)
  const bindingId = Binding.id(credential.binding)
  requireFresh({ credential, bindingId, known: undefined }, options, NO_MEMORY)
  return freshnessOf(credential, options.now)
}
export declare namespace verifyFreshness {
  type Options = {
    /** The registry's. */
    readonly domain: Domain
    readonly verifier: SignatureVerifier
    /** Seconds. */
    readonly now: number
    /** The oldest proof that is accepted. Without it none is asked for, and one that is there must still be true. */
    readonly freshnessAgeMaxSeconds?: number | undefined
  }
  type ErrorType =
    | Errors.MissingFreshnessError
    | Errors.FutureFreshnessError
    | Errors.StaleFreshnessError
    | Errors.ForeignSnapshotError
    | Errors.WrongFreshnessError
    | Errors.EndedError
    | Errors.WrongSnapshotError
}

/** What the proof says, true or not. */
export function freshnessOf({ binding, freshness }: Credential, now: number): Fresh | undefined {
  if (freshness === undefined) return undefined
  const spokenAt = asOf(freshness, binding.validFrom)
  return { kind: freshness.kind, asOf: spokenAt, ageSeconds: now - spokenAt }
}

type Limits = { readonly now: number; readonly freshnessAgeMaxSeconds?: number | undefined }

/** The cheap part: whether there is a proof of freshness where one is asked for, and as of when it speaks. */
export function requireTimely({ binding, freshness }: Credential, { now, freshnessAgeMaxSeconds }: Limits): void {
  if (freshness === undefined) {
    if (freshnessAgeMaxSeconds === undefined) return
    throw new Errors.MissingFreshnessError({ ageMaxSeconds: freshnessAgeMaxSeconds })
  }
  const given = asOf(freshness, binding.validFrom)
  if (!(given <= now)) throw new Errors.FutureFreshnessError({ given, now })
  const age = now - given
  if (freshnessAgeMaxSeconds !== undefined && age > freshnessAgeMaxSeconds) {
    throw new Errors.StaleFreshnessError({ given: age, ageMaxSeconds: freshnessAgeMaxSeconds })
  }
  if (freshness.kind === 'snapshot' && !isAddressEqual(freshness.snapshot.attester, binding.attester)) {
    throw new Errors.ForeignSnapshotError({ given: freshness.snapshot.attester, expected: binding.attester })
  }
}

/**
 * The dear part, for a credential whose signatures are good: up to a hash a day, or a walk through a list and one signature.
 * Gives the newest token that is known now.
 */
export function requireFresh(
  { credential, bindingId, known }: requireFresh.Subject,
  options: requireFresh.Options,
  memory: PresentationMemory,
): FreshnessToken {
  const { binding, freshness } = credential
  const newest = known ?? FreshnessChain.tokenOfTip(binding.freshnessTip)
  if (freshness === undefined) return newest
  if (freshness.kind === 'snapshot') {
    requireNotListed(freshness, { bindingId, ...options }, memory)
    return newest
  }
  const { day, preimage } = freshness
  try {
    FreshnessChain.verify({ day, preimage }, newest)
  } catch (cause) {
    throw new Errors.WrongFreshnessError({ given: bindingId, cause })
  }
  return day > newest.day ? { day, preimage } : newest
}
export declare namespace requireFresh {
  type Subject = {
    readonly credential: Credential
    readonly bindingId: Hex
    /** The newest token that was checked before. */
    readonly known: FreshnessToken | undefined
  }
  type Options = { readonly domain: Domain; readonly verifier: SignatureVerifier }
}

type NotListed = requireFresh.Options & { readonly bindingId: Hex }

function requireNotListed(
  { snapshot, proof }: Extract<Freshness, { kind: 'snapshot' }>,
  { bindingId, domain, verifier }: NotListed,
  memory: PresentationMemory,
): void {
  const { attester, asOf, count, root, signature } = snapshot
  try {
    AbsenceProof.verify(proof, { bindingId, count, root })
  } catch (cause) {
    if (cause instanceof AbsenceProof.ListedError) throw new Errors.EndedError({ given: bindingId, asOf })
    throw new Errors.WrongFreshnessError({ given: bindingId, cause })
  }
  const signed = [attester, asOf, count, root, signature].join(' ')
  if (memory.hasSnapshot(signed)) return
  verifyStatusSnapshot(snapshot, { domain, verifier })
  memory.rememberSnapshot(signed)
}
