import type { Hex } from 'viem'
import { NotValidError } from '../protocol/Agreement.ts'
import { BadMessageError } from '../protocol/Codec.ts'
import type { Refusal } from '../protocol/Message.ts'
import * as Errors from '../protocol/PaymentErrors.ts'
import { NotIdentifiedError, TooManyIntroductionsError, UnexpectedMessageError } from '../protocol/SessionErrors.ts'
import { TooManyChallengesError } from './Challenges.ts'

/** What a payer is told of the error that ends its session. */
export function refusalOf(error: Error): Refusal {
  if (error instanceof UnknownChannelError) return 'unknown-channel'
  for (const [kind, refusal] of REFUSAL_OF) if (error instanceof kind) return refusal
  // Whatever else went wrong is this side's matter: the peer only learns that the channel does not go on.
  return 'channel-frozen'
}

const REFUSAL_OF: readonly (readonly [new (...args: never[]) => Error, Refusal])[] = [
  [Errors.WrongSignerError, 'wrong-signer'],
  [Errors.StaleVoucherError, 'stale-voucher'],
  [Errors.WrongAmountError, 'wrong-amount'],
  [Errors.NotAgreedError, 'wrong-agreement'],
  [NotValidError, 'wrong-agreement'],
  [Errors.WrongTimeError, 'wrong-time'],
  [Errors.DepositExceededError, 'deposit-exceeded'],
  [Errors.ChannelClosingError, 'channel-closing'],
  [Errors.ChannelNotOpenError, 'channel-closed'],
  [Errors.ChannelFrozenError, 'channel-frozen'],
  [Errors.WrongChannelError, 'unknown-channel'],
  [NotIdentifiedError, 'not-identified'],
  // No fault of the payer's, and soon over.
  [TooManyChallengesError, 'busy'],
  [TooManyIntroductionsError, 'busy'],
  [UnexpectedMessageError, 'bad-message'],
  [BadMessageError, 'bad-message'],
]

/** Not served here: no error of the peer's alone, and no secret either. */
export class UnknownChannelError extends Errors.ChannelNotOpenError {
  constructor(channelId: Hex) {
    super({ given: `${channelId} is not served here` })
  }
}
