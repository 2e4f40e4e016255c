import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Hex } from 'viem'
import type { Binding } from './Binding.ts'
import { id } from './Binding.ts'
import { concat, fromHex, toHex } from './Bytes.ts'
import { BaseError } from './Errors.ts'

/** Longest chain: twenty years of days. Also the most work that a token can make a verifier do. */
export const DAYS_MAX = 7305

export const DAY_SECONDS = 86_400

/** One day's word of an attester that a binding still stands: the pre-image that it publishes that day. */
export type FreshnessToken = {
  /** Whole days since the binding's `validFrom`. */
  readonly day: number
  /** `sha256^day(preimage)` is the binding's `freshnessTip`. */
  readonly preimage: Hex
}

/** Domain of the seeds, so that the attester's secret may have other uses. */
const SEED_LABEL = new TextEncoder().encode('musubi/freshness/1')

const NO_TIP: Hex = `0x${'00'.repeat(32)}`

/**
 * The secret end of one binding's chain. Whoever has it can say for ever that the binding stands: it never leaves the attester.
 * It comes from everything in the binding but the tip, which comes from it: with a seed in common, the tokens of one binding
 * would keep another one of the device fresh, after that was revoked.
 */
export function seedOf({ secret, binding }: seedOf.Options): Hex {
  const untipped = id({ ...binding, freshnessTip: NO_TIP })
  return toHex(hmac(sha256, fromHex(secret, 32), concat(SEED_LABEL, fromHex(untipped, 32))))
}
export declare namespace seedOf {
  type Options = { readonly secret: Hex; readonly binding: Omit<Binding, 'freshnessTip'> }
}

/** The public end: what the binding carries as `freshnessTip`. The chain says something on days 0 to `days` - 1. */
export function tip({ seed, days }: Chain): Hex {
  return token({ seed, days }, 0).preimage
}

/**
 * The token to publish on a day.
 *
 * @example
 * const day = FreshnessChain.dayAt({ validFrom: binding.validFrom, at: now })
 * const freshness = { kind: 'token', ...FreshnessChain.token({ seed, days: 365 }, day) }
 */
export function token({ seed, days }: Chain, day: number): FreshnessToken {
  if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX) throw new WrongLengthError({ given: days })
  if (!Number.isInteger(day) || day < 0 || day >= days) throw new WrongDayError({ given: day, days })
  return { day, preimage: toHex(hashTimes(fromHex(seed, 32), days - 1 - day)) }
}

/** Whole days since `validFrom`; below zero before it. */
export function dayAt({ validFrom, at }: { readonly validFrom: number; readonly at: number }): number {
  return Math.floor((at - validFrom) / DAY_SECONDS)
}

/** The second from which on a token could be published: as fresh as it is. */
export function publishedAt({ validFrom, day }: { readonly validFrom: number; readonly day: number }): number {
  return validFrom + day * DAY_SECONDS
}

/**
 * Checks a token against the tip, or against a token that was checked before: it need not hash what was hashed already.
 * An earlier day's token follows from a later one.
 */
export function verify({ day, preimage }: FreshnessToken, known: FreshnessToken): void {
  if (!Number.isInteger(day) || day < 0 || day >= DAYS_MAX) throw new WrongDayError({ given: day, days: DAYS_MAX })
  // Zero stands for no chain at all, and would else be the token of its own first day.
  if (/^0x0*$/.test(known.preimage)) throw new WrongTokenError({ given: preimage, day })
  const [later, earlier] = day >= known.day ? [{ day, preimage }, known] : [known, { day, preimage }]
  const reached = toHex(hashTimes(fromHex(later.preimage, 32), later.day - earlier.day))
  if (reached !== earlier.preimage.toLowerCase()) throw new WrongTokenError({ given: preimage, day })
}

/** The token of day 0, which everybody has: the tip itself. */
export function tokenOfTip(freshnessTip: Hex): FreshnessToken {
  return { day: 0, preimage: freshnessTip }
}

/** A chain as its attester has it. */
export type Chain = { readonly seed: Hex; readonly days: number }

function hashTimes(start: Uint8Array, times: number): Uint8Array {
  let value = start
  for (let left = times; left > 0; left--) value = sha256(value)
  return value
}

/** A chain covers at least the first day, and no more than a verifier would hash. */
export class WrongLengthError extends BaseError {
  override readonly name = 'FreshnessChain.WrongLengthError'
  constructor({ given }: { given: number }) {
    super(`A freshness chain has 1 to ${DAYS_MAX} days, not ${given}.`, {
      next: 'Renew the binding before its chain ends.',
      given,
      expected: DAYS_MAX,
    })
  }
}

/** The chain has no such day. */
export class WrongDayError extends BaseError {
  override readonly name = 'FreshnessChain.WrongDayError'
  constructor({ given, days }: { given: number; days: number }) {
    super(`A freshness chain of ${days} days has no day ${given}.`, {
      next: 'Renew the binding, with a chain that is long enough.',
      given,
      expected: `0 to ${days - 1}`,
    })
  }
}

/** The token is not of this binding's chain. */
export class WrongTokenError extends BaseError {
  override readonly name = 'FreshnessChain.WrongTokenError'
  constructor({ given, day }: { given: Hex; day: number }) {
    super(`The token ${given} of day ${day} does not lead to the binding's tip.`, {
      next: 'Ask for the token that the attester published for this binding.',
      given,
      expected: day,
    })
  }
}
