import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Hex } from 'viem'
import { BaseError } from './Errors.ts'

/** Bytes of a hex string, of `size` bytes when that is given. */
export function fromHex(hex: Hex, size?: number): Uint8Array {
  const bytes = parseHex(hex)
  if (size !== undefined && bytes.length !== size) throw new WrongSizeError({ given: bytes.length, expected: size })
  return bytes
}

/** Bytes as hex, in lower case. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`
}

/** The parts one after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Whether length and every byte are the same. Not for secrets: it takes less time when they differ early. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** Writes an unsigned integer big-endian into `size` bytes at `offset`. */
export function writeUint(target: Uint8Array, value: bigint, { offset, size }: Place): void {
  if (value < 0n || value >> BigInt(8 * size) !== 0n) {
    throw new IntegerRangeError({ given: value, expected: `0 to 2^${8 * size} - 1` })
  }
  requireInside(target, { offset, size })
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength)
  // Eight bytes at a time from the right: a loop over single bytes is most of the cost of a hash.
  let rest = value
  let end = offset + size
  while (end - offset >= 8) {
    view.setBigUint64(end - 8, BigInt.asUintN(64, rest))
    rest >>= 64n
    end -= 8
  }
  while (end > offset) {
    target[--end] = Number(rest & 0xffn)
    rest >>= 8n
  }
}

/** An unsigned integer as `size` bytes, big-endian. */
export function uintBytes(value: bigint | number, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  writeUint(bytes, toInteger(value, size), { offset: 0, size })
  return bytes
}

/** The number that goes into a field of `size` bytes. A clock or a file may give one that is no integer at all. */
export function toInteger(value: bigint | number, size: number): bigint {
  if (typeof value === 'bigint') return value
  if (!Number.isInteger(value)) throw new IntegerRangeError({ given: value, expected: `0 to 2^${8 * size} - 1` })
  return BigInt(value)
}

/** Reads an unsigned big-endian integer of `size` bytes at `offset`. */
export function readUint(source: Uint8Array, { offset, size }: Place): bigint {
  requireInside(source, { offset, size })
  let value = 0n
  for (let index = offset; index < offset + size; index++) value = (value << 8n) | BigInt(source[index] ?? 0)
  return value
}

/** Where a field of a fixed layout lies. */
export type Place = { readonly offset: number; readonly size: number }

function parseHex(hex: string): Uint8Array {
  if (!hex.startsWith('0x')) throw new NotHexError({ given: hex })
  try {
    return hexToBytes(hex.slice(2))
  } catch (cause) {
    throw new NotHexError({ given: hex, cause })
  }
}

/** Typed arrays let go of what is written outside, and give nothing for what is read there: no error, a wrong number. */
function requireInside(bytes: Uint8Array, { offset, size }: Place): void {
  if (offset + size > bytes.length) throw new WrongSizeError({ given: bytes.length, expected: offset + size })
}

const SHOWN_CHARACTERS_MAX = 10

/** The text is not 0x and pairs of hexadecimal digits. */
export class NotHexError extends BaseError {
  override readonly name = 'Bytes.NotHexError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    // The beginning alone: it may be a key.
    const shown = given.length > SHOWN_CHARACTERS_MAX ? `${given.slice(0, SHOWN_CHARACTERS_MAX)}…` : given
    super(`${JSON.stringify(shown)} (${given.length} characters) is not hex.`, {
      next: 'Pass 0x and two hex digits for each byte.',
      given: shown,
      expected: '0x and pairs of hex digits',
      cause,
    })
  }
}

/** There are more or fewer bytes than the field has. */
export class WrongSizeError extends BaseError {
  override readonly name = 'Bytes.WrongSizeError'
  constructor({ given, expected }: { given: number; expected: number }) {
    super(`Got ${given} bytes where ${expected} are expected.`, {
      next: 'Check which field was passed.',
      given,
      expected,
    })
  }
}

/** The number does not fit into its field. */
export class IntegerRangeError extends BaseError {
  override readonly name = 'Bytes.IntegerRangeError'
  constructor({ given, expected }: { given: bigint | number; expected: string }) {
    super(`The number ${given} does not fit: expected ${expected}.`, {
      next: 'Use a value within the range.',
      given,
      expected,
    })
  }
}
