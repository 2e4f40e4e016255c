import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { channelId, channelRecord, payment } from '../../../src/testing/storeFixtures.ts'
import { appendAll, newFolder } from './helpers/folder.ts'

const WRITE = { name: 'Store.StoreWriteError' }
const GROUP = 64

describe('the SQLite store, given it may grow no more', () => {
  it('when a group is appended, then none of it is kept, and every later write is refused', async (t) => {
    const { open } = newFolder(t)
    const store = await open({ fileBytesMax: 200_000 })
    await store.addChannel(channelRecord(1))
    let kept = 0
    let outcomes: PromiseSettledResult<void>[] = []
    while (outcomes.every(({ status }) => status === 'fulfilled')) {
      kept += outcomes.length
      const versions = Array.from({ length: GROUP }, (_, index) => BigInt(kept + index + 1))
      outcomes = await Promise.allSettled(versions.map((version) => store.append(payment(1, version))))
    }
    for (const outcome of outcomes) {
      assert.equal(outcome.status, 'rejected')
      assert.ok(outcome.reason instanceof Error)
      assert.equal(outcome.reason.name, WRITE.name)
      assert.match(outcome.reason.message, /database or disk is full/)
    }
    assert.ok(kept > 0 && kept % GROUP === 0)

    const later = { ...WRITE, given: 'an earlier write failed (database or disk is full)' }
    await assert.rejects(store.append(payment(1, BigInt(kept + 1))), later)
    await assert.rejects(store.addChannel(channelRecord(2)), later)
    assert.equal((await store.newest(channelId(1)))?.version, BigInt(kept))
    await store.dispose()

    const again = await open()
    assert.equal((await again.newest(channelId(1)))?.version, BigInt(kept))
    assert.deepEqual(await again.channels(), [channelRecord(1)])
    await appendAll(again, kept + 1, kept + GROUP)
  })

  it('when writes wait behind the group that fails, then they are refused too', async (t) => {
    const { open } = newFolder(t)
    const store = await open({ fileBytesMax: 200_000 })
    await store.addChannel(channelRecord(1))
    const versions = Array.from({ length: 3_000 }, (_, index) => BigInt(index + 1))
    const outcomes = await Promise.allSettled(versions.map((version) => store.append(payment(1, version))))
    for (const outcome of outcomes) assert.equal(outcome.status === 'rejected' && nameOf(outcome.reason), WRITE.name)
    assert.equal(await store.newest(channelId(1)), undefined)
  })

  it('when it is to be made, then it refuses, and no file is left', async (t) => {
    const { path, open } = newFolder(t)
    await assert.rejects(open({ fileBytesMax: 8_192 }), WRITE)
    assert.equal(existsSync(path), false)
    await open()
  })
})

describe('the SQLite store, given the system refuses its writes', () => {
  it('when a group cannot be written, then none of it is kept, and it opens again with the rest', async (t) => {
    const { path, open } = newFolder(t)
    // Blocks of 512 bytes. The limit is of the system's: the write of the log itself fails, not a check of SQLite's.
    const helper = fileURLToPath(new URL('helpers/appendUntilFull.ts', import.meta.url))
    const command = 'ulimit -f 800; exec "$0" "$1" "$2"'
    const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', command, process.execPath, helper, path], {
      encoding: 'utf8',
      // The limit would cut short a coverage report, too, and with it spoil the whole.
      env: { ...process.env, NODE_V8_COVERAGE: '' },
    })
    assert.equal(status, 0, stderr)
    const said = JSON.parse(stdout) as { resolved: number; refusals: string[]; later: string; newest: number }
    assert.ok(said.resolved > 0)
    assert.deepEqual(said.refusals, Array<string>(GROUP).fill(WRITE.name))
    assert.equal(said.later, WRITE.name)
    assert.equal(said.newest, said.resolved)

    const store = await open()
    assert.equal((await store.newest(channelId(1)))?.version, BigInt(said.resolved))
    await appendAll(store, said.resolved + 1, said.resolved + GROUP)
  })
})

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error)
}
