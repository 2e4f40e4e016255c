/** Positions further apart than this are no repetition to FastLZ, level 1. */
const DISTANCE_MAX = 8192
const HASHES = 8192
/** The longest repetition that one code of FastLZ says. */
const MATCH_MAX = 262
/** The longest run of bytes that stand for themselves behind one length byte. */
const RUN_MAX = 32
/** The compressor leaves the end of the input alone. */
const TAIL = 13

/**
 * Length of the bytes after FastLZ, level 1: what OP-type chains estimate a transaction's share of their data by, since Fjord.
 * Written after the specification's words; held against the test vectors that the chains' nodes share.
 */
export function fastLzLength(bytes: Uint8Array): number {
  const lastSeen = new Uint32Array(HASHES)
  const limit = Math.max(bytes.length - TAIL, 0)
  let length = 0
  let anchor = 0
  let at = 2
  while (at < limit) {
    const [found, start] = nextRepetition(bytes, { from: at, limit, lastSeen })
    if (start >= limit) break
    length += runLength(start - anchor)
    const same = sameBytes(bytes, { earlier: found + 3, later: start + 3, end: limit + 9 })
    length += matchLength(same)
    // The two positions behind a repetition are remembered, those inside it are not.
    at = start + same
    for (let i = 0; i < 2; i++, at++) lastSeen[hashOf(threeBytes(bytes, at))] = at
    anchor = at
  }
  return length + runLength(bytes.length - anchor)
}

type Search = { readonly from: number; readonly limit: number; readonly lastSeen: Uint32Array }

/** Where three bytes repeat, and where they stood before; a start at the limit means nowhere. */
function nextRepetition(bytes: Uint8Array, { from, limit, lastSeen }: Search): readonly [found: number, start: number] {
  for (let at = from; at < limit; at++) {
    const sequence = threeBytes(bytes, at)
    const hash = hashOf(sequence)
    const before = lastSeen[hash] ?? 0
    lastSeen[hash] = at
    if (at + 1 < limit && at - before < DISTANCE_MAX && sequence === threeBytes(bytes, before)) return [before, at]
  }
  return [0, limit]
}

function threeBytes(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
}

function hashOf(sequence: number): number {
  return (Math.imul(sequence, 2654435769) >>> 19) & (HASHES - 1)
}

type Pair = { readonly earlier: number; readonly later: number; readonly end: number }

/** How many bytes a repetition has beyond its first two; the byte that ends it is counted, as the compressor does. */
function sameBytes(bytes: Uint8Array, { earlier, later, end }: Pair): number {
  let count = 0
  while (later + count < end) {
    const isSame = bytes[earlier + count] === bytes[later + count]
    count++
    if (!isSame) break
  }
  return count
}

function runLength(bytes: number): number {
  const rest = bytes % RUN_MAX
  return Math.floor(bytes / RUN_MAX) * (RUN_MAX + 1) + (rest === 0 ? 0 : rest + 1)
}

function matchLength(same: number): number {
  const beyond = same - 1
  const whole = Math.floor(beyond / MATCH_MAX)
  return whole * 3 + (beyond % MATCH_MAX >= 6 ? 3 : 2)
}
