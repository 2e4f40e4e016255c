import type { Address, Hex } from 'viem'
import { getAddress } from 'viem'
import { trustListTypehash } from '../generated/typedData.ts'
import type { Problem } from './ByteReader.ts'
import { byteReader } from './ByteReader.ts'
import { concat, fromHex, uintBytes } from './Bytes.ts'
import type { Domain } from './Domain.ts'
import { BaseError } from './Errors.ts'
import * as StructHash from './StructHash.ts'
import { address, uint } from './StructHash.ts'

/** Which attesters a verifier without a network believes. Signed by whoever runs the verifiers. */
export type TrustList = {
  /** Rises with every list: an older one is refused. */
  readonly version: number
  /** Seconds. */
  readonly validFrom: number
  /** Seconds, exclusive. */
  readonly validUntil: number
  /** Sorted, without doubles. */
  readonly attesters: readonly Address[]
}

/** A list with the 64 bytes of whoever runs the verifiers. */
export type SignedTrustList = TrustList & { readonly signature: Hex }

/** Most attesters of a list. */
export const ATTESTERS_MAX = 1024

/** First byte of the file. */
export const TRUST_LIST_VERSION = 1

const HEAD_BYTES = 17
const SIGNATURE_BYTES = 64

/** Largest file. */
export const TRUST_LIST_BYTES_MAX = HEAD_BYTES + 20 * ATTESTERS_MAX + SIGNATURE_BYTES

/** What is signed, in the registry's domain. */
export function digest({ version, validFrom, validUntil, attesters }: TrustList, domain: Domain): Hex {
  const addresses = StructHash.arrayHash(attesters.map(address))
  const words = [uint(version, 32), uint(validFrom, 40), uint(validUntil, 40), addresses]
  return StructHash.digest(StructHash.structHash(trustListTypehash, words), domain)
}

/** Puts attesters into the one order that a list has; of doubles one stays. */
export function sorted(attesters: readonly Address[]): readonly Address[] {
  const unique = new Set(attesters.map((attester) => attester.toLowerCase()))
  return [...unique].sort().map((attester) => getAddress(attester))
}

/** Fixed layout: version of the layout 1 || version 4 || validFrom 5 || validUntil 5 || count 2 || attester 20 each || signature 64. */
export function encode(list: SignedTrustList): Uint8Array {
  requireSound(list)
  const { version, validFrom, validUntil } = list
  const times = [uintBytes(validFrom, 5), uintBytes(validUntil, 5)]
  const head = concat(Uint8Array.of(TRUST_LIST_VERSION), uintBytes(version, 4), ...times)
  const attesters = list.attesters.map((attester) => fromHex(attester, 20))
  return concat(head, uintBytes(attesters.length, 2), ...attesters, fromHex(list.signature, SIGNATURE_BYTES))
}

/** Reads the file; not yet its signature. */
export function decode(bytes: Uint8Array): SignedTrustList {
  const reader = byteReader(bytes, (problem) => new BadTrustListError(problem))
  const layout = reader.number(1)
  if (layout !== TRUST_LIST_VERSION) {
    throw new BadTrustListError({ problem: 'of an unknown layout', given: layout, expected: TRUST_LIST_VERSION })
  }
  const [version, validFrom, validUntil] = [reader.number(4), reader.number(5), reader.number(5)]
  const count = reader.number(2)
  requireCount(count)
  const attesters = Array.from({ length: count }, () => getAddress(reader.hex(20)))
  const list = { version, validFrom, validUntil, attesters, signature: reader.hex(SIGNATURE_BYTES) }
  reader.end()
  requireSound(list)
  return list
}

/** Whether the list is in force at a time (seconds). Asked so that a time that is no number is in force never. */
export function requireValid({ validFrom, validUntil }: TrustList, at: number): void {
  if (!(at >= validFrom)) throw new NotYetValidError({ given: at, validFrom })
  if (!(at < validUntil)) throw new ExpiredError({ given: at, validUntil })
}

/** Whether the list has an attester. */
export function has({ attesters }: TrustList, attester: Address): boolean {
  const sought = attester.toLowerCase()
  return attesters.some((each) => each.toLowerCase() === sought)
}

function requireSound({ validFrom, validUntil, attesters }: TrustList): void {
  requireCount(attesters.length)
  if (validFrom >= validUntil) {
    throw new BadTrustListError({ problem: 'never valid', given: validUntil, expected: `above ${validFrom}` })
  }
  let before = ''
  for (const attester of attesters) {
    const key = attester.toLowerCase()
    if (key <= before) {
      throw new BadTrustListError({ problem: 'not sorted, or has doubles', given: key, expected: `above ${before}` })
    }
    before = key
  }
}

function requireCount(given: number): void {
  if (given > ATTESTERS_MAX) throw new BadTrustListError({ problem: 'too long', given, expected: ATTESTERS_MAX })
}

/** The bytes are no trust list, or the list is none that can be signed. */
export class BadTrustListError extends BaseError {
  override readonly name = 'TrustList.BadTrustListError'
  constructor({ problem, given, expected }: Problem) {
    super(`The trust list is ${problem}: given ${String(given)}, expected ${String(expected)}.`, {
      next: 'Ask whoever runs the verifiers for the newest list.',
      given,
      expected,
    })
  }
}

/** The list is not in force any more. */
export class ExpiredError extends BaseError {
  override readonly name = 'TrustList.ExpiredError'
  constructor({ given, validUntil }: { given: number; validUntil: number }) {
    super(`The trust list was valid until ${validUntil}, and the time is ${given}.`, {
      next: 'Bring the newest list to the verifier.',
      given,
      expected: validUntil,
    })
  }
}

/** The list is not in force yet. */
export class NotYetValidError extends BaseError {
  override readonly name = 'TrustList.NotYetValidError'
  constructor({ given, validFrom }: { given: number; validFrom: number }) {
    super(`The trust list is valid from ${validFrom} on, and the time is ${given}.`, {
      next: 'Set the clock, or wait.',
      given,
      expected: validFrom,
    })
  }
}

/** The list is not signed by whoever runs the verifiers. */
export class UnsignedError extends BaseError {
  override readonly name = 'TrustList.UnsignedError'
  constructor({ expected }: { expected: Hex }) {
    super(`The trust list is not signed by ${expected}.`, {
      next: 'Refuse it, and ask whoever runs the verifiers where it came from.',
      expected,
    })
  }
}

/** A newer list is known, or another one of the same version. */
export class OlderError extends BaseError {
  override readonly name = 'TrustList.OlderError'
  constructor({ given, newest }: { given: number; newest: number }) {
    super(`The trust list has version ${given}, and a list of version ${newest} is known that says otherwise.`, {
      next: 'Bring the newest list; every new one has a higher version.',
      given,
      expected: newest + 1,
    })
  }
}
