// A process of its own, which the system allows only small files: appends groups until one is refused, and says what
// it saw as one line of JSON.
import process from 'node:process'
import { openSqliteStore } from '../../../../src/adapters/store/sqliteStore.ts'
import { channelId, channelRecord, owner, payment } from '../../../../src/testing/storeFixtures.ts'

const GROUP = 64
const [path = ''] = process.argv.slice(2)
const store = await openSqliteStore({ path, owner })
await store.addChannel(channelRecord(1))
let resolved = 0
for (;;) {
  const group = Array.from({ length: GROUP }, (_, index) => store.append(payment(1, BigInt(resolved + index + 1))))
  const outcomes = await Promise.allSettled(group)
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [nameOf(outcome.reason)] : []))
  if (refusals.length > 0) {
    const later = await store.append(payment(1, BigInt(resolved + GROUP + 1))).then(() => 'kept', nameOf)
    const newest = Number((await store.newest(channelId(1)))?.version ?? 0n)
    process.stdout.write(`${JSON.stringify({ resolved, refusals, later, newest })}\n`)
    break
  }
  resolved += GROUP
}
await store.dispose()

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error)
}
