import type { Address, Hex } from 'viem'
import * as Binding from '../protocol/Binding.ts'
import { fromHex } from '../protocol/Bytes.ts'
import type { Credential, Proof } from '../protocol/Credential.ts'
import type { Domain } from '../protocol/Domain.ts'
import * as Presentation from '../protocol/Presentation.ts'
import * as Errors from '../protocol/PresentationErrors.ts'
import * as SignerId from '../protocol/SignerId.ts'
import * as TrustList from '../protocol/TrustList.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { PresentationMemory } from './PresentationMemory.ts'
import { NO_MEMORY } from './PresentationMemory.ts'
import { requireDomain, requirePlainKeys, requireSigned } from './verifyCredential.ts'
import type { Fresh } from './verifyFreshness.ts'
import { freshnessOf, requireFresh, requireTimely } from './verifyFreshness.ts'

/** How long a presentation may be good for, unless a verifier is told otherwise. */
export const SHOWING_SECONDS_MAX = 300

/** What a verifier knows once it believes a presentation. */
export type Verdict = {
  readonly bindingId: Hex
  readonly deviceId: Hex
  readonly deviceSigner: Hex
  readonly keyType: SignerId.ParsedSigner['kind']
  /** The liable party's pseudonym. */
  readonly partyId: Hex
  readonly attester: Address
  /** What the device may spend; token base units. */
  readonly limits: Pick<Binding.Binding, 'token' | 'maxPerPayment' | 'maxPerPeriod' | 'periodSeconds'>
  readonly validFrom: number
  readonly validUntil: number
  readonly proof: Proof['kind']
  /** Undefined when none was shown, and none was asked for. */
  readonly freshness: Fresh | undefined
}

/**
 * Checks a presentation with no network, and says who answers for the device that shows it. Three signature checks, four
 * with a snapshot. The trust list must have been checked by {@link verifyTrustList}.
 *
 * @example
 * const verdict = verifyPresentation(bytes, { domain, trustList, deviceId, challenge, purpose, now, p256Verifier, verifier })
 * console.log(`liable: ${verdict.partyId}, vouched for by ${verdict.attester}`)
 */
export function verifyPresentation(bytes: Uint8Array, options: verifyPresentation.Options): Verdict {
  return examine(Presentation.read(bytes), options, NO_MEMORY)
}
export declare namespace verifyPresentation {
  type Options = {
    /** The registry's. */
    readonly domain: Domain
    readonly trustList: TrustList.TrustList
    /** The verifier's own. */
    readonly deviceId: Hex
    /** The one that it gave. */
    readonly challenge: Hex
    readonly purpose: Hex
    /** Seconds. */
    readonly now: number
    readonly p256Verifier: Address
    readonly verifier: SignatureVerifier
    /** The oldest proof of freshness that it accepts. Without it none is asked for, and one that is shown must still be true. */
    readonly freshnessAgeMaxSeconds?: number
    /** How far ahead a presentation may expire; {@link SHOWING_SECONDS_MAX} unless given. */
    readonly showingSecondsMax?: number
  }
}

/** The check itself. What the memory knows is not checked again; what is checked goes into it at the end. */
export function examine(
  { presentation, credentialHash }: ReturnType<typeof Presentation.read>,
  options: verifyPresentation.Options,
  memory: PresentationMemory,
): Verdict {
  const { credential } = presentation
  // Cheap tests first: nobody can make a verifier check signatures that could not help it.
  requireDomain(credential, options.domain)
  requireForMe(presentation, options)
  requireInForce(credential, options)
  requireTimely(credential, options)
  requirePlainKeys(credential, options)

  const bindingId = Binding.id(credential.binding)
  requireDevice({ ...presentation, bindingId }, options)
  const known = memory.tokenOf(credentialHash)
  if (known === undefined) requireSigned(credential, options)
  const learnt = requireFresh({ credential, bindingId, known }, options, memory)
  memory.remember(credentialHash, learnt)
  return verdictOf(credential, bindingId, options.now)
}

function requireForMe(showing: Presentation.Showing, options: verifyPresentation.Options): void {
  const { challenge, deviceId, purpose, now, showingSecondsMax = SHOWING_SECONDS_MAX } = options
  requireEqual(showing.challenge, challenge, Errors.WrongChallengeError)
  requireEqual(showing.verifierDeviceId, deviceId, Errors.WrongVerifierError)
  requireEqual(showing.purpose, purpose, Errors.WrongPurposeError)
  const { expiresAt } = showing
  if (expiresAt <= now) throw new Errors.ExpiredError({ given: expiresAt, now })
  if (expiresAt > now + showingSecondsMax) {
    throw new Errors.ExpiresTooLateError({ given: expiresAt, max: now + showingSecondsMax })
  }
}

/** The attester is believed, and the binding runs. */
function requireInForce({ binding }: Credential, { trustList, now }: verifyPresentation.Options): void {
  const { attester, validFrom, validUntil } = binding
  TrustList.requireValid(trustList, now)
  if (!TrustList.has(trustList, attester)) {
    throw new Errors.UnknownAttesterError({ given: attester, version: trustList.version })
  }
  if (now < validFrom) throw new Errors.BindingNotYetValidError({ given: now, validFrom })
  if (now >= validUntil) throw new Errors.BindingExpiredError({ given: now, validUntil })
}

type Shown = Presentation.Presentation & { readonly bindingId: Hex }

function requireDevice(shown: Shown, { domain, verifier }: verifyPresentation.Options): void {
  const { deviceSigner } = shown.credential
  const { bindingId, verifierDeviceId, challenge, purpose, expiresAt, signature } = shown
  const digest = Presentation.digest({ bindingId, verifierDeviceId, challenge, purpose, expiresAt }, domain)
  if (verifier.verify(deviceSigner, fromHex(digest), fromHex(signature))) return
  throw new Errors.WrongDeviceError({ expected: deviceSigner })
}

function verdictOf(credential: Credential, bindingId: Hex, now: number): Verdict {
  const { binding, deviceSigner, proof } = credential
  const { deviceId, partyId, attester, token, maxPerPayment, maxPerPeriod, periodSeconds, validFrom, validUntil } =
    binding
  const keyType = SignerId.parse(deviceSigner).kind
  const limits = { token, maxPerPayment, maxPerPeriod, periodSeconds }
  const who = { bindingId, deviceId, deviceSigner, keyType, partyId, attester }
  const freshness = freshnessOf(credential, now)
  return { ...who, limits, validFrom, validUntil, proof: proof.kind, freshness }
}

type Mismatch = new (options: { given: Hex; expected: Hex }) => Error

function requireEqual(given: Hex, expected: Hex, Mismatch: Mismatch): void {
  if (given.toLowerCase() !== expected.toLowerCase()) throw new Mismatch({ given, expected })
}
