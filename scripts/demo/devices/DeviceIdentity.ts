import { Credential, Deployment, IdentityVerifier, SignerId, TrustList, machineRandom, timeFile } from '@musubi/sdk'
import type { FreshnessChain, SessionIdentity, SignatureVerifier, Signer, Verdict } from '@musubi/sdk'
import type { Hex } from 'viem'
import { ReplayClock } from './ReplayClock.ts'
import { must } from '../must.ts'
import type { DeviceSetup, Visit } from './protocol.ts'

/** A token speaks for the day on which a session begins; the longest session goes on for 30 hours. */
const FRESHNESS_AGE_MAX_SECONDS = 3 * 24 * 3600

/**
 * What a device shows of itself in its sessions, and whom it has met. All of it is on the device: nothing here asks a network.
 *
 * Its clock stands at the moment when the car of the session was plugged in, also after a plug was pulled: in compressed
 * time the clocks of the two can be one payment apart then, which may stand for hours.
 */
export class DeviceIdentity {
  readonly #parts: DeviceIdentity.Parts
  readonly #clock = new ReplayClock()
  /** The liable party of each device that it believed. */
  readonly #partyIds = new Map<Hex, Hex>()
  #token: FreshnessChain.FreshnessToken | undefined
  #session: Promise<SessionIdentity> | undefined

  constructor(parts: DeviceIdentity.Parts) {
    this.#parts = parts
  }

  /** Goes to a session, with the newest word on its own binding. The verifier stays: whom it has met costs one signature. */
  async follow({ replay, token }: Visit): Promise<SessionIdentity> {
    this.#clock.set(replay.startsAt)
    this.#token = token
    this.#session ??= this.#open()
    return this.#session
  }

  /** Who answers for a device that it met since it was started. */
  partyOf(deviceId: Hex): Hex | undefined {
    return this.#partyIds.get(deviceId)
  }

  async #open(): Promise<SessionIdentity> {
    const { setup, signer, verifier } = this.#parts
    const { deployment, identity, storePath } = setup
    const lasting = Credential.decode(identity.credential)
    const identities = await IdentityVerifier.open({
      ...{ domain: Deployment.registryDomain(deployment), p256Verifier: deployment.p256Sha256Verifier },
      ...{ trustList: TrustList.decode(identity.trustList), trustListSigner: identity.trustListSigner },
      ...{ deviceId: SignerId.of(signer.signer), verifier, clock: this.#clock, random: machineRandom },
      ...{ times: timeFile(`${storePath}.time`), freshnessAgeMaxSeconds: FRESHNESS_AGE_MAX_SECONDS },
    })
    return {
      credential: () => ({ ...lasting, freshness: { kind: 'token', ...must(this.#token, 'token of the day') } }),
      ...{ signer, identities, clock: this.#clock },
      onIdentified: ({ deviceId, partyId }: Verdict) => void this.#partyIds.set(deviceId, partyId),
    }
  }
}
export declare namespace DeviceIdentity {
  type Parts = { readonly setup: DeviceSetup; readonly signer: Signer; readonly verifier: SignatureVerifier }
}
