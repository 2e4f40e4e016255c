/**
 * verifyPresentation
 * |-- given another chain or another registry ... it throws WrongDomainError
 * |-- given another challenge, verifier or purpose ... it throws WrongChallengeError, WrongVerifierError, WrongPurposeError
 * |-- given a presentation that is over, or good for too long ... it throws ExpiredError, ExpiresTooLateError
 * |-- given a trust list that is not in force ... it throws the list's error
 * |-- given an attester that is not on the list ... it throws UnknownAttesterError
 * |-- given a time outside the binding ... it throws BindingNotYetValidError, BindingExpiredError
 * |-- given no freshness where it is asked for ... it throws MissingFreshnessError
 * |-- given freshness of the future ... it throws FutureFreshnessError
 * |-- given freshness that is too old ... it throws StaleFreshnessError
 * |-- given a snapshot of another attester ... it throws ForeignSnapshotError
 * |-- given a key of another ERC-7913 verifier ... it throws NotOfflineError
 * |-- given another device's signature ... it throws WrongDeviceError
 * |-- given an attester that did not sign, or is a contract ... it throws WrongAttesterError
 * |-- given a party that did not sign, or is a contract ... it throws WrongPartyError
 * |-- given a leaf outside its enrolment ... it throws NoLeafError
 * |-- given a token of another binding ... it throws WrongFreshnessError
 * |-- given a proof of absence of another binding ... it throws WrongFreshnessError
 * |-- given a proof between whose neighbours the binding is ... it throws EndedError
 * |-- given a snapshot that its attester did not sign ... it throws WrongSnapshotError
 * `-- given a wrong challenge ... it checks no signature
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getAddress } from 'viem'
import type { Binding } from '../../src/protocol/Binding.ts'
import type { Credential } from '../../src/protocol/Credential.ts'
import type { Freshness } from '../../src/protocol/Freshness.ts'
import * as FreshnessChain from '../../src/protocol/FreshnessChain.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import { present } from '../../src/roles/present.ts'
import { SHOWING_SECONDS_MAX, verifyPresentation } from '../../src/roles/verifyPresentation.ts'
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
  leafOf,
  named,
  tokenOf,
  van,
} from '../helpers/identities.ts'

const challenge = named('challenge')
const trustList = await world.trustListOf()
const { domain, p256Verifier, verifier, PURPOSE: purpose } = world
const options: verifyPresentation.Options = {
  domain,
  trustList,
  deviceId: chargerId,
  challenge,
  purpose,
  now: NOW,
  p256Verifier,
  verifier,
  freshnessAgeMaxSeconds: 2 * DAY,
}
const showing = { verifierDeviceId: chargerId, challenge, purpose, expiresAt: NOW + 60 }

type Case = {
  readonly credential?: Credential
  readonly changed?: Partial<typeof showing>
  readonly signer?: typeof car
}

async function shown({ credential, changed = {}, signer = car }: Case = {}): Promise<Uint8Array> {
  const given = credential ?? (await credentialOf(car, { freshness: tokenOf(30) }))
  return present(given, { ...showing, ...changed, signer })
}

type Expected = { readonly name: string; readonly given?: unknown; readonly expected?: unknown }

async function refused(expected: Expected, given: Case = {}, other: Partial<verifyPresentation.Options> = {}) {
  const bytes = await shown(given)
  assert.throws(() => verifyPresentation(bytes, { ...options, ...other }), expected)
}

const withToken = { freshness: tokenOf(30) }

describe('verifyPresentation', () => {
  it('given another chain or another registry ... it throws WrongDomainError', async () => {
    const elsewhere = { ...domain, verifyingContract: p256Verifier }
    for (const other of [{ ...domain, chainId: 1 }, elsewhere]) {
      await refused({ name: 'Presentation.WrongDomainError' }, {}, { domain: other })
    }
  })

  const other = named('other')
  it('given another challenge, verifier or purpose ... it throws WrongChallengeError, WrongVerifierError, WrongPurposeError', async () => {
    const names = {
      challenge: 'WrongChallengeError',
      verifierDeviceId: 'WrongVerifierError',
      purpose: 'WrongPurposeError',
    }
    for (const [field, name] of Object.entries(names)) {
      const expected = { name: `Presentation.${name}`, given: other, expected: showing[field as keyof typeof names] }
      await refused(expected, { changed: { [field]: other } })
    }
  })

  it('given a presentation that is over, or good for too long ... it throws ExpiredError, ExpiresTooLateError', async () => {
    for (const expiresAt of [NOW, NOW - 1]) {
      await refused({ name: 'Presentation.ExpiredError', given: expiresAt }, { changed: { expiresAt } })
    }
    const expiresAt = NOW + SHOWING_SECONDS_MAX + 1
    await refused({ name: 'Presentation.ExpiresTooLateError', given: expiresAt }, { changed: { expiresAt } })
    const own = { name: 'Presentation.ExpiresTooLateError', given: NOW + 60, expected: NOW + 59 }
    await refused(own, {}, { showingSecondsMax: 59 })
    assert.ok(verifyPresentation(await shown({ changed: { expiresAt: NOW + SHOWING_SECONDS_MAX } }), options))
  })

  it("given a trust list that is not in force ... it throws the list's error", async () => {
    const over = await world.trustListOf({ validUntil: NOW })
    await refused({ name: 'TrustList.ExpiredError', given: NOW }, {}, { trustList: over })
    const early = await world.trustListOf({ validFrom: NOW + 1 })
    await refused({ name: 'TrustList.NotYetValidError', given: NOW }, {}, { trustList: early })
  })

  it('given an attester that is not on the list ... it throws UnknownAttesterError', async () => {
    const given = getAddress(world.attester.signer)
    for (const attesters of [[], [p256Verifier]]) {
      const list = await world.trustListOf({ version: 7, attesters })
      await refused({ name: 'Presentation.UnknownAttesterError', given, expected: 7 }, {}, { trustList: list })
    }
  })

  it('given a time outside the binding ... it throws BindingNotYetValidError, BindingExpiredError', async () => {
    const later = await credentialOf(car, { binding: { validFrom: NOW + 1 } })
    await refused(
      { name: 'Presentation.BindingNotYetValidError', given: NOW, expected: NOW + 1 },
      { credential: later },
    )
    const over = await credentialOf(car, { binding: { validUntil: NOW } })
    await refused({ name: 'Presentation.BindingExpiredError', given: NOW, expected: NOW }, { credential: over })
  })

  it('given no freshness where it is asked for ... it throws MissingFreshnessError', async () => {
    const credential = await credentialOf(car)
    await refused({ name: 'Presentation.MissingFreshnessError', expected: 2 * DAY }, { credential })
    const { freshnessAgeMaxSeconds: _, ...unasked } = options
    assert.equal(verifyPresentation(await shown({ credential }), unasked).freshness, undefined)
  })

  it('given freshness of the future ... it throws FutureFreshnessError', async () => {
    const name = 'Presentation.FutureFreshnessError'
    const credential = await credentialOf(car, { freshness: tokenOf(31) })
    await refused({ name, given: START + 31 * DAY, expected: NOW }, { credential })
    const freshness = await absentOf(bindingOf(car), { asOf: NOW + 1 })
    await refused({ name, given: NOW + 1 }, { credential: await credentialOf(car, { freshness }) })
  })

  it('given freshness that is too old ... it throws StaleFreshnessError', async () => {
    const name = 'Presentation.StaleFreshnessError'
    const credential = await credentialOf(car, { freshness: tokenOf(28) })
    await refused({ name, given: 2.5 * DAY, expected: 2 * DAY }, { credential })
    const freshness = await absentOf(bindingOf(car), { asOf: NOW - 2 * DAY - 1 })
    await refused({ name, given: 2 * DAY + 1 }, { credential: await credentialOf(car, { freshness }) })
  })

  it('given a snapshot of another attester ... it throws ForeignSnapshotError', async () => {
    const freshness = await absentOf(bindingOf(car), { attester: world.party })
    const given = getAddress(world.party.signer)
    await refused(
      { name: 'Presentation.ForeignSnapshotError', given },
      { credential: await credentialOf(car, { freshness }) },
    )
  })

  it('given a key of another ERC-7913 verifier ... it throws NotOfflineError', async () => {
    const foreign = getAddress(`0x${named('somebody’s verifier').slice(-40)}`)
    const device = world.p256Key('device', foreign)
    const expected = { name: 'Credential.NotOfflineError', given: foreign, expected: p256Verifier }
    await refused(expected, { credential: await credentialOf(device, withToken), signer: device })
    const liable = world.p256Key('party', foreign)
    const binding = { partyId: SignerId.of(liable.signer) }
    await refused(expected, { credential: await credentialOf(car, { ...withToken, binding, party: liable }) })
  })

  it("given another device's signature ... it throws WrongDeviceError", async () => {
    const impostor = { ...van, signer: car.signer }
    const expected = { name: 'Presentation.WrongDeviceError', expected: car.signer }
    await refused(expected, { signer: { ...world.charger, signer: car.signer } })
    await refused(expected, { signer: impostor })
  })

  it('given an attester that did not sign, or is a contract ... it throws WrongAttesterError', async () => {
    const name = 'Presentation.WrongAttesterError'
    for (const make of [credentialOf, leafOf]) {
      const credential = await make(car, { ...withToken, attester: world.runner })
      await refused({ name, expected: getAddress(world.attester.signer) }, { credential })
    }
    // An ERC-1271 account: nobody has a key to its address.
    const account = p256Verifier
    const list = await world.trustListOf({ attesters: [account] })
    const credential = await credentialOf(car, { ...withToken, binding: { attester: account } })
    await refused({ name, expected: account }, { credential }, { trustList: list })
  })

  it('given a party that did not sign, or is a contract ... it throws WrongPartyError', async () => {
    const name = 'Presentation.WrongPartyError'
    for (const make of [credentialOf, leafOf]) {
      const impostor = { ...world.runner, signer: world.party.signer }
      const credential = await make(car, { ...withToken, party: impostor })
      await refused({ name, expected: world.party.signer }, { credential })
    }
    const account = { ...world.party, signer: p256Verifier }
    const binding = { partyId: SignerId.of(p256Verifier) }
    const credential = await credentialOf(car, { ...withToken, binding, party: account })
    await refused({ name, expected: p256Verifier }, { credential })
  })

  it('given a leaf outside its enrolment ... it throws NoLeafError', async () => {
    const name = 'Presentation.NoLeafError'
    const early = await leafOf(car, { ...withToken, enrolment: { validFrom: START + 1 } })
    await refused({ name, given: START, expected: START + 1 }, { credential: early })
    const end = START + 365 * DAY
    const late = await leafOf(car, { ...withToken, enrolment: { validUntil: end - 1 } })
    await refused({ name, given: end, expected: end - 1 }, { credential: late })
    const foreign = await leafOf(car, { ...withToken, enrolment: { root: other } })
    await refused({ name, expected: other }, { credential: foreign })
    const sound = await leafOf(car, withToken)
    assert(sound.proof.kind === 'leaf')
    await refused({ name, given: 7 }, { credential: { ...sound, proof: { ...sound.proof, index: 7 } } })
  })

  it('given a token of another binding ... it throws WrongFreshnessError', async () => {
    const name = 'Presentation.WrongFreshnessError'
    const token = FreshnessChain.token({ seed: named('another seed'), days: 365 }, 30)
    const ofOther: Freshness = { kind: 'token', ...token }
    await refused({ name }, { credential: await credentialOf(car, { freshness: ofOther }) })
    const binding: Partial<Binding> = { freshnessTip: world.ZERO_HASH }
    await refused({ name }, { credential: await credentialOf(car, { ...withToken, binding }) })
  })

  it('given a proof of absence of another binding ... it throws WrongFreshnessError', async () => {
    // Among 201 gaps the two bindings are in different ones.
    const freshness = await absentOf(bindingOf(van), { count: 200 })
    await refused({ name: 'Presentation.WrongFreshnessError' }, { credential: await credentialOf(car, { freshness }) })
  })

  it('given a proof between whose neighbours the binding is ... it throws EndedError', async () => {
    const credential = await credentialOf(car)
    const { bindingId } = verifyPresentation(await shown({ credential: await credentialOf(car, withToken) }), options)
    const freshness = await absentOf(credential.binding)
    assert(freshness.kind === 'snapshot')
    for (const side of ['left', 'right']) {
      const listed: Freshness = { ...freshness, proof: { ...freshness.proof, [side]: bindingId } }
      const expected = { name: 'Presentation.EndedError', given: bindingId }
      await refused(expected, { credential: { ...credential, freshness: listed } })
    }
  })

  it('given a snapshot that its attester did not sign ... it throws WrongSnapshotError', async () => {
    const freshness = await absentOf(bindingOf(car), { by: world.runner })
    const expected = { name: 'Presentation.WrongSnapshotError', expected: getAddress(world.attester.signer) }
    await refused(expected, { credential: await credentialOf(car, { freshness }) })
  })

  it('given a wrong challenge ... it checks no signature', async () => {
    const untouched = { backend: 'none', verify: () => assert.fail('a signature was checked') }
    await refused(
      { name: 'Presentation.WrongChallengeError' },
      { changed: { challenge: other } },
      { verifier: untouched },
    )
  })
})
