import type { Hex } from 'viem'
import { BaseError } from '../protocol/Errors.ts'

/** The chain asks for more than the caps allow. Nothing was sent. All in wei per gas. */
export class FeeCapError extends BaseError {
  override readonly name = 'Chain.FeeCapError'
  constructor({ what, given, allowed }: { what: string; given: bigint; allowed: bigint }) {
    super(`The ${what} would have to be ${given} wei per gas, and ${allowed} are allowed.`, {
      next: 'Wait until the chain is cheaper, or raise the cap.',
      given,
      expected: allowed,
    })
  }
}

/** No block, or no node's pool, takes a transaction of this size. Nothing was sent. */
export class TooLargeError extends BaseError {
  override readonly name = 'Chain.TooLargeError'
  constructor({ call, unit, given, allowed, cause }: TooLargeError.Options) {
    super(`The transaction of ${call} takes ${given ?? 'more'} ${unit}, and ${allowed} are allowed.`, {
      next: 'Send it in smaller parts.',
      given,
      expected: allowed,
      cause,
    })
  }
}
export declare namespace TooLargeError {
  type Options = {
    readonly call: string
    readonly unit: 'gas' | 'bytes'
    /** Undefined when all that is known is that it is more. */
    readonly given: bigint | undefined
    readonly allowed: bigint
    readonly cause?: unknown
  }
}

/** The account's nonce went to a transaction that this journal does not know: somebody else uses the account. */
export class NonceTakenError extends BaseError {
  override readonly name = 'Chain.NonceTakenError'
  readonly nonce: number
  constructor({ nonce, given, call, cause }: { nonce: number; given: Hex; call: string; cause?: unknown }) {
    super(`The nonce ${nonce} of ${given} (${call}) went to a transaction that is not in the journal.`, {
      next: 'Give the account to one journal alone. Once the other transaction is final, the act can be sent again.',
      given,
      expected: `a transaction of the journal at nonce ${nonce}`,
      cause,
    })
    this.nonce = nonce
  }
}

/** The act was cancelled: a transaction that does nothing was mined in its place. */
export class CancelledError extends BaseError {
  override readonly name = 'Chain.CancelledError'
  constructor({ given, call }: { given: Hex; call: string }) {
    super(`The call ${call} was cancelled by the transaction ${given}.`, {
      next: 'Nothing was changed. Send it again if it is wanted after all.',
      given,
      expected: 'the call itself',
    })
  }
}

/** The transaction is in a block that does not lie as deep as was asked for. */
export class NotConfirmedError extends BaseError {
  override readonly name = 'Chain.NotConfirmedError'
  constructor({ hash, given, expected, cause }: NotConfirmedError.Options) {
    super(`The transaction ${hash} is in block ${given}, which is not yet ${expected}.`, {
      next: 'Ask again later: until then a reorganisation of the chain can undo it.',
      given,
      expected,
      cause,
    })
  }
}
export declare namespace NotConfirmedError {
  /** `given`: the block's number. `expected`: how deep it was to lie. */
  type Options = {
    readonly hash: Hex
    readonly given: bigint
    readonly expected: string
    readonly cause?: unknown
  }
}

/** The journal keeps no transaction of this hash. */
export class UnknownTransactionError extends BaseError {
  override readonly name = 'Chain.UnknownTransactionError'
  constructor({ given }: { given: Hex }) {
    super(`The journal has no transaction ${given}.`, {
      next: 'Name a transaction that this journal has sent.',
      given,
      expected: 'a transaction of the journal',
    })
  }
}
