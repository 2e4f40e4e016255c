/** Worlds in which the car is bound, and a fleet of one is enrolled whose leaf renews it. */
import { bind, makeBinding } from './bindings.ts'
import type { Binding } from './bindings.ts'
import { fleetOver } from './fleets.ts'
import type { Fleet, Leaf } from './fleets.ts'
import { enrol } from './leaves.ts'
import { deploySpendingWorld, spend } from './spending.ts'
import type { Bound } from './standing.ts'
import { ZERO_HASH, deployWorld, networkHelpers } from './world.ts'
import type { World } from './world.ts'

export async function renewalWorld(changes: Partial<Binding> = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const head = await bind(world, world.car, world.party)
  return { world, head, ...(await enrolRenewal(world, head, changes)) }
}

export async function spentWorld(amount: bigint, changes: Partial<Binding> = {}) {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  const head = await bind(world, world.car, world.party)
  await spend(world, head.binding, amount)
  return { world, head, ...(await enrolRenewal(world, head, changes)) }
}

async function enrolRenewal(
  world: World,
  head: Bound,
  changes: Partial<Binding>,
): Promise<{ fleet: Fleet; leaf: Leaf }> {
  const next = await makeBinding(world, world.car, world.party, { previous: head.bindingId, billingRef: ZERO_HASH })
  const fleet = fleetOver([world.car], [{ ...next, ...changes }])
  await enrol(world, fleet.enrolment)
  return { fleet, leaf: fleet.leaves[0]! }
}
