/**
 * createSignatureVerifier given Project Wycheproof's secp256k1 signatures
 * |-- when one is not of 64 bytes ... it is refused
 * |-- when one is invalid ... it is refused with either parity
 * |-- when one is valid with high s ... it is refused with either parity
 * `-- when one is valid with low s ... it is accepted with one of the parities
 * createSignatureVerifier given Project Wycheproof's P-256 signatures, with keys that fit a digest
 * |-- when one is not of 64 bytes ... it is refused
 * |-- when one is invalid ... it is refused
 * |-- when one is valid with high s ... it is refused
 * `-- when one is valid with low s ... it is accepted
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addressOf } from '../../../src/adapters/signer/secp256k1.ts'
import { createSignatureVerifier } from '../../../src/adapters/signer/signatureVerifier.ts'
import { concat, fromHex, toHex } from '../../../src/protocol/Bytes.ts'
import { backends, fastest } from '../../helpers/backends.ts'
import { readVectors } from '../../helpers/vectors.ts'
import { keyForDigest, sorted } from '../../helpers/wycheproof.ts'
import type { Vector } from '../../helpers/wycheproof.ts'

const { p256Sha256Verifier } = readVectors('domains.json').contracts
const DIGEST = new Uint8Array(32).fill(9)

const secp256k1 = sorted('secp256k1')
const p256 = sorted('p256')

const each = (vectors: readonly Vector[], count: number) => vectors.map(({ name }) => ({ name, count }))

function withOtherParity(signature: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(signature)
  if (bytes.length > 32) bytes[32] = bytes[32]! ^ 0x80
  return bytes
}

for (const backend of backends) {
  const verifier = createSignatureVerifier({ backend, p256Verifier: p256Sha256Verifier })
  /** How many of the two parities make each a signature of its key. */
  const accepted = (vectors: readonly Vector[]) =>
    vectors.map(({ name, key, hash, signature }) => {
      const forms = [signature, withOtherParity(signature)]
      return { name, count: forms.filter((form) => verifier.verify(addressOf(key), hash, form)).length }
    })

  describe(`createSignatureVerifier (${backend.name}) given Project Wycheproof's secp256k1 signatures`, () => {
    it('when one is not of 64 bytes ... it is refused', () => {
      assert.equal(secp256k1.otherLength.length, 7)
      assert.deepEqual(accepted(secp256k1.otherLength), each(secp256k1.otherLength, 0))
    })

    it('when one is invalid ... it is refused with either parity', () => {
      assert.equal(secp256k1.invalid.length, 63)
      assert.deepEqual(accepted(secp256k1.invalid), each(secp256k1.invalid, 0))
    })

    it('when one is valid with high s ... it is refused with either parity', () => {
      assert.equal(secp256k1.high.length, 69)
      assert.deepEqual(accepted(secp256k1.high), each(secp256k1.high, 0))
    })

    it('when one is valid with low s ... it is accepted with one of the parities', () => {
      assert.equal(secp256k1.low.length, 72)
      assert.deepEqual(accepted(secp256k1.low), each(secp256k1.low, 1))
    })
  })
}

describe("createSignatureVerifier given Project Wycheproof's P-256 signatures, with keys that fit a digest", () => {
  const verifier = createSignatureVerifier({ backend: fastest, p256Verifier: p256Sha256Verifier })
  const accepted = (vectors: readonly Vector[]) =>
    vectors
      .filter((vector) => {
        const signer = toHex(concat(fromHex(p256Sha256Verifier), keyForDigest(vector, DIGEST)))
        return verifier.verify(signer, DIGEST, vector.signature)
      })
      .map(({ name }) => name)

  it('when one is not of 64 bytes ... it is refused', () => {
    assert.equal(p256.otherLength.length, 9)
    assert.deepEqual(accepted(p256.otherLength), [])
  })

  it('when one is invalid ... it is refused', () => {
    assert.equal(p256.invalid.length, 64)
    assert.deepEqual(accepted(p256.invalid), [])
  })

  it('when one is valid with high s ... it is refused', () => {
    assert.equal(p256.high.length, 67)
    assert.deepEqual(accepted(p256.high), [])
  })

  it('when one is valid with low s ... it is accepted', () => {
    assert.equal(p256.low.length, 79)
    assert.deepEqual(
      accepted(p256.low),
      p256.low.map(({ name }) => name),
    )
  })
})
