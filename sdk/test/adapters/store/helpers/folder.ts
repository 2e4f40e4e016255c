import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { SqliteStore } from '../../../../src/adapters/store/sqliteStore.ts'
import { openSqliteStore } from '../../../../src/adapters/store/sqliteStore.ts'
import { channelRecord, owner, payment } from '../../../../src/testing/storeFixtures.ts'

/** A place for one store; when the test ends, its stores are disposed of and the folder goes. */
export type Folder = {
  readonly folder: string
  readonly path: string
  readonly open: (options?: Partial<openSqliteStore.Options>) => Promise<SqliteStore>
}

export function newFolder(test: TestContext): Folder {
  const folder = mkdtempSync(join(tmpdir(), 'musubi-store-'))
  const path = join(folder, 'device.db')
  const stores: SqliteStore[] = []
  test.after(async () => {
    for (const store of stores) await store.dispose()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder,
    path,
    async open(options = {}) {
      const store = await openSqliteStore({ path, owner, ...options })
      stores.push(store)
      return store
    },
  }
}

/** Appends versions `first` to `last` of channel 1, all at once. */
export async function appendAll(store: SqliteStore, first: number, last: number): Promise<void> {
  const versions = Array.from({ length: last - first + 1 }, (_, index) => BigInt(first + index))
  await Promise.all(versions.map((version) => store.append(payment(1, version))))
}

/** A store with one channel and `count` payments, closed again. */
export async function writeStore({ open }: Folder, count: number): Promise<void> {
  const store = await open()
  await store.addChannel(channelRecord(1))
  await appendAll(store, 1, count)
  await store.dispose()
}
