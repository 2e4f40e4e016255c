import type { Hex } from 'viem'
import { concat, hashStruct, hashTypedData, keccak256, maxUint64, maxUint96 } from 'viem'
import { anchorLeafTypes, anchorTypes } from '../../sdk/src/generated/typedData.ts'
import { ZERO_HASH, charger, domains, named, p256Charger } from './cast.ts'
import type { Member } from './cast.ts'
import { histories } from './channels.ts'
import { levelsOf, pathOf, rootOf } from './trees.ts'

const domain = domains.anchor
const types = anchorTypes

type State = {
  readonly channelId: Hex
  readonly cumulativeAmount: bigint
  readonly version: bigint
  readonly receiptsRoot: Hex
}

const byChannel = (a: State, b: State) => (a.channelId < b.channelId ? -1 : 1)

/** The tree over a ledger, and its anchor on top of another one. */
function treeOf(states: readonly State[]) {
  const leaves = [...states].sort(byChannel)
  const leafOf = (state: State, index: number) =>
    keccak256(hashStruct({ data: { index, ...state }, types: anchorLeafTypes, primaryType: 'AnchorLeaf' }))
  const levels = levelsOf(leaves.map(leafOf), (left, right) => keccak256(concat([left, right])))
  return {
    root: rootOf(levels),
    count: leaves.length,
    total: leaves.reduce((sum, { cumulativeAmount }) => sum + cumulativeAmount, 0n),
    leaves: leaves.map((leaf, index) => ({ leaf, hash: leafOf(leaf, index), siblings: pathOf(levels, index) })),
  }
}

/** A ledger of so many channels after `epoch`: each has been paid a little more. */
function ledgerOf(count: number, epoch: number): readonly State[] {
  return Array.from({ length: count }, (_, index) => ({
    channelId: named(`anchored channel ${index}`),
    cumulativeAmount: BigInt(epoch) * 10n ** 18n + BigInt(index),
    version: BigInt(epoch),
    receiptsRoot: named(`receipts of channel ${index} at ${epoch}`),
  }))
}

/** Three epochs of one publisher, each on top of the one before. */
async function published(publisher: Member, ledgers: readonly (readonly State[])[]) {
  const epochs = []
  let previousRoot = ZERO_HASH
  for (const [index, states] of ledgers.entries()) {
    const { leaves, ...tree } = treeOf(states)
    const message = { publisher: publisher.id, epoch: BigInt(index + 1), previousRoot, ...tree }
    const digest = hashTypedData({ domain, types, primaryType: 'Anchor', message })
    epochs.push({ anchor: message, digest, signature: await publisher.sign(digest), leaves })
    previousRoot = tree.root
  }
  return { name: publisher.name, signer: publisher.signer, epochs }
}

function largest() {
  const last: Hex = `0x${'ff'.repeat(32)}`
  const message = {
    publisher: last,
    epoch: maxUint64,
    previousRoot: last,
    root: last,
    count: 2 ** 32 - 1,
    total: maxUint96,
  }
  return { anchor: message, digest: hashTypedData({ domain, types, primaryType: 'Anchor', message }) }
}

export async function anchorVectors() {
  const known = histories.map(({ newest }) => newest.voucher)
  return {
    publishers: [
      await published(charger, [known.slice(0, 1), known, [...known, ...ledgerOf(9, 3)]]),
      await published(p256Charger, [ledgerOf(1, 1), ledgerOf(3, 2), ledgerOf(8, 3)]),
    ],
    largest: largest(),
  }
}
