import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseSessions } from '../../scripts/demo/ChargingSession.ts'
import { makeSessions } from '../../scripts/sessions/makeSessions.ts'

const LARGEST = { sessions: 1_000, stations: 100, days: 28, seed: 1 }

describe('makeSessions', () => {
  it('given the same seed: it makes the same file; given another one: another file', () => {
    assert.equal(makeSessions(LARGEST), makeSessions(LARGEST))
    assert.notEqual(makeSessions(LARGEST), makeSessions({ ...LARGEST, seed: 2 }))
  })

  it('given the largest file that the demo takes: every station has sessions, and never two at once', () => {
    const sessions = parseSessions(makeSessions(LARGEST))
    assert.equal(sessions.length, 1_000)
    const busyUntil = new Map<string, number>()
    for (const { station, connectedAt, doneChargingAt } of sessions) {
      assert.ok((busyUntil.get(station) ?? 0) <= connectedAt, `${station} is free at ${connectedAt}`)
      busyUntil.set(station, doneChargingAt)
    }
    assert.equal(busyUntil.size, 100)
  })

  it('given one session in one day: the demo reads it', () => {
    assert.equal(parseSessions(makeSessions({ sessions: 1, stations: 1, days: 1, seed: 1 })).length, 1)
  })

  it('given a thousand sessions of one station in a month: the demo reads them', () => {
    assert.equal(parseSessions(makeSessions({ ...LARGEST, stations: 1 })).length, 1_000)
  })
})
