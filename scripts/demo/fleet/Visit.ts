import { Binding, Domain, Presentation, present } from '@musubi/sdk'
import type { Freshness } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import type { Answer } from '../devices/chargerProtocol.ts'
import type { DeviceKey } from '../devices/protocol.ts'
import { signerOf } from '../devices/keys.ts'
import { CHARGING } from './calendar.ts'
import type { Charger } from './Chargers.ts'
import { signed } from './FleetDevice.ts'
import type { FleetDevice } from './FleetDevice.ts'
import { named } from './keys.ts'

/** A device comes to a charger. What is not said happens as it should. */
export type Visit = {
  readonly charger: Charger
  readonly device: FleetDevice
  readonly p256Verifier: Address
  readonly freshness: Freshness.Freshness
  /** What the charger's clock shows when it gives its challenge. */
  readonly askedAt?: number
  /** What it shows when it gets the answer. */
  readonly shownAt?: number
  /** What the device answers, other than it should. */
  readonly answering?: Partial<Presentation.Showing>
  /** Whose key signs, if not the device's. */
  readonly signedBy?: DeviceKey
}

const PURPOSE = named('a charging session')
const ANSWER_SECONDS = 60

/** The charger gives a challenge, the device shows its binding, the charger decides: all that goes between the two. */
export async function visit({ charger, askedAt = CHARGING, shownAt = askedAt, ...shown }: Visit): Promise<Answer> {
  const asked = await charger.ask({ type: 'challenge', now: askedAt, purpose: PURPOSE })
  if (asked.kind !== 'challenge') return asked
  const showing = {
    ...{ verifierDeviceId: charger.deviceId, challenge: asked.challenge, purpose: PURPOSE },
    ...{ expiresAt: askedAt + ANSWER_SECONDS, ...shown.answering },
  }
  const presentation = await bytesOf(showing, shown)
  return charger.ask({ type: 'verify', now: shownAt, presentation })
}

/** Somebody brings a trust list to the charger. */
export function bring(charger: Charger, trustList: Uint8Array): Promise<Answer> {
  return charger.ask({ type: 'learn', now: CHARGING, trustList })
}

type Shown = Pick<Visit, 'device' | 'freshness' | 'signedBy' | 'p256Verifier'>

async function bytesOf(
  showing: Presentation.Showing,
  { device, freshness, signedBy, p256Verifier }: Shown,
): Promise<Uint8Array> {
  const credential = { ...device.credential, freshness }
  const signer = await signerOf(signedBy ?? device.key, p256Verifier)
  if (signedBy === undefined) return present(credential, { ...showing, signer })
  // The SDK refuses to sign for another device; whoever has copied a credential does not ask it.
  const bindingId: Hex = Binding.id(credential.binding)
  const digest = Presentation.digest({ bindingId, ...showing }, Domain.registry(credential.registry))
  return Presentation.encode({ credential, ...showing, signature: await signed(signer, digest) })
}
