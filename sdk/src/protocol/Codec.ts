import type { Hex } from 'viem'
import { fromHex, readUint, toHex, writeUint } from './Bytes.ts'
import { BaseError } from './Errors.ts'

/** Largest message of the protocol, in bytes. Transports refuse larger ones before they read them. */
export const MESSAGE_BYTES_MAX = 4096

/** First byte of every message. */
export const WIRE_VERSION = 1

/** A field of a message's fixed layout: an unsigned integer, or bytes. */
export type Field<name extends string = string> =
  | { readonly kind: 'uint'; readonly name: name; readonly size: number }
  | { readonly kind: 'bytes'; readonly name: name; readonly size: number }

/** The layout of one message type: its code, and its fields in order. */
export type Layout<fields extends readonly Field[] = readonly Field[]> = {
  readonly code: number
  readonly fields: fields
}

/** Fields of a layout, as a message carries them: integers as bigint, bytes as hex. */
export type Values<fields extends readonly Field[]> = {
  readonly [field in fields[number] as field['name']]: field['kind'] extends 'uint' ? bigint : Hex
}

/** Makes an integer field. */
export function uint<const name extends string>(name: name, size: number) {
  return { kind: 'uint', name, size } as const
}

/** Makes a field of bytes. */
export function bytes<const name extends string>(name: name, size: number) {
  return { kind: 'bytes', name, size } as const
}

/** Writes version || type || fields. */
export function write<fields extends readonly Field[]>(
  { code, fields }: Layout<fields>,
  values: Values<fields>,
): Uint8Array {
  const frame = new Uint8Array(HEAD_BYTES + sizeOf(fields))
  frame.set([WIRE_VERSION, code], 0)
  const given: Readonly<Record<string, unknown>> = values
  let offset = HEAD_BYTES
  for (const { kind, name, size } of fields) {
    const value = given[name]
    if (kind === 'uint' && typeof value === 'bigint') writeUint(frame, value, { offset, size })
    else if (kind === 'bytes' && typeof value === 'string') frame.set(fromHex(value as Hex, size), offset)
    else throw new BadMessageError({ problem: `without a sound ${name}`, given: value, expected: kind })
    offset += size
  }
  return frame
}

/** Reads the head of a message: its type. Nothing else is looked at before its length is known to be right. */
export function typeOf(frame: Uint8Array): number {
  if (frame.length > MESSAGE_BYTES_MAX) {
    throw new BadMessageError({
      problem: 'too long',
      given: frame.length,
      expected: `at most ${MESSAGE_BYTES_MAX} bytes`,
    })
  }
  const [version, type] = frame
  if (version === undefined || type === undefined) {
    throw new BadMessageError({ problem: 'too short', given: frame.length, expected: `at least ${HEAD_BYTES} bytes` })
  }
  if (version !== WIRE_VERSION)
    throw new BadMessageError({ problem: 'of an unknown version', given: version, expected: WIRE_VERSION })
  return type
}

/** How long a message of this layout is. */
export function frameBytes({ fields }: Layout): number {
  return HEAD_BYTES + sizeOf(fields)
}

/** Reads the fields of a message whose type is known: exactly as long as they are. */
export function read<fields extends readonly Field[]>(frame: Uint8Array, layout: Layout<fields>): Values<fields> {
  const { fields } = layout
  const expected = frameBytes(layout)
  if (frame.length !== expected)
    throw new BadMessageError({ problem: 'of the wrong length', given: frame.length, expected })
  const values: Record<string, bigint | Hex> = {}
  let offset = HEAD_BYTES
  for (const { kind, name, size } of fields) {
    values[name] = kind === 'uint' ? readUint(frame, { offset, size }) : toHex(frame.subarray(offset, offset + size))
    offset += size
  }
  // The loop wrote each field of the layout, of its kind.
  return values as Values<fields>
}

function sizeOf(fields: readonly Field[]): number {
  return fields.reduce((sum, field) => sum + field.size, 0)
}

const HEAD_BYTES = 2

/** The bytes are no message, or the values make none. */
export class BadMessageError extends BaseError {
  override readonly name = 'Codec.BadMessageError'
  constructor({ problem, given, expected }: { problem: string; given: unknown; expected: unknown }) {
    super(`The message is ${problem}: given ${String(given)}, expected ${String(expected)}.`, {
      next: 'Drop it; if it recurs, the peer speaks another version or is broken.',
      given,
      expected,
    })
  }
}
