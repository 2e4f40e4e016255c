import type { Hex } from 'viem'
import type { Credential } from '../../src/protocol/Credential.ts'
import type { Random } from '../../src/ports/Random.ts'
import type { SignatureVerifier } from '../../src/ports/SignatureVerifier.ts'
import { IdentityVerifier } from '../../src/roles/IdentityVerifier.ts'
import { present } from '../../src/roles/present.ts'
import {
  DAY,
  NOW,
  PURPOSE,
  car,
  chargerId,
  domain,
  p256Verifier,
  runner,
  trustListOf,
  van,
  verifier,
} from './identities.ts'

/** Counts up: every challenge is another one, and the same in every run. */
function countingRandom(): Random {
  let count = 0
  return { bytes: (size) => new Uint8Array(size).fill(++count) }
}

/** A charger that verifies, its clock, and how many signatures it has checked. */
export async function setUpVerifier(overrides: Partial<IdentityVerifier.Options> = {}) {
  const clock = { seconds: NOW, now: () => clock.seconds }
  const checks = { count: 0 }
  const counting: SignatureVerifier = {
    backend: 'counting',
    verify: (...given) => {
      checks.count++
      return verifier.verify(...given)
    },
  }
  const identities = await IdentityVerifier.open({
    domain,
    deviceId: chargerId,
    p256Verifier,
    trustList: await trustListOf(),
    trustListSigner: runner.signer,
    verifier: counting,
    clock,
    random: countingRandom(),
    freshnessAgeMaxSeconds: 2 * DAY,
    ...overrides,
  })
  const answer = (credential: Credential, challenge: Hex, purpose = PURPOSE) => {
    const signer = credential.deviceSigner === car.signer ? car : van
    return present(credential, { verifierDeviceId: chargerId, challenge, purpose, expiresAt: clock.now() + 60, signer })
  }
  /** Shows a credential; gives the verdict and how many signatures were checked. */
  const meet = async (credential: Credential) => {
    const bytes = await answer(credential, identities.challenge(PURPOSE))
    checks.count = 0
    const verdict = await identities.verify(bytes)
    return { verdict, checked: checks.count }
  }
  return { identities, clock, checks, answer, meet }
}
