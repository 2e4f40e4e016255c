import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Address } from 'viem'
import { toSettleGroups, toSettleRow } from '../../../src/adapters/chain/settleRows.ts'
import * as Channel from '../../../src/protocol/Channel.ts'
import { P256, address, settleable, word } from '../../helpers/settleables.ts'

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
