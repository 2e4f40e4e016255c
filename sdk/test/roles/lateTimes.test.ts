/**
 * times that 32 bits do not hold
 * |-- given machines that meet after 2106 ... the verifier believes a token, a snapshot and a leaf
 * |-- given a trust list and a token of then ... they are judged by the whole time, not by its lower 32 bits
 * `-- given the last second that 40 bits hold ... every layout gives it back
 * times that 40 bits do not hold
 * |-- given one in a binding, an enrolment, a snapshot, a trust list or a presentation ... it throws IntegerRangeError
 * |-- given one in a signed list or snapshot ... verifying it throws IntegerRangeError
 * `-- given a token of a day too late, or whose day ends beyond them ... it is refused by its day, or by the clock
 * a clock that gives no number
 * `-- ... is refused by whatever judges times, never taken for a good time
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getAddress } from 'viem'
import * as Bindings from '../../src/protocol/Binding.ts'
import { fromHex } from '../../src/protocol/Bytes.ts'
import type { Credential } from '../../src/protocol/Credential.ts'
import * as Credentials from '../../src/protocol/Credential.ts'
import * as Enrolments from '../../src/protocol/Enrolment.ts'
import type { Freshness } from '../../src/protocol/Freshness.ts'
import * as FreshnessChain from '../../src/protocol/FreshnessChain.ts'
import * as Presentation from '../../src/protocol/Presentation.ts'
import * as StatusList from '../../src/protocol/StatusList.ts'
import * as StatusSnapshot from '../../src/protocol/StatusSnapshot.ts'
import * as TrustList from '../../src/protocol/TrustList.ts'
import { present } from '../../src/roles/present.ts'
import { verifyStatusSnapshot } from '../../src/roles/statusSnapshots.ts'
import { verifyTrustList } from '../../src/roles/trustLists.ts'
import { verifyPresentation } from '../../src/roles/verifyPresentation.ts'
import * as world from '../helpers/identities.ts'
import {
  DAY,
  PURPOSE,
  absentOf,
  car,
  chargerId,
  credentialOf,
  domain,
  leafOf,
  named,
  p256Verifier,
  tokenOf,
  trustListOf,
  verifier,
} from '../helpers/identities.ts'
import { setUpVerifier } from '../helpers/identityVerifier.ts'

/** After 2106: a second of it, cut to 32 bits, is in the year 1970. */
const LATE = 2 ** 32 + 1000
const LAST = 2 ** 40 - 1
const OUTSIDE = [2 ** 40, 2 ** 40 + LATE, 2 ** 53, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]
const RANGE = { name: 'Bytes.IntegerRangeError' }
const LASTING = { validFrom: LATE, validUntil: LATE + 365 * DAY }
const challenge = named('challenge')

async function shown(credential: Credential, now: number) {
  const showing = { verifierDeviceId: chargerId, challenge, purpose: PURPOSE, expiresAt: now + 60 }
  const bytes = await present(credential, { ...showing, signer: car })
  const trustList = await trustListOf(LASTING)
  const options = { domain, trustList, deviceId: chargerId, challenge, purpose: PURPOSE, now, p256Verifier, verifier }
  return () => verifyPresentation(bytes, { ...options, freshnessAgeMaxSeconds: 2 * DAY })
}

describe('times that 32 bits do not hold', () => {
  const now = LATE + 3 * DAY + 100

  it('given machines that meet after 2106 ... the verifier believes a token, a snapshot and a leaf', async () => {
    const [binding, enrolment] = [LASTING, LASTING]
    const snapshot = await absentOf(world.bindingOf(car, binding), { asOf: now - 10 })
    const credentials = [
      await credentialOf(car, { binding, freshness: tokenOf(3) }),
      await credentialOf(car, { binding, freshness: snapshot }),
      await leafOf(car, { binding, enrolment, freshness: tokenOf(3) }),
    ]
    const ages: unknown[] = []
    for (const credential of credentials) ages.push((await shown(credential, now))().freshness?.ageSeconds)
    assert.deepEqual(ages, [100, 10, 100])
  })

  it('given a trust list and a token of then ... they are judged by the whole time, not by its lower 32 bits', async () => {
    const list = await trustListOf(LASTING)
    for (const at of [LATE - 2 ** 32, LATE - 1]) {
      assert.throws(() => TrustList.requireValid(list, at), { name: 'TrustList.NotYetValidError' })
    }
    const [old, early] = [tokenOf(0), tokenOf(4)]
    const verify = async (freshness: Freshness) => shown(await credentialOf(car, { binding: LASTING, freshness }), now)
    assert.throws(await verify(old), { name: 'Presentation.StaleFreshnessError', given: 3 * DAY + 100 })
    assert.throws(await verify(early), { name: 'Presentation.FutureFreshnessError', given: LATE + 4 * DAY })
  })

  it('given the last second that 40 bits hold ... every layout gives it back', async () => {
    const times = { validFrom: LATE, validUntil: LAST }
    const snapshot = await absentOf(world.bindingOf(car, times), { asOf: LAST })
    const credential = await leafOf(car, { binding: times, enrolment: times, freshness: snapshot })
    assert.deepEqual(Credentials.decode(Credentials.encode(credential)), credential)
    const list = await trustListOf(times)
    assert.deepEqual(TrustList.decode(TrustList.encode(list)), list)
    const shows = { verifierDeviceId: chargerId, challenge, purpose: PURPOSE, expiresAt: LAST, signer: car }
    assert.equal(Presentation.read(await present(credential, shows)).presentation.expiresAt, LAST)
  })
})

describe('times that 40 bits do not hold', () => {
  for (const time of OUTSIDE) {
    it(`given one in a binding, an enrolment, a snapshot, a trust list or a presentation ... it throws IntegerRangeError (${time})`, async () => {
      const leaf = await leafOf(car)
      assert(leaf.proof.kind === 'leaf')
      const { enrolment } = leaf.proof
      const list = await trustListOf()
      const attester = getAddress(world.attester.signer)
      const showing = { verifierDeviceId: chargerId, challenge, purpose: PURPOSE, expiresAt: time }
      const refused: readonly (() => unknown)[] = [
        ...(['validFrom', 'validUntil'] as const).flatMap((field) => [
          () => Bindings.id({ ...leaf.binding, [field]: time }),
          () => Credentials.encode({ ...leaf, binding: { ...leaf.binding, [field]: time } }),
          () => Enrolments.digest({ ...enrolment, [field]: time }, domain),
          () => TrustList.digest({ ...list, [field]: time }, domain),
        ]),
        () => StatusSnapshot.digest({ attester, asOf: time, count: 0, root: challenge }, domain),
        () => Presentation.digest({ bindingId: challenge, ...showing }, domain),
      ]
      const given = Number.isInteger(time) ? BigInt(time) : time
      for (const refuse of refused) assert.throws(refuse, { ...RANGE, given })
      await assert.rejects(present(leaf, { ...showing, signer: car }), RANGE)
    })
  }

  it('given one in a signed list or snapshot ... verifying it throws IntegerRangeError', async () => {
    const list = { ...(await trustListOf(LASTING)), validUntil: 2 ** 40 + LATE + 1 }
    const options = { domain, signer: world.runner.signer, now: LATE, verifier }
    assert.throws(() => verifyTrustList(list, options), RANGE)
    const { snapshot } = StatusList.build({ attester: getAddress(world.attester.signer), asOf: LATE, bindingIds: [] })
    const late = { ...snapshot, asOf: 2 ** 40 + LATE, signature: list.signature }
    assert.throws(() => verifyStatusSnapshot(late, { domain, verifier }), RANGE)
  })

  it('given a token of a day too late, or whose day ends beyond them ... it is refused by its day, or by the clock', async () => {
    const day = FreshnessChain.DAYS_MAX
    const late = await credentialOf(car, { freshness: { kind: 'token', day: 2 ** 16, preimage: challenge } })
    assert.throws(() => Credentials.encode(late), { ...RANGE, given: 2n ** 16n })
    const known = FreshnessChain.tokenOfTip(late.binding.freshnessTip)
    const expected = { name: 'FreshnessChain.WrongDayError', given: day }
    assert.throws(() => FreshnessChain.verify({ day, preimage: challenge }, known), expected)
    const times = { validFrom: LAST - DAY, validUntil: LAST }
    const freshness: Freshness = { kind: 'token', day: 2, preimage: challenge }
    const verify = await shown(await credentialOf(car, { binding: { ...times, ...LASTING }, freshness }), LATE)
    assert.throws(verify, { name: 'Presentation.FutureFreshnessError', given: LATE + 2 * DAY })
    assert.equal(FreshnessChain.publishedAt({ ...times, day: 2 }), LAST + DAY)
  })
})

describe('a clock that gives no number', () => {
  it('... is refused by whatever judges times, never taken for a good time', async () => {
    const list = await trustListOf()
    assert.throws(() => TrustList.requireValid(list, Number.NaN), { name: 'TrustList.NotYetValidError' })
    const { identities, clock } = await setUpVerifier()
    clock.seconds = Number.NaN
    assert.throws(() => identities.challenge(PURPOSE), { name: 'IdentityVerifier.ClockWentBackError' })
    const bytes = fromHex('0x00')
    await assert.rejects(identities.verify(bytes), { name: 'IdentityVerifier.ClockWentBackError' })
  })
})
