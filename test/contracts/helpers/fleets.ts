/** Fleets that are enrolled for real, and what is done with their leaves. */
import { revokeLeavesTypes } from '../../../sdk/src/generated/typedData.ts'
import { bindingIdOf, bindingMessage, makeBinding, registryMessage, soon } from './bindings.ts'
import type { Binding } from './bindings.ts'
import { secp256k1Device } from './devices.ts'
import type { Device } from './devices.ts'
import { enrol, enrolmentIdOf, levelsOf, makeEnrolment, proofOf } from './leaves.ts'
import type { Enrolment } from './leaves.ts'
import type { World } from './world.ts'

export type Leaf = {
  readonly device: Device
  readonly binding: Binding
  readonly bindingId: string
  readonly index: number
  readonly proof: readonly string[]
}
export type Fleet = {
  readonly enrolment: Enrolment
  readonly enrolmentId: string
  readonly leaves: readonly Leaf[]
  readonly levels: readonly string[][]
}

/** A car of the fleet; always the same one for a number. */
export function fleetCar(number: number): Device {
  return secp256k1Device(`fleet car ${number}`)
}

/** A fleet of sound bindings, one a device, not enrolled yet. */
export async function makeFleet(
  world: World,
  devices: readonly Device[],
  { binding = {}, enrolment = {} }: { binding?: Partial<Binding>; enrolment?: Partial<Enrolment> } = {},
): Promise<Fleet> {
  const bindings = await Promise.all(devices.map((device) => makeBinding(world, device, world.party, binding)))
  return fleetOver(devices, bindings, enrolment)
}

/** The tree over these bindings, in this order. */
export function fleetOver(
  devices: readonly Device[],
  bindings: readonly Binding[],
  overrides: Partial<Enrolment> = {},
): Fleet {
  const enrolment = makeEnrolment(bindings, overrides)
  const levels = levelsOf(bindings.map(bindingIdOf))
  const leaves = bindings.map((binding, index) => {
    const [device, bindingId, proof] = [devices[index]!, bindingIdOf(binding), proofOf(levels, index)]
    return { device, binding, bindingId, index, proof }
  })
  return { enrolment, enrolmentId: enrolmentIdOf(enrolment), leaves, levels }
}

/** A fleet of so many cars, enrolled for real. */
export async function enrolFleet(world: World, count: number, overrides: Parameters<typeof makeFleet>[2] = {}) {
  const devices = Array.from({ length: count }, (_, number) => fleetCar(number))
  const fleet = await makeFleet(world, devices, overrides)
  await enrol(world, fleet.enrolment)
  return fleet
}

/** Activates a leaf, shown as it is but for `changes`; the device signs the binding that is shown. */
export async function activate(world: World, { enrolment }: Fleet, leaf: Leaf, changes: Partial<Leaf> = {}) {
  const { device, binding, index, proof } = { ...leaf, ...changes }
  const signature = device.sign(await bindingMessage(world, binding))
  return world.registry.activate(enrolment, binding, index, [...proof], device.signer, signature)
}

/** Activates a leaf that renews `head`, as {@link activate}. */
export async function activateRenewal(
  world: World,
  { enrolment }: Fleet,
  leaf: Leaf,
  head: Binding,
  changes: Partial<Leaf> = {},
) {
  const { device, binding, index, proof } = { ...leaf, ...changes }
  const signature = device.sign(await bindingMessage(world, binding))
  return world.registry.activateRenewal(enrolment, binding, head, index, [...proof], device.signer, signature)
}

/** What the registry says of a leaf, shown as it is but for `changes`. */
export async function checkLeaf(
  world: World,
  { enrolment }: Fleet,
  leaf: Leaf,
  changes: Partial<Leaf> = {},
): Promise<bigint> {
  const { binding, index, proof } = { ...leaf, ...changes }
  return (await world.registry.checkLeaf(enrolment, binding, index, [...proof])) as bigint
}

export async function revokeLeaves(world: World, enrolmentId: string, indexes: readonly number[]) {
  const value = { enrolmentId, indexes, deadline: await soon() }
  const signature = world.attesterDevice.sign(await registryMessage(world, revokeLeavesTypes, value))
  return world.registry.revokeLeaves(value, signature)
}
