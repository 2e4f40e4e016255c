import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { createProgress } from '../src/Progress.ts'

/** A screen that remembers what is written to it, and whose time stands still until it is moved. */
function screen(options: { readonly isTTY: boolean }) {
  const stream = Object.assign(new PassThrough(), { isTTY: options.isTTY, columns: 80 })
  let text = ''
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const time = { ms: 0 }
  return { stream, time, now: () => time.ms, text: () => text }
}

describe('progress', () => {
  it('given no terminal, when work goes on, it writes a line now and then, and the last one', () => {
    const shown = screen({ isTTY: false })
    const progress = createProgress('blocks', { json: false }, shown)
    progress.update(100, 1_000)
    for (const [ms, done] of [
      [1_000, 200],
      [4_999, 400],
      [5_000, 600],
      [6_000, 1_000],
    ] as const) {
      shown.time.ms = ms
      progress.update(done, 1_000)
    }
    progress.stop()
    assert.deepEqual(shown.text().split('\n'), [
      'blocks: 100 of 1000',
      'blocks: 600 of 1000, 100/s',
      'blocks: 1000 of 1000, 150/s',
      '',
    ])
  })

  it('given a terminal, when work goes on, it draws a bar and takes it away', () => {
    const shown = screen({ isTTY: true })
    const progress = createProgress('blocks', { json: false }, shown)
    progress.update(10, 20)
    progress.update(20, 20)
    progress.stop()
    assert.match(shown.text(), /blocks .*█.* 10\/20/)
    assert.ok(shown.text().endsWith('\u001b[?7h') || shown.text().includes('\u001b[0K'), 'the line is cleared')
    assert.doesNotMatch(shown.text(), /\n/)
  })

  it('given a machine that reads JSON, when work goes on, it writes nothing, on a terminal either', () => {
    for (const isTTY of [true, false]) {
      const shown = screen({ isTTY })
      const progress = createProgress('blocks', { json: true }, shown)
      progress.update(1, 2)
      progress.stop()
      assert.equal(shown.text(), '')
    }
  })

  it('given work that is over before it began, when stopped, it writes nothing', () => {
    const shown = screen({ isTTY: true })
    createProgress('blocks', { json: false }, shown).stop()
    assert.equal(shown.text(), '')
  })
})
