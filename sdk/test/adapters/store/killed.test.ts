import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { channelId, payment } from '../../../src/testing/storeFixtures.ts'
import { startChild } from './helpers/child.ts'
import { newFolder } from './helpers/folder.ts'

/** After how many resolved writes the process is killed: the rest of the moment is chance. */
const MOMENTS = [0, 1, 7, 40, 133, 400]

describe('the SQLite store, given its process is killed while it writes', () => {
  for (const depth of [1, 64]) {
    it(`when it is opened again, then all that was resolved is there, with ${depth} writes at once`, async (t) => {
      const place = newFolder(t)
      let resolved = 0n
      for (const moment of MOMENTS) {
        const child = startChild(t, 'appendForever.ts', [place.path, String(depth)])
        assert.equal(await child.next(), 'open')
        const reported: string[] = []
        while (reported.length < moment) reported.push(await child.next())
        reported.push(...(await child.kill()))
        // A line that the kill cut short names no version that was reported whole.
        for (const line of reported) if (BigInt(line) > resolved) resolved = BigInt(line)

        const store = await place.open()
        let expected = 0n
        for await (const kept of store.payments(channelId(1), 0n)) assert.deepEqual(kept, payment(1, ++expected))
        assert.ok(expected >= resolved, `${resolved} was reported, ${expected} is kept`)
        assert.equal((await store.newest(channelId(1)))?.version ?? 0n, expected)
        await store.dispose()
      }
      assert.ok(resolved >= 400n, `${resolved} versions were reported in all`)
    })
  }
})
