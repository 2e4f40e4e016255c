/**
 * verifyCredential
 * |-- given another registry ... it throws WrongDomainError
 * |-- given a party that signs through a contract ... it throws WrongPartyError or NotOfflineError
 * |-- given an attester that signs through a contract ... it throws WrongAttesterError
 * |-- given an attester that vouches for itself as the party, in a binding or in a leaf ... it throws UnsoundError
 * |-- given a binding whose field (each) the registry would never record ... it throws UnsoundError
 * `-- given a binding or a leaf that both stand behind ... it does not throw, whatever the time
 * present
 * `-- given another device's key ... it throws WrongKeyError
 * verifyTrustList, verifyStatusSnapshot
 * |-- given a list or a snapshot of the golden vectors ... it gives it
 * `-- given another signer or domain ... it throws UnsignedError, WrongSnapshotError
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Address } from 'viem'
import { zeroAddress } from 'viem'
import { Funding } from '../../src/generated/constants.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import { createSignatureVerifier } from '../../src/adapters/signer/signatureVerifier.ts'
import { loadFastestBackend } from '../../src/adapters/signer/secp256k1Backend.ts'
import { present } from '../../src/roles/present.ts'
import { verifyStatusSnapshot } from '../../src/roles/statusSnapshots.ts'
import { verifyTrustList } from '../../src/roles/trustLists.ts'
import { verifyCredential } from '../../src/roles/verifyCredential.ts'
import * as world from '../helpers/identities.ts'
import { car, chargerId, credentialOf, leafOf, named, van } from '../helpers/identities.ts'
import { readVectors } from '../helpers/vectors.ts'

const { domain, p256Verifier, verifier } = world
const options = { domain, p256Verifier, verifier }
const contract = p256Verifier

describe('verifyCredential', () => {
  it('given another registry ... it throws WrongDomainError', async () => {
    const credential = await credentialOf(car)
    const registry = { ...credential.registry, chainId: 1 }
    const expected = { name: 'Presentation.WrongDomainError' }
    assert.throws(() => verifyCredential({ ...credential, registry }, options), expected)
  })

  it('given a party that signs through a contract ... it throws WrongPartyError or NotOfflineError', async () => {
    const account = { ...world.party, signer: contract }
    const ofAccount = await credentialOf(car, { party: account, binding: { partyId: SignerId.of(contract) } })
    assert.throws(() => verifyCredential(ofAccount, options), {
      name: 'Presentation.WrongPartyError',
      expected: contract,
    })
    const foreign = world.p256Key('party', domain.verifyingContract)
    const binding = { partyId: SignerId.of(foreign.signer) }
    const ofForeign = await credentialOf(car, { party: foreign, binding })
    assert.throws(() => verifyCredential(ofForeign, options), { name: 'Credential.NotOfflineError' })
  })

  it('given an attester that signs through a contract ... it throws WrongAttesterError', async () => {
    const credential = await credentialOf(car, { binding: { attester: contract } })
    const expected = { name: 'Presentation.WrongAttesterError', expected: contract }
    assert.throws(() => verifyCredential(credential, options), expected)
  })

  it('given an attester that vouches for itself as the party, in a binding or in a leaf ... it throws UnsoundError', async () => {
    const { attester } = world
    const itself = { party: attester, binding: { partyId: SignerId.of(attester.signer) } }
    const enrolment = { partyId: SignerId.of(attester.signer) }
    const shown = [await credentialOf(car, itself), await leafOf(car, { ...itself, enrolment })]
    for (const credential of shown) {
      const credentialOfItself = { ...credential, partySigner: attester.signer }
      const expected = { name: 'Binding.UnsoundError', problem: 'partyId' }
      assert.throws(() => verifyCredential(credentialOfItself, options), expected)
    }
  })

  for (const [problem, changed] of [
    ['partyId', { partyId: SignerId.of(car.signer) }],
    ['funder', { funder: zeroAddress }],
    ['token', { token: zeroAddress }],
    ['funding', { funding: Funding.NONE }],
    ['maxPerPayment', { maxPerPayment: 10_001n }],
    ['validUntil', { validUntil: world.START }],
    ['periodSeconds', { periodSeconds: 0 }],
  ] as const) {
    it(`given a binding whose ${problem} the registry would never record ... it throws UnsoundError`, async () => {
      const credential = await credentialOf(car, { binding: changed })
      assert.throws(() => verifyCredential(credential, options), { name: 'Binding.UnsoundError', problem })
    })
  }

  it('given a binding or a leaf that both stand behind ... it does not throw, whatever the time', async () => {
    for (const device of [car, van]) {
      verifyCredential(await credentialOf(device), options)
      verifyCredential(await leafOf(device), options)
    }
  })
})

describe('present', () => {
  it("given another device's key ... it throws WrongKeyError", async () => {
    const credential = await credentialOf(car)
    const showing = { verifierDeviceId: chargerId, challenge: named('c'), purpose: named('p'), expiresAt: 1 }
    const expected = {
      name: 'Presentation.WrongKeyError',
      given: SignerId.of(van.signer),
      expected: SignerId.of(car.signer),
    }
    await assert.rejects(present(credential, { ...showing, signer: van }), expected)
  })
})

const { domains, contracts } = readVectors('domains.json')
const backend = await loadFastestBackend()
const golden = {
  domain: domains.registry,
  verifier: createSignatureVerifier({ backend, p256Verifier: contracts.p256Sha256Verifier }),
}

describe('verifyTrustList, verifyStatusSnapshot', () => {
  const lists = readVectors('trustLists.json').sound
  const snapshots = readVectors('statusSnapshots.json')

  it('given a list or a snapshot of the golden vectors ... it gives it', () => {
    for (const { list, signer } of lists) {
      assert.deepEqual(verifyTrustList(list, { ...golden, signer, now: list.validFrom }), list)
    }
    for (const { snapshot } of snapshots) assert.deepEqual(verifyStatusSnapshot(snapshot, golden), snapshot)
  })

  it('given another signer or domain ... it throws UnsignedError, WrongSnapshotError', () => {
    const elsewhere = { ...golden, domain: { ...domains.registry, chainId: 1 } }
    const [{ list, signer }] = lists as [(typeof lists)[number]]
    const now = list.validFrom
    const unsigned = { name: 'TrustList.UnsignedError' }
    assert.throws(() => verifyTrustList(list, { ...elsewhere, signer, now }), unsigned)
    assert.throws(() => verifyTrustList(list, { ...golden, signer: contract, now }), {
      ...unsigned,
      expected: contract,
    })
    const [{ snapshot }] = snapshots as [(typeof snapshots)[number]]
    const wrong = { name: 'Presentation.WrongSnapshotError' }
    assert.throws(() => verifyStatusSnapshot(snapshot, elsewhere), wrong)
    const attester: Address = contract
    assert.throws(() => verifyStatusSnapshot({ ...snapshot, attester }, golden), { ...wrong, expected: attester })
  })
})
