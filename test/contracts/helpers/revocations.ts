/** Revocations of many records at once. */
import { revokeManyTypes } from '../../../sdk/src/generated/typedData.ts'
import { bind, registryMessage, soon } from './bindings.ts'
import type { Device } from './devices.ts'
import type { Bound } from './standing.ts'
import { deployWorld, networkHelpers } from './world.ts'
import type { World } from './world.ts'

export type Row = { readonly bindingId: string; readonly sequence: number }
type Sending = { readonly deadline?: number; readonly signer?: Device; readonly attesterIndex?: number }

/** Two active bindings, and the rows that revoke them. */
export async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const bounds = [await bind(world, world.car, world.party), await bind(world, world.charger, world.operator)]
  return { world, bounds, rows: bounds.map((bound) => named(bound)) }
}

export function named({ bindingId }: Bound, sequence = 0): Row {
  return { bindingId, sequence }
}

export async function sendRevokeMany(
  world: World,
  rows: readonly Row[],
  { deadline, signer, attesterIndex = 1 }: Sending = {},
) {
  const value = { rows, deadline: deadline ?? (await soon()) }
  const message = await registryMessage(world, revokeManyTypes, value)
  return world.registry.revokeMany(attesterIndex, value, (signer ?? world.attesterDevice).sign(message))
}

export async function eventsOf(world: World, rows: readonly Row[]): Promise<unknown[][]> {
  const { logs } = await (await sendRevokeMany(world, rows)).wait()
  return logs.map((log: { topics: string[]; data: string }) => {
    const { name, args } = world.registry.interface.parseLog(log)!
    return [name, ...args]
  })
}
