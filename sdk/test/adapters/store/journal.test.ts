import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'
import type { Hex } from 'viem'
import { keccak256, toHex } from 'viem'
import { MemoryJournal } from '../../../src/adapters/store/journal/memoryJournal.ts'
import { openSqliteJournal } from '../../../src/adapters/store/journal/sqliteJournal.ts'
import type { JournalOwner, TransactionJournal } from '../../../src/ports/TransactionJournal.ts'
import { ATTEMPTS_MAX, KEYLESS_KEPT_MAX, OPEN_ENTRIES_MAX } from '../../../src/ports/TransactionJournal.ts'
import { owner as storeOwner } from '../../../src/testing/storeFixtures.ts'
import { openSqliteStore } from '../../../src/adapters/store/sqliteStore.ts'

const owner: JournalOwner = { chainId: 31337, account: `0x${'aB'.repeat(20)}` }

/** Some transaction; the journal does not look into it. */
function attempt(number: number, kind: 'call' | 'cancel' = 'call') {
  const serialized: Hex = `0x02${toHex(number, { size: 600 }).slice(2)}`
  return { hash: keccak256(serialized), serialized, kind }
}

const entry = (nonce: number, key?: string) => ({ nonce, purpose: 'settle', key, attempt: attempt(nonce) })

function newPath(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'musubi-journal-'))
  test.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'account.journal')
}

async function openAt(test: TestContext, path: string, changed: Partial<JournalOwner> = {}) {
  const journal = await openSqliteJournal({ path, owner: { ...owner, ...changed } })
  test.after(() => journal.dispose())
  return journal
}

const kinds: readonly (readonly [string, (test: TestContext) => Promise<TransactionJournal>])[] = [
  ['MemoryJournal', async () => new MemoryJournal(owner)],
  ['the SQLite journal', (test) => openAt(test, newPath(test))],
]

for (const [name, make] of kinds) {
  describe(name, () => {
    it('given entries, then they are found by key, hash, and in order of nonces', async (t) => {
      const journal = await make(t)
      const second = await journal.add(entry(8, 'key'))
      const first = await journal.add(entry(7))
      assert.deepEqual(first, {
        ref: 2,
        nonce: 7,
        purpose: 'settle',
        key: undefined,
        attempts: [attempt(7)],
        end: undefined,
      })
      assert.deepEqual(await journal.open(), [first, second])
      assert.deepEqual(await journal.byKey('key'), second)
      assert.deepEqual(await journal.byHash(attempt(7).hash), first)
      assert.deepEqual([await journal.byKey('other'), await journal.byHash(attempt(9).hash)], [undefined, undefined])
      assert.deepEqual(journal.owner, owner)
    })

    it('given another attempt, then it is the newest, and finds the same entry', async (t) => {
      const journal = await make(t)
      const { ref } = await journal.add(entry(7))
      const raised = await journal.addAttempt(ref, attempt(70, 'cancel'))
      assert.deepEqual(raised.attempts, [attempt(7), attempt(70, 'cancel')])
      assert.deepEqual(await journal.byHash(attempt(70).hash), raised)
    })

    it('given an open entry has the nonce or the key, or any has the hash, then it is refused, and nothing is kept', async (t) => {
      const journal = await make(t)
      await journal.add(entry(7, 'key'))
      const conflict = (given: unknown) => ({ name: 'Store.StoreConflictError', given })
      await assert.rejects(journal.add({ ...entry(7), attempt: attempt(1) }), conflict(7))
      await assert.rejects(journal.add(entry(8, 'key')), conflict('key'))
      await assert.rejects(journal.add({ ...entry(9), attempt: attempt(7) }), conflict(attempt(7).hash))
      assert.equal((await journal.open()).length, 1)
      // Two at once are no better.
      const both = await Promise.allSettled([
        journal.add(entry(10)),
        journal.add({ ...entry(10), attempt: attempt(11) }),
      ])
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    })

    const ends = [
      [{ kind: 'mined', hash: attempt(7).hash }, false],
      [{ kind: 'reverted', hash: attempt(7).hash }, true],
      [{ kind: 'cancelled', hash: attempt(7).hash }, true],
      [{ kind: 'lost' }, true],
      [{ kind: 'refused' }, true],
    ] as const
    for (const [end, isFree] of ends) {
      it(`given an entry ended as ${end.kind}, then its key ${isFree ? 'may be used again' : 'is used up'}`, async (t) => {
        const journal = await make(t)
        const { ref } = await journal.add(entry(7, 'key'))
        await journal.end(ref, end)
        assert.deepEqual(await journal.open(), [])
        assert.deepEqual((await journal.byKey('key'))?.end, end)
        const again = journal.add({ ...entry(7, 'key'), attempt: attempt(1) })
        if (isFree) assert.equal((await again).ref, ref + 1)
        else await assert.rejects(again, { name: 'Store.StoreConflictError', given: 'key' })
        const refused = { name: 'Store.StoreConflictError', given: end.kind }
        await assert.rejects(journal.end(ref, { kind: 'lost' }), refused)
        await assert.rejects(journal.addAttempt(ref, attempt(2)), refused)
      })
    }

    it('given limits are reached, then it refuses, and keeps what it has', async (t) => {
      const journal = await make(t)
      const { ref } = await journal.add(entry(0))
      for (let n = 1; n < ATTEMPTS_MAX; n++) await journal.addAttempt(ref, attempt(10_000 + n))
      const limit = (expected: number) => ({ name: 'Store.StoreLimitError', given: expected + 1, expected })
      await assert.rejects(journal.addAttempt(ref, attempt(20_000)), limit(ATTEMPTS_MAX))
      await assert.rejects(journal.add(entry(1, 'é'.repeat(101))), { name: 'Store.StoreLimitError', given: 202 })
      await Promise.all(Array.from({ length: OPEN_ENTRIES_MAX - 1 }, (_, n) => journal.add(entry(n + 1))))
      await assert.rejects(journal.add(entry(5_000)), limit(OPEN_ENTRIES_MAX))
      assert.equal((await journal.open()).length, OPEN_ENTRIES_MAX)
    })

    it('given many have ended, then the oldest without a key go, and every key stays', async (t) => {
      const journal = await make(t)
      const keyed = await journal.add(entry(0, 'key'))
      await journal.end(keyed.ref, { kind: 'mined', hash: attempt(0).hash })
      const act = async (n: number) => {
        const { ref } = await journal.add(entry(n))
        await journal.end(ref, { kind: 'mined', hash: attempt(n).hash })
      }
      await act(1)
      await Promise.all(Array.from({ length: KEYLESS_KEPT_MAX }, (_, n) => act(n + 2)))
      assert.equal(await journal.byHash(attempt(1).hash), undefined)
      assert.equal((await journal.byHash(attempt(2).hash))?.nonce, 2)
      assert.equal((await journal.byKey('key'))?.end?.kind, 'mined')
    })

    it('given it was disposed of, then it refuses everything', async (t) => {
      const journal = await make(t)
      await journal.dispose()
      await assert.rejects(journal.open(), { name: 'Store.StoreDisposedError' })
      await assert.rejects(journal.add(entry(1)), { name: 'Store.StoreDisposedError' })
    })
  })
}

describe('openSqliteJournal', () => {
  it('given a file that was written before, then all is there again', async (t) => {
    const path = newPath(t)
    const before = await openAt(t, path)
    const { ref } = await before.add(entry(7, 'key'))
    const kept = await before.addAttempt(ref, attempt(70))
    await before.dispose()
    const journal = await openAt(t, path)
    assert.deepEqual(await journal.open(), [kept])
    assert.equal((await journal.add(entry(8))).ref, ref + 1)
  })

  it('given it is open already, then it throws StoreLocked: no two give out the same nonce', async (t) => {
    const path = newPath(t)
    await openAt(t, path)
    await assert.rejects(openAt(t, path), { name: 'Store.StoreLockedError' })
  })

  it('given a journal of another account or chain, or a store of a device, then it throws ForeignStore', async (t) => {
    const path = newPath(t)
    await (await openAt(t, path)).dispose()
    for (const changed of [{ chainId: 1 }, { account: `0x${'cd'.repeat(20)}` as const }]) {
      await assert.rejects(openAt(t, path, changed), { name: 'Store.ForeignStoreError' })
    }
    await assert.rejects(openSqliteStore({ path, owner: storeOwner }), { name: 'Store.ForeignStoreError' })
    const storePath = newPath(t)
    await (await openSqliteStore({ path: storePath, owner: storeOwner })).dispose()
    await assert.rejects(openAt(t, storePath), { name: 'Store.ForeignStoreError' })
  })

  const damages = [
    ['a nonce', 'UPDATE entries SET nonce = 9'],
    ['a key', "UPDATE entries SET key = 'other'"],
    ['an end', "UPDATE entries SET end = 'lost'"],
    ['a kind', "UPDATE attempts SET kind = 'cancel'"],
    ['a transaction', "UPDATE attempts SET serialized = x'0203'"],
    ['the owner', 'UPDATE owner SET chain_id = 1'],
  ] as const
  for (const [what, sql] of damages) {
    it(`given ${what} has changed, then it throws StoreDamaged`, async (t) => {
      const path = newPath(t)
      const journal = await openAt(t, path)
      await journal.add(entry(7, 'key'))
      await journal.dispose()
      const database = new DatabaseSync(path)
      database.exec(sql)
      database.close()
      await assert.rejects(openAt(t, path), { name: 'Store.StoreDamagedError' })
    })
  }
})
