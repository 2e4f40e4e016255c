import type { Hex } from 'viem'
import { toHex } from '../protocol/Bytes.ts'
import { BaseError } from '../protocol/Errors.ts'
import { UnknownChallengeError } from '../protocol/PresentationErrors.ts'
import type { Random } from '../ports/Random.ts'

const CHALLENGE_BYTES = 32

type Open = { readonly purpose: Hex; readonly until: number }

/** The challenges that a verifier has given and that nobody has answered yet. */
export class Challenges {
  readonly #options: Challenges.Options
  /** In the order in which they end. */
  readonly #open = new Map<Hex, Open>()

  constructor(options: Challenges.Options) {
    this.#options = options
  }

  /** A new one, for one purpose. */
  issue({ purpose, now }: { readonly purpose: Hex; readonly now: number }): Hex {
    this.#forgetOver(now)
    const { random, lifetimeSeconds, openMax } = this.#options
    // Refused, and not the oldest dropped: whoever asks again and again must not take away what others are answering.
    if (this.#open.size >= openMax) throw new TooManyChallengesError({ max: openMax })
    const challenge = toHex(random.bytes(CHALLENGE_BYTES))
    this.#open.set(challenge, { purpose, until: now + lifetimeSeconds })
    return challenge
  }

  /** Uses one up, whatever becomes of the answer. Gives its purpose. */
  take(challenge: Hex, now: number): Hex {
    this.#forgetOver(now)
    const open = this.#open.get(challenge)
    if (open === undefined) throw new UnknownChallengeError({ given: challenge })
    this.#open.delete(challenge)
    return open.purpose
  }

  /** Closes one that nobody will answer. */
  withdraw(challenge: Hex): void {
    this.#open.delete(challenge)
  }

  #forgetOver(now: number): void {
    for (const [challenge, { until }] of this.#open) {
      if (until > now) return
      this.#open.delete(challenge)
    }
  }
}
export declare namespace Challenges {
  type Options = {
    readonly random: Random
    readonly lifetimeSeconds: number
    /** Most that are open at a time. */
    readonly openMax: number
  }
}

/** More challenges are open than the verifier keeps. */
export class TooManyChallengesError extends BaseError {
  override readonly name = 'IdentityVerifier.TooManyChallengesError'
  constructor({ max }: { max: number }) {
    super(`${max} challenges are open, and none of them was answered yet.`, {
      next: 'Ask again when some are over.',
      expected: max,
    })
  }
}
