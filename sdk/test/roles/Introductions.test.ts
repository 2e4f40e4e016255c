/**
 * Introductions
 * |-- given as many open as there are places, all of them quick ... it throws TooManyIntroductionsError
 * |-- given as many of one peer as it may have ... it throws TooManyIntroductionsError, and has places for others
 * |-- given a full house with a slow one in it ... that one is dropped with SlowIntroductionError, the slowest first
 * |-- given a peer with as many as it may have, one of them slow ... its own is dropped, and nobody else's
 * |-- when the deadline of one is over ... it is dropped with SlowIntroductionError
 * |-- when one has succeeded, or was left ... its place is free, and nothing is dropped later
 * |-- given strangers that fill all that they may ... there is a place for a peer that was believed before
 * |-- given more peers that were believed than it remembers ... the one seen longest ago is a stranger again
 * `-- given limits that leave no place to strangers ... it throws BadLimitsError
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manualTimers } from '../../src/testing/manualTimers.ts'
import { Introductions } from '../../src/roles/Introductions.ts'

const LIMITS = { openMax: 4, knownPlaces: 1, openPerPeerMax: 2, quickMs: 3_000, deadlineMs: 15_000 }
const SLOW = 'Session.SlowIntroductionError'
const TOO_MANY = 'Session.TooManyIntroductionsError'

function arrange(limits: Partial<Introductions.Options> = {}) {
  const timers = manualTimers()
  const desk = new Introductions({ timers, ...LIMITS, ...limits })
  const dropped: unknown[] = []
  const begin = (name: string, peer: string | undefined = name) =>
    desk.begin({ peer, onOver: ({ name: error, given }) => dropped.push([name, error, given]) })
  return { timers, desk, dropped, begin }
}

describe('Introductions', () => {
  it('given as many open as there are places, all of them quick ... it throws TooManyIntroductionsError', () => {
    const { begin, dropped, timers } = arrange()
    for (const name of ['a', 'b', 'c']) begin(name)
    timers.advance(LIMITS.quickMs - 1)
    assert.throws(() => begin('d'), { name: TOO_MANY, expected: 3 })
    const unnamed = arrange()
    for (const name of ['a', 'b', 'c']) unnamed.begin(name, undefined)
    assert.throws(() => unnamed.begin('d', undefined), { name: TOO_MANY, expected: 3 })
    assert.deepEqual(dropped, [])
  })

  it('given as many of one peer as it may have ... it throws TooManyIntroductionsError, and has places for others', () => {
    const { begin } = arrange()
    begin('a1', 'a')
    begin('a2', 'a')
    assert.throws(() => begin('a3', 'a'), { name: TOO_MANY, expected: 2 })
    begin('b')
  })

  it('given a full house with a slow one in it ... that one is dropped with SlowIntroductionError, the slowest first', () => {
    const { begin, dropped, timers } = arrange()
    begin('a')
    timers.advance(1)
    for (const name of ['b', 'c']) begin(name)
    timers.advance(LIMITS.quickMs)
    begin('d')
    begin('e')
    assert.deepEqual(dropped, [
      ['a', SLOW, LIMITS.quickMs],
      ['b', SLOW, LIMITS.quickMs],
    ])
  })

  it("given a peer with as many as it may have, one of them slow ... its own is dropped, and nobody else's", () => {
    const { begin, dropped, timers } = arrange()
    begin('b')
    begin('a1', 'a')
    timers.advance(LIMITS.quickMs)
    begin('a2', 'a')
    begin('a3', 'a')
    assert.deepEqual(dropped, [['a1', SLOW, LIMITS.quickMs]])
  })

  it('when the deadline of one is over ... it is dropped with SlowIntroductionError', () => {
    const { begin, dropped, timers } = arrange()
    begin('a')
    timers.advance(LIMITS.deadlineMs - 1)
    assert.deepEqual(dropped, [])
    timers.advance(1)
    assert.deepEqual(dropped, [['a', SLOW, LIMITS.deadlineMs]])
    for (const name of ['b', 'c', 'd']) begin(name)
  })

  it('when one has succeeded, or was left ... its place is free, and nothing is dropped later', () => {
    const { begin, dropped, timers } = arrange()
    for (let round = 0; round < 10; round++) {
      begin('a').leave()
      begin('b').succeed()
      const both = begin('c')
      both.succeed()
      both.leave()
    }
    timers.advance(LIMITS.deadlineMs)
    assert.deepEqual(dropped, [])
  })

  it('given strangers that fill all that they may ... there is a place for a peer that was believed before', () => {
    const { begin, dropped } = arrange()
    begin('good').succeed()
    for (const name of ['a', 'b', 'c']) begin(name)
    assert.throws(() => begin('d'), { name: TOO_MANY })
    begin('good')
    assert.throws(() => begin('good again', 'good'), { name: TOO_MANY, expected: 4 })
    assert.deepEqual(dropped, [])
  })

  it('given more peers that were believed than it remembers ... the one seen longest ago is a stranger again', () => {
    const { begin } = arrange({ knownMax: 2 })
    for (const name of ['first', 'second', 'first', 'third']) begin(name).succeed()
    for (const name of ['a', 'b', 'c']) begin(name)
    assert.throws(() => begin('second'), { name: TOO_MANY })
    begin('first')
  })

  for (const limits of [
    { openMax: 0 },
    { knownPlaces: 4 },
    { openPerPeerMax: 0 },
    { deadlineMs: 2_999 },
    { openMax: 1.5 },
  ]) {
    it(`given limits that leave no place to strangers ... it throws BadLimitsError (${JSON.stringify(limits)})`, () => {
      assert.throws(() => arrange(limits), { name: 'Introductions.BadLimitsError' })
    })
  }
})
