import { expect } from 'chai'
import { getBytes, hexlify } from 'ethers'
import type { Signer } from 'ethers'
import type { ContractName, Deployed } from './deployed.ts'
import { ethers } from './world.ts'

/** Call data with a bit set above the narrow field in the given word (0 = the first word after the selector). */
export function withDirtyWord(data: string, word: number): string {
  const bytes = getBytes(data)
  bytes[4 + 32 * word]! |= 0x80
  return hexlify(bytes)
}

/** Sends `data` once as it is, to prove that it is good, and before that once with each of `words` dirty. */
export async function expectDirtyWordsRefused<Name extends ContractName>(
  contract: Deployed<Name>,
  from: Signer,
  data: string,
  words: readonly number[],
): Promise<void> {
  for (const word of words) {
    const dirty = from.sendTransaction({ to: contract.target, data: withDirtyWord(data, word) })
    await expect(dirty, `word ${word}`).to.be.revertedWithoutReason(ethers)
  }
  await from.sendTransaction({ to: contract.target, data })
}
