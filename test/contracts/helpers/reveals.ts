import { sha256 } from 'ethers'
import { hashlockVoucherTypes, streamVoucherTypes } from '../../../sdk/src/generated/typedData.ts'
import { channelIdOf, termsHashOf } from './channels.ts'
import type { Channel, Totals } from './channels.ts'
import type { Device } from './devices.ts'
import { FAR_OFF, domainOf, ethers } from './world.ts'
import type { World } from './world.ts'

export const SECRET = ethers.id("the payer's secret")

/** SHA-256 applied `times` times. */
export function hashed(secret: string, times: number): string {
  let result = secret
  for (let i = 0; i < times; ++i) result = sha256(result)
  return result
}

/** The channel as {settleStream} and {settleHashlock} take it. */
export function hashedChannel(channel: Channel) {
  const { payer, beneficiary, token } = channel
  return { payer, beneficiary, token, termsHash: termsHashOf(channel) }
}

export type Stream = { tickAmount: bigint; tickCount: number; tickRoot: string }

/** Arguments of {settleStream} for `ticks` ticks, signed by `signer`. */
export async function streamArguments(
  world: World,
  channel: Channel,
  signer: Device,
  base: Totals,
  { tickAmount, tickCount, ticks = tickCount }: { tickAmount: bigint; tickCount: number; ticks?: number },
) {
  const channelId = await channelIdOf(world, channel)
  const voucher = { channelId, ...base, tickAmount, tickCount, tickRoot: hashed(SECRET, tickCount) }
  const message = { domain: await domainOf(world.escrow), types: streamVoucherTypes, value: voucher }
  const preimage = hashed(SECRET, tickCount - ticks)
  return [hashedChannel(channel), signer.signParts(message), voucher, ticks, preimage] as const
}

/** Arguments of {settleHashlock}, signed by `signer`. */
export async function hashlockArguments(
  world: World,
  channel: Channel,
  signer: Device,
  base: Totals,
  { lockedAmount, expiresAt = FAR_OFF }: { lockedAmount: bigint; expiresAt?: number },
) {
  const channelId = await channelIdOf(world, channel)
  const voucher = { channelId, ...base, lockedAmount, hashlock: hashed(SECRET, 1), expiresAt }
  const message = { domain: await domainOf(world.escrow), types: hashlockVoucherTypes, value: voucher }
  return [hashedChannel(channel), signer.signParts(message), voucher, SECRET] as const
}
