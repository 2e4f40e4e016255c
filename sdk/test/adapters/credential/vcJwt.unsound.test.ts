/**
 * given a binding whose field (each) the registry would never record
 * |-- verifyVcJwt ... it throws UnsoundError
 * `-- issueVcJwt ... it throws UnsoundError
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getAddress, zeroAddress } from 'viem'
import { issueVcJwt, verifyVcJwt } from '../../../src/adapters/credential/vcJwt.ts'
import { Funding } from '../../../src/generated/constants.ts'
import type { Binding } from '../../../src/protocol/Binding.ts'
import * as Bindings from '../../../src/protocol/Binding.ts'
import * as VerifiableCredential from '../../../src/protocol/VerifiableCredential.ts'
import * as SignerId from '../../../src/protocol/SignerId.ts'
import { toDateTime, toFundingName } from '../../../src/protocol/VerifiableCredentialClaims.ts'
import { attesterAccount, cars, issuers, subjectOf, verifyOptions } from '../../helpers/credentials.ts'

const issuer = issuers['did:web by ES256']
const { binding } = cars.secp256k1
const subject = subjectOf('secp256k1')

const unsound: readonly (readonly [keyof Binding, Partial<Binding>])[] = [
  ['funder', { funder: zeroAddress }],
  ['token', { token: zeroAddress }],
  ['funding', { funding: Funding.NONE }],
  ['maxPerPayment', { maxPerPayment: binding.maxPerPeriod + 1n }],
  ['validUntil', { validUntil: binding.validFrom }],
  ['periodSeconds', { periodSeconds: 0 }],
]

describe('given a binding whose field the registry would never record', () => {
  for (const [problem, changed] of unsound) {
    const bound = { ...binding, ...changed }
    const expected = { name: 'Binding.UnsoundError', problem }

    it(`verifyVcJwt ... it throws UnsoundError (${problem})`, async () => {
      await assert.rejects(verifyVcJwt(await madeByHand(claimsOf(bound)), verifyOptions), expected)
    })

    it(`issueVcJwt ... it throws UnsoundError (${problem})`, async () => {
      await assert.rejects(issueVcJwt(bound, { ...subject, signer: issuer.signer }), expected)
    })
  }

  it('issueVcJwt ... it throws UnsoundError (an attester that vouches for itself as the party)', async () => {
    const partySigner = getAddress(attesterAccount.address)
    const vouching = { ...binding, partyId: SignerId.of(partySigner) }
    const refused = issueVcJwt(vouching, { ...subject, partySigner, signer: issuer.signer })
    await assert.rejects(refused, { name: 'Binding.UnsoundError', problem: 'partyId' })
  })
})

/** All the members of the other binding, and its id: what an issuer can make that uses another program. */
function claimsOf(bound: Binding) {
  const sound = VerifiableCredential.toClaims(binding, { issuer: issuer.did, ...subject })
  const bindingId = Bindings.id(bound)
  const { funder, token, periodSeconds, maxPerPayment, validUntil } = bound
  return {
    ...{ ...sound, validUntil: toDateTime(validUntil), exp: validUntil },
    credentialSubject: {
      ...{ ...sound.credentialSubject, bindingId, funder, token, periodSeconds },
      ...{ maxPerPayment: maxPerPayment.toString(), funding: toFundingName(bound.funding) },
    },
    credentialStatus: { ...sound.credentialStatus, bindingId },
  }
}

function madeByHand(claims: object): Promise<string> {
  const { signer } = issuer
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  return signer.sign(payload, { alg: signer.algorithm, typ: 'vc+jwt', kid: signer.keyId })
}
