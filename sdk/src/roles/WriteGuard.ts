import { ChannelFrozenError } from '../protocol/PaymentErrors.ts'

/** Freezes a role once a write has failed: what is on disk may then be behind what was signed. */
export class WriteGuard {
  #frozen: { readonly cause: unknown } | undefined

  /** Throws when an earlier write failed. */
  requireSound(): void {
    if (this.#frozen !== undefined) throw new ChannelFrozenError(this.#frozen)
  }

  /** Waits until something is on disk. */
  async keep(stored: Promise<void>): Promise<void> {
    try {
      await stored
    } catch (cause) {
      this.#frozen ??= { cause }
      throw new ChannelFrozenError({ cause })
    }
  }
}
