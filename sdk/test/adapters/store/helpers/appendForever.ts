// A process of its own: opens the store it is told, appends to channel 1 without end, and says each version that resolved.
import process from 'node:process'
import { openSqliteStore } from '../../../../src/adapters/store/sqliteStore.ts'
import { channelId, channelRecord, owner, payment } from '../../../../src/testing/storeFixtures.ts'

const [path = '', depth = '1'] = process.argv.slice(2)
const store = await openSqliteStore({ path, owner })
await store.addChannel(channelRecord(1))
let version = (await store.newest(channelId(1)))?.version ?? 0n
process.stdout.write('open\n')

async function appendForever(): Promise<never> {
  for (;;) {
    const mine = ++version
    await store.append(payment(1, mine))
    // A pipe is written to at once, so that no line is lost with the process's own buffers.
    process.stdout.write(`${mine}\n`)
  }
}

await Promise.all(Array.from({ length: Number(depth) }, appendForever))
