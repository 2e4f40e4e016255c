import { must } from '../must.ts'
import type { Case } from './Check.ts'
import { CHARGING } from './calendar.ts'
import { absent, comes, leaf, today, tokenAt } from './Scene.ts'
import type { Scene } from './Scene.ts'

/** Devices that a charger has to serve. */
export function acceptedCases(scene: Scene): Case[] {
  const { people } = scene.world
  const [ofB, ofC] = [must(people.parties[1], 'second party'), must(people.parties[2], 'third party')]
  const { sold, rotated } = scene.lives
  const [quiet, quietChip] = [leaf(scene, 'B', 10), leaf(scene, 'C', 11)]
  const [active, activeChip] = [leaf(scene, 'B', 2), leaf(scene, 'C', 3)]
  const souths = leaf(scene, 'D', 10)
  return [
    comes(scene, { what: 'not activated; token', device: quiet, freshness: today(scene, quiet), expected: ofB }),
    comes(scene, {
      ...{ what: 'not activated; snapshot', device: quietChip, freshness: absent(scene, quietChip) },
      expected: ofC,
    }),
    comes(scene, { what: 'activated; token', device: active, freshness: today(scene, active), expected: ofB }),
    comes(scene, {
      ...{ what: 'activated; snapshot', device: activeChip, freshness: absent(scene, activeChip) },
      expected: ofC,
    }),
    comes(scene, { what: 'met before; token', device: active, freshness: today(scene, active), expected: ofB }),
    comes(scene, {
      ...{ what: 'new key after rotation', device: rotated.after, freshness: today(scene, rotated.after) },
      expected: sold.from,
    }),
    comes(scene, {
      ...{ what: 'new owner, new key', device: sold.renewed, freshness: absent(scene, sold.renewed) },
      expected: sold.to,
    }),
    // The price of an old list: whoever has South's secret still passes, until the list is renewed or over.
    comes(scene, {
      ...{ what: 'compromised, old list', device: souths, charger: scene.chargers.remote },
      ...{ freshness: tokenAt(CHARGING, people.south, souths), expected: sold.to },
    }),
  ]
}
