import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Address, Hex } from 'viem'
import { toSettleBatches, toSettleGroups, toSettleRow } from '../../../src/adapters/chain/settleRows.ts'
import type { Settleable } from '../../../src/adapters/chain/settleRows.ts'
import * as Channel from '../../../src/protocol/Channel.ts'

const word = (byte: number): Hex => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`
const address = (byte: number): Address => `0x${byte.toString(16).padStart(2, '0').repeat(20)}`
const SIGNATURE: Hex = `0x${'aa'.repeat(32)}${'bb'.repeat(32)}`
const SECP256K1 = address(0x51)
const P256: Hex = `0x${'52'.repeat(84)}`

type Shape = { channel: number; beneficiary?: number; token?: number; total?: bigint; payerSigner?: Hex }

function settleable({ channel, beneficiary = 1, token = 2, total = 1n, payerSigner = SECP256K1 }: Shape): Settleable {
  const channelId = word(channel)
  const terms = {
    payerBinding: word(3),
    funder: address(4),
    payee: word(5),
    payeeBinding: word(6),
    closeDelaySeconds: 7200,
    salt: word(channel),
  }
  return {
    record: {
      channelId,
      channel: { payer: word(7), beneficiary: address(beneficiary), token: address(token), terms },
      payerSigner,
      payeeSigner: SECP256K1,
    },
    voucher: { channelId, cumulativeAmount: total, version: 9n, receiptsRoot: word(8), signature: SIGNATURE },
  }
}

const summary = (groups: ReturnType<typeof toSettleGroups>) =>
  groups.map(({ beneficiary, token, rows }) => [beneficiary, token, rows.map((row) => row.cumulativeAmount)])

describe('toSettleRow', () => {
  it('given a voucher of a secp256k1 payer, then the row has r, vs and no signer', () => {
    const entry = settleable({ channel: 1, total: 5n })
    assert.deepEqual(toSettleRow(entry), {
      payer: word(7),
      termsHash: Channel.termsHash(entry.record.channel.terms),
      cumulativeAmount: 5n,
      version: 9n,
      receiptsRoot: word(8),
      r: word(0xaa),
      vs: word(0xbb),
      signer: '0x',
    })
  })

  it('given a voucher of a P-256 payer, then the row has the whole signer', () => {
    assert.equal(toSettleRow(settleable({ channel: 1, payerSigner: P256 })).signer, P256)
  })

  it('given a voucher of another channel, then it throws WrongChannel', () => {
    const { record } = settleable({ channel: 1 })
    const { voucher } = settleable({ channel: 2 })
    assert.throws(() => toSettleRow({ record, voucher }), {
      name: 'Payment.WrongChannelError',
      given: word(2),
      expected: word(1),
    })
  })

  it('given a signature of 65 bytes, then it throws WrongSize', () => {
    const { record, voucher } = settleable({ channel: 1 })
    const long = { ...voucher, signature: `${voucher.signature}1b` as const }
    assert.throws(() => toSettleRow({ record, voucher: long }), {
      name: 'Bytes.WrongSizeError',
      given: 65,
      expected: 64,
    })
  })

  it('given a signer that no device has, then it throws BadSigner', () => {
    const entry = settleable({ channel: 1, payerSigner: '0x1234' })
    assert.throws(() => toSettleRow(entry), { name: 'SignerId.BadSignerError', given: 2 })
  })
})

describe('toSettleGroups', () => {
  it('given vouchers of two beneficiaries and two tokens, then each pair is one group', () => {
    const groups = toSettleGroups([
      settleable({ channel: 1, total: 1n }),
      settleable({ channel: 2, total: 2n, beneficiary: 11 }),
      settleable({ channel: 3, total: 3n }),
      settleable({ channel: 4, total: 4n, token: 12 }),
    ])
    assert.deepEqual(summary(groups), [
      [address(1), address(2), [1n, 3n]],
      [address(11), address(2), [2n]],
      [address(1), address(12), [4n]],
    ])
  })

  it('given addresses that differ only in their case, then they are one group', () => {
    const lower = settleable({ channel: 1, beneficiary: 0xab })
    const upper = settleable({ channel: 2 })
    const beneficiary: Address = `0x${'AB'.repeat(20)}`
    const record = { ...upper.record, channel: { ...upper.record.channel, beneficiary } }
    assert.equal(toSettleGroups([lower, { ...upper, record }]).length, 1)
  })

  it('given several vouchers of one channel, then only the largest total goes', () => {
    const totals = [3n, 7n, 5n].map((total) => settleable({ channel: 1, total }))
    assert.deepEqual(summary(toSettleGroups(totals)), [[address(1), address(2), [7n]]])
  })

  it('given no vouchers, then there are no groups', () => {
    assert.deepEqual(toSettleGroups([]), [])
  })
})

describe('toSettleBatches', () => {
  const many = (count: number, beneficiary = 1) =>
    Array.from({ length: count }, (_, index) => settleable({ channel: beneficiary * 50 + index, beneficiary }))
  const sizes = (batches: ReturnType<typeof toSettleBatches>) =>
    batches.map((groups) => groups.map(({ rows }) => rows.length))

  it('given more rows than a batch takes, then they go on in the next one', () => {
    assert.deepEqual(sizes(toSettleBatches(many(7), { rowsMax: 3 })), [[3], [3], [1]])
  })

  it('given small groups, then one batch holds several, and a group is cut where the batch is full', () => {
    const entries = [...many(2, 1), ...many(3, 2), ...many(1, 3)]
    assert.deepEqual(sizes(toSettleBatches(entries, { rowsMax: 4 })), [
      [2, 2],
      [1, 1],
    ])
  })

  it('given exactly as many rows as a batch takes, then there is no empty batch after it', () => {
    assert.deepEqual(sizes(toSettleBatches(many(3), { rowsMax: 3 })), [[3]])
  })

  it('given nothing said, then a batch has at most 100 rows', () => {
    const entries = [1, 2, 3, 4].flatMap((beneficiary) => many(49, beneficiary))
    assert.deepEqual(sizes(toSettleBatches(entries)), [
      [49, 49, 2],
      [47, 49],
    ])
  })

  it('given no vouchers, then there are no batches', () => {
    assert.deepEqual(toSettleBatches([]), [])
  })

  for (const rowsMax of [0, -1, Number.NaN]) {
    it(`given at most ${rowsMax} rows, then it throws BatchSize`, () => {
      assert.throws(() => toSettleBatches(many(1), { rowsMax }), { name: 'SettleRows.BatchSizeError', given: rowsMax })
    })
  }
})
