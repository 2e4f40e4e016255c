import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { COLUMN_NAMES, contentHash } from '../src/billing/columns.ts'
import { type CarryKey, carryKeyId, lineId } from '../src/billing/LineKey.ts'
import { finalStateHash, leafHash, type ProofLeaf, proofRoot, signatureHash } from '../src/billing/proof.ts'
import { unpackTotals } from '../src/ingest/decode.ts'

type Totals = { settled: string; cumulativeAmount: string; version: string; word: string }
type Leaf = ProofLeaf & {
  readonly event: { readonly channelId: string; readonly totals: string; readonly receiptsRoot: string }
  readonly signature?: string
  readonly hash: string
}
type Billing = {
  readonly lines: readonly {
    readonly key: { readonly cycle: string; readonly lineSeq: number; readonly party: string }
    readonly carryKeyId: string
    readonly lineId: string
    readonly content: Readonly<Record<string, string>>
    readonly outside: Readonly<Record<string, string>>
    readonly contentHash: string
  }[]
  readonly proofs: readonly { readonly leaves: readonly Leaf[]; readonly root: string }[]
}

const FOLDER = join(import.meta.dirname, '..', '..', 'test', 'vectors')
const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))
const totals = read('totals.json') as readonly Totals[]
const { lines, proofs } = read('billing.json') as Billing

describe('golden vectors', () => {
  for (const { settled, cumulativeAmount, version, word } of totals) {
    it(`given an event's totals, when unpacked, they are the vector's (version ${version})`, () => {
      const expected = {
        settled: BigInt(settled),
        authorised: BigInt(cumulativeAmount),
        version: BigInt(version),
        word,
      }
      assert.deepEqual(unpackTotals(BigInt(word)), expected)
    })
  }

  for (const { key, content, outside, ...expected } of lines) {
    it(`given a line, when named, carry key, line and content are the vector's (${key.cycle})`, () => {
      const carry: CarryKey = {
        ...{ bookEntity: 'issuer-1', funding: 'credit', liablePartyRef: key.party, billingAccount: 'acct-001' },
        ...{
          payeeMerchantRef: 'operator-1',
          taxCategory: 'STANDARD',
          taxRateBp: 1_000,
          asset: 'JPYL',
          currency: 'JPY',
        },
      }
      assert.equal(carryKeyId(carry), expected.carryKeyId)
      const id = lineId(carry, key.cycle, key.lineSeq)
      assert.equal(id, expected.lineId)
      const row = { ...content, ...outside, line_id: id }
      // A column that the vector forgot would be hashed as nothing, on both sides.
      assert.deepEqual([...Object.keys(row), 'content_hash'].sort(), [...COLUMN_NAMES].sort())
      assert.equal(contentHash(row as never), expected.contentHash)
      assert.equal(contentHash({ ...row, batch_id: 'B', line_no: '9', attempt: '2' } as never), expected.contentHash)
      assert.notEqual(contentHash({ ...row, amount_minor: '1' } as never), expected.contentHash)
    })
  }

  for (const { leaves, root } of proofs) {
    it(`given settlements, when proved, every leaf and the root are the vector's (${String(leaves.length)})`, () => {
      for (const { event, signature, hash, ...leaf } of leaves) {
        assert.equal(finalStateHash(event.channelId, event.totals, event.receiptsRoot), leaf.finalStateHash)
        assert.equal(signatureHash(signature), leaf.signatureHash)
        assert.equal(leafHash(leaf).toString('hex'), hash)
      }
      assert.equal(proofRoot(leaves), root)
    })
  }
})
