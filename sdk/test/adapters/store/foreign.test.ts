import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { MIGRATIONS, migrate, requireOurs } from '../../../src/adapters/store/schema.ts'
import * as fixture from '../../../src/testing/storeFixtures.ts'
import { newFolder, writeStore } from './helpers/folder.ts'

const { owner } = fixture

describe('openSqliteStore', () => {
  describe('given the store of one device on one deployment', () => {
    const others = [
      ['chainId', 1],
      ['escrow', fixture.address(99)],
      ['deviceId', fixture.word(99)],
    ] as const
    for (const [field, expected] of others) {
      it(`when it is opened with another ${field}, then it refuses with both, and changes nothing`, async (t) => {
        const place = newFolder(t)
        await writeStore(place, 3)
        const before = readFileSync(place.path)
        const foreign = { ...owner, [field]: expected }
        await assert.rejects(place.open({ owner: foreign }), {
          name: 'Store.ForeignStoreError',
          given: owner[field],
          expected,
        })
        assert.ok(before.equals(readFileSync(place.path)))
        assert.equal((await (await place.open()).newest(fixture.channelId(1)))?.version, 3n)
      })
    }

    it('when it is opened with the same ids in other capitals, then it opens', async (t) => {
      const { open } = newFolder(t)
      await (await open()).dispose()
      await open({ owner: { ...owner, escrow: `0x${owner.escrow.slice(2).toUpperCase()}` } })
    })
  })

  describe('given a database of another program', () => {
    it('when it is opened, then it refuses with ForeignStoreError, and leaves the file as it was', async (t) => {
      const { folder, path, open } = newFolder(t)
      const database = new DatabaseSync(path)
      database.exec('CREATE TABLE notes (text TEXT)')
      database.close()
      const before = readFileSync(path)
      await assert.rejects(open(), { name: 'Store.ForeignStoreError', given: 0, expected: 0x4d757362 })
      assert.ok(before.equals(readFileSync(path)))
      assert.deepEqual(readdirSync(folder), ['device.db'])
    })
  })

  describe('given a file of newer software', () => {
    it('when it is opened, then it refuses with both schemas', async (t) => {
      const place = newFolder(t)
      await writeStore(place, 1)
      const database = new DatabaseSync(place.path)
      database.exec('PRAGMA user_version = 2')
      database.close()
      await assert.rejects(place.open(), { name: 'Store.StoreSchemaError', given: 2, expected: 1 })
    })
  })
})

describe('migrate', () => {
  const next = [...MIGRATIONS, 'CREATE TABLE extras (note TEXT NOT NULL) STRICT']

  it('given a file of the schema before, when it is migrated, then only the new step runs, and its rows stay', async (t) => {
    const place = newFolder(t)
    await writeStore(place, 2)
    const database = new DatabaseSync(place.path)
    t.after(() => database.close())
    assert.equal(requireOurs(database, next), false)
    migrate(database, next)
    migrate(database, next)
    database.exec("INSERT INTO extras VALUES ('kept')")
    assert.equal(database.prepare('PRAGMA user_version').get()?.['user_version'], 2)
    assert.equal(database.prepare('SELECT count(*) AS rows FROM vouchers').get()?.['rows'], 2)
    assert.throws(() => requireOurs(database), { name: 'Store.StoreSchemaError' })
  })

  it('given a step that fails, when its transaction is rolled back, then the file has the schema before', (t) => {
    const database = new DatabaseSync(':memory:')
    t.after(() => database.close())
    migrate(database)
    database.exec('BEGIN')
    assert.throws(() => migrate(database, [...next, 'CREATE TABLE owner (id INTEGER) STRICT']), /already exists/)
    database.exec('ROLLBACK')
    assert.equal(database.prepare('PRAGMA user_version').get()?.['user_version'], 1)
    assert.throws(() => database.exec('SELECT * FROM extras'), /no such table/)
  })
})
