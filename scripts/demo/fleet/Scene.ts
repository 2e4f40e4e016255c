import type { Freshness } from '@musubi/sdk'
import { must } from '../must.ts'
import type { Case } from './Check.ts'
import type { Charger } from './Chargers.ts'
import { tokenOf } from './drafts.ts'
import type { Fleet } from './Fleet.ts'
import { leafOf } from './FleetDevice.ts'
import type { FleetDevice } from './FleetDevice.ts'
import type { FleetWorld } from './FleetWorld.ts'
import type { Lives } from './lives.ts'
import type { Attester } from './People.ts'
import { absenceOf } from './Publication.ts'
import type { DaysTokens, SignedList } from './Publication.ts'
import type { TrustLists } from './trustLists.ts'
import { visit } from './Visit.ts'
import type { Visit } from './Visit.ts'

/** All that the cases are made of. */
export type Scene = {
  readonly world: FleetWorld
  readonly fleets: readonly Fleet[]
  readonly lives: Lives
  readonly tokens: DaysTokens
  readonly lists: { readonly old: SignedList; readonly current: SignedList }
  readonly trustLists: TrustLists
  /** `current` has the newest trust list; `remote` has the one of before the mark; the clock of `odd` goes wrong. */
  readonly chargers: Readonly<Record<'current' | 'remote' | 'odd', Charger>>
}

/** A leaf, by the letter of its fleet and its index. */
export function leaf({ fleets, world }: Scene, letter: string, index: number): FleetDevice {
  const fleet = fleets.find(({ party }) => party.name.endsWith(letter))
  return leafOf(must(fleet, `fleet ${letter}`), index, world.place)
}

/** The token of the day that was published for a device. */
export function today({ tokens }: Scene, { bindingId }: FleetDevice): Freshness.Freshness {
  return { kind: 'token', ...must(tokens.get(bindingId), `token for ${bindingId}`) }
}

/** The token of any day, by whoever has the attester's secret. */
export function tokenAt(seconds: number, attester: Attester, { credential }: FleetDevice): Freshness.Freshness {
  return { kind: 'token', ...tokenOf(attester, { binding: credential.binding, seconds }) }
}

/** The newest snapshot, with the proof that the device is not on its list. */
export function absent({ lists }: Scene, device: FleetDevice): Freshness.Freshness {
  return absenceOf(lists.current, device)
}

/** A device comes to a charger: to the one with the newest trust list, unless another is given. */
export function comes({ world, chargers }: Scene, { what, expected, ...options }: Coming): Case {
  const { p256Sha256Verifier: p256Verifier } = world.deployment
  const run = () => visit({ charger: chargers.current, p256Verifier, ...options })
  return { what, device: options.device, expected, run }
}
type Coming = Pick<Case, 'what' | 'expected'> &
  Omit<Visit, 'charger' | 'p256Verifier'> &
  Partial<Pick<Visit, 'charger'>>
