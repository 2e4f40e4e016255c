import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { SESSIONS_MAX, STATIONS_MAX, parseSessions, referenceOf } from '../../scripts/demo/ChargingSession.ts'

const HEADER = 'session,station,connected_at,done_charging_at,disconnected_at,energy_wh'
const GOOD = 's1,st-1,2019-03-25T16:24:42Z,2019-03-25T17:32:48Z,2019-03-26T01:32:12Z,6146'
const csv = (...rows: string[]): string => [HEADER, ...rows].join('\n')

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['no row', csv(), /0 sessions; expected 1 to 1000/],
  [
    'a missing column in the header',
    `${HEADER.replace(',energy_wh', '')}\n${GOOD.replace(',6146', '')}`,
    /Line 2 .*energy_wh/s,
  ],
  ['a row with a missing column', csv(GOOD.replace(',6146', '')), /Invalid Record Length/],
  ['a column too many', csv(`${GOOD},1`), /Invalid Record Length/],
  ['negative energy', csv(GOOD.replace('6146', '-1')), /Line 2 .*not negative/s],
  ['energy that is no whole number', csv(GOOD.replace('6146', '1.5')), /Line 2 .*whole watt-hours/s],
  ['no energy', csv(GOOD.replace('6146', '0')), /Line 2 .*expected 1 to 1000000/s],
  ['an unknown station', csv(GOOD.replace('st-1', '')), /Line 2 .*unknown station/s],
  ['a station that is a path', csv(GOOD.replace('st-1', '../st')), /Line 2 .*unknown station/s],
  ['a time that is none', csv(GOOD.replace('2019-03-25T16:24:42Z', 'yesterday')), /Line 2 .*connected_at/s],
  ['a time without an offset', csv(GOOD.replace('16:24:42Z', '16:24:42')), /Line 2 .*connected_at/s],
  [
    'an end before the start',
    csv(GOOD.replace('2019-03-25T17:32:48Z', '2019-03-24T17:32:48Z')),
    /connected_at <= done_charging_at/,
  ],
  ['a session twice', csv(GOOD, GOOD), /s1 is in the file twice/],
  ['a quote that never ends', csv(`"${GOOD}`), /no CSV of sessions/],
  ['too many sessions', csv(...rows(SESSIONS_MAX + 1, 1)), /1001 sessions/],
  ['too many stations', csv(...rows(STATIONS_MAX + 1, STATIONS_MAX + 1)), /101 stations/],
]

describe('parseSessions', () => {
  for (const [what, text, expected] of REFUSED) {
    it(`given ${what}: it refuses the file and says where and why`, () => {
      assert.throws(() => parseSessions(text), { name: 'DemoError', message: expected })
    })
  }

  it('given the real data: it reads thirty sessions in order of their start', async () => {
    const sessions = parseSessions(
      await readFile(join(import.meta.dirname, '../../data/charging-sessions.csv'), 'utf8'),
    )
    assert.equal(sessions.length, 30)
    assert.equal(
      sessions.reduce((sum, { energyWh }) => sum + energyWh, 0),
      519078,
    )
    for (const [index, { connectedAt }] of sessions.slice(1).entries())
      assert.ok(sessions[index]!.connectedAt <= connectedAt)
  })

  it('given a byte order mark and Windows line ends: it reads the same', () => {
    const text = csv(GOOD)
    assert.deepEqual(parseSessions(`\uFEFF${text.replaceAll('\n', '\r\n')}\r\n`), parseSessions(text))
  })

  it('given two sessions: their references differ and have 32 bytes', () => {
    assert.notEqual(referenceOf({ id: 'a' }), referenceOf({ id: 'b' }))
    assert.match(referenceOf({ id: 'a' }), /^0x[0-9a-f]{64}$/)
  })
})

function rows(count: number, stations: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    GOOD.replace('s1', `s${index}`).replace('st-1', `st-${index % stations}`),
  )
}
