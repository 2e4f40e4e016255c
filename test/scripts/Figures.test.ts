import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { disagreements } from '../../scripts/demo/Figures.ts'
import type { Figures } from '../../scripts/demo/Figures.ts'

const YEN = 10n ** 18n
const SETTLED = (7n * YEN + YEN / 2n).toString()
const SOUND: Figures = {
  sessions: 2,
  introductions: 2,
  energyWh: 300,
  payments: 3,
  authorised: SETTLED,
  settled: SETTLED,
  billedYen: '5',
  prepaidYen: '2',
  carryE18: (YEN / 2n).toString(),
  carryKeys: 1,
  csv: 'charges.csv',
  manifest: 'manifest.json',
  killedAndResumed: true,
  offlineSession: true,
  verified: true,
  seconds: 1,
}
const EXPECTED = { sessions: 2, energyWh: 300, payments: 3, price: BigInt(SETTLED), killedAndResumed: true }

const WRONG: readonly (readonly [string, Partial<Figures>, RegExp])[] = [
  ['a session is missing', { sessions: 1 }, /^sessions is 1/],
  ['a car and a station did not know each other', { introductions: 1 }, /^introductions is 1; the file has 2/],
  ['energy is missing', { energyWh: 299 }, /^energyWh is 299/],
  ['a payment is missing', { payments: 2 }, /^payments is 2/],
  ['a car signed more than the energy costs', { authorised: '1' }, /^authorised is 1; the energy costs/],
  ['the chain settled less', { settled: (7n * YEN).toString() }, /^authorised is .* settled is 7/],
  ['a yen was billed twice', { billedYen: '6' }, /billed, prepaid and carry make/],
  ['the carry is a whole yen', { carryE18: YEN.toString() }, /carryE18 is 1000000000000000000, not below 1 yen/],
  ['the carry is negative', { carryE18: '-1' }, /carryE18 is -1/],
  ['nothing was killed', { killedAndResumed: false }, /killedAndResumed is false/],
  ['no session was offline', { offlineSession: false }, /offlineSession is false/],
  ['the files did not verify', { verified: false }, /verified is false/],
]

describe('disagreements', () => {
  it('given figures that agree: there are none', () => {
    assert.deepEqual(disagreements(SOUND, EXPECTED), [])
  })

  for (const [what, change, sentence] of WRONG) {
    it(`given ${what}: it says which figure`, () => {
      assert.ok(disagreements({ ...SOUND, ...change }, EXPECTED).some((text) => sentence.test(text)))
    })
  }
})
