// A process of its own: opens the store it is told, and says what came of it.
import process from 'node:process'
import { openSqliteStore } from '../../../../src/adapters/store/sqliteStore.ts'
import { owner } from '../../../../src/testing/storeFixtures.ts'

const [path = ''] = process.argv.slice(2)
try {
  const store = await openSqliteStore({ path, owner })
  await store.dispose()
  process.stdout.write('open\n')
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.name : String(error)}\n`)
}
