import type { Address, Hex } from 'viem'
import { BaseError } from './Errors.ts'
import { WrongSignatureError } from './PresentationErrors.ts'

/** The verifier asks for a word on how the binding stands today, and there is none. */
export class MissingFreshnessError extends BaseError {
  override readonly name = 'Presentation.MissingFreshnessError'
  constructor({ ageMaxSeconds }: { ageMaxSeconds: number }) {
    super(`The presentation has no proof of freshness, and the verifier asks for one of at most ${ageMaxSeconds} s.`, {
      next: "Fetch the attester's token or snapshot.",
      expected: ageMaxSeconds,
    })
  }
}

/** The word is older than the verifier accepts. */
export class StaleFreshnessError extends BaseError {
  override readonly name = 'Presentation.StaleFreshnessError'
  constructor({ given, ageMaxSeconds }: { given: number; ageMaxSeconds: number }) {
    super(`The proof of freshness is ${given} s old, and the verifier accepts ${ageMaxSeconds}.`, {
      next: "Fetch the attester's newest token or snapshot.",
      given,
      expected: ageMaxSeconds,
    })
  }
}

/** The word is of a time that has not come. */
export class FutureFreshnessError extends BaseError {
  override readonly name = 'Presentation.FutureFreshnessError'
  constructor({ given, now }: { given: number; now: number }) {
    super(`The proof of freshness is as of ${given}, and the time is ${now}.`, {
      next: 'Compare the clocks: an attester publishes nothing in advance.',
      given,
      expected: now,
    })
  }
}

/** The word is not about this binding. */
export class WrongFreshnessError extends BaseError {
  override readonly name = 'Presentation.WrongFreshnessError'
  constructor({ given, cause }: { given: Hex; cause: unknown }) {
    super(`The proof of freshness is not about the binding ${given}.`, {
      next: 'Show the proof of this binding.',
      given,
      expected: 'a proof about it',
      cause,
    })
  }
}

/** The attester's list has the binding. */
export class EndedError extends BaseError {
  override readonly name = 'Presentation.EndedError'
  constructor({ given, asOf }: { given: Hex; asOf: number }) {
    super(`As of ${asOf} the binding ${given} had ended or was suspended.`, {
      next: 'Refuse it.',
      given,
      expected: 'a binding that is not listed',
    })
  }
}

/** Only the binding's own attester can say how it stands. */
export class ForeignSnapshotError extends BaseError {
  override readonly name = 'Presentation.ForeignSnapshotError'
  constructor({ given, expected }: { given: Address; expected: Address }) {
    super(`The snapshot is of the attester ${given}, and the binding of ${expected}.`, {
      next: "Show the snapshot of the binding's attester.",
      given,
      expected,
    })
  }
}

/** The attester did not sign the snapshot, or signs through a contract. */
export class WrongSnapshotError extends WrongSignatureError {
  constructor({ expected }: { expected: Hex }) {
    super({ name: 'Presentation.WrongSnapshotError', what: 'snapshot of status', expected })
  }
}
