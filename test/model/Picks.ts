/** Choices that follow from one number, so that a step which is tried again chooses again alike. */
export class Picks {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  of<T>(list: readonly T[]): T {
    return list[this.#number() % list.length]!
  }

  /** True once in so many times. */
  once(inTimes: number): boolean {
    return this.#number() % inTimes === 0
  }

  /** `plain`, but for once in so many times. */
  mostly<T>(plain: T, inTimes: number, other: (picks: Picks) => T): T {
    return this.once(inTimes) ? other(this) : plain
  }

  /** Mulberry32: short, and good enough to choose with. */
  #number(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
