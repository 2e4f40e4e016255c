import { BaseError } from './Errors.ts'
import { CURVES } from './PublicKey.ts'

const SHOWN_CHARACTERS_MAX = 128

/** The text is no DID of a key, an account or a domain. */
export class BadDidError extends BaseError {
  override readonly name = 'Did.BadDidError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    const shown = given.slice(0, SHOWN_CHARACTERS_MAX)
    super(`${JSON.stringify(shown)} is no DID that is used here.`, {
      next: 'Pass a sound did:key, did:pkh of an EVM account, or did:web.',
      given: shown,
      expected: 'did:key:z…, did:pkh:eip155:<chain id>:<address> or did:web:<host>',
      cause,
    })
  }
}

/** The `did:key` is of a kind of key that no signer has. */
export class UnsupportedKeyError extends BaseError {
  override readonly name = 'Did.UnsupportedKeyError'
  constructor({ given }: { given: string }) {
    super(`${given} is a key of another kind.`, {
      next: 'Use a key of P-256 or secp256k1.',
      given,
      expected: CURVES,
    })
  }
}

/** The DID names no key or account by itself. */
export class NoSignerError extends BaseError {
  override readonly name = 'Did.NoSignerError'
  constructor({ given }: { given: string }) {
    super(`${given} names no signer: its keys are what its domain publishes.`, {
      next: 'Name a device or a liable party by its did:key or did:pkh.',
      given,
      expected: 'did:key or did:pkh',
    })
  }
}

/** The account is one of another chain. */
export class WrongChainError extends BaseError {
  override readonly name = 'Did.WrongChainError'
  constructor({ given, expected }: { given: string; expected: number }) {
    super(`${given} is not on the chain ${expected}.`, {
      next: "Use the DID on the deployment's chain.",
      given,
      expected,
    })
  }
}

/** What was published for a DID is not its document. */
export class BadDocumentError extends BaseError {
  override readonly name = 'Did.BadDocumentError'
  constructor({ did, problem, cause }: { did: string; problem: string; cause?: unknown }) {
    super(`What is published for ${did} is not its document: ${problem}.`, {
      next: 'Ask whoever holds the domain to publish a sound did.json.',
      given: problem,
      expected: `a DID document with the id ${did}`,
      cause,
    })
  }
}

/** The document of a `did:web` cannot be fetched. */
export class UnreachableError extends BaseError {
  override readonly name = 'Did.UnreachableError'
  constructor({ given, problem, cause }: { given: string; problem: string; cause?: unknown }) {
    super(`${given} cannot be read: ${problem}.`, {
      next: 'Try again later, or check the DID.',
      given: problem,
      expected: 'a DID document',
      cause,
    })
  }
}
