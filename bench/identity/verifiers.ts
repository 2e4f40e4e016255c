import { IdentityVerifier, createSignatureVerifier, machineRandom, present } from '@musubi/sdk'
import type { Secp256k1Backend } from '@musubi/sdk'
import { CLOCK, DOMAIN, NOW, P256_VERIFIER, PURPOSE, VERIFIER_DEVICE_ID, newTrustList, runner } from './cast.ts'
import type { credentialOf } from './cast.ts'

/** A device with the credential that it shows. */
export type Holder = Pick<Awaited<ReturnType<typeof credentialOf>>, 'credential' | 'signer'>

/** A charger that has met nobody, neither a credential nor a key. At most `showingsMax` wait to be verified. */
export async function newVerifier({ backend, showingsMax }: newVerifier.Options): Promise<IdentityVerifier> {
  return await IdentityVerifier.open({
    domain: DOMAIN,
    deviceId: VERIFIER_DEVICE_ID,
    p256Verifier: P256_VERIFIER,
    trustList: await newTrustList(),
    trustListSigner: runner.signer,
    verifier: createSignatureVerifier({ backend, p256Verifier: P256_VERIFIER }),
    clock: CLOCK,
    random: machineRandom,
    freshnessAgeMaxSeconds: 2 * 86_400,
    challengesMax: showingsMax,
  })
}
export declare namespace newVerifier {
  type Options = { readonly backend: Secp256k1Backend; readonly showingsMax: number }
}

/** What a device answers to a new challenge of the verifier. */
export async function show({ credential, signer }: Holder, identities: IdentityVerifier): Promise<Uint8Array> {
  const challenge = identities.challenge(PURPOSE)
  const showing = { verifierDeviceId: VERIFIER_DEVICE_ID, challenge, purpose: PURPOSE, expiresAt: NOW + 60 }
  return await present(credential, { ...showing, signer })
}
