import { BaseError } from '../protocol/Errors.ts'

/** No connection came about. */
export class UnreachableError extends BaseError {
  override readonly name = 'Transport.UnreachableError'
  constructor({ given, problem, cause }: { given: string; problem: string; cause?: unknown }) {
    super(`The peer at ${given} cannot be reached: ${problem}.`, {
      next: 'Check its address and whether it runs, then dial again.',
      given,
      expected: 'a peer that takes the connection',
      cause,
    })
  }
}

/** The connection ended, and neither side had closed it in peace. */
export class ConnectionLostError extends BaseError {
  override readonly name = 'Transport.ConnectionLostError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    super(`The connection is lost: ${given}.`, {
      next: 'Dial again: the session resumes from what both sides have stored.',
      given,
      expected: 'an open connection',
      cause,
    })
  }
}

/** A frame is larger than any message. It was not read, or not sent. */
export class FrameTooLargeError extends BaseError {
  override readonly name = 'Transport.FrameTooLargeError'
  constructor({ given, expected, cause }: { given: number | undefined; expected: number; cause?: unknown }) {
    // The receiving side refuses by the frame's head, before it knows more than that it is too much.
    super(`The frame has ${given ?? 'more than the allowed'} bytes; at most ${expected} are taken.`, {
      next: 'Send whole messages only; if a peer recurs, it is broken or hostile.',
      given,
      expected,
      cause,
    })
  }
}

/** The peer sent text. */
export class NotBinaryError extends BaseError {
  override readonly name = 'Transport.NotBinaryError'
  constructor() {
    super('The peer sent a text frame.', {
      next: 'Speak the binary protocol; a browser or a foreign program may have dialled.',
      given: 'a text frame',
      expected: 'a binary frame',
    })
  }
}

/** The peer's bytes are no frames. */
export class BadFrameError extends BaseError {
  override readonly name = 'Transport.BadFrameError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    super(`The peer's bytes are no sound frame: ${given}.`, {
      next: 'Drop the peer; it speaks another protocol or is broken.',
      given,
      expected: 'RFC 6455 frames',
      cause,
    })
  }
}

/** More was handed over at once than may wait for a slow peer. */
export class BacklogFullError extends BaseError {
  override readonly name = 'Transport.BacklogFullError'
  constructor({ given, expected }: { given: number; expected: number }) {
    super(`There are ${given} frames waiting to be sent; at most ${expected} may wait.`, {
      next: 'Await each send: it resolves once there is room.',
      given,
      expected,
    })
  }
}

/** The listener could not take its address. */
export class ListenError extends BaseError {
  override readonly name = 'Transport.ListenError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    super(`Nothing can listen on ${given}.`, {
      next: 'Choose a free port (0 takes any) and an address of this machine.',
      given,
      expected: 'a free address of this machine',
      cause,
    })
  }
}
