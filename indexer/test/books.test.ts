import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { type Posting, transfer, writeEntries } from '../src/books/Posting.ts'
import * as rules from '../src/books/rules.ts'
import type { Database } from '../src/database/open.ts'
import { CHAIN_APPEND_ONLY } from '../src/database/migrations/chainTables.ts'
import { HOUSE_APPEND_ONLY } from '../src/database/migrations/houseTables.ts'
import { type Backend, BACKENDS, startBackend } from './support/backends.ts'

const FLOAT = { account: 'FLOAT', key: 'a' } as const
const BALANCE = { account: 'ESCROW_BALANCE', key: 'a' } as const
const entry = (postings: readonly Posting[]) => ({
  id: 'entry-1',
  rule: 'test',
  atSeconds: 1n,
  cause: 'test',
  postings,
})

for (const name of BACKENDS) {
  describe(`books on ${name}`, () => {
    let backend: Backend
    let db: Database

    before(async () => {
      backend = await startBackend(name)
    })
    after(() => backend.stop())
    beforeEach(async () => {
      db = await backend.fresh()
    })

    it('given an entry that sums to zero, when written, it is kept with every digit', async () => {
      const amount = 2n ** 200n + 1n
      await writeEntries(db, [])
      await db
        .transaction()
        .execute((tx) => writeEntries(tx, [entry(transfer('JPYT', amount, { debit: BALANCE, credit: FLOAT }))]))
      const rows = await db.selectFrom('posting').select('amount').orderBy('posting_no').execute()
      assert.deepEqual(
        rows.map((row) => row.amount),
        [amount, -amount],
      )
    })

    it('given an entry that does not sum to zero, when its transaction ends, the database refuses it', async () => {
      const lopsided: Posting[] = [
        { ...BALANCE, asset: 'JPYT', amount: 5n },
        { ...FLOAT, asset: 'JPYT', amount: -4n },
      ]
      await assert.rejects(
        db.transaction().execute((tx) => writeEntries(tx, [entry(lopsided)])),
        /entry entry-1 does not sum to zero: 1 of JPYT/,
      )
    })

    it('given an entry that is zero over two assets together, when its transaction ends, the database refuses it', async () => {
      const mixed: Posting[] = [
        { ...BALANCE, asset: 'JPYT', amount: 5n },
        { ...FLOAT, asset: 'USDT', amount: -5n },
      ]
      await assert.rejects(
        db.transaction().execute((tx) => writeEntries(tx, [entry(mixed)])),
        /does not sum to zero/,
      )
    })

    it('given an entry without postings, when its transaction ends, the database refuses it', async () => {
      const row = { entry_id: 'empty', rule: 'test', at_seconds: 1n, cause: 'test' }
      await assert.rejects(db.insertInto('entry').values(row).execute(), /entry empty has no postings/)
    })

    it('given a kept entry, when a posting is added later, the database refuses it', async () => {
      await db
        .transaction()
        .execute((tx) => writeEntries(tx, [entry(transfer('JPYT', 5n, { debit: BALANCE, credit: FLOAT }))]))
      const late = { entry_id: 'entry-1', posting_no: 3, account: 'FLOAT', account_key: 'a', asset: 'JPYT', amount: 1n }
      await assert.rejects(db.insertInto('posting').values(late).execute(), /does not sum to zero/)
    })

    it('given a kept row, when it is updated or deleted, the database refuses it', async () => {
      await db
        .transaction()
        .execute((tx) => writeEntries(tx, [entry(transfer('JPYT', 5n, { debit: BALANCE, credit: FLOAT }))]))
      await assert.rejects(db.updateTable('posting').set({ account: 'LOSS' }).execute(), /UPDATE of posting refused/)
      await assert.rejects(db.deleteFrom('posting').execute(), /DELETE of posting refused/)
      await assert.rejects(db.updateTable('entry').set({ rule: 'other' }).execute(), /UPDATE of entry refused/)
    })

    for (const table of [...CHAIN_APPEND_ONLY, ...HOUSE_APPEND_ONLY]) {
      it(`given ${table}, when truncated, the database refuses it`, async () => {
        await assert.rejects(sql.raw(`TRUNCATE ${table} CASCADE`).execute(db), /TRUNCATE of .* refused/)
      })
    }
  })
}

describe('posting rules', () => {
  const movement = fc.record({
    asset: fc.constantFrom('JPYT', 'USDT'),
    amount: fc.bigInt(0n, 2n ** 96n),
    funding: fc.constantFrom(1, 2, 3),
    channelId: fc.string(),
    funder: fc.string(),
    partyId: fc.string(),
    account: fc.string(),
    source: fc.constantFrom('BALANCE' as const, 'OUTSIDE' as const),
  })

  it('given any movement, when posted by any rule, its postings sum to zero', () => {
    fc.assert(
      fc.property(movement, (of) => {
        const made = [rules.balanceDeposited, rules.balanceWithdrawn, rules.deposited, rules.settled, rules.refunded]
        for (const rule of made)
          assert.equal(
            rule(of).reduce((sum, posting) => sum + posting.amount, 0n),
            0n,
          )
      }),
    )
  })

  it('given a channel’s life, when all of it is posted, its deposit account ends at zero', () => {
    fc.assert(
      fc.property(movement, fc.bigInt(0n, 2n ** 95n), (of, spent) => {
        const deposit = of.amount + spent
        const postings = [
          ...rules.deposited({ ...of, amount: deposit }),
          ...rules.settled({ ...of, amount: spent }),
          ...rules.refunded({ ...of, amount: deposit - spent }),
        ]
        const left = postings
          .filter((one) => one.account.endsWith('_DEPOSIT'))
          .reduce((sum, one) => sum + one.amount, 0n)
        assert.equal(left, 0n)
      }),
    )
  })
})
