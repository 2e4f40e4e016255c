/** What suspends, resumes and ends bindings for real, with each message signed by whom it needs. */
import type { Device } from './devices.ts'
import { releaseMessage, resumeMessage, revokeMessage, signAsAccount, soon, suspendMessage } from './bindings.ts'
import type { Binding } from './bindings.ts'
import { ZERO_HASH } from './world.ts'
import type { World } from './world.ts'

export type Bound = { readonly binding: Binding; readonly bindingId: string }
/** The sequence and the deadline that a message names; a deadline far away unless told. */
export type Naming = { readonly sequence: number; readonly deadline?: number }

export async function suspendByParty(
  world: World,
  { binding, bindingId }: Bound,
  naming: Naming,
  party: Device = world.party,
) {
  const message = await suspendMessage(world, { bindingId, deadline: await soon(), ...naming })
  return world.registry.suspendByParty(message.value, binding, party.signer, party.sign(message))
}

export async function suspendByAttester(world: World, { bindingId }: Bound, naming: Naming) {
  const message = await suspendMessage(world, { bindingId, deadline: await soon(), ...naming })
  return world.registry.suspendByAttester(message.value, signAsAccount(world.attester, message))
}

export async function resume(world: World, { binding, bindingId }: Bound, naming: Naming, party: Device = world.party) {
  const message = await resumeMessage(world, { bindingId, deadline: await soon(), ...naming })
  const attesterSignature = signAsAccount(world.attester, message)
  return world.registry.resume(message.value, binding, party.signer, party.sign(message), attesterSignature)
}

export async function revoke(world: World, { bindingId }: Bound, naming: Naming) {
  const message = await revokeMessage(world, { bindingId, deadline: await soon(), ...naming })
  return world.registry.revoke(message.value, signAsAccount(world.attester, message))
}

export async function release(
  world: World,
  { binding, bindingId }: Bound,
  naming: Naming,
  party: Device = world.party,
) {
  const message = await releaseMessage(world, { bindingId, successor: ZERO_HASH, deadline: await soon(), ...naming })
  return world.registry.release(message.value, binding, party.signer, party.sign(message))
}
