import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DatabaseSync } from 'node:sqlite'
import { channelRecord } from '../../../src/testing/storeFixtures.ts'
import { startChild } from './helpers/child.ts'
import { newFolder, writeStore } from './helpers/folder.ts'

describe('openSqliteStore', () => {
  describe('given another process has the store open', () => {
    it('when it is opened, then it refuses at once with StoreLockedError; when that is killed, it opens', async (t) => {
      const { path, open } = newFolder(t)
      const child = startChild(t, 'appendForever.ts', [path])
      assert.equal(await child.next(), 'open')
      await assert.rejects(open(), { name: 'Store.StoreLockedError', given: path })
      // Refused again: the first refusal has not taken the lock away from its holder.
      await assert.rejects(open(), { name: 'Store.StoreLockedError' })
      await child.kill()
      await open()
    })
  })

  describe('given this process has the store open', () => {
    it('when it is opened again, here or elsewhere, then it refuses; after dispose it opens', async (t) => {
      const place = newFolder(t)
      const store = await place.open()
      await store.addChannel(channelRecord(1))
      await assert.rejects(place.open(), { name: 'Store.StoreLockedError', given: place.path })
      const child = startChild(t, 'tryOpen.ts', [place.path])
      assert.equal(await child.next(), 'Store.StoreLockedError')
      await store.dispose()
      await place.open()
    })
  })

  describe('given a reader of another program has the file open', () => {
    it('when it is opened, then it refuses with StoreLockedError', async (t) => {
      const place = newFolder(t)
      await writeStore(place, 1)
      const reader = new DatabaseSync(place.path, { readOnly: true })
      t.after(() => reader.close())
      reader.exec('BEGIN; SELECT count(*) FROM vouchers')
      await assert.rejects(place.open(), { name: 'Store.StoreLockedError' })
    })
  })
})
