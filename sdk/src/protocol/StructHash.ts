import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Hex } from 'viem'
import { fromHex, toHex, toInteger, writeUint } from './Bytes.ts'
import type { Domain } from './Domain.ts'
import { separator } from './Domain.ts'

/**
 * A field of a signed struct, as one word of 32 bytes: 32 bytes as hex, an address, or an integer with its bits.
 * Why by hand: going by the generated types at run time costs more than a signature. The tests hold every struct that is
 * laid out here against viem and the contracts.
 */
export type Word = Hex | { readonly address: Hex } | { readonly uint: bigint | number; readonly bits: number }

const WORD = 32
const ADDRESS_BYTES = 20

/** An address field. */
export function address(value: Hex): Word {
  return { address: value }
}

/** An integer field. */
export function uint(value: bigint | number, bits: number): Word {
  return { uint: value, bits }
}

/** EIP-712 struct hash: keccak256(typehash || words). */
export function structHash(typehash: Hex, words: readonly Word[]): Uint8Array {
  const struct = new Uint8Array(WORD * (1 + words.length))
  struct.set(fromHex(typehash, WORD), 0)
  for (const [index, word] of words.entries()) put(struct, word, WORD * (index + 1))
  return keccak_256(struct)
}

/** EIP-712 digest: keccak256(0x19 || 0x01 || domain separator || struct hash). */
export function digest(hash: Uint8Array, domain: Domain): Hex {
  const bytes = new Uint8Array(2 + 2 * WORD)
  bytes.set([0x19, 0x01], 0)
  bytes.set(separator(domain), 2)
  bytes.set(hash, 2 + WORD)
  return toHex(keccak_256(bytes))
}

/** Hash of a field that is an array: keccak256 of its elements, a word each. */
export function arrayHash(words: readonly Word[]): Hex {
  const bytes = new Uint8Array(WORD * words.length)
  for (const [index, word] of words.entries()) put(bytes, word, WORD * index)
  return toHex(keccak_256(bytes))
}

function put(target: Uint8Array, word: Word, offset: number): void {
  if (typeof word === 'string') {
    target.set(fromHex(word, WORD), offset)
  } else if ('address' in word) {
    target.set(fromHex(word.address, ADDRESS_BYTES), offset + WORD - ADDRESS_BYTES)
  } else {
    const size = word.bits / 8
    writeUint(target, toInteger(word.uint, size), { offset: offset + WORD - size, size })
  }
}
