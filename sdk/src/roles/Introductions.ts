import { BaseError } from '../protocol/Errors.ts'
import { SlowIntroductionError, TooManyIntroductionsError } from '../protocol/SessionErrors.ts'
import type { Timers } from '../ports/Timers.ts'

/** What suits a machine with a secure element: each introduction costs it a signature. */
const DEFAULTS = {
  openMax: 256,
  knownPlaces: 64,
  openPerPeerMax: 16,
  knownMax: 1_024,
  quickMs: 3_000,
  deadlineMs: 15_000,
} as const

type Place = {
  readonly peer: string | undefined
  readonly onOver: (error: SlowIntroductionError) => void
  isSlow: boolean
  cancel: () => void
}

/**
 * The places of a payee for peers that have connected and not yet shown who they are. One object for all of its sessions:
 * whoever holds connections open must not keep others out.
 *
 * Nobody loses its place while it is quick. Beyond that a place lasts until somebody else needs it, and never past the
 * deadline. Some places are kept for peers that were believed before. A peer is counted by what the transport says of it,
 * its address: that is no proof of who it is, but a stranger on the network cannot make up many.
 *
 * @example
 * const introductions = new Introductions({ timers: machineTimers })
 * await servePayer({ connection, payeeOf, timers, identity: { ...identity, introductions } })
 */
export class Introductions {
  readonly #limits: Required<Introductions.Options>
  /** In the order in which they began. */
  readonly #open = new Set<Place>()
  /** Peers that were believed; who was seen longest ago comes first. */
  readonly #known = new Set<string>()

  constructor(options: Introductions.Options) {
    this.#limits = { ...DEFAULTS, ...options }
    const { openMax, knownPlaces, openPerPeerMax, quickMs, deadlineMs } = this.#limits
    const isSound = [openMax, openPerPeerMax, openMax - knownPlaces].every(
      (given) => Number.isInteger(given) && given > 0,
    )
    if (!isSound || deadlineMs < quickMs) throw new BadLimitsError({ given: this.#limits })
  }

  /** Takes a place for a peer, or throws when there is none. `onOver` hears that it was lost. */
  begin({ peer, onOver }: Introductions.Beginning): Introductions.Begun {
    this.#makeRoom(peer)
    const { timers, quickMs, deadlineMs } = this.#limits
    const place: Place = { peer, onOver, isSlow: false, cancel: () => undefined }
    this.#open.add(place)
    place.cancel = timers.after(quickMs, () => {
      place.isSlow = true
      place.cancel = timers.after(deadlineMs - quickMs, () => this.#drop(place, deadlineMs))
    })
    const leave = () => this.#leave(place)
    const succeed = () => {
      if (this.#leave(place)) this.#remember(peer)
    }
    return { succeed, leave }
  }

  #makeRoom(peer: string | undefined): void {
    const { openMax, knownPlaces, openPerPeerMax } = this.#limits
    const own = peer === undefined ? [] : [...this.#open].filter((place) => place.peer === peer)
    if (own.length >= openPerPeerMax) {
      this.#dropSlowest(own, openPerPeerMax)
      return
    }
    const max = this.#isKnown(peer) ? openMax : openMax - knownPlaces
    if (this.#open.size >= max) this.#dropSlowest([...this.#open], max)
  }

  #dropSlowest(among: readonly Place[], max: number): void {
    const slowest = among.find(({ isSlow }) => isSlow)
    if (slowest === undefined) throw new TooManyIntroductionsError({ max })
    this.#drop(slowest, this.#limits.quickMs)
  }

  #drop(place: Place, timeoutMs: number): void {
    if (this.#leave(place)) place.onOver(new SlowIntroductionError({ timeoutMs }))
  }

  #leave(place: Place): boolean {
    place.cancel()
    return this.#open.delete(place)
  }

  #isKnown(peer: string | undefined): boolean {
    return peer !== undefined && this.#known.has(peer)
  }

  #remember(peer: string | undefined): void {
    if (peer === undefined) return
    this.#known.delete(peer)
    this.#known.add(peer)
    if (this.#known.size <= this.#limits.knownMax) return
    for (const oldest of this.#known) {
      this.#known.delete(oldest)
      return
    }
  }
}
export declare namespace Introductions {
  type Options = {
    readonly timers: Timers
    /** Most that are open at a time. Keep it at or below the verifier's `challengesMax`. */
    readonly openMax?: number
    /** How many of these places only peers get that were believed before. */
    readonly knownPlaces?: number
    /** Most of one peer. Raise it where many machines share an address, as behind a proxy. */
    readonly openPerPeerMax?: number
    /** Most peers that are remembered as believed. */
    readonly knownMax?: number
    /** How long nobody else can take a place, in milliseconds. */
    readonly quickMs?: number
    /** How long an introduction may last at all, in milliseconds. */
    readonly deadlineMs?: number
  }
  type Beginning = {
    /** Where the peer is; undefined where the transport cannot tell: such peers are only counted together. */
    readonly peer: string | undefined
    readonly onOver: (error: SlowIntroductionError) => void
  }
  type Begun = {
    /** The peer is believed. */
    readonly succeed: () => void
    /** The session is over. */
    readonly leave: () => void
  }
}

/** With these limits nobody could introduce itself. */
export class BadLimitsError extends BaseError {
  override readonly name = 'Introductions.BadLimitsError'
  constructor({ given }: { given: Required<Introductions.Options> }) {
    const { openMax, knownPlaces, openPerPeerMax, quickMs, deadlineMs } = given
    const places = `${openMax} places, ${knownPlaces} of them for known peers, ${openPerPeerMax} for each`
    super(`These limits let nobody in: ${places}; quick within ${quickMs} of ${deadlineMs} ms.`, {
      next: 'Leave whole places for strangers and for each peer, and let the deadline be no shorter than what is quick.',
      given: { openMax, knownPlaces, openPerPeerMax, quickMs, deadlineMs },
    })
  }
}
