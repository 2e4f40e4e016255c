import assert from 'node:assert/strict'
import { closeSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { channelId, collect, payment, voucher } from '../../../src/testing/storeFixtures.ts'
import { newFolder, writeStore } from './helpers/folder.ts'

const DAMAGED = { name: 'Store.StoreDamagedError' }
/** A changed byte of the header may also look like another program's file, or one that cannot be written. */
const REFUSALS = ['StoreDamagedError', 'ForeignStoreError', 'StoreSchemaError'].map((name) => `Store.${name}`)
const COUNT = 200

describe('openSqliteStore, given a damaged file', () => {
  it('when one byte of it has changed, wherever, then it refuses, or shows every payment as it was', async (t) => {
    const place = newFolder(t)
    await writeStore(place, COUNT)
    const sound = readFileSync(place.path)
    const expected = Array.from({ length: COUNT }, (_, index) => payment(1, BigInt(index) + 1n))
    let refused = 0
    // 251 is prime to the page's size, so the places walk through all parts of a page.
    for (let offset = 1; offset < sound.length; offset += 251) {
      const damaged = Buffer.from(sound)
      damaged.writeUInt8(damaged.readUInt8(offset) ^ 0x55, offset)
      writeFileSync(place.path, damaged)
      try {
        const store = await place.open()
        assert.deepEqual(await collect(store.payments(channelId(1), 0n)), expected, `byte ${offset}`)
        await store.dispose()
      } catch (error) {
        assert.ok(error instanceof Error && REFUSALS.includes(error.name), `byte ${offset}: ${String(error)}`)
        refused++
      }
    }
    assert.ok(refused > 50, `${refused} places were refused`)
  })

  it('when a bit of a signature has flipped, then it refuses', async (t) => {
    const place = newFolder(t)
    await writeStore(place, COUNT)
    const bytes = readFileSync(place.path)
    const offset = bytes.indexOf(Buffer.from(payment(1, 100n).signature.slice(2), 'hex'))
    bytes.writeUInt8(bytes.readUInt8(offset + 20) ^ 1, offset + 20)
    writeFileSync(place.path, bytes)
    await assert.rejects(place.open(), { ...DAMAGED, given: 'a row of its vouchers has changed' })
  })

  it('when its end is missing, then it refuses', async (t) => {
    const place = newFolder(t)
    await writeStore(place, COUNT)
    for (const share of [0.9, 0.5, 0.1]) {
      truncateSync(place.path, Math.floor(readFileSync(place.path).length * share))
      await assert.rejects(place.open(), DAMAGED, `${share} of it`)
    }
  })

  it('when its middle is zeros, then it refuses', async (t) => {
    const place = newFolder(t)
    await writeStore(place, COUNT)
    const bytes = readFileSync(place.path)
    bytes.fill(0, bytes.length / 2, bytes.length / 2 + 4_096)
    writeFileSync(place.path, bytes)
    await assert.rejects(place.open(), DAMAGED)
  })

  it('when it is no database, then it refuses, and leaves it as it was', async (t) => {
    const { path, open } = newFolder(t)
    const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7_919) % 251))
    for (const size of [20_000, 512, 1]) {
      writeFileSync(path, bytes.subarray(0, size))
      await assert.rejects(open(), DAMAGED, `${size} bytes`)
      assert.ok(readFileSync(path).equals(bytes.subarray(0, size)))
    }
  })

  it('when it names no owner, then it refuses', async (t) => {
    const place = newFolder(t)
    await writeStore(place, 1)
    changeBy(place.path, 'DELETE FROM owner')
    await assert.rejects(place.open(), { ...DAMAGED, given: 'it names no owner' })
  })

  it('when its schema number is gone, then it refuses', async (t) => {
    const place = newFolder(t)
    await writeStore(place, 1)
    changeBy(place.path, 'PRAGMA user_version = 0')
    await assert.rejects(place.open(), { ...DAMAGED, given: 'it has tables, but its schema is 0' })
  })

  it('when a table is gone, then it refuses', async (t) => {
    const place = newFolder(t)
    await writeStore(place, 1)
    changeBy(place.path, 'DROP TABLE closes')
    await assert.rejects(place.open(), DAMAGED)
  })
})

describe('the SQLite store, given its file is damaged while it is open', () => {
  it('when a page is read that has changed, then it refuses to show it', async (t) => {
    const place = newFolder(t)
    // More than SQLite keeps in memory, so that the first pages are read again.
    await writeStore(place, 12_000)
    const store = await place.open()
    const offset = readFileSync(place.path).indexOf(Buffer.from(payment(1, 300n).signature.slice(2), 'hex'))
    const file = openSync(place.path, 'r+')
    writeSync(file, Buffer.from([0xff]), 0, 1, offset)
    closeSync(file)
    assert.deepEqual(await store.newest(channelId(1)), voucher(1, 12_000n))
    await assert.rejects(collect(store.payments(channelId(1), 290n)), DAMAGED)
  })
})

function changeBy(path: string, sql: string): void {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  database.exec(sql)
  database.close()
}
