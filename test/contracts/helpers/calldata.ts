import { expect } from 'chai'
import { getBytes, hexlify } from 'ethers'
import type { ParamType, Signer } from 'ethers'
import type { ContractName, Deployed } from './deployed.ts'
import { ethers } from './world.ts'

/** Call data with a bit set above the narrow field in the given word (0 = the first word after the selector). */
export function withDirtyWord(data: string, word: number): string {
  const bytes = getBytes(data)
  bytes[4 + 32 * word]! |= 0x80
  return hexlify(bytes)
}

/** The words of a function's arguments that have bits to spare; for one of no fixed length, the word that says where it is. */
export function narrowWordsOf<Name extends ContractName>(contract: Deployed<Name>, name: string): number[] {
  const leaves = contract.interface.getFunction(name)!.inputs.flatMap(wordsOf)
  return leaves.flatMap((type, word) => (['bytes32', 'uint256'].includes(type) ? [] : [word]))
}

/** The type in each word of an argument's head. */
function wordsOf(parameter: ParamType): string[] {
  if (parameter.components === null || isDynamic(parameter)) return [parameter.type]
  return parameter.components.flatMap(wordsOf)
}

function isDynamic({ type, components }: ParamType): boolean {
  return type === 'bytes' || type.endsWith('[]') || (components?.some(isDynamic) ?? false)
}

/**
 * Sends `data` with each of `words` dirty, and then as it is, to prove that it was good. A word is refused where the
 * contract reads it ('no reason', as for a plain list), or its bits change a hash, and then the named error comes of that.
 */
export async function expectDirtyWordsRefused<Name extends ContractName>(
  contract: Deployed<Name>,
  from: Signer,
  data: string,
  words: readonly number[] | Readonly<Record<number, string>>,
): Promise<void> {
  const errors = Array.isArray(words) ? words.map((word) => [word, 'no reason']) : Object.entries(words)
  for (const [word, error] of errors) {
    const dirty = from.sendTransaction({ to: contract.target, data: withDirtyWord(data, Number(word)) })
    if (error === 'no reason') await expect(dirty, `word ${word}`).to.be.revertedWithoutReason(ethers)
    else await expect(dirty, `word ${word}`).to.be.revertedWithCustomError(contract, error)
  }
  await from.sendTransaction({ to: contract.target, data })
}
