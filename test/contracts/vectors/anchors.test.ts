/**
 * golden vectors: anchors
 * |-- when a vector's anchor or leaf is hashed by its contract ... it gives the vector's digest and leaf
 * |-- when a vector's tree is climbed from each of its leaves ... it leads to the vector's root
 * `-- when the ledger anchor gets a publisher's vectors in their order ... it takes each
 */
import { expect } from 'chai'
import { concat, keccak256 } from 'ethers'
import anchors from '../../vectors/anchors.json' with { type: 'json' }
import { deployVectorWorld, ethers, networkHelpers } from './vectorChain.ts'

const world = () => networkHelpers.loadFixture(deployVectorWorld)

function climbed(leaf: string, index: number, siblings: readonly string[]): string {
  return siblings.reduce((node, sibling, level) => {
    return keccak256(concat((index >> level) % 2 === 1 ? [sibling, node] : [node, sibling]))
  }, leaf)
}

describe('golden vectors: anchors', () => {
  it("when a vector's anchor or leaf is hashed by its contract ... it gives the vector's digest and leaf", async () => {
    const { anchorMessages } = await world()
    const epochs = anchors.publishers.flatMap((publisher) => publisher.epochs)
    for (const { anchor, digest } of [...epochs, anchors.largest]) {
      expect(await anchorMessages.anchorDigest(anchor)).to.equal(digest)
    }
    for (const [index, { leaf, hash }] of epochs.flatMap(({ leaves }) => [...leaves.entries()])) {
      expect(await anchorMessages.leafHash({ index, ...leaf })).to.equal(hash)
    }
  })

  it("when a vector's tree is climbed from each of its leaves ... it leads to the vector's root", () => {
    for (const { anchor, leaves } of anchors.publishers.flatMap(({ epochs }) => epochs)) {
      expect(leaves.length).to.equal(anchor.count)
      for (const [index, { hash, siblings }] of leaves.entries()) {
        expect(climbed(hash, index, siblings)).to.equal(anchor.root)
      }
    }
  })

  for (const { name, signer, epochs } of anchors.publishers) {
    it(`when the ledger anchor gets a publisher's vectors in their order ... it takes each (${name})`, async () => {
      const { ledger } = await world()
      const given = ethers.dataLength(signer) === 20 ? '0x' : signer
      for (const { anchor, signature } of epochs) {
        await ledger.anchor(anchor, given, signature)
        expect(await ledger.isLastRoot(anchor.publisher, anchor.root)).to.equal(true)
      }
      expect(await ledger.lastEpochOf(epochs[0]!.anchor.publisher)).to.equal(3n)
    })
  }
})
