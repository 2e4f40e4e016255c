/**
 * verifyFreshness
 * |-- given no proof where one is asked for ... it throws MissingFreshnessError
 * |-- given a proof of the future, or a time that is no number ... it throws FutureFreshnessError
 * |-- given a proof older than is accepted ... it throws StaleFreshnessError
 * |-- given the snapshot of another attester ... it throws ForeignSnapshotError
 * |-- given a token or a snapshot of another binding ... it throws WrongFreshnessError
 * |-- given a snapshot that its attester did not sign ... it throws WrongSnapshotError
 * |-- given no proof where none is asked for ... it gives undefined
 * `-- given a token or a snapshot ... it says as of when it speaks
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Credential } from '../../src/protocol/Credential.ts'
import { verifyFreshness } from '../../src/roles/verifyFreshness.ts'
import type { Freshness } from '../../src/protocol/Freshness.ts'
import * as world from '../helpers/identities.ts'
import {
  DAY,
  NOW,
  absentOf,
  bindingOf,
  car,
  credentialOf,
  domain,
  tokenOf,
  van,
  verifier,
} from '../helpers/identities.ts'

const options: verifyFreshness.Options = { domain, verifier, now: NOW, freshnessAgeMaxSeconds: 2 * DAY }
const withProof = (freshness: Freshness) => credentialOf(car, { freshness })

describe('verifyFreshness', () => {
  const refuses = (credential: Credential, expected: object, changed: Partial<verifyFreshness.Options> = {}) =>
    assert.throws(() => verifyFreshness(credential, { ...options, ...changed }), expected)

  it('given no proof where one is asked for ... it throws MissingFreshnessError', async () => {
    refuses(await credentialOf(car), { name: 'Presentation.MissingFreshnessError', expected: 2 * DAY })
  })

  it('given a proof of the future, or a time that is no number ... it throws FutureFreshnessError', async () => {
    const name = 'Presentation.FutureFreshnessError'
    refuses(await withProof(tokenOf(31)), { name, expected: NOW })
    refuses(await withProof(await absentOf(bindingOf(car), { asOf: NOW + 1 })), { name, given: NOW + 1 })
    refuses(await withProof(tokenOf(30)), { name }, { now: Number.NaN })
  })

  it('given a proof older than is accepted ... it throws StaleFreshnessError', async () => {
    const expected = { name: 'Presentation.StaleFreshnessError', given: 2.5 * DAY, expected: 2 * DAY }
    refuses(await withProof(tokenOf(28)), expected)
  })

  it('given the snapshot of another attester ... it throws ForeignSnapshotError', async () => {
    const snapshot = await absentOf(bindingOf(car), { attester: world.party })
    refuses(await withProof(snapshot), { name: 'Presentation.ForeignSnapshotError' })
  })

  it('given a token or a snapshot of another binding ... it throws WrongFreshnessError', async () => {
    refuses(await withProof({ kind: 'token', day: 29, preimage: `0x${'11'.repeat(32)}` }), {
      name: 'Presentation.WrongFreshnessError',
    })
    const snapshot = await absentOf(bindingOf(van), { count: 200 })
    refuses(await withProof(snapshot), { name: 'Presentation.WrongFreshnessError' })
  })

  it('given a snapshot that its attester did not sign ... it throws WrongSnapshotError', async () => {
    const snapshot = await absentOf(bindingOf(car), { by: world.party })
    refuses(await withProof(snapshot), { name: 'Presentation.WrongSnapshotError', expected: world.attester.signer })
  })

  it('given no proof where none is asked for ... it gives undefined', async () => {
    const any = { ...options, freshnessAgeMaxSeconds: undefined }
    assert.equal(verifyFreshness(await credentialOf(car), any), undefined)
  })

  it('given a token or a snapshot ... it says as of when it speaks', async () => {
    const ofToken = { kind: 'token', asOf: NOW - DAY / 2, ageSeconds: DAY / 2 }
    assert.deepEqual(verifyFreshness(await withProof(tokenOf(30)), options), ofToken)
    const snapshot = await withProof(await absentOf(bindingOf(car)))
    assert.deepEqual(verifyFreshness(snapshot, options), { kind: 'snapshot', asOf: NOW - 600, ageSeconds: 600 })
  })
})
