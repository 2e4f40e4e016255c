import { Binding, Enrolment, leafTypehash } from '@musubi/sdk'
import type { Hex } from 'viem'
import { concat, keccak256, numberToHex } from 'viem'
import { DOMAIN, bothSign, held, named, newMachine } from './cast.ts'
import type { KeyType } from './cast.ts'
import type { Holder } from './verifiers.ts'

/** The largest fleet that the registry takes. */
const LEVELS = 20

/**
 * A device of a fleet of 2^20 with the siblings of its leaf. The other leaves are nobody's: a million of them would be hashed for
 * the sake of twenty.
 */
export async function newLeaf(name: string, keyType: KeyType): Promise<Holder> {
  const machine = newMachine(name, keyType)
  const { binding } = machine
  const index = 2 ** (LEVELS - 1) + 1
  const siblings = Array.from({ length: LEVELS }, (_, level) => named(`sibling ${level}`))
  const { partyId, attester, validFrom, validUntil } = binding
  const root = rootOf({ bindingId: Binding.id(binding), index, siblings })
  const enrolment = { root, count: 2 ** LEVELS, partyId, attester, validFrom, validUntil }
  const signatures = await bothSign(machine, Enrolment.digest(enrolment, DOMAIN))
  const { signer } = machine
  return { signer, credential: held(machine, name, { kind: 'leaf', enrolment, index, siblings, ...signatures }) }
}

type Place = { readonly bindingId: Hex; readonly index: number; readonly siblings: readonly Hex[] }

function rootOf({ bindingId, index, siblings }: Place): Hex {
  let node = keccak256(keccak256(concat([leafTypehash, numberToHex(index, { size: 32 }), bindingId])))
  for (const [level, sibling] of siblings.entries()) {
    node = keccak256(concat((index >> level) & 1 ? [sibling, node] : [node, sibling]))
  }
  return node
}
