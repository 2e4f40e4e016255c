/**
 * golden vectors: identity
 * |-- when the registry's messages are hashed by their contract ... it gives the vector's digest
 * |-- when a vector's enrolment is hashed ... it has the vector's digest, leaves and root
 * |-- when a vector's snapshot is hashed ... it has the vector's digest and root
 * |-- when a vector's trust list or presentation is hashed ... it gives the vector's digest
 * |-- when a vector's chain of freshness is hashed day by day ... it leads from each token to the tip
 * `-- when the registry gets a vector's enrolment and snapshot ... it takes the signatures
 */
import { expect } from 'chai'
import { concat, keccak256, sha256 } from 'ethers'
import freshness from '../../vectors/freshness.json' with { type: 'json' }
import leaves from '../../vectors/leaves.json' with { type: 'json' }
import presentations from '../../vectors/presentations.json' with { type: 'json' }
import standing from '../../vectors/standing.json' with { type: 'json' }
import snapshots from '../../vectors/statusSnapshots.json' with { type: 'json' }
import trustLists from '../../vectors/trustLists.json' with { type: 'json' }
import { levelsOf, proofOf } from '../helpers/leaves.ts'
import { deployVectorWorld, memberOf, networkHelpers } from './vectorChain.ts'

const world = () => networkHelpers.loadFixture(deployVectorWorld)
/** The first attester that was accredited. */
const ATTESTER_INDEX = 1
const FIRST = `0x${'00'.repeat(32)}`
const LAST = `0x${'ff'.repeat(32)}`

/** Root over sorted ids and the two sentinels; places after the last hold zero. */
function statusRoot(bindingIds: readonly string[]): string {
  const entries = [FIRST, ...bindingIds, LAST]
  const places = 2 ** Math.ceil(Math.log2(entries.length))
  let level = Array.from({ length: places }, (_, index) => {
    const entry = entries[index]
    return entry === undefined ? FIRST : keccak256(concat(['0x00', entry]))
  })
  while (level.length > 1) {
    const below = level
    level = Array.from({ length: below.length / 2 }, (_, index) =>
      keccak256(concat(['0x01', below[2 * index]!, below[2 * index + 1]!])),
    )
  }
  return level[0]!
}

describe('golden vectors: identity', () => {
  for (const [index, { type, message, digest }] of standing.entries()) {
    it(`when the registry's messages are hashed by their contract ... it gives the vector's digest (${type}, ${index})`, async () => {
      const { messages } = await world()
      // The vectors are of eight types; each digest reads the fields of its own.
      const given = message as never
      const digests: Readonly<Record<string, () => Promise<string>>> = {
        Suspend: () => messages.suspendDigest(given),
        Resume: () => messages.resumeDigest(given),
        Revoke: () => messages.revokeDigest(given),
        RevokeMany: () => messages.revokeManyDigest(given),
        Release: () => messages.releaseDigest(given),
        RebindNotice: () => messages.rebindNoticeDigest(given),
        RebindVeto: () => messages.rebindVetoDigest(given),
        RevokeLeaves: () => messages.revokeLeavesDigest(given),
      }
      expect(await digests[type]!()).to.equal(digest)
    })
  }

  for (const { bindingIds, leaves: places, enrolment, digest } of leaves) {
    it(`when a vector's enrolment is hashed ... it has the vector's digest, leaves and root (${bindingIds.length})`, async () => {
      const { messages } = await world()
      expect(await messages.enrolmentDigest(enrolment)).to.equal(digest)
      const levels = levelsOf(bindingIds)
      expect(levels.at(-1)![0]).to.equal(enrolment.root)
      for (const [index, { hash, siblings }] of places.entries()) {
        expect(await messages.leafHash({ index, bindingId: bindingIds[index]! })).to.equal(hash)
        expect(proofOf(levels, index)).to.deep.equal(siblings)
      }
    })
  }

  for (const { name, snapshot, bindingIds, digest } of snapshots) {
    it(`when a vector's snapshot is hashed ... it has the vector's digest and root (${name})`, async () => {
      const { messages } = await world()
      expect(await messages.statusSnapshotDigest(snapshot)).to.equal(digest)
      expect(statusRoot(bindingIds)).to.equal(snapshot.root)
      expect(bindingIds.length).to.equal(snapshot.count)
    })
  }

  it("when a vector's trust list or presentation is hashed ... it gives the vector's digest", async () => {
    const { messages } = await world()
    for (const { list, digest } of trustLists.sound) expect(await messages.trustListDigest(list)).to.equal(digest)
    for (const { bindingId, presentation, digest } of presentations.sound) {
      const { verifierDeviceId, challenge, purpose, expiresAt } = presentation
      const message = { bindingId, verifierDeviceId, challenge, purpose, expiresAt }
      expect(await messages.presentationDigest(message)).to.equal(digest)
    }
  })

  it("when a vector's chain of freshness is hashed day by day ... it leads from each token to the tip", () => {
    for (const { tokens, tip } of freshness) {
      for (const { day, preimage } of tokens) {
        let value = preimage
        for (let left = day; left > 0; --left) value = sha256(value)
        expect(value).to.equal(tip)
      }
    }
  })

  it("when the registry gets a vector's enrolment and snapshot ... it takes the signatures", async () => {
    const { registry } = await world()
    const party = memberOf('liable party').signer
    for (const { enrolment, enrolmentId, signatures } of leaves) {
      await registry.enrol(enrolment, party, signatures.party, signatures.attester)
      const [record] = await registry.enrolmentOf(enrolmentId)
      expect(record).to.be.above(0)
    }
    // Its moment must have come.
    const [{ snapshot }] = snapshots as [(typeof snapshots)[number]]
    await networkHelpers.time.increaseTo(snapshot.asOf)
    const { signature, ...signed } = snapshot
    await expect(registry.anchorStatus(ATTESTER_INDEX, signed, signature)).to.emit(registry, 'StatusAnchored')
  })
})
