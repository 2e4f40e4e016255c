import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Binding, Funding } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { keccak256, toHex, zeroHash } from 'viem'
import type { Fleet } from '../src/fleet/Fleet.ts'
import type { History, Life } from '../src/registry/history.ts'
import { headsOf, isOpen } from '../src/registry/leaves.ts'
import { dayOf } from '../src/status/day.ts'

const [FROM, UNTIL, ENROLLED_AT] = [1_800_000_000, 1_831_536_000, 1_800_000_100]
const NOW = FROM + 1000
const ATTESTER: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const id = (word: string): Hex => keccak256(toHex(word))
const ENROLMENT = id('enrolment')

function bindingWith(changes: Partial<Binding.Binding> = {}): Binding.Binding {
  return {
    ...{ deviceId: id('device'), partyId: id('party'), attester: ATTESTER, validFrom: FROM, validUntil: UNTIL },
    ...{ funder: ATTESTER, funding: Funding.CREDIT, token: ATTESTER, maxPerPayment: 5n, maxPerPeriod: 100n },
    ...{ periodSeconds: 86_400, approvers: zeroHash, billingRef: zeroHash, freshnessTip: id('tip') },
    ...{ previous: zeroHash, ...changes },
  }
}

function lifeOf(binding: Binding.Binding, changes: Partial<Life> = {}): Life {
  return {
    ...{ bindingId: Binding.id(binding), binding, deviceSigner: ATTESTER, startedAt: FROM, vouchedAt: FROM },
    ...{ attesterIndex: 1, startBlock: 1n, endsAt: binding.validUntil, endedBy: undefined },
    ...{ isSuspended: false, successor: undefined, ...changes },
  }
}

function historyWith(lives: readonly Life[], changes: Partial<History> = {}): History {
  return {
    ...{ lives: new Map(lives.map((life) => [life.bindingId, life])), indexes: new Map([[ATTESTER, 1]]) },
    ...{ marks: new Map(), enrolments: new Map([[ENROLMENT, { index: 1, at: ENROLLED_AT }]]) },
    ...{ revokedLeaves: new Map(), ...changes },
  }
}

/** The one leaf of a fleet: it renews the head, which began with another limit. */
const HEAD = bindingWith({ maxPerPeriod: 50n })
const RENEWAL = bindingWith({ previous: Binding.id(HEAD) })
const ended = (endedBy: NonNullable<Life['endedBy']>) => lifeOf(HEAD, { endedBy, endsAt: NOW - 10 })
const marked = (since: number) => ({ marks: new Map([[1, { since, markedAt: NOW - 1 }]]) })

type Case = readonly [given: string, leaf: Binding.Binding, history: History, judged: 'open' | 'stopped' | 'closed']
const CASES: readonly Case[] = [
  ['a first leaf', bindingWith(), historyWith([]), 'open'],
  ['a leaf that renews its head', RENEWAL, historyWith([lifeOf(HEAD)]), 'open'],
  ['a head that has expired', RENEWAL, historyWith([lifeOf(HEAD, { endsAt: NOW - 10 })]), 'open'],
  ['a head that was suspended', RENEWAL, historyWith([lifeOf(HEAD, { isSuspended: true })]), 'stopped'],
  ['a head that was released', RENEWAL, historyWith([ended('RELEASED')]), 'stopped'],
  ['a head that was revoked', RENEWAL, historyWith([ended('REVOKED')]), 'stopped'],
  [
    'a head that was suspended, and a leaf that starts later',
    { ...RENEWAL, validFrom: NOW + 1 },
    historyWith([lifeOf(HEAD, { isSuspended: true })]),
    'stopped',
  ],
  ['a head whose key was given up', RENEWAL, historyWith([ended('ROTATED')]), 'closed'],
  ['a head that was passed on', RENEWAL, historyWith([ended('REBOUND')]), 'closed'],
  ['a leaf that renews, and no head', RENEWAL, historyWith([]), 'closed'],
  ['a first leaf, and a device that was bound', bindingWith(), historyWith([lifeOf(HEAD)]), 'closed'],
  [
    'a leaf that was revoked',
    bindingWith(),
    historyWith([], { revokedLeaves: new Map([[ENROLMENT, new Set([0])]]) }),
    'closed',
  ],
  ['a mark from before the enrolment', bindingWith(), historyWith([], marked(ENROLLED_AT - 1)), 'closed'],
  ['a mark from the enrolment on', bindingWith(), historyWith([], marked(ENROLLED_AT)), 'open'],
]

function fleetOf(binding: Binding.Binding): Fleet {
  const { partyId, attester, validFrom, validUntil } = binding
  const enrolment = { root: id('root'), count: 1, partyId, attester, validFrom, validUntil }
  const device = { index: 0, bindingId: Binding.id(binding), deviceSigner: ATTESTER, binding } as const
  return { enrolmentId: ENROLMENT, enrolment, partySigner: ATTESTER, devices: [device] }
}

/** Whether the leaf is listed, and whether it stands. */
function judgedBy(history: History, binding: Binding.Binding, at = NOW) {
  const { listed, standing } = dayOf(history, { attester: ATTESTER, at, fleets: [fleetOf(binding)] })
  const bindingId = Binding.id(binding)
  return { listed: listed.includes(bindingId), stands: standing.some((each) => each.bindingId === bindingId) }
}

function isOpenIn(history: History, binding: Binding.Binding, at = NOW): boolean {
  const leaf = { enrolmentId: ENROLMENT, index: 0, bindingId: Binding.id(binding), binding }
  return isOpen(leaf, { history, heads: headsOf(history), at })
}

describe('dayOf', () => {
  for (const [given, leaf, history, judged] of CASES) {
    const isGood = judged === 'open'
    it(`given ${given}, then the leaf ${isGood ? 'stands' : 'is listed and has no token'}`, () => {
      assert.deepEqual(judgedBy(history, leaf), { listed: !isGood, stands: isGood })
    })
  }

  it('given a leaf that starts later or has run out, or an enrolment that is not recorded, then it is neither', () => {
    const neither = { listed: false, stands: false }
    assert.deepEqual(judgedBy(historyWith([]), bindingWith({ validFrom: NOW + 1 })), neither)
    assert.deepEqual(judgedBy(historyWith([]), bindingWith(), UNTIL), neither)
    assert.deepEqual(judgedBy(historyWith([], { enrolments: new Map() }), bindingWith()), neither)
  })

  it('given a leaf that was activated, then its record alone counts', () => {
    const history = historyWith([lifeOf(RENEWAL)], { revokedLeaves: new Map([[ENROLMENT, new Set([0])]]) })
    assert.deepEqual(judgedBy(history, RENEWAL), { listed: false, stands: true })
  })

  it('given bindings of another attester, then they are left out', () => {
    const other = lifeOf(bindingWith({ attester: '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9' }), { isSuspended: true })
    assert.deepEqual(dayOf(historyWith([other]), { attester: ATTESTER, at: NOW, fleets: [] }), {
      listed: [],
      standing: [],
    })
  })
})

describe('isOpen', () => {
  for (const [given, leaf, history, judged] of CASES) {
    const can = judged !== 'closed'
    it(`given ${given}, then the leaf ${can ? 'can' : 'cannot'} be activated`, () => {
      assert.equal(isOpenIn(history, leaf), can)
    })
  }

  it('given a leaf that starts later, then it is open; once it has run out, it is not', () => {
    assert.equal(isOpenIn(historyWith([]), bindingWith({ validFrom: NOW + 1 })), true)
    assert.equal(isOpenIn(historyWith([]), bindingWith(), UNTIL), false)
  })
})
