import { ChannelFrozenError } from '../protocol/PaymentErrors.ts'

/** Freezes a role once a write has failed: what is on disk may then be behind what was signed. */
export class WriteGuard {
  #frozen: { readonly cause: unknown } | undefined
  /** All writes so far. */
  #written: Promise<unknown> = Promise.resolve()

  /** Throws when an earlier write failed. */
  requireSound(): void {
    if (this.#frozen !== undefined) throw new ChannelFrozenError(this.#frozen)
  }

  /**
   * Waits until something is on disk, and everything before it: a payment behind one that was lost is worth nothing to
   * the payee, and an acknowledgement would name what is not there.
   */
  async keep(stored: Promise<void>): Promise<void> {
    const written = Promise.all([this.#written, stored])
    this.#written = written
    try {
      await written
    } catch (cause) {
      this.#frozen ??= { cause }
      throw new ChannelFrozenError({ cause })
    }
  }

  /** Waits until all that was written so far is on disk. */
  async flushed(): Promise<void> {
    await this.keep(Promise.resolve())
  }
}
