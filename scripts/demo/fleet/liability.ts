import { BindingStatus } from '@musubi/sdk'
import { CHARGING, at, dateOf } from './calendar.ts'
import type { FleetDevice } from './FleetDevice.ts'
import type { FleetWorld } from './FleetWorld.ts'
import type { Lives, Sold } from './lives.ts'

/** Who answered for the sold car at a moment. */
export type Liability = { readonly party: string; readonly isFlagged: boolean }
export type Moment = {
  readonly seconds: number
  readonly what: string
  readonly expected: Liability
  readonly given: Liability
}

export const NOBODY: Liability = { party: 'nobody', isFlagged: false }

/** Asks the chain who answered for the sold car at five moments. */
export async function askLiability(world: FleetWorld, { sold }: Lives): Promise<readonly Moment[]> {
  const [seller, buyer] = [sold.from.name, sold.to.name]
  const { startedAt: saleAt, endsAt: markedAt } = await world.registry.recordOf(sold.buyer.bindingId)
  const asked: readonly Omit<Moment, 'given'>[] = [
    { seconds: at(0, 12), what: 'enrolled, not yet activated', expected: NOBODY },
    { seconds: saleAt - 1, what: 'the second before the sale', expected: { party: seller, isFlagged: false } },
    { seconds: saleAt, what: 'the second of the sale', expected: { party: buyer, isFlagged: true } },
    { seconds: markedAt, what: 'the attester is found out', expected: NOBODY },
    { seconds: CHARGING, what: 'charging, vouched for anew', expected: { party: buyer, isFlagged: false } },
  ]
  const moments: Moment[] = []
  for (const moment of asked) moments.push({ ...moment, given: await liableAt(world, sold, moment.seconds) })
  return moments
}

/** The sentences of the moments at which somebody else answered than should have. */
export function wrongMoments(moments: readonly Moment[]): string[] {
  return moments.flatMap(({ seconds, what, expected, given }) =>
    given.party === expected.party && given.isFlagged === expected.isFlagged
      ? []
      : [`sold car, ${dateOf(seconds)}, ${what}: expected ${wordsOf(expected)}, but the chain says ${wordsOf(given)}`],
  )
}

/** Liability of before a mark stands; that its attester's key was in wrong hands is said along with it. */
async function liableAt({ registry, people }: FleetWorld, sold: Sold, seconds: number): Promise<Liability> {
  const liable: { readonly device: FleetDevice; readonly isFlagged: boolean }[] = []
  for (const device of [sold.seller, sold.buyer, sold.renewed]) {
    const { binding } = device.credential
    if (!(await registry.liableAt({ binding, seconds }))) continue
    liable.push({ device, isFlagged: (await registry.check(binding)) === BindingStatus.COMPROMISED })
  }
  const nameOf = ({ credential }: FleetDevice): string =>
    people.parties.find(({ partyId }) => partyId === credential.binding.partyId)?.name ?? 'a stranger'
  // Two at once would be a fault of the registry, and shows as one.
  const party = liable.map(({ device }) => nameOf(device)).join(' and ')
  return party === '' ? NOBODY : { party, isFlagged: liable.some(({ isFlagged }) => isFlagged) }
}

export function wordsOf({ party, isFlagged }: Liability): string {
  return isFlagged ? `${party}, flagged: its attester was compromised` : party
}
