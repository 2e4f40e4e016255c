import assert from 'node:assert/strict'
import type { Hex } from 'viem'
import type { Store } from '../ports/Store.ts'
import * as fixture from './storeFixtures.ts'

/** One rule that every store keeps. `run` is given a new store, and throws when this one does not keep it. */
export type StoreCase = { readonly title: string; readonly run: (store: Store) => Promise<void> }

const { channelRecord, payment, voucher, voucherOf, collect } = fixture
const id = fixture.channelId(1)
const CONFLICT = 'Store.StoreConflictError'

/** What a role may rely on, wherever its data is kept. */
export const storeConformance: readonly StoreCase[] = [
  {
    title: 'given a new store, when it is read, then there is nothing, of unknown channels neither',
    run: async (store) => {
      assert.deepEqual(await store.channels(), [])
      await requireEmpty(store, id)
    },
  },
  {
    title: 'given an unknown channel, when anything is written to it, then it refuses and keeps nothing',
    run: async (store) => {
      const expected = { name: CONFLICT, given: id }
      await assert.rejects(store.saveView(id, fixture.view(1)), expected)
      await assert.rejects(store.saveAgreement(id, fixture.word(1), fixture.agreement(1)), expected)
      await assert.rejects(store.append(payment(1, 1n)), expected)
      await assert.rejects(store.adopt(voucher(1, 1n)), expected)
      await assert.rejects(store.saveClose(fixture.close(1, 1n)), expected)
      await store.addChannel(channelRecord(1))
      await requireEmpty(store, id)
    },
  },
  {
    title: 'given channels were added, when they are listed, then they come whole and in their order',
    run: async (store) => {
      const records = [3, 1, 2].map(channelRecord)
      for (const record of records) await store.addChannel(record)
      assert.deepEqual(await store.channels(), records)
    },
  },
  {
    title: 'given a channel, when the same record is added again, then nothing changes; another one is refused',
    run: async (store) => {
      const record = channelRecord(1)
      await store.addChannel(record)
      await store.append(payment(1, 1n))
      await store.addChannel(record)
      await assert.rejects(store.addChannel({ ...record, payeeSigner: record.payerSigner }), { name: CONFLICT })
      assert.deepEqual(await store.channels(), [record])
      assert.deepEqual(await store.newest(id), voucher(1, 1n))
    },
  },
  {
    title: 'given a channel, when its id is written with other capitals, then it is the same channel',
    run: async (store) => {
      await store.addChannel(channelRecord(1))
      const capitals: typeof id = `0x${id.slice(2).toUpperCase()}`
      await store.append({ ...payment(1, 1n), channelId: capitals })
      await assert.rejects(store.append(payment(1, 1n)), { name: CONFLICT, given: 1n })
      assert.equal((await store.newest(capitals))?.version, 1n)
    },
  },
  {
    title: 'given views were saved, when it is read, then it is the last one, with and without a pending close',
    run: async (store) => {
      await addTwo(store)
      await store.saveView(id, { ...fixture.view(100), closeAtSeconds: 0 })
      assert.deepEqual(await store.view(id), { ...fixture.view(100), closeAtSeconds: 0 })
      const newer = { ...fixture.view(200), deposit: 2n ** 96n - 1n, settled: 0n, status: 'closed' } as const
      await store.saveView(id, newer)
      assert.deepEqual(await store.view(id), newer)
      assert.equal(await store.view(fixture.channelId(2)), undefined)
    },
  },
  {
    title: 'given agreements were saved, when they are listed, then they come whole and in their order',
    run: async (store) => {
      await addTwo(store)
      const numbers = [7, 5, 6]
      for (const number of numbers) await store.saveAgreement(id, fixture.word(number), fixture.agreement(number))
      assert.deepEqual(await store.agreements(id), numbers.map(fixture.agreement))
      assert.deepEqual(await store.agreements(fixture.channelId(2)), [])
    },
  },
  {
    title: 'given an agreement, when it is saved with other signatures, then the first stay; another text is refused',
    run: async (store) => {
      await addTwo(store)
      const hash = fixture.word(7)
      await store.saveAgreement(id, hash, fixture.agreement(7))
      await store.saveAgreement(id, hash, { ...fixture.agreement(7), payerSignature: fixture.signature(99) })
      await assert.rejects(store.saveAgreement(id, hash, fixture.agreement(8)), { name: CONFLICT })
      assert.deepEqual(await store.agreements(id), [fixture.agreement(7)])
    },
  },
  {
    title: 'given payments were appended, when they are read, then they come whole, in order, above the version asked',
    run: async (store) => {
      await addTwo(store)
      const versions = [1n, 2n, 3n, 255n, 256n, 65_535n, 65_536n]
      for (const version of versions) await store.append(payment(1, version))
      await store.append(payment(2, 9n))
      assert.deepEqual(
        await collect(store.payments(id, 0n)),
        versions.map((version) => payment(1, version)),
      )
      assert.deepEqual(await versionsOf(store, 3n), [255n, 256n, 65_535n, 65_536n])
      assert.deepEqual(await versionsOf(store, 65_536n), [])
      assert.deepEqual(await store.newest(id), voucherOf(payment(1, 65_536n)))
      assert.deepEqual(await store.newest(fixture.channelId(2)), voucherOf(payment(2, 9n)))
    },
  },
  {
    title: 'given a payment, when one of no higher version is appended, then it refuses and keeps what it has',
    run: async (store) => {
      await addTwo(store)
      await assert.rejects(store.append(payment(1, 0n)), { name: CONFLICT, given: 0n, expected: 'above 0' })
      await store.append(payment(1, 5n))
      for (const given of [5n, 4n, 0n]) {
        const other = { ...payment(1, given), amount: 999n }
        await assert.rejects(store.append(other), { name: CONFLICT, given, expected: 'above 5' })
        await assert.rejects(store.adopt(other), { name: CONFLICT, given, expected: 'above 5' })
      }
      assert.deepEqual(await collect(store.payments(id, 0n)), [payment(1, 5n)])
    },
  },
  {
    title: 'given versions up to 2^64 - 1 and amounts up to 2^96 - 1, when they are stored, then they order and return',
    run: async (store) => {
      await addTwo(store)
      const versions = [2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 2n, 2n ** 64n - 1n]
      const amount = 2n ** 96n - 1n
      const large = (version: bigint) => ({ ...payment(1, version), amount, cumulativeAmount: amount })
      for (const version of versions) await store.append(large(version))
      await assert.rejects(store.append(payment(1, 2n ** 63n)), { name: CONFLICT, expected: `above ${2n ** 64n - 1n}` })
      assert.deepEqual(await collect(store.payments(id, 0n)), versions.map(large))
      assert.deepEqual(await versionsOf(store, 2n ** 63n), versions.slice(3))
      assert.deepEqual(await store.newest(id), voucherOf(large(2n ** 64n - 1n)))
    },
  },
  {
    title:
      'given a voucher was adopted, when it is read, then it is the newest, and no payment; the next come above it',
    run: async (store) => {
      await addTwo(store)
      await store.append(payment(1, 1n))
      await store.adopt(voucher(1, 9n))
      assert.deepEqual(await store.newest(id), voucher(1, 9n))
      await assert.rejects(store.append(payment(1, 9n)), { name: CONFLICT, given: 9n, expected: 'above 9' })
      await store.append(payment(1, 10n))
      assert.deepEqual(await collect(store.payments(id, 0n)), [payment(1, 1n), payment(1, 10n)])
      assert.deepEqual(await store.newest(id), voucherOf(payment(1, 10n)))
    },
  },
  {
    title:
      'given a voucher was adopted that goes on from an older one, when payments are read, then those between are left out',
    run: async (store) => {
      await addTwo(store)
      for (const version of [2n, 4n, 6n]) await store.append(payment(1, version))
      await store.append(payment(2, 6n))
      const { cumulativeAmount, receiptsRoot } = payment(1, 2n)
      await store.adopt({ ...voucher(1, 7n), cumulativeAmount, receiptsRoot })
      assert.deepEqual(await versionsOf(store, 0n), [2n])
      await store.append({ ...payment(1, 8n), cumulativeAmount: cumulativeAmount + 1n })
      assert.deepEqual(await versionsOf(store, 0n), [2n, 8n])
      // What was dropped counts again when a later one goes on from it, and what went on without it counts no more.
      await store.adopt({ ...voucher(1, 9n), ...pick(payment(1, 4n)) })
      await store.append(payment(1, 10n))
      assert.deepEqual(await versionsOf(store, 0n), [2n, 4n, 10n])
      assert.deepEqual((await collect(store.payments(fixture.channelId(2), 0n))).length, 1)
    },
  },
  {
    title:
      'given a voucher was adopted with an unknown root, when payments are read, then those of larger totals are left out',
    run: async (store) => {
      await addTwo(store)
      for (const version of [2n, 4n, 6n]) await store.append(payment(1, version))
      await store.adopt({ ...voucher(1, 7n), cumulativeAmount: payment(1, 4n).cumulativeAmount })
      assert.deepEqual(await versionsOf(store, 0n), [2n, 4n])
      await store.adopt({ ...voucher(1, 8n), cumulativeAmount: 0n, receiptsRoot: id })
      assert.deepEqual(await versionsOf(store, 0n), [])
    },
  },
  {
    title: 'given a channel was closed, when more is to be paid, then it refuses; views and agreements are still kept',
    run: async (store) => {
      await addTwo(store)
      await store.append(payment(1, 1n))
      await store.saveClose(fixture.close(1, 1n))
      const closed = { name: CONFLICT, given: 'version 2', expected: 'none: closed' }
      await assert.rejects(store.append(payment(1, 2n)), closed)
      await assert.rejects(store.adopt(voucher(1, 2n)), closed)
      await store.saveView(id, fixture.view(300))
      await store.saveAgreement(id, fixture.word(7), fixture.agreement(7))
      await store.append(payment(2, 1n))
      assert.deepEqual(await store.newest(id), voucher(1, 1n))
      assert.deepEqual(await store.close(id), fixture.close(1, 1n))
      assert.equal(await store.close(fixture.channelId(2)), undefined)
    },
  },
  {
    title: 'given a close, when the same is saved again, then nothing changes; another one is refused',
    run: async (store) => {
      await addTwo(store)
      await store.saveClose(fixture.close(1, 4n))
      await store.saveClose(fixture.close(1, 4n))
      await assert.rejects(store.saveClose({ ...fixture.close(1, 4n), cumulativeAmount: 901n }), { name: CONFLICT })
      assert.deepEqual(await store.close(id), fixture.close(1, 4n))
    },
  },
  {
    title: 'given many writes at once, when one contradicts the others, then it is refused alone',
    run: async (store) => {
      const writes = [
        store.addChannel(channelRecord(1)),
        store.append(payment(1, 1n)),
        store.append(payment(1, 1n)),
        store.append(payment(1, 2n)),
        store.saveClose(fixture.close(1, 2n)),
        store.append(payment(1, 3n)),
        store.saveView(id, fixture.view(5)),
      ]
      const outcomes = (await Promise.allSettled(writes)).map(({ status }) => status)
      const [done, refused] = ['fulfilled', 'rejected']
      assert.deepEqual(outcomes, [done, done, refused, done, done, refused, done])
      assert.deepEqual(await versionsOf(store, 0n), [1n, 2n])
      assert.deepEqual(await store.view(id), fixture.view(5))
    },
  },
  {
    title: 'given a write that nobody waited for, when it is read, then it is there',
    run: async (store) => {
      const writes = [store.addChannel(channelRecord(1)), store.append(payment(1, 1n))]
      assert.deepEqual(await store.newest(id), voucher(1, 1n))
      await Promise.all(writes)
    },
  },
  {
    title: 'given 5,000 payments, when they are streamed, then all come in order, with those appended meanwhile',
    run: async (store) => {
      await store.addChannel(channelRecord(1))
      const count = 5_000n
      await Promise.all(
        Array.from({ length: Number(count) }, (_, index) => store.append(payment(1, BigInt(index) + 1n))),
      )
      let expected = 0n
      for await (const { version } of store.payments(id, 0n)) {
        assert.equal(version, ++expected)
        if (version === 2_500n) await store.append(payment(1, count + 1n))
      }
      assert.equal(expected, count + 1n)
    },
  },
  {
    title: 'given writes that wait, when the store is disposed of, then they are kept, and later calls are refused',
    run: async (store) => {
      await store.addChannel(channelRecord(1))
      const writing = store.append(payment(1, 1n))
      await store.dispose()
      await writing
      await store.dispose()
      const expected = { name: 'Store.StoreDisposedError' }
      await assert.rejects(store.append(payment(1, 2n)), expected)
      await assert.rejects(store.newest(id), expected)
      await assert.rejects(store.channels(), expected)
      await assert.rejects(collect(store.payments(id, 0n)), expected)
    },
  },
]

function pick({ cumulativeAmount, receiptsRoot }: { cumulativeAmount: bigint; receiptsRoot: Hex }) {
  return { cumulativeAmount, receiptsRoot }
}

async function addTwo(store: Store): Promise<void> {
  await store.addChannel(channelRecord(1))
  await store.addChannel(channelRecord(2))
}

async function versionsOf(store: Store, afterVersion: bigint): Promise<bigint[]> {
  return (await collect(store.payments(id, afterVersion))).map(({ version }) => version)
}

async function requireEmpty(store: Store, channelId: Hex): Promise<void> {
  assert.equal(await store.newest(channelId), undefined)
  assert.equal(await store.view(channelId), undefined)
  assert.equal(await store.close(channelId), undefined)
  assert.deepEqual(await store.agreements(channelId), [])
  assert.deepEqual(await collect(store.payments(channelId, 0n)), [])
}
