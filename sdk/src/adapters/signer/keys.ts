import type { Hex } from 'viem'
import { WrongSizeError, fromHex, readUint } from '../../protocol/Bytes.ts'
import { BaseError } from '../../protocol/Errors.ts'

const WORD = { offset: 0, size: 32 }

/** A secret of a curve with this order: from 1 up, and below it. Some libraries would reduce a larger one without a word. */
export function secretOf(privateKey: Hex, { order, curve }: { order: bigint; curve: string }): Uint8Array {
  const secret = fromHex(privateKey, WORD.size)
  const value = readUint(secret, WORD)
  if (value === 0n || value >= order) throw new BadKeyError({ curve })
  return secret
}

/** Libraries differ in what they make of a digest that is none. */
export function requireDigest(digest: Uint8Array): void {
  if (digest.length !== WORD.size) throw new WrongSizeError({ given: digest.length, expected: WORD.size })
}

/** The secret is no key of the curve. */
export class BadKeyError extends BaseError {
  override readonly name = 'Signer.BadKeyError'
  constructor({ curve }: { curve: string }) {
    // Not what was given: it is a secret, even if no key.
    super(`The private key is no key of the curve ${curve}.`, {
      next: 'Make a new key from 32 random bytes.',
      expected: `an integer from 1 to the order of ${curve} - 1`,
    })
  }
}
