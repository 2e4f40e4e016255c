import { SignerId } from '@musubi/sdk'
import type { Hex } from 'viem'
import { zeroHash } from 'viem'
import type { History, Life } from './history.ts'
import { grouped } from '../grouped.ts'

/**
 * All bindings of one machine, oldest first: renewals of its key, new keys after a rotation, new parties after a resale,
 * from whichever of them one begins. `named` is a binding's id, a device's id, or a device's signer.
 */
export function timelineOf(named: Hex, { lives }: History): readonly Life[] {
  const found = new Map<Hex, Life>()
  const waiting = [...lives.values()].filter((life) => isNamed(life, named.toLowerCase() as Hex))
  const byDevice = grouped(lives.values(), ({ binding }) => binding.deviceId)
  const byPrevious = grouped(lives.values(), ({ binding }) => binding.previous)
  for (let life = waiting.pop(); life !== undefined; life = waiting.pop()) {
    if (found.has(life.bindingId)) continue
    found.set(life.bindingId, life)
    const { deviceId, previous } = life.binding
    const before = previous === zeroHash ? undefined : lives.get(previous)
    if (before !== undefined) waiting.push(before)
    waiting.push(...(byDevice.get(deviceId) ?? []), ...(byPrevious.get(life.bindingId) ?? []))
  }
  return [...found.values()].sort((one, other) => one.startedAt - other.startedAt || order(one, other))
}

function isNamed({ bindingId, binding, deviceSigner }: Life, named: Hex): boolean {
  if (bindingId === named || binding.deviceId === named || deviceSigner.toLowerCase() === named) return true
  return isSigner(named) && binding.deviceId === SignerId.of(named)
}

function isSigner(named: Hex): boolean {
  const bytes = named.length / 2 - 1
  return bytes === SignerId.ADDRESS_BYTES || bytes === SignerId.P256_SIGNER_BYTES
}

function order(one: Life, other: Life): number {
  return one.startBlock < other.startBlock ? -1 : 1
}
