import type { Hex } from 'viem'
import { concat, hashStruct, hashTypedData, keccak256 } from 'viem'
import { enrolmentTypes, leafTypes, statusSnapshotTypes } from '../../sdk/src/generated/typedData.ts'
import { DAY, START, ZERO_HASH, attester, domains, named, party, required } from './cast.ts'
import { bindingIdOf, bindings } from './identity.ts'
import { uint } from './wire.ts'

/** Every level of a tree, the leaves first: a power of two of places, of which the last may be zero. */
export function levelsOf(
  leaves: readonly Hex[],
  hashPair: (left: Hex, right: Hex) => Hex,
): readonly (readonly Hex[])[] {
  let places = 1
  while (places < leaves.length) places *= 2
  const levels: (readonly Hex[])[] = [[...leaves, ...Array<Hex>(places - leaves.length).fill(ZERO_HASH)]]
  for (let below = required(levels[0], 'level'); below.length > 1; below = required(levels.at(-1), 'level')) {
    const pairs = Array.from({ length: below.length / 2 }, (_, index) => index)
    levels.push(pairs.map((index) => hashPair(nodeAt(below, 2 * index), nodeAt(below, 2 * index + 1))))
  }
  return levels
}

const nodeAt = (level: readonly Hex[], index: number) => required(level[index], 'node')
export const rootOf = (levels: readonly (readonly Hex[])[]) => nodeAt(required(levels.at(-1), 'level'), 0)
export const pathOf = (levels: readonly (readonly Hex[])[], index: number) =>
  levels.slice(0, -1).map((level, height) => nodeAt(level, (index >> height) ^ 1))

/** The tree of an enrolment over these bindings, and the enrolment with both signatures. */
export async function enrolled(bindingIds: readonly Hex[]) {
  const leafOf = (bindingId: Hex, index: number) =>
    keccak256(hashStruct({ data: { index, bindingId }, types: leafTypes, primaryType: 'Leaf' }))
  const levels = levelsOf(bindingIds.map(leafOf), (left, right) => keccak256(concat([left, right])))
  const message = {
    root: rootOf(levels),
    count: bindingIds.length,
    partyId: party.id,
    attester: attester.signer,
    validFrom: START,
    validUntil: START + 365 * DAY,
  }
  const types = enrolmentTypes
  const digest = hashTypedData({ domain: domains.registry, types, primaryType: 'Enrolment', message })
  return {
    bindingIds,
    leaves: bindingIds.map((bindingId, index) => ({
      hash: leafOf(bindingId, index),
      siblings: pathOf(levels, index),
    })),
    enrolment: message,
    enrolmentId: hashStruct({ data: message, types, primaryType: 'Enrolment' }),
    digest,
    signatures: { party: await party.sign(digest), attester: await attester.sign(digest) },
  }
}

export async function leafVectors() {
  return Promise.all([1, 2, 3, 8, 11].map((count) => enrolled(fleet(count))))
}

function fleet(count: number): readonly Hex[] {
  return Array.from({ length: count }, (_, index) => named(`binding ${index} of a fleet of ${count}`))
}

const FIRST: Hex = `0x${'00'.repeat(32)}`
const LAST: Hex = `0x${'ff'.repeat(32)}`

/** The snapshot of a list, its file, and a proof of absence for every gap. */
export async function snapshotOf(name: string, ids: readonly Hex[]) {
  const bindingIds = [...ids].sort()
  const entries = [FIRST, ...bindingIds, LAST]
  const hashPair = (left: Hex, right: Hex) => keccak256(concat(['0x01', left, right]))
  const levels = levelsOf(
    entries.map((id) => keccak256(concat(['0x00', id]))),
    hashPair,
  )
  const fields = { attester: attester.signer, asOf: START + 10 * DAY, count: ids.length, root: rootOf(levels) }
  const types = statusSnapshotTypes
  const digest = hashTypedData({ domain: domains.registry, types, primaryType: 'StatusSnapshot', message: fields })
  const snapshot = { ...fields, signature: await attester.sign(digest) }
  const { asOf, count, root, signature } = snapshot
  const head = concat(['0x01', snapshot.attester, uint(asOf, 5), uint(count, 4), root, signature])
  const bytes = concat([head, ...bindingIds]).toLowerCase() as Hex
  const gaps = entries.slice(0, -1).map((_, index) => gapAt(entries, levels, index))
  return { name, snapshot, bindingIds, digest, bytes, gaps }
}

/** Two whole paths, of which only what both need is kept. */
function gapAt(entries: readonly Hex[], levels: readonly (readonly Hex[])[], index: number) {
  const [left, right] = [nodeAt(entries, index), nodeAt(entries, index + 1)]
  const siblings: Hex[] = []
  let [one, two] = [index, index + 1]
  for (const level of levels.slice(0, -1)) {
    // Once both are one node it has one sibling; as children of one parent they are each other's.
    if (one === two) siblings.push(nodeAt(level, one ^ 1))
    else if (one >> 1 !== two >> 1) siblings.push(nodeAt(level, one ^ 1), nodeAt(level, two ^ 1))
    one >>= 1
    two >>= 1
  }
  // A binding between the two: one more than the left one.
  const bindingId = `0x${(BigInt(left) + 1n).toString(16).padStart(64, '0')}` as const
  return { bindingId, proof: { index, left, right, siblings } }
}

export async function snapshotVectors() {
  const known = bindings.map(({ binding }) => bindingIdOf(binding))
  const many = Array.from({ length: 13 }, (_, index) => named(`ended binding ${index}`))
  return [
    await snapshotOf('nobody has ended', []),
    await snapshotOf('one has ended', known.slice(0, 1)),
    await snapshotOf('a few have ended', known),
    await snapshotOf('many have ended', many),
  ]
}
