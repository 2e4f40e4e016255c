import type { Address, Hex } from 'viem'
import type { Domain } from '../protocol/Domain.ts'
import { BaseError } from '../protocol/Errors.ts'
import * as Presentation from '../protocol/Presentation.ts'
import { WrongChallengeError } from '../protocol/PresentationErrors.ts'
import type { SignedTrustList } from '../protocol/TrustList.ts'
import { OlderError, requireValid } from '../protocol/TrustList.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Random } from '../ports/Random.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { Newest, TimeStore } from '../ports/TimeStore.ts'
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
/** The newest time is written no more often than this: flash wears out. A newer trust list is written at once. */
const SAVE_SECONDS = 60

/** What a verifier has seen that was never started before. */
const NOTHING_YET: Newest = { seconds: 0, trustListVersion: 0 }

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
  #saved: Newest
  /** One write after the other: two at once would meet in the same file. */
  #saving: Promise<void> = Promise.resolve()

  static async open(options: IdentityVerifier.Options): Promise<IdentityVerifier> {
    const verifier = new IdentityVerifier(options, (await options.times?.load()) ?? NOTHING_YET)
    await verifier.#saveNewest()
    return verifier
  }

  private constructor(options: IdentityVerifier.Options, saved: Newest) {
    this.#options = options
    this.#newestTime = saved.seconds
    this.#saved = saved
    const { random, challengeSeconds = CHALLENGE_SECONDS, challengesMax = CHALLENGES_MAX } = options
    this.#challenges = new Challenges({ random, lifetimeSeconds: challengeSeconds, openMax: challengesMax })
    const { credentialsMax = CREDENTIALS_MAX } = options
    this.#memory = boundedMemory({ credentialsMax, snapshotsMax: SNAPSHOTS_MAX })
    const { version } = options.trustList
    if (version < saved.trustListVersion) throw new OlderError({ given: version, newest: saved.trustListVersion })
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
    await this.#saveNewest()
    const trustList = this.#trustList
    return examine(read, { ...this.#options, trustList, challenge, purpose, now }, this.#memory)
  }

  /**
   * Takes a newer trust list. Whom it does not have is refused from now on, known or not. Resolves once its version is
   * saved: then no older list is taken after a restart.
   */
  async learn(trustList: SignedTrustList): Promise<void> {
    this.#trustList = this.#verified(trustList, this.#trustList)
    await this.#saveNewest()
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
    // Also what is no number.
    if (!(now >= this.#newestTime)) throw new ClockWentBackError({ given: now, newest: this.#newestTime })
    return now
  }

  async #saveNewest(): Promise<void> {
    const saving = this.#saving.catch(() => undefined).then(() => this.#save())
    this.#saving = saving
    await saving
  }

  async #save(): Promise<void> {
    const { times } = this.#options
    const newest = { seconds: this.#newestTime, trustListVersion: this.#trustList.version }
    const isLater = newest.seconds >= this.#saved.seconds + SAVE_SECONDS
    if (times === undefined || (!isLater && newest.trustListVersion === this.#saved.trustListVersion)) return
    await times.save(newest)
    this.#saved = newest
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
    /** Without it a clock or a trust list that is set back while the verifier is off goes unnoticed. */
    readonly times?: TimeStore
    /** How long a challenge can be answered; two minutes unless given. */
    readonly challengeSeconds?: number
    readonly challengesMax?: number
    /** Most credentials that are remembered as checked. */
    readonly credentialsMax?: number
  } & Pick<verifyPresentation.Options, 'freshnessAgeMaxSeconds' | 'showingSecondsMax'>
}

/**
 * For whoever services a machine whose clock had jumped ahead, inside its trust list's validity: every verifier would refuse
 * the right time until the wrong one is reached. Set the clock, call this, and open the verifier again. The version of the
 * trust list stays known, and the list's own `validFrom` stays the earliest time. Nothing that a peer can reach may call it.
 */
export async function forgetNewestTime(times: TimeStore): Promise<void> {
  const newest = await times.load()
  if (newest !== undefined) await times.save({ ...newest, seconds: NOTHING_YET.seconds })
}

/** It is earlier than it was: everything that has a time would be judged wrongly. */
export class ClockWentBackError extends BaseError {
  override readonly name = 'IdentityVerifier.ClockWentBackError'
  constructor({ given, newest }: { given: number; newest: number }) {
    super(`The clock says ${given}, and it has been ${newest} before.`, {
      next: 'Set the clock. If the later time was wrong, call forgetNewestTime on the store, and open the verifier again.',
      given,
      expected: newest,
    })
  }
}
