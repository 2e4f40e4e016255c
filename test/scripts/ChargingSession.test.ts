import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { SESSIONS_MAX, STATIONS_MAX, parseSessions, referenceOf } from '../../scripts/demo/ChargingSession.ts'

const HEADER = 'session,station,connected_at,done_charging_at,disconnected_at,energy_wh'
const GOOD = 's1,st-1,2019-03-25T16:24:42Z,2019-03-25T17:32:48Z,2019-03-26T01:32:12Z,6146'
const csv = (...rows: string[]): string => [HEADER, ...rows].join('\n')

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['an empty file', '', /has no session\. Below the line session,station,/],
  ['no row', csv(), /has no session/],
  ['no header', [GOOD, GOOD].join('\n'), /first line does not name the columns: it lacks session, station/],
  [
    'a missing column',
    `${HEADER.replace(',energy_wh', '')}\n${GOOD.replace(',6146', '')}`,
    /it lacks energy_wh\. It must be/,
  ],
  ['an unknown column', `${HEADER},price\n${GOOD},1`, /it also has "price"\./],
  ['a column twice', `${HEADER},station\n${GOOD},st-2`, /it also has "station"\./],
  ['semicolons', csv(GOOD).replaceAll(',', ';'), /separated by semicolons, expected commas/],
  ['tabs', csv(GOOD).replaceAll(',', '\t'), /separated by tabs, expected commas/],
  ['what is no text', 'PK\u0003\u0004\u0000', /it also has "PK\\u0003\\u0004\\u0000"/],
  ['a row with a missing field', csv(GOOD.replace(',6146', '')), /Invalid Record Length/],
  ['a field too many', csv(`${GOOD},1`), /Invalid Record Length/],
  ['negative energy', csv(GOOD.replace('6146', '-1')), /Line 2 .*energy_wh is "-1", .*not negative/],
  ['energy that is no number', csv(GOOD.replace('6146', 'much')), /Line 2 .*energy_wh is "much"/],
  ['energy that is no whole number', csv(GOOD.replace('6146', '1.5')), /Line 2 .*whole watt-hours/],
  ['no energy', csv(GOOD.replace('6146', '0')), /Line 2 .*energy_wh is "0", expected 1 to 1000000/],
  ['too much energy', csv(GOOD.replace('6146', '1000001')), /Line 2 .*is "1000001", expected 1 to 1000000/],
  ['an unknown station', csv(GOOD.replace('st-1', '')), /Line 2 .*unknown station/],
  ['a station that is a path', csv(GOOD.replace('st-1', '../st')), /Line 2 .*unknown station/],
  ['a time that is none', csv(GOOD.replace('2019-03-25T16:24:42Z', 'yesterday')), /connected_at is "yesterday"/],
  ['a time without an offset', csv(GOOD.replace('16:24:42Z', '16:24:42')), /Line 2 .*connected_at/],
  ['a time of another century', csv(GOOD.replaceAll('2019', '1919')), /Line 2 .*expected a time in this century/],
  [
    'an end before the start',
    csv(GOOD.replace('2019-03-25T17:32:48Z', '2019-03-24T17:32:48Z')),
    /connected_at <= done_/,
  ],
  [
    '31 hours of charging',
    csv(GOOD.replace('25T17:32:48Z,2019-03-26T01', '26T23:32:48Z,2019-03-27T01')),
    /at most 30 hours/,
  ],
  ['a bad row below a blank line', csv(GOOD, '', GOOD.replace('6146', '-1')), /Line 4 /],
  ['a session twice', csv(GOOD, GOOD), /s1 is in the file twice/],
  ['a quote that never ends', csv(`"${GOOD}`), /no CSV of sessions/],
  ['too many sessions', csv(...rows(SESSIONS_MAX + 1, 1)), /1001 sessions; expected at most 1000/],
  ['too many stations', csv(...rows(STATIONS_MAX + 1, STATIONS_MAX + 1)), /101 stations; expected at most 100/],
  [
    'more than 360 days',
    csv(GOOD, GOOD.replace('s1', 's2').replaceAll('2019', '2020')),
    /367 days; expected at most 360/,
  ],
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

  it('given a session across midnight at the end of a month: it reads it', () => {
    const [session] = parseSessions(
      csv('s,st,2024-02-29T23:30:00+09:00,2024-03-01T00:30:00+09:00,2024-03-01T01:00:00+09:00,1'),
    )
    assert.equal(session!.doneChargingAt - session!.connectedAt, 3600)
    assert.equal(session!.energyWh, 1)
  })

  it('given as many sessions and stations as are allowed: it reads them all', () => {
    assert.equal(parseSessions(csv(...rows(SESSIONS_MAX, STATIONS_MAX))).length, SESSIONS_MAX)
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
