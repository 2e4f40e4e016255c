import type { Hex } from 'viem'
import { readUint, toHex } from './Bytes.ts'

/** Reads a layout whose parts differ in length, from its first byte to its last. */
export type ByteReader = {
  /** The next `size` bytes. */
  bytes(size: number): Uint8Array
  hex(size: number): Hex
  /** An unsigned big-endian integer of at most six bytes. */
  number(size: number): number
  bigint(size: number): bigint
  /** What was read since a place, for who wants to hash it. */
  since(offset: number): Uint8Array
  readonly offset: number
  /** Refuses what stands after the last field. */
  end(): void
}

/** What does not fit, in the words of an error. */
export type Problem = { readonly problem: string; readonly given: unknown; readonly expected: unknown }

/** Makes a reader. `refuse` makes the error of whoever owns the layout: nothing is read outside the bytes. */
export function byteReader(source: Uint8Array, refuse: (problem: Problem) => Error): ByteReader {
  let offset = 0
  const take = (size: number) => {
    const end = offset + size
    if (end > source.length) throw refuse({ problem: 'too short', given: source.length, expected: `at least ${end}` })
    const taken = source.subarray(offset, end)
    offset = end
    return taken
  }
  return {
    bytes: take,
    hex: (size) => toHex(take(size)),
    number: (size) => Number(readUint(take(size), { offset: 0, size })),
    bigint: (size) => readUint(take(size), { offset: 0, size }),
    since: (start) => source.subarray(start, offset),
    get offset() {
      return offset
    },
    end: () => {
      if (offset !== source.length) throw refuse({ problem: 'too long', given: source.length, expected: offset })
    },
  }
}
