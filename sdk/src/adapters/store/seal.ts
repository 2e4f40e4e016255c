import { crc32 } from 'node:zlib'
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem'
import { readUint, toHex } from '../../protocol/Bytes.ts'
import { StoreDamagedError } from '../../ports/StoreErrors.ts'

/** What a column holds. */
export type Value = Uint8Array | number | string | null

/** Columns of a row, in the order of its table, without the checksum. */
export type Row = readonly Value[]

const ROW_BYTES_MAX = 1_024

/** The row as it is written: with its checksum. */
export function seal(row: Row): Row {
  return [...row, checksum(row)]
}

/** Reads a row that {@link seal} made; refuses one that changed since. */
export function unseal(table: string, sealed: Row): Fields {
  const row = sealed.slice(0, -1)
  if (sealed.at(-1) !== checksum(row)) throw new StoreDamagedError({ given: `a row of its ${table} has changed` })
  return new Fields(table, row)
}

const scratch = Buffer.alloc(ROW_BYTES_MAX)

/** CRC-32 over kind, length and bytes of each column: it finds every change within 32 neighbouring bits. */
function checksum(row: Row): number {
  let offset = 0
  for (const value of row) {
    if (value === null) {
      scratch[offset++] = 0
    } else if (typeof value === 'number') {
      scratch[offset++] = 1
      offset = scratch.writeDoubleBE(value, offset)
    } else {
      const bytes = typeof value === 'string' ? Buffer.from(value) : value
      scratch[offset++] = typeof value === 'string' ? 2 : 3
      scratch[offset++] = bytes.length
      scratch.set(bytes, offset)
      offset += bytes.length
    }
  }
  return crc32(scratch.subarray(0, offset))
}

/** Reads the columns of a row one after the other. */
export class Fields {
  readonly #table: string
  readonly #row: Row
  #next = 0

  constructor(table: string, row: Row) {
    this.#table = table
    this.#row = row
  }

  integer(): number {
    const value = this.#take()
    if (typeof value !== 'number') throw this.#damaged(value, 'an integer')
    return value
  }

  integerOrNull(): number | undefined {
    if (this.#row[this.#next] !== null) return this.integer()
    this.#next++
    return undefined
  }

  textOrNull(): string | undefined {
    if (this.#row[this.#next] !== null) return this.text()
    this.#next++
    return undefined
  }

  text(): string {
    const value = this.#take()
    if (typeof value !== 'string') throw this.#damaged(value, 'text')
    return value
  }

  bytes(): Uint8Array {
    const value = this.#take()
    if (!(value instanceof Uint8Array)) throw this.#damaged(value, 'bytes')
    return value
  }

  hex(): Hex {
    return toHex(this.bytes())
  }

  address(): Address {
    return getAddress(this.hex())
  }

  uint(): bigint {
    const bytes = this.bytes()
    return readUint(bytes, { offset: 0, size: bytes.length })
  }

  #take(): Value | undefined {
    return this.#row[this.#next++]
  }

  #damaged(value: unknown, expected: string): StoreDamagedError {
    return new StoreDamagedError({
      given: `column ${this.#next} of its ${this.#table} is ${typeof value}, not ${expected}`,
    })
  }
}
