import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { MemoryStore } from '../../src/adapters/store/memoryStore.ts'
import { openSqliteStore } from '../../src/adapters/store/sqliteStore.ts'
import type { ChannelRecord, Store } from '../../src/ports/Store.ts'
import { domains } from './roleWorld.ts'

/** Where a test keeps stores that outlive their roles. */
type Folder = {
  open(record: ChannelRecord, side: 'payer' | 'payee'): Promise<Store>
  /** The same data in a store that was opened anew. */
  reopen(store: Store): Promise<Store>
}

/** The stores that the roles are tried with. */
export const storeKinds: readonly { readonly name: string; folder(t: TestContext): Promise<Folder> }[] = [
  {
    name: 'memory',
    folder: async () => ({ open: async () => new MemoryStore(), reopen: async (store) => store }),
  },
  {
    name: 'sqlite',
    folder: async (t) => {
      const folder = await mkdtemp(join(tmpdir(), 'musubi-roles-'))
      const opened = new Map<Store, () => Promise<Store>>()
      t.after(async () => {
        for (const store of opened.keys()) await store.dispose()
        await rm(folder, { recursive: true })
      })
      const open = async (path: string, deviceId: ChannelRecord['channelId']): Promise<Store> => {
        const { chainId, verifyingContract } = domains.escrow
        const store = await openSqliteStore({ path, owner: { chainId, escrow: verifyingContract, deviceId } })
        opened.set(store, () => open(path, deviceId))
        return store
      }
      return {
        open: ({ channel }, side) =>
          open(join(folder, `${side}.db`), side === 'payer' ? channel.payer : channel.terms.payee),
        reopen: async (store) => {
          await store.dispose()
          return opened.get(store)!()
        },
      }
    },
  },
]
