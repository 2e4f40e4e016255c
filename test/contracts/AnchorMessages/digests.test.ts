/**
 * digests
 * |-- given each TYPEHASH ... it is the hash of the type as ethers encodes it, and the one that the SDK has
 * |-- given an anchor, of any and of the largest values ... its digest is the one that ethers computes
 * |-- given an anchor that differs in one field ... its digest differs
 * |-- given another ledger anchor on the chain ... the digest differs
 * |-- given a leaf, of any and of the largest values ... its hash is that of the struct hash that ethers computes
 * `-- given a leaf that differs in one field ... its hash differs
 */
import { expect } from 'chai'
import { MaxUint256, TypedDataEncoder, id, keccak256, toBeHex } from 'ethers'
import type { TypedDataField } from 'ethers'
import * as typedData from '../../../sdk/src/generated/typedData.ts'
import { deployLedgerWorld, makeAnchor } from '../helpers/anchors.ts'
import { deploy, domainOf, networkHelpers } from '../helpers/world.ts'

type Fields = Record<string, TypedDataField[]>

const anchorTypes = typedData.anchorTypes as unknown as Fields
const leafTypes = typedData.anchorLeafTypes as unknown as Fields
const LAST = toBeHex(MaxUint256)
const SOME = makeAnchor({ id: id('publisher') }, { epoch: 7n, previousRoot: id('previous root'), count: 3n })
const LARGEST = {
  publisher: LAST,
  epoch: 2n ** 64n - 1n,
  previousRoot: LAST,
  root: LAST,
  count: 2n ** 32n - 1n,
  total: 2n ** 96n - 1n,
}
const LEAF = { index: 5n, channelId: id('channel'), cumulativeAmount: 123n, version: 7n, receiptsRoot: id('receipts') }
const LARGEST_LEAF = {
  index: 2n ** 32n - 1n,
  channelId: LAST,
  cumulativeAmount: 2n ** 96n - 1n,
  version: 2n ** 64n - 1n,
  receiptsRoot: LAST,
}

describe('digests', () => {
  it('given each TYPEHASH ... it is the hash of the type as ethers encodes it, and the one that the SDK has', async () => {
    const { messages } = await deployed()
    const typehashes = [
      [await messages.ANCHOR_TYPEHASH(), anchorTypes, typedData.anchorTypehash],
      [await messages.ANCHOR_LEAF_TYPEHASH(), leafTypes, typedData.anchorLeafTypehash],
    ] as const
    for (const [typehash, types, generated] of typehashes) {
      const encoder = TypedDataEncoder.from(types)
      expect(typehash).to.equal(id(encoder.encodeType(encoder.primaryType)))
      expect(typehash).to.equal(generated)
    }
  })

  it('given an anchor, of any and of the largest values ... its digest is the one that ethers computes', async () => {
    const { ledger, messages } = await deployed()
    for (const value of [SOME, LARGEST]) {
      const expected = TypedDataEncoder.hash(await domainOf(ledger), anchorTypes, value)
      expect(await messages.anchorDigest(value)).to.equal(expected)
    }
  })

  it('given an anchor that differs in one field ... its digest differs', async () => {
    const { messages } = await deployed()
    const all = await Promise.all([SOME, ...changesOf(SOME)].map((value) => messages.anchorDigest(value)))
    expect(new Set(all).size).to.equal(7)
  })

  it('given another ledger anchor on the chain ... the digest differs', async () => {
    const { messages, verifier } = await deployed()
    const another = await deploy('LedgerAnchor', [verifier.target])
    const others = await deploy('AnchorMessages', [another.target])
    expect(await others.anchorDigest(SOME)).not.to.equal(await messages.anchorDigest(SOME))
  })

  it('given a leaf, of any and of the largest values ... its hash is that of the struct hash that ethers computes', async () => {
    const { messages } = await deployed()
    for (const leaf of [LEAF, LARGEST_LEAF]) {
      const structHash = TypedDataEncoder.hashStruct('AnchorLeaf', leafTypes, leaf)
      expect(await messages.leafHash(leaf)).to.equal(keccak256(structHash))
    }
  })

  it('given a leaf that differs in one field ... its hash differs', async () => {
    const { messages } = await deployed()
    const all = await Promise.all([LEAF, ...changesOf(LEAF)].map((leaf) => messages.leafHash(leaf)))
    expect(new Set(all).size).to.equal(6)
  })
})

/** The value with each of its fields changed, one after another. */
function changesOf(value: object): object[] {
  return Object.entries(value).map(([name, given]) => ({
    ...value,
    [name]: typeof given === 'bigint' ? given + 1n : toBeHex(BigInt(String(given)) ^ 1n, 32),
  }))
}

async function deployed() {
  const world = await networkHelpers.loadFixture(deployLedgerWorld)
  return { ...world, messages: await deploy('AnchorMessages', [world.ledger.target]) }
}
