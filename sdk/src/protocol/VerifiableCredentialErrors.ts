import type { Address, Hex } from 'viem'
import { BaseError } from './Errors.ts'

const NOT_THE_ATTESTERS = 'Ask the attester for the credential again; believe nothing that this one says.'

/** The token is longer than any credential of a binding. */
export class TooLargeError extends BaseError {
  override readonly name = 'VerifiableCredential.TooLargeError'
  constructor({ given, expected }: { given: number; expected: number }) {
    super(`The credential has ${given} characters, at most ${expected} are read.`, {
      next: 'Pass one credential of a binding.',
      given,
      expected,
    })
  }
}

/** A part of the token is not what it has to be. */
export class MalformedError extends BaseError {
  override readonly name = 'VerifiableCredential.MalformedError'
  constructor({ what, expected, cause }: { what: 'header' | 'payload'; expected: string; cause?: unknown }) {
    super(`The ${what} is not that of a binding's credential: ${expected}.`, {
      next: 'Pass a compact JSON Web Token of type vc+jwt.',
      given: what,
      expected,
      cause,
    })
  }
}

/** The token is for something else. */
export class WrongTypeError extends BaseError {
  override readonly name = 'VerifiableCredential.WrongTypeError'
  constructor({ given, expected }: { given: unknown; expected: string }) {
    super(`The token has the type ${JSON.stringify(given)}, not ${expected}.`, {
      next: 'Pass a credential: a token for another purpose proves nothing here.',
      given,
      expected,
    })
  }
}

/** The algorithm is none of those that attesters use. */
export class WrongAlgorithmError extends BaseError {
  override readonly name = 'VerifiableCredential.WrongAlgorithmError'
  constructor({ given, expected }: { given: unknown; expected: readonly string[] }) {
    super(`The token is signed by ${JSON.stringify(given)}, not by ${expected.join(' or ')}.`, {
      next: NOT_THE_ATTESTERS,
      given,
      expected,
    })
  }
}

/** The verifier does not take this issuer for an attester. */
export class UnknownIssuerError extends BaseError {
  override readonly name = 'VerifiableCredential.UnknownIssuerError'
  constructor({ given, expected }: { given: string; expected: readonly string[] }) {
    super(`${given.slice(0, 256)} is none of the attesters that are trusted here.`, {
      next: 'Check who it is and that the registry accredits its account, then add it to the trusted issuers.',
      given,
      expected,
    })
  }
}

/** The issuer's DID leads to no document. */
export class UnresolvedIssuerError extends BaseError {
  override readonly name = 'VerifiableCredential.UnresolvedIssuerError'
  constructor({ did, given }: { did: string; given: string }) {
    super(`The document of ${did} cannot be had: ${given}.`, {
      next: 'Try again later. Without the keys of its issuer a credential proves nothing.',
      given,
      expected: 'a DID document',
    })
  }
}

/** The issuer's document has no such key for statements, or one for another algorithm. */
export class UnknownKeyError extends BaseError {
  override readonly name = 'VerifiableCredential.UnknownKeyError'
  constructor({ given, expected, cause }: { given: string; expected: string; cause?: unknown }) {
    super(`The issuer's document lets no key ${given} sign statements by ${expected}.`, {
      next: NOT_THE_ATTESTERS,
      given,
      expected,
      cause,
    })
  }
}

/** The signature is not the issuer's, or not over this header and payload. */
export class BadSignatureError extends BaseError {
  override readonly name = 'VerifiableCredential.BadSignatureError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    super(`The signature is not that of ${given} over this credential.`, { next: NOT_THE_ATTESTERS, given, cause })
  }
}

/** Two places of the token name different issuers. */
export class IssuerMismatchError extends BaseError {
  override readonly name = 'VerifiableCredential.IssuerMismatchError'
  constructor({ given, expected }: { given: string; expected: string }) {
    super(`The credential names ${given} where ${expected} is expected.`, { next: NOT_THE_ATTESTERS, given, expected })
  }
}

/** The binding is one of another registry. */
export class WrongRegistryError extends BaseError {
  override readonly name = 'VerifiableCredential.WrongRegistryError'
  constructor({ given, expected }: { given: string; expected: string }) {
    super(`The credential is about the registry ${given}, not ${expected}.`, {
      next: 'Use the deployment file of the chain that the credential is about.',
      given,
      expected,
    })
  }
}

/** The issuer speaks for another attester than the binding's. */
export class WrongAttesterError extends BaseError {
  override readonly name = 'VerifiableCredential.WrongAttesterError'
  constructor({ given, expected }: { given: Address; expected: Address }) {
    super(`The binding is attested by ${given}, but its issuer is known as ${expected}.`, {
      next: NOT_THE_ATTESTERS,
      given,
      expected,
    })
  }
}

/** The fields do not hash to the binding's id. */
export class BindingMismatchError extends BaseError {
  override readonly name = 'VerifiableCredential.BindingMismatchError'
  constructor({ given, expected }: { given: Hex; expected: Hex }) {
    super(`The credential names the binding ${given}, but its fields are those of ${expected}.`, {
      next: 'Make the credential from the binding as it was signed, and from the signers of its device and party.',
      given,
      expected,
    })
  }
}

/** The binding has not begun. */
export class NotYetValidError extends BaseError {
  override readonly name = 'VerifiableCredential.NotYetValidError'
  constructor({ given, expected }: { given: number; expected: number }) {
    super(`The credential is valid from ${expected} on, and it is ${given}.`, {
      next: 'Wait, or set the clock.',
      given,
      expected,
    })
  }
}

/** The binding, or the signature on the credential, has ended by time. */
export class ExpiredError extends BaseError {
  override readonly name = 'VerifiableCredential.ExpiredError'
  constructor({ given, expected }: { given: number; expected: number }) {
    super(`The credential was valid before ${expected}, and it is ${given}.`, {
      next: "Ask for the credential of the device's present binding.",
      given,
      expected,
    })
  }
}
