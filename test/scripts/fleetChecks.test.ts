/**
 * wrongChecks
 * |-- given chargers that say what they have to ... it says nothing
 * |-- given a charger accepts what it has to refuse ... it names both
 * |-- given a charger refuses what it has to accept ... it names both, and the charger's reason
 * |-- given a charger refuses for another reason ... it names both
 * |-- given a charger accepts for another party ... it names both
 * `-- given a charger takes a trust list that it has to refuse ... it says so
 * wrongMoments
 * |-- given the chain says what it has to ... it says nothing
 * |-- given somebody else answers ... it names both
 * `-- given a flag is missing ... it names both
 * wrongStandings
 * |-- given bindings that stand as they have to ... it says nothing
 * `-- given a binding stands otherwise ... it names both
 * wrongFigures
 * |-- given figures as asked for ... it says nothing
 * `-- given a figure that is not ... it says which
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BindingStatus } from '@musubi/sdk'
import { wrongChecks } from '../../scripts/demo/fleet/Check.ts'
import type { Check } from '../../scripts/demo/fleet/Check.ts'
import { wrongFigures } from '../../scripts/demo/fleet/FleetFigures.ts'
import { NOBODY, wrongMoments } from '../../scripts/demo/fleet/liability.ts'
import { wrongStandings } from '../../scripts/demo/fleet/standings.ts'

const PARTY = {
  name: 'Fleet A',
  partyId: `0x${'0a'.repeat(32)}`,
  signer: { signer: '0x', sign: () => new Uint8Array() },
} as const
const OTHER = `0x${'0b'.repeat(32)}` as const
const ACCEPTED = { kind: 'accepted', partyId: PARTY.partyId, freshnessAgeSeconds: 0 } as const
const REFUSED = { kind: 'refused', error: 'Presentation.EndedError', message: 'It has ended.' } as const
const device = { name: 'A-0001', key: { kind: 'p256', secret: '0x' } } as const

const check = (expected: Check['expected'], answer: Check['answer']): Check => ({
  what: 'a case',
  device,
  expected,
  answer,
})

describe('wrongChecks', () => {
  it('given chargers that say what they have to: it says nothing', () => {
    assert.deepEqual(wrongChecks([check(PARTY, ACCEPTED), check(REFUSED.error, REFUSED)]), [])
  })

  const WRONG: readonly (readonly [string, Check, RegExp])[] = [
    [
      'a charger accepts what it has to refuse',
      check(REFUSED.error, ACCEPTED),
      /refused by Presentation\.Ended.*accepted for 0x0a/,
    ],
    [
      'a charger refuses what it has to accept',
      check(PARTY, REFUSED),
      /accepted for 0x0a.*refused by Presentation\.Ended.*It has ended/,
    ],
    [
      'a charger refuses for another reason',
      check('TrustList.OlderError', REFUSED),
      /TrustList\.Older.*Presentation\.Ended/,
    ],
    [
      'a charger accepts for another party',
      check(PARTY, { ...ACCEPTED, partyId: OTHER }),
      /accepted for 0x0a.*accepted for 0x0b/,
    ],
    [
      'a charger takes a trust list that it has to refuse',
      check('TrustList.OlderError', { kind: 'learnt', version: 1 }),
      /TrustList\.Older.*learnt/,
    ],
  ]
  for (const [what, wrong, sentence] of WRONG) {
    it(`given ${what}: it names both`, () => {
      const [said, ...more] = wrongChecks([check(PARTY, ACCEPTED), wrong])
      assert.match(said ?? '', sentence)
      assert.deepEqual(more, [])
    })
  }
})

describe('wrongMoments', () => {
  const moment = { seconds: 0, what: 'a sale', expected: { party: 'Fleet A', isFlagged: true } }

  it('given the chain says what it has to: it says nothing', () => {
    assert.deepEqual(wrongMoments([{ ...moment, given: moment.expected }]), [])
  })

  it('given somebody else answers: it names both', () => {
    assert.match(wrongMoments([{ ...moment, given: NOBODY }])[0] ?? '', /expected Fleet A, flagged.* says nobody/)
  })

  it('given a flag is missing: it names both', () => {
    const given = { party: 'Fleet A', isFlagged: false }
    assert.match(wrongMoments([{ ...moment, given }])[0] ?? '', /expected Fleet A, flagged.* says Fleet A$/)
  })
})

describe('wrongStandings', () => {
  const standing = { what: 'the stolen car', expected: BindingStatus.SUSPENDED }

  it('given bindings that stand as they have to: it says nothing', () => {
    assert.deepEqual(wrongStandings([{ ...standing, given: BindingStatus.SUSPENDED }]), [])
  })

  it('given a binding stands otherwise: it names both', () => {
    const said = wrongStandings([{ ...standing, given: BindingStatus.ACTIVE }])
    assert.match(said[0] ?? '', /stolen car: expected SUSPENDED.* says ACTIVE/)
  })
})

describe('wrongFigures', () => {
  const FIGURES = { enrolled: 200, transactions: 5, offlineChecks: 30, wrongVerdicts: 0, seconds: 1 }
  const ASKED = { devices: 200, parties: 5 }

  it('given figures as asked for: it says nothing', () => {
    assert.deepEqual(wrongFigures(FIGURES, ASKED), [])
  })

  for (const name of ['enrolled', 'transactions', 'offlineChecks'] as const) {
    it(`given a figure that is not, ${name}: it says which`, () => {
      assert.match(wrongFigures({ ...FIGURES, [name]: 4 }, ASKED)[0] ?? '', new RegExp(`^${name} is 4`))
    })
  }
})
