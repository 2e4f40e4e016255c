import { Bytes, FreshnessChain } from '@musubi/sdk'
import type { Binding } from '@musubi/sdk'
import { randomBytes } from 'node:crypto'
import type { Hex } from 'viem'

/** As long as the bindings are valid. */
const CHAIN_DAYS = 365

/**
 * The attester's word of each day that a binding still stands: what devices fetch when they have a network, and what lets
 * others believe them when nobody has one. The secret behind it never leaves the attester.
 */
export class DailyWord {
  readonly #secret = Bytes.toHex(randomBytes(32))

  /** The public end of a binding's chain, for the binding to carry. */
  tipOf(binding: Omit<Binding.Binding, 'freshnessTip'>): Hex {
    return FreshnessChain.tip(this.#chainOf(binding))
  }

  /** What it publishes of a binding on the day of `atSeconds`. */
  of(binding: Binding.Binding, atSeconds: number): FreshnessChain.FreshnessToken {
    const day = FreshnessChain.dayAt({ validFrom: binding.validFrom, at: atSeconds })
    return FreshnessChain.token(this.#chainOf(binding), day)
  }

  #chainOf(binding: Omit<Binding.Binding, 'freshnessTip'>): FreshnessChain.Chain {
    return { seed: FreshnessChain.seedOf({ secret: this.#secret, binding }), days: CHAIN_DAYS }
  }
}
