import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** Values that have one canonical JSON form (RFC 8785). Big integers travel as decimal strings. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** RFC 8785 text of a value: the same value gives the same bytes everywhere. */
export function canonicalJson(value: Json): string {
  const text = canonicalize(value)
  // The library answers undefined only for undefined, which the type excludes.
  return text ?? 'null'
}

/** SHA-256 as 64 hexadecimal digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** SHA-256 of a value's canonical JSON. */
export function hashJson(value: Json): string {
  return sha256Hex(canonicalJson(value))
}
