import { sha256 } from '@noble/hashes/sha2.js'
import type { Hex } from 'viem'
import { concat, fromHex, toHex, writeUint } from './Bytes.ts'

/** The record of one payment. The voucher signs the root of all of them, so an itemised history can be proven. */
export type Receipt = {
  readonly channelId: Hex
  readonly version: bigint
  /** Token base units, of this payment. */
  readonly amount: bigint
  /** Token base units, of all payments up to this one. */
  readonly cumulativeAmount: bigint
  /** EIP-712 struct hash of the agreement whose tariff gave the amount. */
  readonly agreementHash: Hex
  readonly itemHash: Hex
  /** Seconds. */
  readonly timestamp: number
}

/** Size of the fixed layout. */
export const RECEIPT_BYTES = 136

/** Fixed layout: channelId 32 || version 8 || amount 12 || cumulativeAmount 12 || agreementHash 32 || itemHash 32 || timestamp 8. */
export function encode(receipt: Receipt): Uint8Array {
  const bytes = new Uint8Array(RECEIPT_BYTES)
  bytes.set(fromHex(receipt.channelId, 32), 0)
  writeUint(bytes, receipt.version, { offset: 32, size: 8 })
  writeUint(bytes, receipt.amount, { offset: 40, size: 12 })
  writeUint(bytes, receipt.cumulativeAmount, { offset: 52, size: 12 })
  bytes.set(fromHex(receipt.agreementHash, 32), 64)
  bytes.set(fromHex(receipt.itemHash, 32), 96)
  writeUint(bytes, BigInt(receipt.timestamp), { offset: 128, size: 8 })
  return bytes
}

/** SHA-256 of the layout. */
export function hash(receipt: Receipt): Hex {
  return toHex(sha256(encode(receipt)))
}

/** Root of a channel's empty receipt chain: the channel's id. */
export function firstRoot(channelId: Hex): Hex {
  return channelId
}

/** `root_n = sha256(root_{n-1} || sha256(receipt_n))`. */
export function nextRoot(root: Hex, receipt: Receipt): Hex {
  return toHex(sha256(concat(fromHex(root, 32), sha256(encode(receipt)))))
}
