import { must } from '../must.ts'
import { CHARGING, EARLY_END, at } from './calendar.ts'
import type { Case } from './Check.ts'
import type { FleetDevice } from './FleetDevice.ts'
import { forgeBinding, forgeLeaf, raiseLimits } from './forgeries.ts'
import { named } from './keys.ts'
import { absenceOf, neighbourOf } from './Publication.ts'
import { absent, comes, leaf, today, tokenAt } from './Scene.ts'
import type { Scene } from './Scene.ts'

const DAY_AFTER = at(31, 12)

/** Bindings that have ended, were suspended, or that nobody trustworthy vouches for. */
export function endedCases(scene: Scene): Case[] {
  const { sold, stolen, revoked, rotated, ended } = scene.lives
  const { north, south } = scene.world.people
  const listed = (what: string, device: FleetDevice): Case =>
    comes(scene, {
      what,
      device,
      freshness: neighbourOf(scene.lists.current, device),
      expected: 'Presentation.EndedError',
    })
  return [
    listed("seller's key, after sale", sold.seller),
    listed('stolen: suspended', stolen),
    listed('revoked', revoked),
    listed('old key after rotation', rotated.before),
    comes(scene, {
      ...{ what: 'expired', device: ended, freshness: tokenAt(EARLY_END - 1, north, ended) },
      expected: 'Presentation.BindingExpiredError',
    }),
    comes(scene, {
      ...{ what: 'compromised, sold car', device: sold.buyer },
      ...{ freshness: tokenAt(CHARGING, south, sold.buyer), expected: 'Presentation.UnknownAttesterError' },
    }),
  ]
}

/** Proofs of freshness that are too old, or somebody else's. */
export function staleCases(scene: Scene): Case[] {
  const { north } = scene.world.people
  const [one, other, chip] = [leaf(scene, 'B', 4), leaf(scene, 'B', 6), leaf(scene, 'C', 7)]
  const stale = 'Presentation.StaleFreshnessError'
  return [
    comes(scene, {
      what: 'token three days old',
      device: one,
      freshness: tokenAt(at(27), north, one),
      expected: stale,
    }),
    comes(scene, {
      ...{ what: 'token of another binding', device: one, freshness: today(scene, other) },
      expected: 'Presentation.WrongFreshnessError',
    }),
    comes(scene, {
      ...{ what: 'snapshot two days old', device: chip, freshness: absenceOf(scene.lists.old, chip), expected: stale },
    }),
  ]
}

/** Presentations that were not made for this charger, this challenge, or this purpose. */
export function misdirectedCases(scene: Scene): Case[] {
  const { chargers } = scene
  const [car, chip] = [leaf(scene, 'C', 12), leaf(scene, 'B', 13)]
  const ofCar = { device: car, freshness: today(scene, car) }
  return [
    comes(scene, {
      ...{ what: 'made for another charger', ...ofCar, answering: { verifierDeviceId: chargers.remote.deviceId } },
      expected: 'Presentation.WrongVerifierError',
    }),
    comes(scene, {
      ...{ what: 'challenge never given', device: chip, freshness: absent(scene, chip) },
      ...{ answering: { challenge: named('a challenge') }, expected: 'Presentation.UnknownChallengeError' },
    }),
    comes(scene, {
      ...{ what: 'made for another purpose', ...ofCar, answering: { purpose: named('to open the depot') } },
      expected: 'Presentation.WrongPurposeError',
    }),
  ]
}

/** Bindings that somebody made up, and credentials that somebody copied. */
export async function forgedCases(scene: Scene): Promise<Case[]> {
  const { world } = scene
  const { parties, north, selfMade } = world.people
  const party = must(parties[1], 'second party')
  const unsigned = await forgeLeaf(world, { name: 'F-0001', party, attester: north })
  const selfSigned = await forgeBinding(world, 'F-0002')
  const [greedy, copied] = [raiseLimits(leaf(scene, 'C', 4)), leaf(scene, 'B', 3)]
  return [
    comes(scene, {
      ...{ what: 'party never signed', device: unsigned },
      ...{ freshness: tokenAt(CHARGING, north, unsigned), expected: 'Presentation.WrongPartyError' },
    }),
    comes(scene, {
      ...{ what: 'untrusted attester', device: selfSigned },
      ...{ freshness: tokenAt(CHARGING, selfMade, selfSigned), expected: 'Presentation.UnknownAttesterError' },
    }),
    comes(scene, {
      ...{ what: 'limits raised', device: greedy, freshness: tokenAt(CHARGING, north, greedy) },
      expected: 'Presentation.NoLeafError',
    }),
    comes(scene, {
      ...{ what: 'copied by another device', device: copied, freshness: today(scene, copied) },
      ...{ signedBy: greedy.key, expected: 'Presentation.WrongDeviceError' },
    }),
  ]
}

/** A charger whose clock runs ahead by a day, and is then set back. */
export function clockCases(scene: Scene): Case[] {
  const charger = scene.chargers.odd
  const car = leaf(scene, 'C', 14)
  const freshness = today(scene, car)
  return [
    comes(scene, {
      ...{ what: 'shown a day later', device: car, charger, freshness, shownAt: DAY_AFTER },
      expected: 'Presentation.UnknownChallengeError',
    }),
    comes(scene, {
      ...{ what: 'clock set back', device: car, charger, freshness },
      expected: 'IdentityVerifier.ClockWentBackError',
    }),
  ]
}
