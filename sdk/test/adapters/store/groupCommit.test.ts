import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'
import { GROUP_MAX, GroupCommit, QUEUE_MAX } from '../../../src/adapters/store/GroupCommit.ts'
import { StoreConflictError } from '../../../src/ports/StoreErrors.ts'
import { channelRecord, payment } from '../../../src/testing/storeFixtures.ts'
import { newFolder } from './helpers/folder.ts'

const conflict = new StoreConflictError({ what: 'Number', given: 1, expected: 2 })

describe('the SQLite store, given writes at once', () => {
  it('when they are of one turn, then they share a transaction; one after the other, each has its own', async (t) => {
    const store = await newFolder(t).open()
    await store.addChannel(channelRecord(1))
    const before = store.commits
    await Promise.all(Array.from({ length: 500 }, (_, index) => store.append(payment(1, BigInt(index + 1)))))
    assert.equal(store.commits - before, 1)
    for (let version = 501n; version <= 510n; version++) await store.append(payment(1, version))
    assert.equal(store.commits - before, 11)
  })
})

describe('GroupCommit', () => {
  it('given more writes than a group holds, when they are committed, then there are as few groups as can be', async (t) => {
    const { database, group } = newGroup(t)
    const writes = Array.from({ length: 2 * GROUP_MAX + 1 }, (_, index) => group.enqueue(() => insert(database, index)))
    await Promise.all(writes)
    assert.equal(group.commits, 3)
    assert.equal(count(database), 2 * GROUP_MAX + 1)
  })

  it('given a write, when it resolves, then its transaction has ended', async (t) => {
    const { database, group } = newGroup(t)
    await group.enqueue(() => insert(database, 1))
    assert.equal(database.isTransaction, false)
    assert.equal(count(database), 1)
  })

  it('given writes in one group, when one is refused by a rule, then it is refused alone', async (t) => {
    const { database, group } = newGroup(t)
    const refused = () => {
      throw conflict
    }
    const writes = [
      group.enqueue(() => insert(database, 1)),
      group.enqueue(refused),
      group.enqueue(() => insert(database, 2)),
    ]
    const [first, second, third] = await Promise.allSettled(writes)
    assert.equal(first?.status, 'fulfilled')
    assert.deepEqual(second, { status: 'rejected', reason: conflict })
    assert.equal(third?.status, 'fulfilled')
    assert.equal(count(database), 2)
  })

  it('given writes in one group, when a statement fails, then all are taken back, and later ones refused', async (t) => {
    const { database, group } = newGroup(t)
    await group.enqueue(() => insert(database, 1))
    const outcomes = await Promise.allSettled([2, 1, 3].map((number) => group.enqueue(() => insert(database, number))))
    for (const outcome of outcomes) {
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof Error)
      assert.equal(outcome.reason.name, 'Store.StoreWriteError')
      assert.match(outcome.reason.message, /UNIQUE constraint failed: numbers\.number/)
    }
    await assert.rejects(
      group.enqueue(() => insert(database, 4)),
      { name: 'Store.StoreWriteError', given: /^an earlier write failed/ },
    )
    assert.equal(count(database), 1)
    assert.equal(database.isTransaction, false)
  })

  it('given a group, when its commit fails, then all are taken back', async (t) => {
    const { database, group } = newGroup(t)
    // A deferred key is checked by COMMIT itself: each insert succeeds.
    database.exec('CREATE TABLE marks (number INTEGER REFERENCES numbers DEFERRABLE INITIALLY DEFERRED)')
    const outcomes = await Promise.allSettled([
      group.enqueue(() => insert(database, 1)),
      group.enqueue(() => database.exec('INSERT INTO marks VALUES (99)')),
    ])
    for (const outcome of outcomes)
      assert.ok(outcome.status === 'rejected' && /FOREIGN KEY/.test(String(outcome.reason)))
    assert.equal(count(database), 0)
  })

  it('given a database that is gone, when a write fails and cannot be taken back, then it is refused all the same', async (t) => {
    const { database, group } = newGroup(t)
    const writing = group.enqueue(() => insert(database, 1))
    database.close()
    await assert.rejects(writing, { name: 'Store.StoreWriteError', given: 'database is not open' })
    database.open()
  })

  it('given a full queue, when one more is written, then it is refused, and those before are kept', async (t) => {
    const { database, group } = newGroup(t)
    const writes = Array.from({ length: QUEUE_MAX }, (_, index) => group.enqueue(() => insert(database, index)))
    await assert.rejects(
      group.enqueue(() => insert(database, QUEUE_MAX)),
      { name: 'Store.StoreLimitError', given: QUEUE_MAX + 1, expected: QUEUE_MAX },
    )
    await Promise.all(writes)
    assert.equal(count(database), QUEUE_MAX)
    await group.enqueue(() => insert(database, QUEUE_MAX))
  })
})

function newGroup(test: TestContext): { database: DatabaseSync; group: GroupCommit } {
  const database = new DatabaseSync(':memory:')
  test.after(() => database.close())
  database.exec('CREATE TABLE numbers (number INTEGER PRIMARY KEY) STRICT')
  return { database, group: new GroupCommit(database) }
}

function insert(database: DatabaseSync, number: number): void {
  database.prepare('INSERT INTO numbers VALUES (?)').run(number)
}

function count(database: DatabaseSync): number {
  return Number(database.prepare('SELECT count(*) AS numbers FROM numbers').get()?.['numbers'])
}
