import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryStore } from '../../../src/adapters/store/memoryStore.ts'
import { AGREEMENTS_MAX } from '../../../src/adapters/store/rules.ts'
import * as fixture from '../../../src/testing/storeFixtures.ts'
import { newFolder } from './helpers/folder.ts'

const { channelId, channelRecord, payment } = fixture

describe('the SQLite store', () => {
  const tooLarge = [
    ['a version', { ...payment(1, 1n), version: 2n ** 64n }],
    ['a total', { ...payment(1, 1n), cumulativeAmount: 2n ** 96n }],
    ['an amount', { ...payment(1, 1n), amount: -1n }],
    ['a quantity', { ...payment(1, 1n), item: { reference: fixture.word(1), quantity: 2n ** 64n } }],
  ] as const
  for (const [what, given] of tooLarge) {
    it(`given ${what} beyond its range, when it is appended, then it is refused alone`, async (t) => {
      const store = await newFolder(t).open()
      await store.addChannel(channelRecord(1))
      const [refused, kept] = await Promise.allSettled([store.append(given), store.append(payment(1, 1n))])
      assert.ok(refused.status === 'rejected' && refused.reason instanceof Error)
      assert.equal(refused.reason.name, 'Bytes.IntegerRangeError')
      assert.equal(kept.status, 'fulfilled')
      assert.deepEqual(await fixture.collect(store.payments(channelId(1), 0n)), [payment(1, 1n)])
    })
  }

  for (const timestamp of [Number.NaN, -1, 1.5, 2 ** 53]) {
    it(`given the time ${timestamp}, when it is appended, then it is refused alone`, async (t) => {
      const store = await newFolder(t).open()
      await store.addChannel(channelRecord(1))
      const expected = { name: 'Store.StoreConflictError', given: timestamp }
      await assert.rejects(store.append({ ...payment(1, 1n), timestamp }), expected)
      await store.append(payment(1, 1n))
    })
  }

  it('given a signature of the wrong size, when it is appended, then it is refused alone', async (t) => {
    const store = await newFolder(t).open()
    await store.addChannel(channelRecord(1))
    const expected = { name: 'Bytes.WrongSizeError', given: 65, expected: 64 }
    await assert.rejects(store.append({ ...payment(1, 1n), signature: `${fixture.signature(1)}1b` }), expected)
    await store.append(payment(1, 1n))
  })

  it('given a signer that no device has, when its channel is added, then it is refused', async (t) => {
    const store = await newFolder(t).open()
    const record = { ...channelRecord(1), payerSigner: fixture.word(1) }
    await assert.rejects(store.addChannel(record), { name: 'Bytes.WrongSizeError', given: 32 })
    assert.deepEqual(await store.channels(), [])
  })

  it('given as many agreements as a channel may have, when one more is saved, then it is refused', async (t) => {
    const store = await newFolder(t).open()
    await store.addChannel(channelRecord(1))
    const save = (number: number) => store.saveAgreement(channelId(1), fixture.word(number), fixture.agreement(number))
    await Promise.all(Array.from({ length: AGREEMENTS_MAX }, (_, index) => save(index)))
    await assert.rejects(save(AGREEMENTS_MAX), {
      name: 'Store.StoreLimitError',
      given: AGREEMENTS_MAX + 1,
      expected: AGREEMENTS_MAX,
    })
    await save(0)
    assert.equal((await store.agreements(channelId(1))).length, AGREEMENTS_MAX)
  })
})

describe('the memory store', () => {
  it('given as many payments as it may keep, when one more is appended, then it is refused', async () => {
    const store = new MemoryStore({ paymentsMax: 2 })
    await store.addChannel(channelRecord(1))
    await store.append(payment(1, 1n))
    await store.append(payment(1, 2n))
    const expected = { name: 'Store.StoreLimitError', given: 3, expected: 2 }
    await assert.rejects(store.append(payment(1, 3n)), expected)
    assert.equal((await store.newest(channelId(1)))?.version, 2n)
  })
})
