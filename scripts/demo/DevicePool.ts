/** A device's process, as far as the pool cares. */
export type Member = { readonly running: boolean; stop(): Promise<void> }

/** Above what a device's process takes. */
const DEVICE_BYTES = 100 * 2 ** 20
/** A session needs two; fewer than these, and every session would start its own. */
const RUNNING_MIN = 8

/** As many devices as fit into half of the memory that is free now: the other half is for the chain and the books. */
export function runningMaxOf(freeBytes: number): number {
  return Math.max(RUNNING_MIN, Math.floor(freeBytes / 2 / DEVICE_BYTES))
}

/** Bounds how many devices run at once. A device that has to make room goes on from its store when it is started again. */
export class DevicePool {
  readonly #runningMax: number
  /** In the order of their last use. */
  readonly #members = new Set<Member>()

  constructor(runningMax: number) {
    this.#runningMax = runningMax
  }

  /** Notes that a device is used now; called before it is started, too. Stops those that were idle longest. */
  async use(member: Member): Promise<void> {
    this.#members.delete(member)
    this.#members.add(member)
    const running = [...this.#members].filter((other) => other.running || other === member)
    for (const idle of running.slice(0, -this.#runningMax)) {
      this.#members.delete(idle)
      await idle.stop()
    }
  }
}
