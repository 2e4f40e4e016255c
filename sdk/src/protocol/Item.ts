import { sha256 } from '@noble/hashes/sha2.js'
import type { Hex } from 'viem'
import { fromHex, toHex, writeUint } from './Bytes.ts'

/** What one payment is for: a quantity, in the tariff's unit, of what `reference` names (for example one charging session). */
export type Item = {
  /** 32 bytes, given by the payee. */
  readonly reference: Hex
  /** In the tariff's unit, for example Wh. */
  readonly quantity: bigint
}

/** Size of the fixed layout. */
export const ITEM_BYTES = 40

/** Fixed layout: reference 32 || quantity 8. */
export function encode(item: Item): Uint8Array {
  const bytes = new Uint8Array(ITEM_BYTES)
  bytes.set(fromHex(item.reference, 32), 0)
  writeUint(bytes, item.quantity, { offset: 32, size: 8 })
  return bytes
}

/** SHA-256 of the layout: what a receipt names. */
export function hash(item: Item): Hex {
  return toHex(sha256(encode(item)))
}
