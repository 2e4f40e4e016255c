import type { Hex } from 'viem'
import { BaseError } from './Errors.ts'
import type { Refusal } from './Message.ts'

/** The payee refused, and ended the session. */
export class RefusedError extends BaseError {
  override readonly name = 'Session.RefusedError'
  readonly reason: Refusal
  /** What the payee held when it refused. */
  readonly version: bigint
  constructor({ reason, version }: { reason: Refusal; version: bigint }) {
    super(`The payee refused the message at version ${version}: ${reason}.`, {
      next: 'Start a new session: what it refuses for ever is dropped. If it refuses again, stop paying on this channel.',
      given: reason,
      expected: 'accepted',
    })
    this.reason = reason
    this.version = version
  }
}

/** The peer sent something that does not belong here. */
export class UnexpectedMessageError extends BaseError {
  override readonly name = 'Session.UnexpectedMessageError'
  constructor({ given, expected }: { given: string; expected: string }) {
    super(`The peer sent ${given}, but ${expected} was expected.`, { next: 'End the session.', given, expected })
  }
}

/** The peer is connected, and does not say what it owes. */
export class SilentPeerError extends BaseError {
  override readonly name = 'Session.SilentPeerError'
  constructor({ timeoutMs, expected }: { timeoutMs: number; expected: string }) {
    super(`The peer was silent for ${timeoutMs} ms where ${expected} was expected.`, {
      next: 'Connect again: what was signed is stored, and sent again. If it stays silent, request a close in time.',
      given: `silence for ${timeoutMs} ms`,
      expected,
    })
  }
}

/** The connection ended before an answer came. What was signed is stored: the next session sends it again. */
export class SessionEndedError extends BaseError {
  override readonly name = 'Session.SessionEndedError'
  constructor({ cause }: { cause: unknown }) {
    super('The session ended before the payee answered.', {
      next: 'Connect again: the payments that it did not accept are sent again, and none is signed twice.',
      expected: 'an open connection',
      cause,
    })
  }
}

/** The peer did not show who it is, or what it showed is not believed; `cause` says why. */
export class NotIdentifiedError extends BaseError {
  override readonly name = 'Session.NotIdentifiedError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    super(`The peer is not identified: ${given}.`, {
      next: 'Trade with peers that show a binding which this machine can check, or without identity.',
      given,
      expected: 'the presentation of the device of this channel',
      cause,
    })
  }
}

/** The peer is connected, and has not shown who it is while others wait, or not at all. */
export class SlowIntroductionError extends BaseError {
  override readonly name = 'Session.SlowIntroductionError'
  constructor({ timeoutMs }: { timeoutMs: number }) {
    super(`The peer did not show who it is within ${timeoutMs} ms.`, {
      next: 'Let it go: an honest peer connects again.',
      given: timeoutMs,
      expected: 'an introduction in time',
    })
  }
}

/** Too many peers are introducing themselves, and each is still quick. */
export class TooManyIntroductionsError extends BaseError {
  override readonly name = 'Session.TooManyIntroductionsError'
  constructor({ max }: { max: number }) {
    super(`${max} peers are introducing themselves, and there is no place for another.`, {
      next: 'Connect again in some seconds: who is slow loses its place.',
      expected: max,
    })
  }
}

/** The peer shows the device of this channel under another binding: perhaps another party answers for that one. */
export class WrongBindingError extends BaseError {
  override readonly name = 'Session.WrongBindingError'
  constructor({ given, expected }: { given: Hex; expected: Hex }) {
    super(`The peer shows the binding ${given}, and the channel is of ${expected}.`, {
      next: 'Show the binding that the channel names; after a renewal, open a new channel.',
      given,
      expected,
    })
  }
}
