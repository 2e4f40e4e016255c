import {
  channelTypes,
  cooperativeCloseTypes,
  requestCloseTypes,
  voucherTypes,
} from '../../../sdk/src/generated/typedData.ts'
import { bind } from './bindings.ts'
import type { Binding } from './bindings.ts'
import type { Device, Message } from './devices.ts'
import { digestOf } from './devices.ts'
import { HOUR, YEN, domainOf, ethers } from './world.ts'
import type { World } from './world.ts'

export type Terms = {
  payerBinding: string
  funder: string
  payee: string
  payeeBinding: string
  closeDelaySeconds: number
  salt: string
}
export type Channel = { payer: string; beneficiary: string; token: string; terms: Terms }
export type Totals = { cumulativeAmount: bigint; version: bigint | number; receiptsRoot: string }

/** A car and a charger, both bound, with a channel between them that is not open yet. */
export async function prepareChannel(
  world: World,
  { payer = world.car, payee = world.charger }: { payer?: Device; payee?: Device } = {},
) {
  const { binding: payerBinding, bindingId } = await bind(world, payer, world.party)
  const { bindingId: payeeBindingId } = await bind(world, payee, world.operator)
  const channel = makeChannel(world, { payer, payee, payerBindingId: bindingId, payeeBindingId })
  return { channel, payerBinding, payeeBindingId, payer, payee }
}

type Ends = { payer: Device; payee: Device; payerBindingId: string; payeeBindingId: string }

export function makeChannel(world: World, ends: Ends, terms: Partial<Terms> = {}): Channel {
  return {
    payer: ends.payer.id,
    beneficiary: world.beneficiary.address,
    token: String(world.token.target),
    terms: {
      payerBinding: ends.payerBindingId,
      funder: world.funder.address,
      payee: ends.payee.id,
      payeeBinding: ends.payeeBindingId,
      closeDelaySeconds: 2 * HOUR,
      salt: ethers.id('first channel'),
      ...terms,
    },
  }
}

/** Opens for real, out of the funder's allowance. */
export async function openChannel(world: World, deposit = 1_000n * YEN, ends: { payer?: Device; payee?: Device } = {}) {
  const prepared = await prepareChannel(world, ends)
  await world.escrow.connect(world.funder).open(prepared.channel, prepared.payerBinding, deposit)
  return { ...prepared, channelId: await channelIdOf(world, prepared.channel), deposit }
}

export async function channelIdOf(world: World, channel: Channel): Promise<string> {
  return digestOf({ domain: await domainOf(world.escrow), types: channelTypes, value: channel })
}

export function termsHashOf(channel: Channel): string {
  return ethers.TypedDataEncoder.hashStruct('Terms', { Terms: [...channelTypes.Terms] }, channel.terms)
}

export function totals(cumulativeAmount: bigint, version = 1n): Totals {
  return { cumulativeAmount, version, receiptsRoot: ethers.id(`receipts up to ${version}`) }
}

export async function voucherMessage(world: World, channelId: string, value: Totals): Promise<Message> {
  return { domain: await domainOf(world.escrow), types: voucherTypes, value: { channelId, ...value } }
}

export async function closeMessage(world: World, channelId: string, value: Totals): Promise<Message> {
  return { domain: await domainOf(world.escrow), types: cooperativeCloseTypes, value: { channelId, ...value } }
}

export async function requestCloseMessage(world: World, channelId: string, deadline: number): Promise<Message> {
  return { domain: await domainOf(world.escrow), types: requestCloseTypes, value: { channelId, deadline } }
}

/** A row to settle, signed by `signer` (the payer unless a test wants it wrong). */
export async function settleRow(world: World, channel: Channel, signer: Device, value: Totals) {
  const channelId = await channelIdOf(world, channel)
  const signature = signer.signParts(await voucherMessage(world, channelId, value))
  return { payer: channel.payer, termsHash: termsHashOf(channel), ...value, ...signature }
}

/** The one-word totals of {VoucherSettled} and {ChannelClosed}. */
export function packTotals(settled: bigint, cumulativeAmount: bigint, version: bigint): bigint {
  return settled | (cumulativeAmount << 96n) | (version << 192n)
}

export type { Binding }
