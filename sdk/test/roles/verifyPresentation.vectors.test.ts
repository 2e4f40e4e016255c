/**
 * verifyPresentation, golden vectors
 * |-- given a presentation with any bit changed ... it throws a typed error
 * `-- given a presentation of the golden vectors ... it says who answers
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fromHex } from '../../src/protocol/Bytes.ts'
import { BaseError } from '../../src/protocol/Errors.ts'
import type * as Presentation from '../../src/protocol/Presentation.ts'
import { createSignatureVerifier } from '../../src/adapters/signer/signatureVerifier.ts'
import { loadFastestBackend } from '../../src/adapters/signer/secp256k1Backend.ts'
import { verifyPresentation } from '../../src/roles/verifyPresentation.ts'
import { DAY, START } from '../helpers/identities.ts'
import { readVectors } from '../helpers/vectors.ts'

const vectors = readVectors('presentations.json')
const { contracts, domains } = readVectors('domains.json')
const attesterOfVectors = readVectors('ids.json').find(({ name }) => name === 'attester')!.signer
const golden = {
  domain: domains.registry,
  trustList: { version: 1, validFrom: START, validUntil: START + 90 * DAY, attesters: [attesterOfVectors] },
  now: vectors.at,
  p256Verifier: contracts.p256Sha256Verifier,
  verifier: createSignatureVerifier({
    backend: await loadFastestBackend(),
    p256Verifier: contracts.p256Sha256Verifier,
  }),
}

function optionsOf({ verifierDeviceId, challenge, purpose }: Presentation.Presentation): verifyPresentation.Options {
  return { ...golden, deviceId: verifierDeviceId, challenge, purpose }
}

describe('verifyPresentation, golden vectors', () => {
  for (const { name, presentation, bytes: sound } of vectors.sound) {
    it(`given a presentation with any bit changed ... it throws a typed error (${name})`, () => {
      const bytes = fromHex(sound)
      // These two have every kind of field; of the others one bit of each byte is enough, another one each time.
      const step = ['binding, token', 'leaf of P-256, snapshot'].includes(name) ? 1 : 9
      for (let bit = 0; bit < 8 * bytes.length; bit += step) {
        const changed = bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7)))
        assert.throws(
          () => verifyPresentation(changed, optionsOf(presentation)),
          (error) => error instanceof BaseError,
          `bit ${bit}`,
        )
      }
    })
  }

  for (const { name, bindingId, presentation, bytes } of vectors.sound) {
    it(`given a presentation of the golden vectors ... it says who answers (${name})`, () => {
      const { credential } = presentation
      const { binding, deviceSigner, proof, freshness } = credential
      const { deviceId, partyId, attester, validFrom, validUntil } = binding
      const { token, maxPerPayment, maxPerPeriod, periodSeconds } = binding
      const asOf = freshness && (freshness.kind === 'token' ? START + freshness.day * DAY : freshness.snapshot.asOf)
      assert.deepEqual(verifyPresentation(fromHex(bytes), optionsOf(presentation)), {
        bindingId,
        deviceId,
        deviceSigner,
        keyType: name.includes('P-256') ? 'p256' : 'secp256k1',
        partyId,
        attester,
        limits: { token, maxPerPayment, maxPerPeriod, periodSeconds },
        validFrom,
        validUntil,
        proof: proof.kind,
        freshness: freshness && { kind: freshness.kind, asOf, ageSeconds: vectors.at - asOf! },
      })
    })
  }
})
