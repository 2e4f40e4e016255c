/**
 * IdentityVerifier.open
 * |-- given a trust list that is not signed by its runner, or not in force ... it throws the list's error
 * `-- given a clock behind the newest time of the store ... it throws ClockWentBackError
 * IdentityVerifier.challenge
 * |-- given as many open challenges as it keeps ... it throws TooManyChallengesError
 * `-- when the first of them are over ... it gives new ones
 * IdentityVerifier.verify
 * |-- given a challenge that it did not give, or that is over ... it throws UnknownChallengeError
 * |-- given an answer to a challenge that was answered before ... it throws UnknownChallengeError
 * |-- given two answers to one challenge at once ... it takes one
 * |-- given an answer that is refused ... its challenge is used up
 * |-- given a challenge for another purpose ... it throws WrongPurposeError
 * |-- given bytes that are no presentation ... it throws BadLayoutError, and no challenge is used up
 * |-- given a clock that went back ... it throws ClockWentBackError
 * |-- given a clock beyond the trust list ... it throws ExpiredError, and the time is not remembered
 * |-- given a device that it meets for the first time ... it checks three signatures, four with a snapshot
 * |-- given a device that it has met ... it checks one signature
 * |-- given a known device with a new snapshot ... it checks two, and one when another device shows that one
 * |-- given a known device with a newer or older token ... it checks that, and one signature
 * |-- given a known device with a token that is too old, or of another chain ... it refuses it
 * |-- given the credential of a known device with another signature of its party ... it checks everything again
 * |-- given more devices than it remembers ... it checks the one that came first again
 * |-- given a known device that was refused ... it is still known
 * `-- given a store of time ... it saves the newest time, not more often than once a minute
 * IdentityVerifier.learn
 * |-- given an older list, or another one of the same version ... it throws OlderError
 * |-- given a list of somebody else ... it throws UnsignedError, and keeps the one it has
 * |-- given the same list again ... it keeps it
 * `-- given a newer list without the attester ... it refuses the device that it knew
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Credential } from '../../src/protocol/Credential.ts'
import * as FreshnessChain from '../../src/protocol/FreshnessChain.ts'
import type { Random } from '../../src/ports/Random.ts'
import type { SignatureVerifier } from '../../src/ports/SignatureVerifier.ts'
import type { TimeStore } from '../../src/ports/TimeStore.ts'
import { IdentityVerifier } from '../../src/roles/IdentityVerifier.ts'
import { present } from '../../src/roles/present.ts'
import * as world from '../helpers/identities.ts'
import {
  DAY,
  NOW,
  START,
  absentOf,
  bindingOf,
  car,
  chargerId,
  credentialOf,
  named,
  tokenOf,
  trustListOf,
  van,
} from '../helpers/identities.ts'

const { domain, p256Verifier, PURPOSE } = world

/** Counts up: every challenge is another one, and the same in every run. */
function countingRandom(): Random {
  let count = 0
  return { bytes: (size) => new Uint8Array(size).fill(++count) }
}

async function setUp(overrides: Partial<IdentityVerifier.Options> = {}) {
  const clock = { seconds: NOW, now: () => clock.seconds }
  const checks = { count: 0 }
  const verifier: SignatureVerifier = {
    backend: 'counting',
    verify: (...given) => {
      checks.count++
      return world.verifier.verify(...given)
    },
  }
  const identities = await IdentityVerifier.open({
    domain,
    deviceId: chargerId,
    p256Verifier,
    trustList: await trustListOf(),
    trustListSigner: world.runner.signer,
    verifier,
    clock,
    random: countingRandom(),
    freshnessAgeMaxSeconds: 2 * DAY,
    ...overrides,
  })
  const answer = (credential: Credential, challenge: `0x${string}`, purpose = PURPOSE) => {
    const signer = credential.deviceSigner === car.signer ? car : van
    return present(credential, { verifierDeviceId: chargerId, challenge, purpose, expiresAt: clock.now() + 60, signer })
  }
  /** Shows a credential; gives the verdict and how many signatures were checked. */
  const meet = async (credential: Credential) => {
    const bytes = await answer(credential, identities.challenge(PURPOSE))
    checks.count = 0
    const verdict = await identities.verify(bytes)
    return { verdict, checked: checks.count }
  }
  return { identities, clock, checks, answer, meet }
}

const ofCar = await credentialOf(car, { freshness: tokenOf(30) })
const ofVan = await credentialOf(van, { freshness: tokenOf(30) })

describe('IdentityVerifier.open', () => {
  it("given a trust list that is not signed by its runner, or not in force ... it throws the list's error", async () => {
    const refused = [
      [await trustListOf({}, world.party), 'TrustList.UnsignedError'],
      [{ ...(await trustListOf()), version: 2 }, 'TrustList.UnsignedError'],
      [await trustListOf({ validUntil: NOW }), 'TrustList.ExpiredError'],
      [await trustListOf({ validFrom: NOW + 1 }), 'TrustList.NotYetValidError'],
    ] as const
    for (const [trustList, name] of refused) await assert.rejects(setUp({ trustList }), { name })
  })

  it('given a clock behind the newest time of the store ... it throws ClockWentBackError', async () => {
    const times: TimeStore = { load: async () => NOW + 1, save: async () => undefined }
    const expected = { name: 'IdentityVerifier.ClockWentBackError', given: NOW, expected: NOW + 1 }
    await assert.rejects(setUp({ times }), expected)
  })
})

describe('IdentityVerifier.challenge', () => {
  it('given as many open challenges as it keeps ... it throws TooManyChallengesError', async () => {
    const { identities } = await setUp({ challengesMax: 3 })
    for (let count = 0; count < 3; count++) identities.challenge(PURPOSE)
    const expected = { name: 'IdentityVerifier.TooManyChallengesError', expected: 3 }
    assert.throws(() => identities.challenge(PURPOSE), expected)
  })

  it('when the first of them are over ... it gives new ones', async () => {
    const { identities, clock, answer } = await setUp({ challengesMax: 2, challengeSeconds: 10 })
    const first = identities.challenge(PURPOSE)
    clock.seconds += 5
    const second = identities.challenge(PURPOSE)
    clock.seconds += 5
    const third = identities.challenge(PURPOSE)
    assert.equal(new Set([first, second, third]).size, 3)
    await identities.verify(await answer(ofCar, second))
  })
})

describe('IdentityVerifier.verify', () => {
  const UNKNOWN = 'Presentation.UnknownChallengeError'

  it('given a challenge that it did not give, or that is over ... it throws UnknownChallengeError', async () => {
    const { identities, clock, answer } = await setUp({ challengeSeconds: 10 })
    const made = named('made up')
    await assert.rejects(identities.verify(await answer(ofCar, made)), { name: UNKNOWN, given: made })
    const given = identities.challenge(PURPOSE)
    clock.seconds += 10
    await assert.rejects(identities.verify(await answer(ofCar, given)), { name: UNKNOWN, given })
  })

  it('given an answer to a challenge that was answered before ... it throws UnknownChallengeError', async () => {
    const { identities, answer } = await setUp()
    const bytes = await answer(ofCar, identities.challenge(PURPOSE))
    await identities.verify(bytes)
    await assert.rejects(identities.verify(bytes), { name: UNKNOWN })
  })

  it('given two answers to one challenge at once ... it takes one', async () => {
    const { identities, answer } = await setUp()
    const bytes = await answer(ofCar, identities.challenge(PURPOSE))
    const results = await Promise.allSettled([identities.verify(bytes), identities.verify(bytes)])
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  })

  it('given an answer that is refused ... its challenge is used up', async () => {
    const { identities, answer } = await setUp()
    const challenge = identities.challenge(PURPOSE)
    const unfresh = await credentialOf(car)
    const missing = { name: 'Presentation.MissingFreshnessError' }
    await assert.rejects(identities.verify(await answer(unfresh, challenge)), missing)
    await assert.rejects(identities.verify(await answer(ofCar, challenge)), { name: UNKNOWN })
  })

  it('given a challenge for another purpose ... it throws WrongPurposeError', async () => {
    const { identities, answer } = await setUp()
    const challenge = identities.challenge(named('another purpose'))
    await assert.rejects(identities.verify(await answer(ofCar, challenge)), { name: 'Presentation.WrongPurposeError' })
  })

  it('given bytes that are no presentation ... it throws BadLayoutError, and no challenge is used up', async () => {
    const { identities, answer } = await setUp()
    const bytes = await answer(ofCar, identities.challenge(PURPOSE))
    await assert.rejects(identities.verify(bytes.subarray(1)), { name: 'Presentation.BadLayoutError' })
    assert.ok(await identities.verify(bytes))
  })

  it('given a clock that went back ... it throws ClockWentBackError', async () => {
    const { identities, clock, answer } = await setUp()
    const bytes = await answer(ofCar, identities.challenge(PURPOSE))
    clock.seconds -= 1
    const expected = { name: 'IdentityVerifier.ClockWentBackError', given: NOW - 1, expected: NOW }
    await assert.rejects(identities.verify(bytes), expected)
    assert.throws(() => identities.challenge(PURPOSE), expected)
    clock.seconds += 1
    assert.ok(await identities.verify(bytes))
  })

  it('given a clock beyond the trust list ... it throws ExpiredError, and the time is not remembered', async () => {
    const { identities, clock, meet } = await setUp()
    clock.seconds = START + 90 * DAY
    const expected = { name: 'TrustList.ExpiredError', given: clock.seconds }
    assert.throws(() => identities.challenge(PURPOSE), expected)
    clock.seconds = NOW
    assert.ok(await meet(ofCar))
  })

  it('given a device that it meets for the first time ... it checks three signatures, four with a snapshot', async () => {
    const { meet } = await setUp()
    assert.equal((await meet(ofCar)).checked, 3)
    assert.equal((await meet(ofVan)).checked, 3)
    const other = await setUp()
    const freshness = await absentOf(bindingOf(car))
    assert.equal((await other.meet(await credentialOf(car, { freshness }))).checked, 4)
  })

  it('given a device that it has met ... it checks one signature', async () => {
    const { meet } = await setUp()
    const leaf = await world.leafOf(van, { freshness: tokenOf(30) })
    for (const credential of [ofCar, leaf]) {
      const first = await meet(credential)
      const again = await meet(credential)
      assert.equal(again.checked, 1)
      assert.deepEqual(again.verdict, first.verdict)
    }
  })

  it('given a known device with a new snapshot ... it checks two, and one when another device shows that one', async () => {
    const { meet } = await setUp()
    await meet(ofCar)
    await meet(ofVan)
    const list = { asOf: NOW - 60, count: 1 }
    const withSnapshot = async (device: typeof car) =>
      credentialOf(device, { freshness: await absentOf(bindingOf(device), list) })
    assert.equal((await meet(await withSnapshot(car))).checked, 2)
    assert.equal((await meet(await withSnapshot(van))).checked, 1)
  })

  it('given a known device with a newer or older token ... it checks that, and one signature', async () => {
    const { meet, clock } = await setUp()
    await meet(ofCar)
    clock.seconds += DAY
    for (const day of [31, 30, 31]) {
      const { verdict, checked } = await meet(await credentialOf(car, { freshness: tokenOf(day) }))
      assert.equal(checked, 1)
      assert.equal(verdict.freshness?.asOf, START + day * DAY)
    }
  })

  it('given a known device with a token that is too old, or of another chain ... it refuses it', async () => {
    const { meet } = await setUp()
    await meet(ofCar)
    const stale = await credentialOf(car, { freshness: tokenOf(28) })
    await assert.rejects(meet(stale), { name: 'Presentation.StaleFreshnessError' })
    const other = FreshnessChain.token({ seed: named('another seed'), days: 365 }, 30)
    const foreign = await credentialOf(car, { freshness: { kind: 'token', ...other } })
    await assert.rejects(meet(foreign), { name: 'Presentation.WrongFreshnessError' })
    const late = await credentialOf(car, { freshness: { kind: 'token', ...other, day: 29 } })
    await assert.rejects(meet(late), { name: 'Presentation.WrongFreshnessError' })
  })

  it('given the credential of a known device with another signature of its party ... it checks everything again', async () => {
    const { meet } = await setUp()
    await meet(ofCar)
    const { proof } = ofCar
    const forged = { ...ofCar, proof: { ...proof, partySignature: proof.attesterSignature } }
    await assert.rejects(meet(forged), { name: 'Presentation.WrongPartyError' })
  })

  it('given more devices than it remembers ... it checks the one that came first again', async () => {
    const { meet } = await setUp({ credentialsMax: 1 })
    await meet(ofCar)
    await meet(ofVan)
    assert.equal((await meet(ofVan)).checked, 1)
    assert.equal((await meet(ofCar)).checked, 3)
  })

  it('given a known device that was refused ... it is still known', async () => {
    const { meet } = await setUp()
    await meet(ofCar)
    await assert.rejects(meet(await credentialOf(car)), { name: 'Presentation.MissingFreshnessError' })
    assert.equal((await meet(ofCar)).checked, 1)
  })

  it('given a store of time ... it saves the newest time, not more often than once a minute', async () => {
    const saved: number[] = []
    const times: TimeStore = { load: async () => NOW - 60, save: async (seconds) => void saved.push(seconds) }
    const { meet, clock } = await setUp({ times })
    for (const seconds of [NOW, NOW + 59, NOW + 60, NOW + 61]) {
      clock.seconds = seconds
      await meet(ofCar)
    }
    assert.deepEqual(saved, [NOW, NOW + 60])
  })
})

describe('IdentityVerifier.learn', () => {
  it('given an older list, or another one of the same version ... it throws OlderError', async () => {
    const { identities } = await setUp({ trustList: await trustListOf({ version: 5 }) })
    for (const given of [await trustListOf({ version: 4 }), await trustListOf({ version: 5, attesters: [] })]) {
      const expected = { name: 'TrustList.OlderError', given: given.version, expected: 6 }
      assert.throws(() => identities.learn(given), expected)
    }
    assert.equal(identities.trustList.attesters.length, 1)
  })

  it('given a list of somebody else ... it throws UnsignedError, and keeps the one it has', async () => {
    const { identities } = await setUp()
    const forged = await trustListOf({ version: 2 }, world.party)
    const expected = { name: 'TrustList.UnsignedError', expected: world.runner.signer }
    assert.throws(() => identities.learn(forged), expected)
    assert.equal(identities.trustList.version, 1)
  })

  it('given the same list again ... it keeps it', async () => {
    const { identities } = await setUp()
    identities.learn(await trustListOf())
    assert.equal(identities.trustList.version, 1)
  })

  it('given a newer list without the attester ... it refuses the device that it knew', async () => {
    const { identities, meet } = await setUp()
    await meet(ofCar)
    identities.learn(await trustListOf({ version: 2, attesters: [] }))
    await assert.rejects(meet(ofCar), { name: 'Presentation.UnknownAttesterError', expected: 2 })
  })
})
