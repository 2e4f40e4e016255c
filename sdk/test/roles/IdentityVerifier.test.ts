/**
 * IdentityVerifier.open
 * |-- given a trust list that is not signed by its runner, or not in force ... it throws the list's error
 * |-- given a clock behind the newest time of the store ... it throws ClockWentBackError
 * |-- given an older trust list than the store knows ... it throws OlderError, and saves nothing
 * `-- given a newer trust list than the store knows ... it saves its version, and keeps the time
 * forgetNewestTime
 * |-- given a clock that had jumped ahead and was set ... without it no verifier opens, with it one does
 * |-- given a trust list older than the newest, or of later ... it is still refused
 * `-- given a store that knows nothing ... it writes nothing
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
 * |-- given a store of time ... it saves the newest time, not more often than once a minute
 * `-- given a store that is slow ... it saves one after the other
 * IdentityVerifier.learn
 * |-- given an older list, or another one of the same version ... it throws OlderError
 * |-- given a list of somebody else ... it throws UnsignedError, and keeps the one it has
 * |-- given the same list again ... it keeps it
 * |-- given a newer list ... its version is saved, and an older one is refused after a restart
 * |-- given a newer list that cannot be saved ... it throws the store's error, and goes by the list
 * `-- given a newer list without the attester ... it refuses the device that it knew
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Newest, TimeStore } from '../../src/ports/TimeStore.ts'
import { forgetNewestTime } from '../../src/roles/IdentityVerifier.ts'
import * as world from '../helpers/identities.ts'
import { DAY, NOW, PURPOSE, START, car, credentialOf, named, tokenOf, trustListOf } from '../helpers/identities.ts'
import { setUpVerifier } from '../helpers/identityVerifier.ts'

const ofCar = await credentialOf(car, { freshness: tokenOf(30) })

/** A store that knows something already, and all that it is told. */
function remembered(first: Newest) {
  const saved: Newest[] = []
  const times: TimeStore = {
    load: async () => saved.at(-1) ?? first,
    save: async (newest) => void saved.push(newest),
  }
  return { times, saved }
}

describe('IdentityVerifier.open', () => {
  it("given a trust list that is not signed by its runner, or not in force ... it throws the list's error", async () => {
    const refused = [
      [await trustListOf({}, world.party), 'TrustList.UnsignedError'],
      [{ ...(await trustListOf()), version: 2 }, 'TrustList.UnsignedError'],
      [await trustListOf({ validUntil: NOW }), 'TrustList.ExpiredError'],
      [await trustListOf({ validFrom: NOW + 1 }), 'TrustList.NotYetValidError'],
    ] as const
    for (const [trustList, name] of refused) await assert.rejects(setUpVerifier({ trustList }), { name })
  })

  it('given a clock behind the newest time of the store ... it throws ClockWentBackError', async () => {
    const { times } = remembered({ seconds: NOW + 1, trustListVersion: 1 })
    const expected = { name: 'IdentityVerifier.ClockWentBackError', given: NOW, expected: NOW + 1 }
    await assert.rejects(setUpVerifier({ times }), expected)
  })

  it('given an older trust list than the store knows ... it throws OlderError, and saves nothing', async () => {
    const { times, saved } = remembered({ seconds: NOW, trustListVersion: 3 })
    const trustList = await trustListOf({ version: 2 })
    const expected = { name: 'TrustList.OlderError', given: 2, expected: 4 }
    await assert.rejects(setUpVerifier({ times, trustList }), expected)
    assert.deepEqual(saved, [])
    await setUpVerifier({ times, trustList: await trustListOf({ version: 3 }) })
  })

  it('given a newer trust list than the store knows ... it saves its version, and keeps the time', async () => {
    const { times, saved } = remembered({ seconds: NOW - 5, trustListVersion: 3 })
    await setUpVerifier({ times, trustList: await trustListOf({ version: 4 }) })
    assert.deepEqual(saved, [{ seconds: NOW - 5, trustListVersion: 4 }])
  })
})

describe('forgetNewestTime', () => {
  /** A verifier that lived a second of a wrong clock, inside its trust list's validity, and was switched off. */
  async function afterAJump() {
    const { times, saved } = remembered({ seconds: NOW, trustListVersion: 3 })
    const trustList = await trustListOf({ version: 3 })
    const { meet, clock } = await setUpVerifier({ times, trustList })
    clock.seconds = NOW + 30 * DAY
    await meet(await credentialOf(car, { freshness: tokenOf(60) }))
    clock.seconds = NOW
    const wentBack = { name: 'IdentityVerifier.ClockWentBackError', given: NOW, expected: NOW + 30 * DAY }
    await assert.rejects(meet(ofCar), wentBack)
    await assert.rejects(setUpVerifier({ times, trustList }), wentBack)
    return { times, saved, trustList }
  }

  it('given a clock that had jumped ahead and was set ... without it no verifier opens, with it one does', async () => {
    const { times, saved, trustList } = await afterAJump()
    await forgetNewestTime(times)
    assert.deepEqual(saved.at(-1), { seconds: 0, trustListVersion: 3 })
    const { meet } = await setUpVerifier({ times, trustList })
    assert.ok(await meet(ofCar))
    assert.deepEqual(saved.at(-1), { seconds: NOW, trustListVersion: 3 })
  })

  it('given a trust list older than the newest, or of later ... it is still refused', async () => {
    const { times } = await afterAJump()
    await forgetNewestTime(times)
    const older = await trustListOf({ version: 2 })
    await assert.rejects(setUpVerifier({ times, trustList: older }), { name: 'TrustList.OlderError', given: 2 })
    // However far back the clock is set, the list that is in force says how early it cannot be.
    const later = await trustListOf({ version: 3, validFrom: NOW + 1 })
    await assert.rejects(setUpVerifier({ times, trustList: later }), { name: 'TrustList.NotYetValidError', given: NOW })
  })

  it('given a store that knows nothing ... it writes nothing', async () => {
    await forgetNewestTime({ load: async () => undefined, save: () => assert.fail('it wrote') })
  })
})

describe('IdentityVerifier.challenge', () => {
  it('given as many open challenges as it keeps ... it throws TooManyChallengesError', async () => {
    const { identities } = await setUpVerifier({ challengesMax: 3 })
    for (let count = 0; count < 3; count++) identities.challenge(PURPOSE)
    const expected = { name: 'IdentityVerifier.TooManyChallengesError', expected: 3 }
    assert.throws(() => identities.challenge(PURPOSE), expected)
  })

  it('when the first of them are over ... it gives new ones', async () => {
    const { identities, clock, answer } = await setUpVerifier({ challengesMax: 2, challengeSeconds: 10 })
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
    const { identities, clock, answer } = await setUpVerifier({ challengeSeconds: 10 })
    const made = named('made up')
    await assert.rejects(identities.verify(await answer(ofCar, made)), { name: UNKNOWN, given: made })
    const given = identities.challenge(PURPOSE)
    clock.seconds += 10
    await assert.rejects(identities.verify(await answer(ofCar, given)), { name: UNKNOWN, given })
  })

  it('given an answer to a challenge that was answered before ... it throws UnknownChallengeError', async () => {
    const { identities, answer } = await setUpVerifier()
    const bytes = await answer(ofCar, identities.challenge(PURPOSE))
    await identities.verify(bytes)
    await assert.rejects(identities.verify(bytes), { name: UNKNOWN })
  })

  it('given two answers to one challenge at once ... it takes one', async () => {
    const { identities, answer } = await setUpVerifier()
    const bytes = await answer(ofCar, identities.challenge(PURPOSE))
    const results = await Promise.allSettled([identities.verify(bytes), identities.verify(bytes)])
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  })

  it('given an answer that is refused ... its challenge is used up', async () => {
    const { identities, answer } = await setUpVerifier()
    const challenge = identities.challenge(PURPOSE)
    const unfresh = await credentialOf(car)
    const missing = { name: 'Presentation.MissingFreshnessError' }
    await assert.rejects(identities.verify(await answer(unfresh, challenge)), missing)
    await assert.rejects(identities.verify(await answer(ofCar, challenge)), { name: UNKNOWN })
  })

  it('given a challenge for another purpose ... it throws WrongPurposeError', async () => {
    const { identities, answer } = await setUpVerifier()
    const challenge = identities.challenge(named('another purpose'))
    await assert.rejects(identities.verify(await answer(ofCar, challenge)), { name: 'Presentation.WrongPurposeError' })
  })

  it('given bytes that are no presentation ... it throws BadLayoutError, and no challenge is used up', async () => {
    const { identities, answer } = await setUpVerifier()
    const bytes = await answer(ofCar, identities.challenge(PURPOSE))
    await assert.rejects(identities.verify(bytes.subarray(1)), { name: 'Presentation.BadLayoutError' })
    assert.ok(await identities.verify(bytes))
  })

  it('given a clock that went back ... it throws ClockWentBackError', async () => {
    const { identities, clock, answer } = await setUpVerifier()
    const bytes = await answer(ofCar, identities.challenge(PURPOSE))
    clock.seconds -= 1
    const expected = { name: 'IdentityVerifier.ClockWentBackError', given: NOW - 1, expected: NOW }
    await assert.rejects(identities.verify(bytes), expected)
    assert.throws(() => identities.challenge(PURPOSE), expected)
    clock.seconds += 1
    assert.ok(await identities.verify(bytes))
  })

  it('given a clock beyond the trust list ... it throws ExpiredError, and the time is not remembered', async () => {
    const { identities, clock, meet } = await setUpVerifier()
    clock.seconds = START + 90 * DAY
    const expected = { name: 'TrustList.ExpiredError', given: clock.seconds }
    assert.throws(() => identities.challenge(PURPOSE), expected)
    clock.seconds = NOW
    assert.ok(await meet(ofCar))
  })

  it('given a store of time ... it saves the newest time, not more often than once a minute', async () => {
    const { times, saved } = remembered({ seconds: NOW - 60, trustListVersion: 1 })
    const { meet, clock } = await setUpVerifier({ times })
    for (const seconds of [NOW, NOW + 59, NOW + 60, NOW + 61]) {
      clock.seconds = seconds
      await meet(ofCar)
    }
    assert.deepEqual(
      saved.map(({ seconds }) => seconds),
      [NOW, NOW + 60],
    )
  })

  it('given a store that is slow ... it saves one after the other', async () => {
    let writing = 0
    const saved: Newest[] = []
    const save = async (newest: Newest) => {
      assert.equal(++writing, 1)
      await new Promise(setImmediate)
      writing--
      saved.push(newest)
    }
    const times: TimeStore = { load: async () => ({ seconds: NOW - 60, trustListVersion: 1 }), save }
    const { identities, answer } = await setUpVerifier({ times })
    const shown = [identities.challenge(PURPOSE), identities.challenge(PURPOSE)]
    const answers = await Promise.all(shown.map((challenge) => answer(ofCar, challenge)))
    const newer = trustListOf({ version: 2 })
    await Promise.all([...answers.map((bytes) => identities.verify(bytes)), identities.learn(await newer)])
    assert.deepEqual(saved.at(-1), { seconds: NOW, trustListVersion: 2 })
  })
})

describe('IdentityVerifier.learn', () => {
  it('given an older list, or another one of the same version ... it throws OlderError', async () => {
    const { identities } = await setUpVerifier({ trustList: await trustListOf({ version: 5 }) })
    for (const given of [await trustListOf({ version: 4 }), await trustListOf({ version: 5, attesters: [] })]) {
      const expected = { name: 'TrustList.OlderError', given: given.version, expected: 6 }
      await assert.rejects(identities.learn(given), expected)
    }
    assert.equal(identities.trustList.attesters.length, 1)
  })

  it('given a list of somebody else ... it throws UnsignedError, and keeps the one it has', async () => {
    const { identities } = await setUpVerifier()
    const forged = await trustListOf({ version: 2 }, world.party)
    const expected = { name: 'TrustList.UnsignedError', expected: world.runner.signer }
    await assert.rejects(identities.learn(forged), expected)
    assert.equal(identities.trustList.version, 1)
  })

  it('given the same list again ... it keeps it', async () => {
    const { identities } = await setUpVerifier()
    await identities.learn(await trustListOf())
    assert.equal(identities.trustList.version, 1)
  })

  it('given a newer list ... its version is saved, and an older one is refused after a restart', async () => {
    const { times, saved } = remembered({ seconds: NOW, trustListVersion: 1 })
    const { identities } = await setUpVerifier({ times })
    await identities.learn(await trustListOf({ version: 2, attesters: [] }))
    assert.deepEqual(saved, [{ seconds: NOW, trustListVersion: 2 }])
    const expected = { name: 'TrustList.OlderError', given: 1, expected: 3 }
    await assert.rejects(setUpVerifier({ times }), expected)
  })

  it("given a newer list that cannot be saved ... it throws the store's error, and goes by the list", async () => {
    const { times } = remembered({ seconds: NOW, trustListVersion: 1 })
    const failure = new Error('the disk is full')
    const { identities, meet } = await setUpVerifier({ times: { ...times, save: () => Promise.reject(failure) } })
    await assert.rejects(identities.learn(await trustListOf({ version: 2, attesters: [] })), failure)
    assert.equal(identities.trustList.version, 2)
    await assert.rejects(meet(ofCar), failure)
  })

  it('given a newer list without the attester ... it refuses the device that it knew', async () => {
    const { identities, meet } = await setUpVerifier()
    await meet(ofCar)
    await identities.learn(await trustListOf({ version: 2, attesters: [] }))
    await assert.rejects(meet(ofCar), { name: 'Presentation.UnknownAttesterError', expected: 2 })
  })
})
