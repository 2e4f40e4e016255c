/**
 * secp256k1Signer
 * |-- given a key that is 0, the order or above, or of another length ... it throws
 * |-- given a digest that is not 32 bytes ... it throws WrongSizeError
 * |-- given a member of the golden vectors ... it has the vector's signer, and signs the vector's bytes
 * `-- given any key and backend ... its signature is viem's, in 64 bytes
 * p256KeyOf, p256Signer
 * |-- given a secret that is 0, the order or above, or of another length ... it throws
 * |-- given a key of another curve or kind ... it throws WrongCurveError
 * |-- given a verifier that is no address ... it throws WrongSizeError
 * |-- given a digest that is not 32 bytes ... it throws WrongSizeError
 * |-- given a member of the golden vectors ... it has the vector's signer
 * `-- given any key and digest ... it signs with low s what another library verifies
 */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { p256 } from '@noble/curves/nist.js'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { hexToBytes, parseSignature, serializeCompactSignature, signatureToCompactSignature } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import {
  P256_HALF_ORDER,
  P256_ORDER,
  generateP256Key,
  p256KeyOf,
  p256Signer,
} from '../../../src/adapters/signer/p256.ts'
import { secp256k1Signer } from '../../../src/adapters/signer/secp256k1.ts'
import { fromHex, readUint, toHex } from '../../../src/protocol/Bytes.ts'
import type { Signer } from '../../../src/ports/Signer.ts'
import { SECP256K1_ORDER, hash32, privateKey } from '../../helpers/arbitraries.ts'
import { backends, fastest } from '../../helpers/backends.ts'
import { readVectors } from '../../helpers/vectors.ts'

const ids = readVectors('ids.json')
const messages = readVectors('channelMessages.json')
const { p256Sha256Verifier } = readVectors('domains.json').contracts
const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`
const WRONG_LENGTHS: Hex[] = ['0x', `0x${'11'.repeat(31)}`, `0x${'11'.repeat(33)}`]

async function refusesOtherDigests(device: Signer): Promise<void> {
  for (const given of [0, 20, 31, 33, 64]) {
    const expected = { name: 'Bytes.WrongSizeError', given, expected: 32 }
    await assert.rejects(async () => device.sign(new Uint8Array(given)), expected)
  }
}

describe('secp256k1Signer', () => {
  for (const backend of backends) {
    it(`given a key that is 0, the order or above, or of another length ... it throws (${backend.name})`, () => {
      for (const value of [0n, SECP256K1_ORDER, SECP256K1_ORDER + 1n, (1n << 256n) - 1n]) {
        assert.throws(() => secp256k1Signer(word(value), backend), { name: 'Signer.BadKeyError' })
      }
      for (const key of WRONG_LENGTHS) {
        assert.throws(() => secp256k1Signer(key, backend), { name: 'Bytes.WrongSizeError', expected: 32 })
      }
      for (const value of [1n, SECP256K1_ORDER - 1n]) {
        assert.equal(secp256k1Signer(word(value), backend).signer, privateKeyToAccount(word(value)).address)
      }
    })

    it(`given a digest that is not 32 bytes ... it throws WrongSizeError (${backend.name})`, async () => {
      await refusesOtherDigests(secp256k1Signer(word(5n), backend))
    })

    for (const { name, privateKey, signer } of ids.filter(({ kind }) => kind === 'secp256k1')) {
      it(`given a member of the golden vectors ... it has the vector's signer, and signs the vector's bytes (${backend.name}, ${name})`, async () => {
        const made = secp256k1Signer(privateKey, backend)
        assert.equal(made.signer, signer)
        for (const { digest, signature } of messages.filter((each) => each.signer === signer)) {
          assert.equal(toHex(await made.sign(fromHex(digest))), signature)
        }
      })
    }
  }

  it("given any key and backend ... its signature is viem's, in 64 bytes", async () => {
    await fc.assert(
      fc.asyncProperty(privateKey, hash32, fc.constantFrom(...backends), async (key, digest, backend) => {
        const parsed = parseSignature(await privateKeyToAccount(key).sign({ hash: digest }))
        const expected = serializeCompactSignature(signatureToCompactSignature(parsed))
        assert.equal(toHex(await secp256k1Signer(key, backend).sign(fromHex(digest))), expected)
      }),
      { numRuns: 50 },
    )
  })
})

describe('p256KeyOf, p256Signer', () => {
  it('given a secret that is 0, the order or above, or of another length ... it throws', () => {
    for (const value of [0n, P256_ORDER, P256_ORDER + 1n, (1n << 256n) - 1n]) {
      assert.throws(() => p256KeyOf(word(value)), { name: 'Signer.BadKeyError' })
    }
    for (const secret of WRONG_LENGTHS) {
      assert.throws(() => p256KeyOf(secret), { name: 'Bytes.WrongSizeError', expected: 32 })
    }
    for (const value of [1n, P256_ORDER - 1n]) p256KeyOf(word(value))
  })

  it('given a key of another curve or kind ... it throws WrongCurveError', () => {
    const keys = [
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
      generateKeyPairSync('ec', { namedCurve: 'P-384' }),
      generateKeyPairSync('ed25519'),
      generateKeyPairSync('rsa', { modulusLength: 1024 }),
    ]
    for (const { privateKey } of keys) {
      assert.throws(() => p256Signer(privateKey, p256Sha256Verifier), { name: 'P256.WrongCurveError' })
    }
  })

  it('given a verifier that is no address ... it throws WrongSizeError', () => {
    const expected = { name: 'Bytes.WrongSizeError', given: 32, expected: 20 }
    assert.throws(() => p256Signer(generateP256Key(), word(1n)), expected)
  })

  it('given a digest that is not 32 bytes ... it throws WrongSizeError', async () => {
    await refusesOtherDigests(p256Signer(generateP256Key(), p256Sha256Verifier))
  })

  for (const { name, privateKey, signer } of ids.filter(({ kind }) => kind === 'p256')) {
    it(`given a member of the golden vectors ... it has the vector's signer (${name})`, () => {
      assert.equal(p256Signer(p256KeyOf(privateKey), p256Sha256Verifier).signer, signer)
    })
  }

  it('given any key and digest ... it signs with low s what another library verifies', async () => {
    await fc.assert(
      fc.asyncProperty(hash32, async (digest) => {
        const device = p256Signer(generateP256Key(), p256Sha256Verifier)
        // Of each signature there are two forms, and node:crypto gives either: a few signatures meet both.
        for (let count = 0; count < 4; count++) {
          const signature = await device.sign(fromHex(digest))
          assert.equal(signature.length, 64)
          assert(readUint(signature, { offset: 32, size: 32 }) <= P256_HALF_ORDER)
          const publicKey = hexToBytes(`0x04${device.signer.slice(42)}`)
          assert.equal(p256.verify(signature, fromHex(digest), publicKey, { prehash: true, lowS: true }), true)
        }
      }),
      { numRuns: 10 },
    )
  })

  it('given one backend ... the signer is told apart from others by its length alone', () => {
    assert.equal(fromHex(p256Signer(generateP256Key(), p256Sha256Verifier).signer).length, 84)
    assert.equal(fromHex(secp256k1Signer(word(5n), fastest).signer).length, 20)
  })
})
