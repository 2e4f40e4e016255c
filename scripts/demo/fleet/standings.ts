import { BindingStatus } from '@musubi/sdk'
import type { FleetDevice } from './FleetDevice.ts'
import type { FleetWorld } from './FleetWorld.ts'
import type { Lives } from './lives.ts'

/** Where a binding stands on the chain at the end. */
export type Standing = {
  readonly what: string
  readonly expected: BindingStatus
  readonly given: BindingStatus
}

/** What happened to the devices, and what the mark on an attester ended and left alone. */
export async function askStandings(world: FleetWorld, lives: Lives): Promise<readonly Standing[]> {
  const { sold, stolen, revoked, rotated, ended, activated } = lives
  const ofSouth = activated.filter(({ credential }) => credential.binding.attester === world.people.south.address)
  const asked: readonly (readonly [string, FleetDevice, BindingStatus])[] = [
    ["the seller's binding", sold.seller, BindingStatus.REBOUND],
    ["the buyer's binding, vouched for after the compromise", sold.buyer, BindingStatus.COMPROMISED],
    ["the buyer's binding, vouched for anew", sold.renewed, BindingStatus.ACTIVE],
    ...ofSouth.map(
      (device) => [`${device.name}, vouched for before the compromise`, device, BindingStatus.ACTIVE] as const,
    ),
    ['the stolen car', stolen, BindingStatus.SUSPENDED],
    ['the revoked car', revoked, BindingStatus.REVOKED],
    ['the old key of the rotated car', rotated.before, BindingStatus.ROTATED],
    ['the new key of the rotated car', rotated.after, BindingStatus.ACTIVE],
    ['the car whose binding was short', ended, BindingStatus.EXPIRED],
  ]
  const standings: Standing[] = []
  for (const [what, { credential }, expected] of asked) {
    standings.push({ what, expected, given: (await world.registry.check(credential.binding)) as BindingStatus })
  }
  return standings
}

export function wrongStandings(standings: readonly Standing[]): string[] {
  return standings.flatMap(({ what, expected, given }) =>
    given === expected ? [] : [`${what}: expected ${statusName(expected)}, but the chain says ${statusName(given)}`],
  )
}

/** How many stand how, for people. */
export function tallyOf(standings: readonly Standing[]): string {
  const counts = new Map<string, number>()
  for (const { given } of standings) counts.set(statusName(given), (counts.get(statusName(given)) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${count} ${name.toLowerCase()}`).join(', ')
}

function statusName(status: BindingStatus): string {
  return Object.entries(BindingStatus).find(([, value]) => value === status)?.[0] ?? String(status)
}
