import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { DatabaseSync } from 'node:sqlite'
import * as fixture from '../../../src/testing/storeFixtures.ts'
import { newFolder, writeStore } from './helpers/folder.ts'

const { channelId, channelRecord, collect, payment, voucher } = fixture

describe('openSqliteStore', () => {
  describe('given a store with all that it keeps', () => {
    it('when it is opened again, then everything is there, and goes on', async (t) => {
      const { open } = newFolder(t)
      const first = await open()
      for (const number of [2, 1]) await first.addChannel(channelRecord(number))
      await first.saveView(channelId(1), { ...fixture.view(7), closeAtSeconds: 9 })
      await first.saveAgreement(channelId(1), fixture.word(7), fixture.agreement(7))
      await first.append(payment(1, 1n))
      await first.adopt(voucher(1, 2n ** 63n))
      await first.append(payment(1, 2n ** 63n + 1n))
      await first.saveClose(fixture.close(2, 3n))
      await first.dispose()

      const store = await open()
      assert.deepEqual(await store.channels(), [channelRecord(2), channelRecord(1)])
      assert.deepEqual(await store.view(channelId(1)), { ...fixture.view(7), closeAtSeconds: 9 })
      assert.deepEqual(await store.agreements(channelId(1)), [fixture.agreement(7)])
      assert.deepEqual(await collect(store.payments(channelId(1), 0n)), [payment(1, 1n), payment(1, 2n ** 63n + 1n)])
      assert.deepEqual(await store.close(channelId(2)), fixture.close(2, 3n))

      await assert.rejects(store.append(payment(1, 5n)), { expected: `above ${2n ** 63n + 1n}` })
      await assert.rejects(store.append(payment(2, 5n)), { expected: 'none: closed' })
      await store.addChannel(channelRecord(3))
      await store.saveAgreement(channelId(3), fixture.word(8), fixture.agreement(8))
      await store.append(payment(3, 1n))
      assert.deepEqual(await store.newest(channelId(3)), voucher(3, 1n))
      assert.deepEqual(await store.agreements(channelId(3)), [fixture.agreement(8)])
    })

    it('when the first agreement is saved again after opening, then it is not doubled', async (t) => {
      const { open } = newFolder(t)
      const first = await open()
      await first.addChannel(channelRecord(1))
      await first.saveAgreement(channelId(1), fixture.word(7), fixture.agreement(7))
      await first.dispose()
      const store = await open()
      await store.saveAgreement(channelId(1), fixture.word(7), fixture.agreement(7))
      assert.deepEqual(await store.agreements(channelId(1)), [fixture.agreement(7)])
    })
  })

  describe('given a store that was disposed of', () => {
    it('when its file alone is copied, then the copy has everything: no log is left', async (t) => {
      const place = newFolder(t)
      await writeStore(place, 300)
      assert.deepEqual(readdirSync(place.folder), ['device.db'])
      const copy = join(place.folder, 'copy.db')
      copyFileSync(place.path, copy)
      assert.equal((await (await place.open({ path: copy })).newest(channelId(1)))?.version, 300n)
    })
  })

  describe('given no file', () => {
    it('when it is opened, then it makes one that only its owner may read', async (t) => {
      const { path, open } = newFolder(t)
      const store = await open()
      await store.addChannel(channelRecord(1))
      assert.equal(statSync(path).mode & 0o777, 0o600)
      assert.equal(statSync(`${path}-wal`).mode & 0o777, 0o600)
    })

    it('when its folder is missing, then it refuses with StoreOpenError', async (t) => {
      const { folder, open } = newFolder(t)
      const path = join(folder, 'missing', 'device.db')
      await assert.rejects(open({ path }), (error: Error & { given?: unknown }) => {
        assert.equal(error.name, 'Store.StoreOpenError')
        assert.match(String(error.given), /missing.*ENOENT/)
        return true
      })
    })

    it('when the path is a folder, then it refuses with StoreOpenError', async (t) => {
      const { folder, open } = newFolder(t)
      await assert.rejects(open({ path: folder }), { name: 'Store.StoreOpenError' })
    })

    it('when the path is a name that means something else to SQLite, then it is a file all the same', async (t) => {
      const { folder, open } = newFolder(t)
      for (const name of [':memory:', 'file:x?mode=memory']) {
        await open({ path: join(folder, name) })
        assert.ok(existsSync(join(folder, name)), name)
      }
    })
  })

  describe('given an empty file, as a crash leaves it at the first start', () => {
    it('when it is opened, then it becomes a store', async (t) => {
      const { path, open } = newFolder(t)
      writeFileSync(path, '', { mode: 0o644 })
      await (await open()).addChannel(channelRecord(1))
      assert.equal(statSync(path).mode & 0o777, 0o600)
    })
  })

  describe('given a link to the file', () => {
    it('when it is opened by both names, then the second is refused', async (t) => {
      const place = newFolder(t)
      await writeStore(place, 1)
      symlinkSync(place.path, join(place.folder, 'link.db'))
      await place.open()
      await assert.rejects(place.open({ path: join(place.folder, 'link.db') }), { name: 'Store.StoreLockedError' })
    })
  })

  describe('given an open store', () => {
    it('when its settings are read from the file, then it is in WAL mode with our application id', async (t) => {
      const place = newFolder(t)
      await writeStore(place, 1)
      const database = new DatabaseSync(place.path, { readOnly: true })
      t.after(() => database.close())
      assert.equal(database.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal')
      assert.equal(database.prepare('PRAGMA application_id').get()?.['application_id'], 0x4d757362)
      assert.equal(database.prepare('PRAGMA user_version').get()?.['user_version'], 1)
    })
  })
})
