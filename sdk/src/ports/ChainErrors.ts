import type { Hex } from 'viem'
import { BaseError } from '../protocol/Errors.ts'

/** The node cannot be reached, or does not answer in time. */
export class UnreachableError extends BaseError {
  override readonly name = 'Chain.UnreachableError'
  constructor({ given, problem, cause }: { given: string; problem: string; cause?: unknown }) {
    super(`The chain cannot be reached at ${given}: ${problem}.`, {
      next: 'Go on with what was seen last, and ask again later.',
      given,
      expected: 'an answer in time',
      cause,
    })
  }
}

/** The node is one of another chain. */
export class WrongChainError extends BaseError {
  override readonly name = 'Chain.WrongChainError'
  constructor({ given, expected }: { given: number; expected: number }) {
    super(`The node is on the chain ${given}, not ${expected}.`, {
      next: "Use a node of the deployment's chain, or the deployment file of this chain.",
      given,
      expected,
    })
  }
}

/** The node answered what is no answer: an error, junk, or nothing. */
export class BadAnswerError extends BaseError {
  override readonly name = 'Chain.BadAnswerError'
  constructor({ given, expected, cause }: { given: string; expected: string; cause?: unknown }) {
    super(`The chain's node gave no sound answer to ${expected}: ${given}.`, {
      next: 'Ask again, or use another node.',
      given,
      expected,
      cause,
    })
  }
}

/** The newest block that the node knows is too old to stand on. */
export class StaleBlockError extends BaseError {
  override readonly name = 'Chain.StaleBlockError'
  /** Both in seconds; `given` is below zero when the block is ahead of the clock. */
  constructor({ given, allowed }: { given: number; allowed: number }) {
    const age = given < 0 ? `${-given} seconds ahead of this machine's clock` : `${given} seconds old`
    super(`The node's newest block is ${age}, and ${allowed} are allowed.`, {
      next: "Use a node that is in step with the chain, check this machine's clock, or allow older blocks.",
      given,
      expected: allowed,
    })
  }
}

/** Something else lies at an address of the deployment. */
export class WrongContractError extends BaseError {
  override readonly name = 'Chain.WrongContractError'
  constructor({ what, given, expected }: { what: string; given: unknown; expected: unknown }) {
    super(`The chain says ${String(given)} for ${what}, not ${String(expected)}.`, {
      next: 'Use the deployment file that belongs to this chain and to this version of the software.',
      given,
      expected,
    })
  }
}

/** The contract refuses the call, by one of its own errors. */
export class RevertedError extends BaseError {
  override readonly name = 'Chain.RevertedError'
  /** Name of the contract's error, for example `ChannelEscrow_NotFunder`. */
  readonly errorName: string
  /** The error's values by name. */
  readonly args: Readonly<Record<string, unknown>>
  constructor({ call, errorName, args, sentence, cause }: RevertedError.Options) {
    const values = Object.entries(args).map(([name, value]) => `${name} ${String(value)}`)
    const { given, expected } = givenAndExpected(args)
    const said = sentence === undefined ? `${errorName}(${values.join(', ')})` : `${sentence} (${errorName})`
    super(`The contract refuses ${call}: ${said}.`, {
      next: 'Nothing was changed. Mend what the error names, and call again.',
      given,
      expected,
      cause,
    })
    this.errorName = errorName
    this.args = args
  }
}
export declare namespace RevertedError {
  type Options = {
    readonly call: string
    readonly errorName: string
    readonly args: Readonly<Record<string, unknown>>
    /** What the error says, with its values, for people. */
    readonly sentence?: string | undefined
    readonly cause?: unknown
  }
}

/** The transaction was sent, and its receipt did not come in time. */
export class UnconfirmedError extends BaseError {
  override readonly name = 'Chain.UnconfirmedError'
  constructor({ given, call, cause }: { given: Hex; call: string; cause?: unknown }) {
    super(`The transaction ${given} (${call}) has no receipt yet.`, {
      next: 'Look for its receipt before sending it again: it may still take effect.',
      given,
      expected: 'a receipt',
      cause,
    })
  }
}

/** The values do not fit the contract's function. Nothing was sent. */
export class BadCallError extends BaseError {
  override readonly name = 'Chain.BadCallError'
  constructor({ call, given, cause }: { call: string; given: string; cause?: unknown }) {
    super(`The call ${call} cannot be encoded: ${given}.`, {
      next: "Pass values within the ranges of the contract's types.",
      given,
      expected: "values of the contract's types",
      cause,
    })
  }
}

/** The publisher has anchored no such root. */
export class AnchorNotFoundError extends BaseError {
  override readonly name = 'Chain.AnchorNotFoundError'
  constructor({ given, publisher }: { given: Hex; publisher: Hex }) {
    super(`The publisher ${publisher} has anchored no root ${given}.`, {
      next: 'Ask up to a later block, or for the root of another epoch.',
      given,
      expected: 'a root that the publisher has anchored',
    })
  }
}

/** Contract errors name what was given first and what was allowed last, where they do not use these very words. */
function givenAndExpected(args: Readonly<Record<string, unknown>>): { given: unknown; expected: unknown } {
  const values = Object.values(args)
  return {
    given: args['given'] ?? values[0],
    expected: args['expected'] ?? (values.length > 1 ? values.at(-1) : undefined),
  }
}
