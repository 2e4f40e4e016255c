import type { Hex } from 'viem'
import { BaseError } from './Errors.ts'

/** The message is about another channel. */
export class WrongChannelError extends BaseError {
  override readonly name = 'Payment.WrongChannelError'
  constructor({ given, expected }: { given: Hex; expected: Hex }) {
    super(`The message is about the channel ${given}, not ${expected}.`, {
      next: 'Send it to the peer of its channel.',
      given,
      expected,
    })
  }
}

/** What is said about a channel does not fit together, or it is not this device's channel. */
export class WrongRecordError extends BaseError {
  override readonly name = 'Payment.WrongRecordError'
  constructor({ field, given, expected }: { field: string; given: Hex; expected: Hex }) {
    super(`The channel's record has ${field} ${given}, but it follows from the rest that it is ${expected}.`, {
      next: "Take the channel from the escrow's ChannelOpened event, and the signers from the registry's BindingStarted.",
      given,
      expected,
    })
  }
}

/** The payment is not the next one of its channel: its version was used before. */
export class StaleVoucherError extends BaseError {
  override readonly name = 'Payment.StaleVoucherError'
  constructor({ given, expected }: { given: bigint; expected: bigint }) {
    super(`The payment has version ${given}, but the next one has at least ${expected}.`, {
      next: 'Start the session again: it tells the payer what the payee holds.',
      given,
      expected,
    })
  }
}

/** The amount is not what the tariff says, or the totals do not add up. */
export class WrongAmountError extends BaseError {
  override readonly name = 'Payment.WrongAmountError'
  constructor({ what, given, expected }: { what: string; given: bigint; expected: bigint }) {
    super(`The ${what} is ${given}, but ${expected} is expected.`, {
      next: 'Compute it from the agreed tariff.',
      given,
      expected,
    })
  }
}

/** The total is above what the channel can pay. */
export class DepositExceededError extends BaseError {
  override readonly name = 'Payment.DepositExceededError'
  constructor({ given, deposit }: { given: bigint; deposit: bigint }) {
    super(`The total ${given} is above the deposit ${deposit} confirmed by the chain.`, {
      next: 'Top the channel up, and wait until the chain has finalized it.',
      given,
      expected: deposit,
    })
  }
}

/** The payer's own limit. Nothing that a peer says raises it. */
export class LimitExceededError extends BaseError {
  override readonly name = 'Payment.LimitExceededError'
  constructor({ limit, given, allowed }: { limit: string; given: bigint; allowed: bigint }) {
    super(`The payment would reach ${given}, above the payer's ${limit} of ${allowed}.`, {
      next: 'Pay less, or have the liable party raise the limit.',
      given,
      expected: allowed,
    })
  }
}

/** The signature is not one of the expected device over what it should have signed. */
export class WrongSignerError extends BaseError {
  override readonly name = 'Payment.WrongSignerError'
  constructor({ what, expected }: { what: string; expected: Hex }) {
    super(`The ${what} is not signed by ${expected} as this side knows it.`, {
      next: 'Refuse it. The key, or the history that was signed, is another one.',
      expected,
    })
  }
}

/** The payment's time is too far from this side's clock. */
export class WrongTimeError extends BaseError {
  override readonly name = 'Payment.WrongTimeError'
  constructor({ given, expected, skewMax }: { given: number; expected: number; skewMax: number }) {
    super(
      `The payment's time is ${given}; it is ${expected} here, and at most ${skewMax} s of difference are accepted.`,
      {
        next: 'Set the clock.',
        given,
        expected,
      },
    )
  }
}

/** No agreement is in force: nothing can be priced. */
export class NotAgreedError extends BaseError {
  override readonly name = 'Payment.NotAgreedError'
  constructor({ given }: { given: string }) {
    super(`There is no agreement to pay under: ${given}.`, {
      next: 'Exchange an agreement first.',
      given,
      expected: 'a signed agreement',
    })
  }
}

/** The channel's binding, or the time that the payee may trust the channel unseen, is over. */
export class ChannelClosingError extends BaseError {
  override readonly name = 'Payment.ChannelClosingError'
  constructor({ given, until }: { given: number; until: number }) {
    super(`It is ${given}, and the channel could be trusted until ${until}.`, {
      next: 'See the chain again, or settle: a close may be pending.',
      given,
      expected: until,
    })
  }
}

/** The channel is closed, or was never seen open. */
export class ChannelNotOpenError extends BaseError {
  override readonly name = 'Payment.ChannelNotOpenError'
  constructor({ given }: { given: string }) {
    super(`The channel is not open: ${given}.`, { next: 'Open a new channel.', given, expected: 'open' })
  }
}

/** An earlier write failed, so what is on disk may be behind what was signed. */
export class ChannelFrozenError extends BaseError {
  override readonly name = 'Payment.ChannelFrozenError'
  constructor({ cause }: { cause: unknown }) {
    super('The channel is frozen because a write failed.', {
      next: 'Mend the store, then open the channel anew: it asks the peer how far it got.',
      expected: 'a store that writes',
      cause,
    })
  }
}

/** More is settled than the payer remembers to have signed: its store is older than that. */
export class BehindChainError extends BaseError {
  override readonly name = 'Payment.BehindChainError'
  constructor({ given, settled }: { given: bigint; settled: bigint }) {
    super(`The chain has settled ${settled} of this channel, and this payer remembers a total of ${given}.`, {
      next: 'Sign nothing: restore the newest store, or meet a payee that shows the newest voucher; else request a close.',
      given,
      expected: settled,
    })
  }
}

/** The other side holds what this side never signed, or lost. */
export class HistoryMismatchError extends BaseError {
  override readonly name = 'Payment.HistoryMismatchError'
  constructor({ given, expected }: { given: unknown; expected: unknown }) {
    super(
      `The peer's newest voucher contradicts this side's history: ${String(given)} instead of ${String(expected)}.`,
      {
        next: 'Stop paying on this channel and request its close.',
        given,
        expected,
      },
    )
  }
}
