/** Spending as a registered escrow does it, without a channel or money behind it. */
import { bind } from './bindings.ts'
import type { Binding } from './bindings.ts'
import { DAY, deployWorld, networkHelpers } from './world.ts'
import type { World } from './world.ts'

/** A world in which the relayer is a registered escrow, and the charger is bound for longer than any car. */
export async function deploySpendingWorld() {
  const world = await deployWorld()
  await world.registry.registerEscrow(world.relayer.address)
  const validUntil = (await networkHelpers.time.latest()) + 3650 * DAY
  const payee = await bind(world, world.charger, world.operator, { validUntil })
  return { ...world, payee }
}

export type SpendingWorld = Awaited<ReturnType<typeof deploySpendingWorld>>

export async function spend(world: SpendingWorld, payer: Binding, amount: bigint) {
  return asEscrow(world).spend(payer, world.charger.id, world.payee.bindingId, amount)
}

/** The registry as the stand-in escrow calls it. */
export function asEscrow(world: World): World['registry'] {
  return world.registry.connect(world.relayer)
}
