import type { Hex } from 'viem'
import { keccak256, stringToHex } from 'viem'
import type { DeviceKey } from '../devices/protocol.ts'

/** 32 bytes that follow from a name, so that a fleet is the same in every run. A real device makes its key itself, by chance. */
export function named(name: string): Hex {
  return keccak256(stringToHex(`musubi demo: ${name}`))
}

export function keyOf(name: string, kind: DeviceKey['kind']): DeviceKey {
  return { kind, secret: named(`key of ${name}`) }
}
