/**
 * Receipt, Item, Payment
 * |-- given an item of the golden vectors ... layout and hash are the vector's
 * |-- given a receipt of the golden vectors ... layout and hash are the vector's
 * |-- given a chain of the golden vectors ... advancing payment by payment gives every root
 * |-- given a field outside its range ... encoding throws IntegerRangeError
 * |-- given a field of another size ... encoding throws WrongSizeError
 * |-- when two receipts change places, or one changes ... the root changes
 * Payment.advance
 * |-- given any progress ... version rises by one, and the total by the amount
 * `-- given a total or version beyond its range ... it throws IntegerRangeError
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { toHex } from '../../src/protocol/Bytes.ts'
import * as Item from '../../src/protocol/Item.ts'
import * as Payment from '../../src/protocol/Payment.ts'
import * as Receipt from '../../src/protocol/Receipt.ts'
import { hash32, item as anyItem, seconds, uintOf } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const { chains, largest } = readVectors('receipts.json')

describe('Receipt, Item, Payment', () => {
  for (const [index, { item, bytes, hash }] of readVectors('items.json').entries()) {
    it(`given an item of the golden vectors ... layout and hash are the vector's (${index})`, () => {
      assert.equal(toHex(Item.encode(item)), bytes)
      assert.equal(Item.hash(item), hash)
      assert.equal(Item.encode(item).length, Item.ITEM_BYTES)
    })
  }

  for (const { name, receipts } of [...chains, { name: 'largest', receipts: [largest] }]) {
    it(`given a receipt of the golden vectors ... layout and hash are the vector's (${name})`, () => {
      assert(receipts.length > 0)
      for (const { receipt, bytes, hash } of receipts) {
        assert.equal(toHex(Receipt.encode(receipt)), bytes)
        assert.equal(Receipt.hash(receipt), hash)
        assert.equal(Receipt.encode(receipt).length, Receipt.RECEIPT_BYTES)
      }
    })
  }

  for (const { name, firstRoot, receipts } of chains) {
    it(`given a chain of the golden vectors ... advancing payment by payment gives every root (${name})`, () => {
      let progress = Payment.start(firstRoot)
      assert.equal(progress.receiptsRoot, firstRoot)
      for (const { receipt, item, root } of receipts) {
        const { channelId, amount, agreementHash, timestamp } = receipt
        assert.deepEqual(Payment.receiptOf({ ...receipt, item }), receipt)
        progress = Payment.advance(progress, { channelId, step: { amount, agreementHash, item, timestamp } })
        const { version, cumulativeAmount } = receipt
        assert.deepEqual(progress, { version, cumulativeAmount, receiptsRoot: root })
      }
    })
  }

  const sound = chains[0]!.receipts[0]!

  it('given a field outside its range ... encoding throws IntegerRangeError', () => {
    const outside: Partial<Receipt.Receipt>[] = [
      { version: -1n },
      { version: 1n << 64n },
      { amount: -1n },
      { amount: 1n << 96n },
      { cumulativeAmount: -1n },
      { cumulativeAmount: 1n << 96n },
      { timestamp: -1 },
    ]
    for (const field of outside) {
      assert.throws(() => Receipt.encode({ ...sound.receipt, ...field }), { name: 'Bytes.IntegerRangeError' })
    }
    for (const quantity of [-1n, 1n << 64n]) {
      const expected = { name: 'Bytes.IntegerRangeError', given: quantity }
      assert.throws(() => Item.encode({ ...sound.item, quantity }), expected)
    }
  })

  it('given a field of another size ... encoding throws WrongSizeError', () => {
    for (const field of ['channelId', 'agreementHash', 'itemHash'] as const) {
      const expected = { name: 'Bytes.WrongSizeError', given: 31, expected: 32 }
      assert.throws(() => Receipt.encode({ ...sound.receipt, [field]: `0x${'11'.repeat(31)}` }), expected)
    }
    const expected = { name: 'Bytes.WrongSizeError', given: 33, expected: 32 }
    assert.throws(() => Item.encode({ ...sound.item, reference: `0x${'11'.repeat(33)}` }), expected)
  })

  it('when two receipts change places, or one changes ... the root changes', () => {
    const [first, second] = chains[0]!.receipts.map(({ receipt }) => receipt) as [Receipt.Receipt, Receipt.Receipt]
    const rootOf = (...receipts: Receipt.Receipt[]) =>
      receipts.reduce((root, receipt) => Receipt.nextRoot(root, receipt), Receipt.firstRoot(first.channelId))
    const roots = [
      rootOf(first, second),
      rootOf(second, first),
      rootOf(first),
      rootOf(second),
      rootOf(first, { ...second, timestamp: second.timestamp + 1 }),
      rootOf({ ...first, amount: first.amount + 1n }, second),
    ]
    assert.equal(new Set(roots).size, roots.length)
  })
})

describe('Payment.advance', () => {
  const progress = fc.record({
    version: uintOf(64).map((version) => version >> 1n),
    cumulativeAmount: uintOf(96).map((amount) => amount >> 1n),
    receiptsRoot: hash32,
  })
  const step = fc.record({
    amount: uintOf(96).map((amount) => amount >> 1n),
    agreementHash: hash32,
    item: anyItem,
    timestamp: seconds,
  })

  it('given any progress ... version rises by one, and the total by the amount', () => {
    fc.assert(
      fc.property(progress, step, hash32, (before, added, channelId) => {
        const after = Payment.advance(before, { channelId, step: added })
        assert.equal(after.version, before.version + 1n)
        assert.equal(after.cumulativeAmount, before.cumulativeAmount + added.amount)
        const receipt = Payment.receiptOf({ ...added, ...after, channelId })
        assert.equal(after.receiptsRoot, Receipt.nextRoot(before.receiptsRoot, receipt))
      }),
    )
  })

  it('given a total or version beyond its range ... it throws IntegerRangeError', () => {
    const { channelId, agreementHash, timestamp, amount } = chains[0]!.receipts[0]!.receipt
    const { item } = chains[0]!.receipts[0]!
    const start = Payment.start(channelId)
    const added = { channelId, step: { amount, agreementHash, item, timestamp } }
    const full = { ...start, cumulativeAmount: (1n << 96n) - amount }
    assert.throws(() => Payment.advance(full, added), { name: 'Bytes.IntegerRangeError', given: 1n << 96n })
    const last = { ...start, version: (1n << 64n) - 1n }
    assert.throws(() => Payment.advance(last, added), { name: 'Bytes.IntegerRangeError', given: 1n << 64n })
  })
})
