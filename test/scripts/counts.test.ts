import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { add, fromHardhat, fromSummaryLine, judge, summaryLine } from '../../scripts/runner/counts.ts'

describe('fromSummaryLine', () => {
  it('reads back what summaryLine wrote', () => {
    const counts = { passed: 12, failed: 3, skipped: 0 }
    assert.deepEqual(fromSummaryLine(`a table\n\n${summaryLine(counts)}\n`), counts)
  })

  it('reads nothing when another line came last', () => {
    assert.equal(fromSummaryLine('12 passed, 3 failed\nError: it broke off\n'), undefined)
  })

  it('reads nothing from an empty report', () => {
    assert.equal(fromSummaryLine(''), undefined)
  })
})

describe('fromHardhat', () => {
  it('reads passing, failing and pending, whatever their order', () => {
    const output = '  Escrow\n    - later\n\n  797 passing (7s)\n  1 pending\n  2 failing\n\n  1) Escrow\n'
    assert.deepEqual(fromHardhat(output), { passed: 797, failed: 2, skipped: 1 })
  })

  it('reads a coloured summary', () => {
    assert.deepEqual(fromHardhat('\n\u001b[32m  12 passing\u001b[39m\n'), { passed: 12, failed: 0, skipped: 0 })
  })

  it('takes the last summary, so that a test cannot print one of its own', () => {
    const output = '  77 passing (1s)\n    ✔ prints\n\n  1 passing (5ms)\n'
    assert.deepEqual(fromHardhat(output), { passed: 1, failed: 0, skipped: 0 })
  })

  it('reads nothing when the run broke off', () => {
    assert.equal(fromHardhat('Running Mocha tests\nTransformError: Expected ";"\n'), undefined)
  })
})

describe('judge', () => {
  it('takes a report as it is', () => {
    const counts = { passed: 2, failed: 0, skipped: 1 }
    assert.deepEqual(judge(counts, 0), { counts, note: '' })
  })

  it('takes failures as they are: the exit code only repeats them', () => {
    const counts = { passed: 2, failed: 4, skipped: 0 }
    assert.deepEqual(judge(counts, 1), { counts, note: '' })
  })

  it('counts a missing report as one failure', () => {
    assert.deepEqual(judge(undefined, null).counts, { passed: 0, failed: 1, skipped: 0 })
    assert.deepEqual(judge(undefined, 0).counts, { passed: 0, failed: 1, skipped: 0 })
  })

  it('counts a report without a test that ran as one failure', () => {
    assert.deepEqual(judge({ passed: 0, failed: 0, skipped: 5 }, 0).counts, { passed: 0, failed: 1, skipped: 5 })
  })

  it('counts an exit code that contradicts the report as one failure', () => {
    assert.deepEqual(judge({ passed: 9, failed: 0, skipped: 0 }, 1).counts, { passed: 9, failed: 1, skipped: 0 })
  })
})

describe('add', () => {
  it('adds each count by itself', () => {
    const sum = add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })
    assert.deepEqual(sum, { passed: 11, failed: 22, skipped: 33 })
  })
})
