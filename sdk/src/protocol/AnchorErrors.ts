import type { Hex } from 'viem'
import { BaseError } from './Errors.ts'

/** What is wrong, in one word, and the two values that differ. */
type Problem = { readonly problem: string; readonly given: unknown; readonly expected: unknown }

/** A history has at least one channel, and not more than one tree takes. */
export class WrongCountError extends BaseError {
  override readonly name = 'AnchorTree.WrongCountError'
  constructor({ given, max }: { given: number; max: number }) {
    super(`A tree has 1 to ${max} leaves, not ${given}.`, {
      next: 'Publish once there is a channel; divide more of them among several publishers.',
      given,
      expected: max,
    })
  }
}

/** A channel has one state at the end of an epoch. */
export class DuplicateError extends BaseError {
  override readonly name = 'AnchorTree.DuplicateError'
  constructor({ given }: { given: Hex }) {
    super(`The channel ${given} is there twice.`, {
      next: "Give each channel's newest state alone.",
      given,
      expected: 'each channel once',
    })
  }
}

/** The tree has no such channel. */
export class NoLeafError extends BaseError {
  override readonly name = 'AnchorTree.NoLeafError'
  constructor({ given }: { given: Hex }) {
    super(`The channel ${given} is not in the tree.`, {
      next: 'Build the tree of an epoch in which the channel was there.',
      given,
      expected: 'a channel of the tree',
    })
  }
}

/** The proof does not lead from the leaf to the anchor. */
export class NotIncludedError extends BaseError {
  override readonly name = 'AnchorTree.NotIncludedError'
  constructor({ problem, given, expected }: Problem) {
    super(`The state is not part of the anchor (${problem}): given ${String(given)}, expected ${String(expected)}.`, {
      next: 'Refuse the state; ask for the proof that belongs to this anchor.',
      given,
      expected,
    })
  }
}

/** The copy of a history is not all that was anchored, or not only that. */
export class NotWholeError extends BaseError {
  override readonly name = 'AnchorTree.NotWholeError'
  constructor({ problem, given, expected }: Problem) {
    super(`The history is not the anchored one (${problem}): given ${String(given)}, expected ${String(expected)}.`, {
      next: "Look for the copy of this anchor's epoch.",
      given,
      expected,
    })
  }
}
