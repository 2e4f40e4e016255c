/**
 * Credential
 * |-- given a credential of the golden vectors ... encode and decode are each other's inverse
 * |-- given any bytes ... decode throws BadCredentialError
 * |-- given ids that do not follow from the signers ... encode throws BadCredentialError
 * |-- given an enrolment of another party or attester ... encode throws BadCredentialError
 * |-- given a place or a proof that no leaf has ... encode throws BadCredentialError
 * `-- given a signer or a signature that no plain key makes ... encode throws NotOfflineError
 * Presentation
 * |-- given bytes of the golden vectors that are no presentation ... decode throws the vector's error
 * |-- given any bytes, or any end of a sound one ... decode throws BadLayoutError
 * |-- given a presentation of the golden vectors ... digest and bytes are the vector's
 * |-- given any showing ... its digest is what viem computes
 * |-- given a binding with a token ... it has at most 1,024 bytes, whatever the keys
 * |-- given a leaf of 20 levels, or a snapshot of 2^20 entries ... it has at most 2,560 bytes
 * `-- given both at their largest ... it has at most PRESENTATION_BYTES_MAX bytes
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { hashTypedData } from 'viem'
import { presentationTypes } from '../../src/generated/typedData.ts'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import * as Credential from '../../src/protocol/Credential.ts'
import type { Freshness } from '../../src/protocol/Freshness.ts'
import * as Presentation from '../../src/protocol/Presentation.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import { hash32, recordOf, seconds } from '../helpers/arbitraries.ts'
import { attester, car, credentialOf, leafOf, named, p256Key, tokenOf, van } from '../helpers/identities.ts'
import { readVectors } from '../helpers/vectors.ts'

const { sound, refused } = readVectors('presentations.json')
const domain = readVectors('domains.json').domains.registry
const BAD = 'Credential.BadCredentialError'
const [{ presentation: plain }] = sound as [(typeof sound)[number]]
const leaf = sound.find(({ presentation }) => presentation.credential.proof.kind === 'leaf')!.presentation.credential

describe('Credential', () => {
  for (const { name, presentation, credentialBytes } of sound) {
    it(`given a credential of the golden vectors ... encode and decode are each other's inverse (${name})`, () => {
      assert.equal(toHex(Credential.encode(presentation.credential)), credentialBytes)
      assert.deepEqual(Credential.decode(fromHex(credentialBytes)), presentation.credential)
    })
  }

  it('given any bytes ... decode throws BadCredentialError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        assert.throws(() => Credential.decode(bytes), { name: BAD })
        assert.throws(() => Credential.decode(Uint8Array.of(1, ...bytes)), { name: BAD })
      }),
    )
  })

  it('given ids that do not follow from the signers ... encode throws BadCredentialError', () => {
    const { credential } = plain
    for (const field of ['deviceId', 'partyId'] as const) {
      const binding = { ...credential.binding, [field]: named('somebody else') }
      assert.throws(() => Credential.encode({ ...credential, binding }), {
        name: BAD,
        expected: named('somebody else'),
      })
    }
  })

  it('given an enrolment of another party or attester ... encode throws BadCredentialError', () => {
    const { proof } = leaf
    assert(proof.kind === 'leaf')
    for (const other of [{ partyId: named('other') }, { attester: domain.verifyingContract }]) {
      const enrolment = { ...proof.enrolment, ...other }
      assert.throws(() => Credential.encode({ ...leaf, proof: { ...proof, enrolment } }), { name: BAD })
    }
  })

  it('given a place or a proof that no leaf has ... encode throws BadCredentialError', () => {
    const { proof } = leaf
    assert(proof.kind === 'leaf')
    const larger = { ...proof.enrolment, count: 2 ** 20 + 1 }
    for (const other of [{ index: 5 }, { siblings: proof.siblings.slice(1) }, { enrolment: larger }]) {
      assert.throws(() => Credential.encode({ ...leaf, proof: { ...proof, ...other } }), { name: BAD })
    }
  })

  it('given a signer or a signature that no plain key makes ... encode throws NotOfflineError', async () => {
    const name = 'Credential.NotOfflineError'
    const account = { ...car, signer: `${car.signer}${'ab'.repeat(33)}` as Hex }
    await assert.rejects(async () => Credential.encode(await credentialOf(account)), { name, given: account.signer })
    const { credential } = plain
    const { proof } = credential
    const long: Hex = `0x${'11'.repeat(65)}`
    for (const other of [{ partySignature: long }, { attesterSignature: long }]) {
      assert.throws(() => Credential.encode({ ...credential, proof: { ...proof, ...other } }), { name, given: long })
    }
  })
})

describe('Presentation', () => {
  for (const { name, bytes, error = 'Presentation.BadLayoutError' } of refused) {
    it(`given bytes of the golden vectors that are no presentation ... decode throws the vector's error (${name})`, () => {
      assert.throws(() => Presentation.decode(fromHex(bytes)), { name: error })
    })
  }

  it('given any bytes, or any end of a sound one ... decode throws BadLayoutError', () => {
    const end = fc.constantFrom(...sound).chain(({ bytes }) => {
      const whole = fromHex(bytes)
      return fc.nat({ max: whole.length - 1 }).map((length) => whole.subarray(0, length))
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: Presentation.PRESENTATION_BYTES_MAX }), end), (bytes) => {
        assert.throws(() => Presentation.decode(bytes), { name: 'Presentation.BadLayoutError' })
      }),
    )
  })

  for (const { name, bindingId, presentation, digest, bytes, size } of sound) {
    it(`given a presentation of the golden vectors ... digest and bytes are the vector's (${name})`, () => {
      const { verifierDeviceId, challenge, purpose, expiresAt } = presentation
      const showing = { bindingId, verifierDeviceId, challenge, purpose, expiresAt }
      assert.equal(Presentation.digest(showing, domain), digest)
      assert.equal(toHex(Presentation.encode(presentation)), bytes)
      assert.deepEqual(Presentation.decode(fromHex(bytes)), presentation)
      assert.equal(fromHex(bytes).length, size)
    })
  }

  it('given any showing ... its digest is what viem computes', () => {
    const [bindingId, verifierDeviceId, challenge, purpose] = [hash32, hash32, hash32, hash32]
    const showing = recordOf({ bindingId, verifierDeviceId, challenge, purpose, expiresAt: seconds })
    fc.assert(
      fc.property(showing, (message) => {
        const typed = { domain, types: presentationTypes, primaryType: 'Presentation', message } as const
        assert.equal(Presentation.digest(message, domain), hashTypedData(typed))
      }),
      { numRuns: 30 },
    )
  })

  const { verifierDeviceId, challenge, purpose, expiresAt, signature } = plain
  const sizeOf = (credential: Credential.Credential, freshness: Freshness) => {
    const presentation = {
      credential: { ...credential, freshness },
      verifierDeviceId,
      challenge,
      purpose,
      expiresAt,
      signature,
    }
    const bytes = Presentation.encode(presentation)
    assert.deepEqual(Presentation.decode(bytes), presentation)
    return bytes.length
  }
  const siblings = (length: number) => Array.from({ length }, (_, level) => named(`sibling ${level}`))
  /** The place whose paths are apart for longest. */
  const index = 2 ** 20 - 1
  const snapshot = {
    attester: attester.signer,
    asOf: 1,
    count: 2 ** 20,
    root: named('root'),
    signature,
  }
  const absent: Freshness = {
    kind: 'snapshot',
    snapshot,
    proof: { index, left: named('a'), right: named('b'), siblings: siblings(40) },
  }

  it('given a binding with a token ... it has at most 1,024 bytes, whatever the keys', async () => {
    const liable = p256Key('P-256 party')
    const partyId = SignerId.of(liable.signer)
    const sizes = [
      sizeOf(await credentialOf(car), tokenOf(364)),
      sizeOf(await credentialOf(van), tokenOf(364)),
      sizeOf(await credentialOf(van, { party: liable, binding: { partyId } }), tokenOf(364)),
    ]
    assert.deepEqual(sizes, [627, 691, 755])
  })

  const largestLeaf = async (): Promise<Credential.Credential> => {
    const small = await leafOf(van)
    assert(small.proof.kind === 'leaf')
    const enrolment = { ...small.proof.enrolment, count: 2 ** 20 }
    return { ...small, proof: { ...small.proof, enrolment, index, siblings: siblings(20) } }
  }

  it('given a leaf of 20 levels, or a snapshot of 2^20 entries ... it has at most 2,560 bytes', async () => {
    const sizes = [sizeOf(await largestLeaf(), tokenOf(364)), sizeOf(await credentialOf(van), absent)]
    for (const size of sizes) assert(size <= 2560, `${size} bytes`)
  })

  it('given both at their largest ... it has at most PRESENTATION_BYTES_MAX bytes', async () => {
    assert(sizeOf(await largestLeaf(), absent) <= Presentation.PRESENTATION_BYTES_MAX)
  })
})
