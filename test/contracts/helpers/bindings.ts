import {
  bindingTypes,
  releaseTypes,
  resumeTypes,
  revokeTypes,
  suspendTypes,
} from '../../../sdk/src/generated/typedData.ts'
import { Funding } from '../../../sdk/src/generated/constants.ts'
import type { Wallet } from 'ethers'
import type { Device, Message } from './devices.ts'
import { digestOf } from './devices.ts'
import { DAY, YEN, ZERO_HASH, domainOf, ethers, networkHelpers } from './world.ts'
import type { World } from './world.ts'

export type Binding = {
  deviceId: string
  partyId: string
  attester: string
  validFrom: bigint | number
  validUntil: bigint | number
  funder: string
  funding: number
  token: string
  maxPerPayment: bigint
  maxPerPeriod: bigint
  periodSeconds: number
  approvers: string
  billingRef: string
  freshnessTip: string
  previous: string
}

/** A sound binding of `device` to `party`: a year long, 10,000 yen in 30 days. */
export async function makeBinding(
  world: World,
  device: Device,
  party: Device,
  overrides: Partial<Binding> = {},
): Promise<Binding> {
  const now = await networkHelpers.time.latest()
  return {
    deviceId: device.id,
    partyId: party.id,
    attester: world.attester.address,
    validFrom: now,
    validUntil: now + 365 * DAY,
    funder: world.funder.address,
    funding: Funding.CREDIT,
    token: String(world.token.target),
    maxPerPayment: 100n * YEN,
    maxPerPeriod: 10_000n * YEN,
    periodSeconds: 30 * DAY,
    approvers: ZERO_HASH,
    billingRef: ethers.id('salt and billing account'),
    freshnessTip: ZERO_HASH,
    previous: ZERO_HASH,
    ...overrides,
  }
}

export async function bindingMessage(world: World, binding: Binding): Promise<Message> {
  return { domain: await domainOf(world.registry), types: bindingTypes, value: binding }
}

/** The attester signs in 65 bytes unless told, as wallets do. */
export type Parties = { device: Device; party: Device; attester?: Wallet }

export async function signBinding(
  world: World,
  binding: Binding,
  { device, party, attester = world.attester }: Parties,
) {
  const message = await bindingMessage(world, binding)
  return {
    device: device.sign(message),
    party: party.sign(message),
    attester: attester.signingKey.sign(digestOf(message)).serialized,
  }
}

export function bindingIdOf(binding: Binding): string {
  return ethers.TypedDataEncoder.hashStruct('Binding', { Binding: [...bindingTypes.Binding] }, binding)
}

/** Binds for real, and returns what was bound. */
export async function bind(world: World, device: Device, party: Device, overrides: Partial<Binding> = {}) {
  const binding = await makeBinding(world, device, party, overrides)
  const signatures = await signBinding(world, binding, { device, party })
  await world.registry.bind(binding, signatures, device.signer, party.signer)
  return { binding, bindingId: bindingIdOf(binding) }
}

/** Renews for real: `head` as it was, but for `overrides`. */
export async function renew(
  world: World,
  device: Device,
  party: Device,
  head: Binding,
  overrides: Partial<Binding> = {},
) {
  const binding = { ...head, previous: bindingIdOf(head), ...overrides }
  const signatures = await signBinding(world, binding, { device, party })
  await world.registry.renew(binding, head, signatures, device.signer, party.signer)
  return { binding, bindingId: bindingIdOf(binding) }
}

export type Named = { bindingId: string; sequence: number; deadline: number | bigint }

export async function suspendMessage(world: World, value: Named): Promise<Message> {
  return { domain: await domainOf(world.registry), types: suspendTypes, value }
}

export async function resumeMessage(world: World, value: Named): Promise<Message> {
  return { domain: await domainOf(world.registry), types: resumeTypes, value }
}

export async function revokeMessage(world: World, value: Named): Promise<Message> {
  return { domain: await domainOf(world.registry), types: revokeTypes, value }
}

export async function releaseMessage(world: World, value: Named & { successor: string }): Promise<Message> {
  return { domain: await domainOf(world.registry), types: releaseTypes, value }
}

/** A message signed in the registry's domain. */
export async function registryMessage(world: World, types: Message['types'], value: object): Promise<Message> {
  return { domain: await domainOf(world.registry), types, value }
}

/** What the attester signs, as an account does. */
export function signAsAccount(wallet: Wallet, message: Message): string {
  return wallet.signingKey.sign(digestOf(message)).serialized
}

/** A deadline that no test reaches. */
export async function soon(): Promise<number> {
  return (await networkHelpers.time.latest()) + DAY
}
