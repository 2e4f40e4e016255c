import type { Hex } from 'viem'
import { anchorTypehash } from '../generated/typedData.ts'
import type { Domain } from './Domain.ts'
import { BaseError } from './Errors.ts'
import * as StructHash from './StructHash.ts'
import { uint } from './StructHash.ts'

/**
 * A publisher's word on its whole history at the end of an epoch: the root over the state of every channel. What is on chain
 * under it can be proved from any copy of the history, whatever became of the devices that made it.
 */
export type Anchor = {
  /** keccak256 of the publisher's signer. */
  readonly publisher: Hex
  /** Counts the publisher's anchors, from 1, without gaps. */
  readonly epoch: bigint
  /** Root of the epoch before; zero for the first. */
  readonly previousRoot: Hex
  readonly root: Hex
  /** Leaves below the root. */
  readonly count: number
  /** Token base units; sum of the leaves' totals. */
  readonly total: bigint
}

/** An anchor with its publisher's ERC-7913 signer and signature. */
export type SignedAnchor = Anchor & { readonly signer: Hex; readonly signature: Hex }

/** What a first anchor names as its previous root. */
export const NO_ROOT: Hex = `0x${'00'.repeat(32)}`

/**
 * The anchor that follows the last one; without a last one the first. Take the last one from the chain, not from a store
 * that may have been restored.
 *
 * @example
 * const last = await ledger.lastAnchorOf({ publisher, toBlock })
 * const signed = await signAnchor(Anchor.next({ publisher, last, tree: AnchorTree.build(vouchers) }), { domain, signer })
 */
export function next({ publisher, last, tree: { root, count, total } }: next.Options): Anchor {
  const on = last ?? { epoch: 0n, root: NO_ROOT }
  return { publisher, epoch: on.epoch + 1n, previousRoot: on.root, root, count, total }
}
export declare namespace next {
  type Options = {
    readonly publisher: Hex
    readonly last?: Pick<Anchor, 'epoch' | 'root'> | undefined
    /** What `AnchorTree.build` gives. */
    readonly tree: Pick<Anchor, 'root' | 'count' | 'total'>
  }
}

/** What the publisher signs, in the domain of the ledger anchor. */
export function digest({ publisher, epoch, previousRoot, root, count, total }: Anchor, domain: Domain): Hex {
  const words = [publisher, uint(epoch, 64), previousRoot, root, uint(count, 32), uint(total, 96)]
  return StructHash.digest(StructHash.structHash(anchorTypehash, words), domain)
}

/** The anchor was signed by somebody else, or is another one than was signed. */
export class UnsignedError extends BaseError {
  override readonly name = 'Anchor.UnsignedError'
  constructor({ given, expected }: { given: Hex; expected: Hex }) {
    super(`The anchor of the publisher ${expected} is not signed by it: its signer is ${given}.`, {
      next: 'Refuse it, and take anchors from the chain, where each was checked.',
      given,
      expected,
    })
  }
}
