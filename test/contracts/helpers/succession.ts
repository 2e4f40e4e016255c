/** What puts another device key in a binding's place for real, with each message signed by whom it needs. */
import { rebindNoticeTypes, rebindVetoTypes } from '../../../sdk/src/generated/typedData.ts'
import { bindingIdOf, registryMessage, releaseMessage, signAsAccount, signBinding, soon } from './bindings.ts'
import type { Binding } from './bindings.ts'
import { secp256k1Device } from './devices.ts'
import type { Device, Message } from './devices.ts'
import type { Bound, Naming } from './standing.ts'
import { DAY, networkHelpers } from './world.ts'
import type { World } from './world.ts'

export const REBIND_DELAY = 14 * DAY

/** The key that takes the car's place, and who buys the car. Neither is bound to anything yet. */
export const newKey = secp256k1Device("the car's new key")
export const buyer = secp256k1Device('buyer')

/** Who comes after the head, and what changes with it. */
export type Succession = {
  readonly device?: Device
  readonly party?: Device
  readonly overrides?: Partial<Binding>
}

/** What the old party signs: the sequence of its record, 0 unless told, in time unless told. */
export type LettingGo = {
  readonly seller?: Device
  readonly sequence?: number
  readonly deadline?: number | bigint
  /** In place of the seller's signature under the release that fits. */
  readonly signature?: string
}

type Gas = { gasLimit?: number }

/** The binding that follows on `head`: the same terms for the new key, and the buyer as its party unless told. */
export function successorOf(head: Bound, { device = newKey, party = buyer, overrides = {} }: Succession = {}): Bound {
  const names = { deviceId: device.id, partyId: party.id, previous: head.bindingId }
  const binding = { ...head.binding, ...names, ...overrides }
  return { binding, bindingId: bindingIdOf(binding) }
}

/** Signed by all that a binding needs. */
export async function signedSuccessor(world: World, head: Bound, succession: Succession = {}) {
  const { device = newKey, party = buyer } = succession
  const successor = successorOf(head, succession)
  return { successor, device, party, signatures: await signBinding(world, successor.binding, { device, party }) }
}

export async function signedRebind(world: World, head: Bound, options: Succession & LettingGo = {}) {
  const { seller = world.party, sequence = 0, deadline = await soon() } = options
  const { successor, device, party, signatures } = await signedSuccessor(world, head, options)
  const named = { bindingId: head.bindingId, sequence, deadline, successor: successor.bindingId }
  const { signature = seller.sign(await releaseMessage(world, named)) } = options
  const send = (gas: Gas = {}) =>
    world.registry.rebind(
      successor.binding,
      head.binding,
      signatures,
      device.signer,
      party.signer,
      seller.signer,
      signature,
      deadline,
      gas,
    )
  return { successor, signatures, send }
}

export async function rebind(world: World, head: Bound, options: Succession & LettingGo = {}): Promise<Bound> {
  const { successor, send } = await signedRebind(world, head, options)
  await send()
  return successor
}

/** For the head's own party: `party` unless told. */
export async function signedRotation(world: World, head: Bound, options: Succession = {}) {
  const succession = { party: world.party, ...options }
  const { successor, device, party, signatures } = await signedSuccessor(world, head, succession)
  const send = (gas: Gas = {}) =>
    world.registry.rotateKey(successor.binding, head.binding, signatures, device.signer, party.signer, gas)
  return { successor, signatures, send }
}

export async function rotateKey(world: World, head: Bound, options: Succession = {}): Promise<Bound> {
  const { successor, send } = await signedRotation(world, head, options)
  await send()
  return successor
}

export async function noticeMessage(world: World, head: Bound, naming: Naming & { successor: string }) {
  return registryMessage(world, rebindNoticeTypes, { bindingId: head.bindingId, deadline: await soon(), ...naming })
}

export async function vetoMessage(world: World, head: Bound, naming: Naming): Promise<Message> {
  return registryMessage(world, rebindVetoTypes, { bindingId: head.bindingId, deadline: await soon(), ...naming })
}

/** Announces the buyer's binding of the new key, unless told. */
export async function announceRebind(world: World, head: Bound, naming: Naming & { successor?: string }) {
  const message = await noticeMessage(world, head, { successor: successorOf(head).bindingId, ...naming })
  return world.registry.announceRebind(message.value, signAsAccount(world.attester, message))
}

export async function vetoRebind(world: World, head: Bound, naming: Naming, party: Device = world.party) {
  const message = await vetoMessage(world, head, naming)
  return world.registry.vetoRebind(message.value, head.binding, party.signer, party.sign(message))
}

export async function signedAnnounced(world: World, head: Bound, options: Succession = {}) {
  const { successor, device, party, signatures } = await signedSuccessor(world, head, options)
  const send = (gas: Gas = {}) =>
    world.registry.rebindAnnounced(successor.binding, head.binding, signatures, device.signer, party.signer, gas)
  return { successor, signatures, send }
}

export async function rebindAnnounced(world: World, head: Bound, options: Succession = {}): Promise<Bound> {
  const { successor, send } = await signedAnnounced(world, head, options)
  await send()
  return successor
}

/** Announces what `options` name, and lets the delay pass. */
export async function announceAndWait(world: World, head: Bound, options: Succession & { sequence?: number } = {}) {
  const { sequence = 0 } = options
  await announceRebind(world, head, { sequence, successor: successorOf(head, options).bindingId })
  await networkHelpers.time.increase(REBIND_DELAY)
}

/** The release that fits the head's rebinding to the buyer, but for `change`. */
export async function fittingRelease(world: World, head: Bound, change: object = {}) {
  const successor = successorOf(head).bindingId
  const fitting = { bindingId: head.bindingId, sequence: 0, deadline: await soon(), successor }
  return releaseMessage(world, { ...fitting, ...change })
}
