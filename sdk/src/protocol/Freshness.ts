import type { Hex } from 'viem'
import { getAddress } from 'viem'
import type { AbsenceProof } from './AbsenceProof.ts'
import { siblingsAt } from './AbsenceProof.ts'
import type { ByteReader, Problem } from './ByteReader.ts'
import { concat, fromHex, uintBytes } from './Bytes.ts'
import type { FreshnessToken } from './FreshnessChain.ts'
import { DAYS_MAX, publishedAt } from './FreshnessChain.ts'
import type { SignedStatusSnapshot } from './StatusSnapshot.ts'
import { ENTRIES_MAX } from './StatusSnapshot.ts'

/** What says that a binding still stood a short while ago: one day's token, or a snapshot that does not list it. */
export type Freshness =
  | ({ readonly kind: 'token' } & FreshnessToken)
  | { readonly kind: 'snapshot'; readonly snapshot: SignedStatusSnapshot; readonly proof: AbsenceProof }

const CODES = { none: 0, token: 1, snapshot: 2 } as const

/** As of when it speaks, in seconds. */
export function asOf(freshness: Freshness, validFrom: number): number {
  return freshness.kind === 'token' ? publishedAt({ validFrom, day: freshness.day }) : freshness.snapshot.asOf
}

/**
 * Layout: 0, or 1 || day 2 || preimage 32, or 2 || attester 20 || asOf 5 || count 4 || root 32 || signature 64 || index 4 ||
 * left 32 || right 32 || sibling 32 each, as many as index and count say.
 */
export function write(freshness: Freshness | undefined): Uint8Array {
  if (freshness === undefined) return Uint8Array.of(CODES.none)
  if (freshness.kind === 'token') {
    return concat(Uint8Array.of(CODES.token), uintBytes(freshness.day, 2), fromHex(freshness.preimage, 32))
  }
  const { attester, asOf, count, root, signature } = freshness.snapshot
  const { index, left, right, siblings } = freshness.proof
  return concat(
    Uint8Array.of(CODES.snapshot),
    ...[fromHex(attester, 20), uintBytes(asOf, 5), uintBytes(count, 4), fromHex(root, 32), fromHex(signature, 64)],
    ...[uintBytes(index, 4), fromHex(left, 32), fromHex(right, 32)],
    ...siblings.map((sibling) => fromHex(sibling, 32)),
  )
}

/** Reads it, of the one length that its own fields allow. */
export function read(reader: ByteReader, refuse: (problem: Problem) => Error): Freshness | undefined {
  const code = reader.number(1)
  if (code === CODES.none) return undefined
  if (code === CODES.token) return readToken(reader, refuse)
  if (code === CODES.snapshot) return readSnapshot(reader, refuse)
  throw refuse({ problem: 'of an unknown kind of freshness', given: code, expected: Object.values(CODES) })
}

function readToken(reader: ByteReader, refuse: (problem: Problem) => Error): Freshness {
  const day = reader.number(2)
  if (day >= DAYS_MAX) throw refuse({ problem: 'of a day too late', given: day, expected: `below ${DAYS_MAX}` })
  return { kind: 'token', day, preimage: reader.hex(32) }
}

function readSnapshot(reader: ByteReader, refuse: (problem: Problem) => Error): Freshness {
  const attester = getAddress(reader.hex(20))
  const [asOf, count] = [reader.number(5), reader.number(4)]
  const [root, signature] = [reader.hex(32), reader.hex(64)]
  const index = reader.number(4)
  if (count > ENTRIES_MAX) throw refuse({ problem: 'of too many entries', given: count, expected: ENTRIES_MAX })
  if (index > count) throw refuse({ problem: 'of no place in the list', given: index, expected: `at most ${count}` })
  const [left, right] = [reader.hex(32), reader.hex(32)]
  const siblings: Hex[] = Array.from({ length: siblingsAt({ index, count }) }, () => reader.hex(32))
  const snapshot = { attester, asOf, count, root, signature }
  return { kind: 'snapshot', snapshot, proof: { index, left, right, siblings } }
}
