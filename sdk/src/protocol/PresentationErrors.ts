import type { Address, Hex } from 'viem'
import type { Problem } from './ByteReader.ts'
import { BaseError } from './Errors.ts'

/** The bytes are no presentation. */
export class BadLayoutError extends BaseError {
  override readonly name = 'Presentation.BadLayoutError'
  constructor({ problem, given, expected }: Problem) {
    super(`The presentation is ${problem}: given ${String(given)}, expected ${String(expected)}.`, {
      next: 'Drop it; if it recurs, the peer speaks another version or is broken.',
      given,
      expected,
    })
  }
}

/** Nothing of it was read. */
export class OversizeError extends BaseError {
  override readonly name = 'Presentation.OversizeError'
  constructor({ given, max }: { given: number; max: number }) {
    super(`The presentation has ${given} bytes, more than ${max}.`, { next: 'Drop it.', given, expected: max })
  }
}

/** It is of another registry, or of another chain. */
export class WrongDomainError extends BaseError {
  override readonly name = 'Presentation.WrongDomainError'
  constructor({ given, expected }: { given: string; expected: string }) {
    super(`The presentation is of the registry ${given}, not of ${expected}.`, {
      next: 'Show a binding of the registry that the verifier knows.',
      given,
      expected,
    })
  }
}

/** It answers another challenge: an old presentation, or somebody else's. */
export class WrongChallengeError extends BaseError {
  override readonly name = 'Presentation.WrongChallengeError'
  constructor({ given, expected }: { given: Hex; expected: Hex }) {
    super(`The presentation answers the challenge ${given}, not ${expected}.`, {
      next: 'Answer the challenge that the verifier gave.',
      given,
      expected,
    })
  }
}

/** No such challenge is open: it was never given, was answered before, or is over. */
export class UnknownChallengeError extends BaseError {
  override readonly name = 'Presentation.UnknownChallengeError'
  constructor({ given }: { given: Hex }) {
    super(`The challenge ${given} is not open: each is given once, and answered once in its time.`, {
      next: 'Ask the verifier for a new challenge.',
      given,
      expected: 'an open challenge',
    })
  }
}

/** It was made for another verifier, which may have passed it on. */
export class WrongVerifierError extends BaseError {
  override readonly name = 'Presentation.WrongVerifierError'
  constructor({ given, expected }: { given: Hex; expected: Hex }) {
    super(`The presentation is for the verifier ${given}, not for ${expected}.`, {
      next: 'Refuse it: it may have been passed on.',
      given,
      expected,
    })
  }
}

/** It was made for something else. */
export class WrongPurposeError extends BaseError {
  override readonly name = 'Presentation.WrongPurposeError'
  constructor({ given, expected }: { given: Hex; expected: Hex }) {
    super(`The presentation is for the purpose ${given}, not for ${expected}.`, {
      next: 'Sign a presentation for this purpose.',
      given,
      expected,
    })
  }
}

/** Its own time is over. */
export class ExpiredError extends BaseError {
  override readonly name = 'Presentation.ExpiredError'
  constructor({ given, now }: { given: number; now: number }) {
    super(`The presentation expired at ${given}, and the time is ${now}.`, {
      next: 'Sign a new one, and compare the clocks.',
      given,
      expected: `above ${now}`,
    })
  }
}

/** It would be good for longer than the verifier accepts. */
export class ExpiresTooLateError extends BaseError {
  override readonly name = 'Presentation.ExpiresTooLateError'
  constructor({ given, max }: { given: number; max: number }) {
    super(`The presentation expires at ${given}, later than ${max}.`, {
      next: 'Sign one for a shorter time, and compare the clocks.',
      given,
      expected: max,
    })
  }
}

/** The verifier's trust list does not have the attester. */
export class UnknownAttesterError extends BaseError {
  override readonly name = 'Presentation.UnknownAttesterError'
  constructor({ given, version }: { given: Address; version: number }) {
    super(`The attester ${given} is not on the trust list of version ${version}.`, {
      next: 'Refuse it, or bring a newer trust list to the verifier.',
      given,
      expected: version,
    })
  }
}

/** The binding begins later. */
export class BindingNotYetValidError extends BaseError {
  override readonly name = 'Presentation.BindingNotYetValidError'
  constructor({ given, validFrom }: { given: number; validFrom: number }) {
    super(`The binding is valid from ${validFrom} on, and the time is ${given}.`, {
      next: 'Set the clock, or wait.',
      given,
      expected: validFrom,
    })
  }
}

/** The binding is over. */
export class BindingExpiredError extends BaseError {
  override readonly name = 'Presentation.BindingExpiredError'
  constructor({ given, validUntil }: { given: number; validUntil: number }) {
    super(`The binding was valid until ${validUntil}, and the time is ${given}.`, {
      next: 'Renew the binding.',
      given,
      expected: validUntil,
    })
  }
}

/** Party and attester signed an enrolment that this binding is no leaf of. */
export class NoLeafError extends BaseError {
  override readonly name = 'Presentation.NoLeafError'
  constructor({ problem, given, expected }: Problem) {
    super(`The binding is no leaf of the enrolment: its ${problem} is ${String(given)}, not ${String(expected)}.`, {
      next: 'Take index and proof from the tree that was enrolled.',
      given,
      expected,
    })
  }
}

/**
 * One of the four signatures is not the key's whose it should be. Of a party or an attester that is a contract (ERC-1271)
 * it never is: those have no offline presentation.
 */
export class WrongSignatureError extends BaseError {
  override readonly name: string
  constructor({ name, what, expected }: { name: string; what: string; expected: Hex }) {
    super(`The ${what} is not signed by the key ${expected}.`, {
      next: 'Refuse it. If that is the account of a contract (ERC-1271), the binding can be checked on chain alone.',
      expected,
    })
    this.name = name
  }
}

/** Whoever shows the binding does not have its device's key, or the presentation was changed. */
export class WrongDeviceError extends WrongSignatureError {
  constructor({ expected }: { expected: Hex }) {
    super({ name: 'Presentation.WrongDeviceError', what: 'presentation', expected })
  }
}

/** The liable party did not sign, or signs through a contract. */
export class WrongPartyError extends WrongSignatureError {
  constructor({ expected }: { expected: Hex }) {
    super({ name: 'Presentation.WrongPartyError', what: "liable party's part of the binding", expected })
  }
}

/** The attester did not sign, or signs through a contract. */
export class WrongAttesterError extends WrongSignatureError {
  constructor({ expected }: { expected: Hex }) {
    super({ name: 'Presentation.WrongAttesterError', what: "attester's part of the binding", expected })
  }
}
