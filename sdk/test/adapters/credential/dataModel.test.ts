/**
 * Claims of a binding, and the checks of the Data Model 2.0 in the library of its editors.
 * |-- given the claims of a binding ... the library takes them
 * |-- given a member of the wrong form ... it refuses them, as we do
 * `-- given a time outside of the validity ... it refuses them
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPresentation } from '@digitalbazaar/vc'
import * as VerifiableCredential from '../../../src/protocol/VerifiableCredential.ts'
import { NOW, WEB_DID, cars, place, subjectOf } from '../../helpers/credentials.ts'

const { binding } = cars.p256
const claims = VerifiableCredential.toClaims(binding, { issuer: WEB_DID, ...subjectOf('p256') })
/** The library lets clocks differ by five minutes. */
const SKEW_SECONDS = 300
const check = (verifiableCredential: unknown, now = NOW) =>
  createPresentation({ verifiableCredential, now: new Date(now * 1000) })

describe('claims of a binding and the library of the Data Model', () => {
  for (const car of ['secp256k1', 'p256'] as const) {
    it(`given the claims of a binding ... the library takes them (a ${car} car)`, () => {
      const options = { issuer: WEB_DID, ...subjectOf(car), snapshotUrl: 'https://attester.example/status' } as const
      assert.doesNotThrow(() => check(VerifiableCredential.toClaims(cars[car].binding, options)))
    })
  }

  const wrong: Record<string, object> = {
    '@context': { ...claims, '@context': ['https://example.com'] },
    type: { ...claims, type: ['MusubiBindingCredential'] },
    validFrom: { ...claims, validFrom: 'yesterday' },
    credentialStatus: { ...claims, credentialStatus: { ...claims.credentialStatus, type: undefined } },
  }
  for (const [member, json] of Object.entries(wrong)) {
    it(`given a member of the wrong form ... it refuses them, as we do (${member})`, () => {
      assert.throws(() => check(json))
      assert.throws(() => VerifiableCredential.fromClaims(json, place), { name: 'VerifiableCredential.MalformedError' })
    })
  }

  for (const now of [binding.validFrom - SKEW_SECONDS - 1, binding.validUntil + SKEW_SECONDS + 1]) {
    it(`given a time outside of the validity ... it refuses them (${now})`, () => {
      assert.throws(() => check(claims, now), /validFrom|validUntil/)
    })
  }
})
