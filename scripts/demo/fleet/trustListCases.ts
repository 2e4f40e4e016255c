import { CHARGING, at } from './calendar.ts'
import type { Answer } from '../devices/chargerProtocol.ts'
import type { Case } from './Check.ts'
import { comes, leaf, tokenAt } from './Scene.ts'
import type { Scene } from './Scene.ts'
import { bring } from './Visit.ts'

/** After every list has ended, and before the bindings have. */
const LONG_AFTER = at(100)

/** What comes to the remote charger: a new trust list, worse ones, and in the end none for too long. */
export function trustListCases(scene: Scene): Case[] {
  const { trustLists, world } = scene
  const charger = scene.chargers.remote
  const { north, south } = world.people
  const [souths, norths] = [leaf(scene, 'E', 2), leaf(scene, 'B', 4)]
  const dropped = comes(scene, {
    ...{ what: 'compromised, new list', device: souths, charger },
    ...{ freshness: tokenAt(CHARGING, south, souths), expected: 'Presentation.UnknownAttesterError' },
  })
  return [
    { ...dropped, run: () => afterLearning(scene, dropped) },
    brought(scene, { what: 'older trust list', file: trustLists.old, expected: 'TrustList.OlderError' }),
    brought(scene, {
      what: 'forged trust list',
      file: trustLists.forged,
      expected: 'TrustList.UnsignedError',
    }),
    comes(scene, {
      ...{ what: 'trust list expired', device: norths, charger, askedAt: LONG_AFTER },
      ...{ freshness: tokenAt(LONG_AFTER, north, norths), expected: 'TrustList.ExpiredError' },
    }),
  ]
}

/** Here the new list arrives. */
async function afterLearning({ chargers, trustLists }: Scene, { run }: Case): Promise<Answer> {
  const answer = await bring(chargers.remote, trustLists.current)
  return answer.kind === 'learnt' ? run() : answer
}

type Brought = { readonly what: string; readonly file: Uint8Array; readonly expected: string }

function brought({ chargers }: Scene, { what, file, expected }: Brought): Case {
  return { what, expected, run: () => bring(chargers.remote, file) }
}
