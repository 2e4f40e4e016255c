import type { Address, Hex } from 'viem'
import type { Domain } from '../protocol/Domain.ts'
import { BaseError } from '../protocol/Errors.ts'
import * as Presentation from '../protocol/Presentation.ts'
import { WrongChallengeError } from '../protocol/PresentationErrors.ts'
import type { SignedTrustList } from '../protocol/TrustList.ts'
import { requireValid } from '../protocol/TrustList.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Random } from '../ports/Random.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { TimeStore } from '../ports/TimeStore.ts'
import { Challenges } from './Challenges.ts'
import type { PresentationMemory } from './PresentationMemory.ts'
import { boundedMemory } from './PresentationMemory.ts'
import { verifyTrustList } from './trustLists.ts'
import type { Verdict, verifyPresentation } from './verifyPresentation.ts'
import { examine } from './verifyPresentation.ts'

const CHALLENGE_SECONDS = 120
const CHALLENGES_MAX = 1024
const CREDENTIALS_MAX = 10_000
const SNAPSHOTS_MAX = 64
/** The newest time is written no more often than this: flash wears out. */
const SAVE_SECONDS = 60

/**
 * Learns, with no network, who answers for the devices that it meets. Gives each a challenge, and checks what it shows. Whom
 * it has met before costs it one signature check; how fresh the proof is it looks at each time.
 *
 * @example
 * const identities = await IdentityVerifier.open({ domain, deviceId, trustList, trustListSigner, ...ports })
 * const challenge = identities.challenge(purpose) // to the device; it answers with `present`
 * const verdict = await identities.verify(bytes)
 */
export class IdentityVerifier {
  readonly #options: IdentityVerifier.Options
  readonly #challenges: Challenges
  readonly #memory: PresentationMemory
  #trustList: SignedTrustList
  #newestTime: number
  #savedTime: number

  static async open(options: IdentityVerifier.Options): Promise<IdentityVerifier> {
    const newestTime = (await options.times?.load()) ?? 0
    return new IdentityVerifier(options, newestTime)
  }

  private constructor(options: IdentityVerifier.Options, newestTime: number) {
    this.#options = options
    this.#newestTime = newestTime
    this.#savedTime = newestTime
    const { random, challengeSeconds = CHALLENGE_SECONDS, challengesMax = CHALLENGES_MAX } = options
    this.#challenges = new Challenges({ random, lifetimeSeconds: challengeSeconds, openMax: challengesMax })
    const { credentialsMax = CREDENTIALS_MAX } = options
    this.#memory = boundedMemory({ credentialsMax, snapshotsMax: SNAPSHOTS_MAX })
    this.#trustList = this.#verified(options.trustList)
  }

  /** The list that it goes by. */
  get trustList(): SignedTrustList {
    return this.#trustList
  }

  /** 32 bytes for one device to answer, once and soon. */
  challenge(purpose: Hex): Hex {
    return this.#challenges.issue({ purpose, now: this.#now() })
  }

  /** Takes back a challenge that nobody will answer: the conversation is over. */
  withdraw(challenge: Hex): void {
    this.#challenges.withdraw(challenge)
  }

  /**
   * Checks what a device shows in answer to a challenge of this verifier, or to the very one that its conversation is about.
   * The challenge is used up either way.
   */
  async verify(bytes: Uint8Array, { answering }: { readonly answering?: Hex } = {}): Promise<Verdict> {
    const now = this.#now()
    const read = Presentation.read(bytes)
    const { challenge } = read.presentation
    if (answering !== undefined && challenge !== answering) {
      throw new WrongChallengeError({ given: challenge, expected: answering })
    }
    const purpose = this.#challenges.take(challenge, now)
    await this.#saveTime()
    const trustList = this.#trustList
    return examine(read, { ...this.#options, trustList, challenge, purpose, now }, this.#memory)
  }

  /** Takes a newer trust list. Whom it does not have is refused from now on, known or not. */
  learn(trustList: SignedTrustList): void {
    this.#trustList = this.#verified(trustList, this.#trustList)
  }

  #verified(trustList: SignedTrustList, newest?: SignedTrustList): SignedTrustList {
    const { domain, trustListSigner, verifier } = this.#options
    return verifyTrustList(trustList, { domain, signer: trustListSigner, now: this.#clock(), newest, verifier })
  }

  /** A clock that jumps ahead is believed as far as the trust list goes: then one bad second cannot stop it for ever. */
  #now(): number {
    const now = this.#clock()
    requireValid(this.#trustList, now)
    this.#newestTime = now
    return now
  }

  #clock(): number {
    const now = this.#options.clock.now()
    if (now < this.#newestTime) throw new ClockWentBackError({ given: now, newest: this.#newestTime })
    return now
  }

  async #saveTime(): Promise<void> {
    const newest = this.#newestTime
    if (newest < this.#savedTime + SAVE_SECONDS) return
    await this.#options.times?.save(newest)
    this.#savedTime = newest
  }
}
export declare namespace IdentityVerifier {
  type Options = {
    /** The registry's. */
    readonly domain: Domain
    /** The verifier's own device. */
    readonly deviceId: Hex
    readonly p256Verifier: Address
    readonly trustList: SignedTrustList
    /** ERC-7913 signer of whoever runs the verifiers. */
    readonly trustListSigner: Hex
    readonly verifier: SignatureVerifier
    readonly clock: Clock
    readonly random: Random
    /** Without it a clock that is set back while the verifier is off goes unnoticed. */
    readonly times?: TimeStore
    /** How long a challenge can be answered; two minutes unless given. */
    readonly challengeSeconds?: number
    readonly challengesMax?: number
    /** Most credentials that are remembered as checked. */
    readonly credentialsMax?: number
  } & Pick<verifyPresentation.Options, 'freshnessAgeMaxSeconds' | 'showingSecondsMax'>
}

/** It is earlier than it was: everything that has a time would be judged wrongly. */
export class ClockWentBackError extends BaseError {
  override readonly name = 'IdentityVerifier.ClockWentBackError'
  constructor({ given, newest }: { given: number; newest: number }) {
    super(`The clock says ${given}, and it has been ${newest} before.`, {
      next: 'Set the clock. If the earlier time was wrong, start again from an empty time store.',
      given,
      expected: newest,
    })
  }
}
