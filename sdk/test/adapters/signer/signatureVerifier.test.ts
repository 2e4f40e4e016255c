/**
 * createSignatureVerifier
 * |-- given a secp256k1 signer
 * |   |-- when the signature is of another digest, key or length ... it is refused
 * |   |-- when s is high ... it is refused, whatever the parity
 * |   |-- when the parity is flipped ... it is refused
 * |   |-- when r or s is 0 ... it is refused
 * |   `-- when it is the signer's ... it is accepted
 * |-- given a P-256 signer
 * |   |-- when the signature is of another digest, key or length ... it is refused
 * |   |-- when s is high ... it is refused
 * |   |-- when r or s is 0, the order or above ... it is refused
 * |   |-- when the signer names another verifier ... it is refused
 * |   |-- when the key is not a point of the curve, or not reduced ... it is refused
 * |   `-- when it is the signer's ... it is accepted
 * |-- given a signer of another length ... it is refused
 * |-- given a digest of another length ... it is refused
 * |-- given the golden vectors ... each signature is its signer's, and nobody else's
 * `-- given more signers than are kept ... it answers as before
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { P256_ORDER, p256KeyOf, p256Signer } from '../../../src/adapters/signer/p256.ts'
import { secp256k1Signer } from '../../../src/adapters/signer/secp256k1.ts'
import { createSignatureVerifier } from '../../../src/adapters/signer/signatureVerifier.ts'
import { concat, fromHex, readUint, toHex, writeUint } from '../../../src/protocol/Bytes.ts'
import type { Signer } from '../../../src/ports/Signer.ts'
import { SECP256K1_ORDER, hash32, privateKey } from '../../helpers/arbitraries.ts'
import { backends, fastest } from '../../helpers/backends.ts'
import { readVectors } from '../../helpers/vectors.ts'

const { p256Sha256Verifier } = readVectors('domains.json').contracts
const DIGEST = new Uint8Array(32).fill(9)
const KEY: Hex = `0x${'5e'.repeat(32)}`
const S = { offset: 32, size: 32 }

const verifiers = backends.map((backend) => createSignatureVerifier({ backend, p256Verifier: p256Sha256Verifier }))

/** The words r and s, or one of them, put into a signature. */
function withWords(signature: Uint8Array, { r, s }: { r?: bigint; s?: bigint }): Uint8Array {
  const bytes = Uint8Array.from(signature)
  if (r !== undefined) writeUint(bytes, r, { offset: 0, size: 32 })
  if (s !== undefined) writeUint(bytes, s, S)
  return bytes
}

function flipParity(signature: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(signature)
  bytes[32] = bytes[32]! ^ 0x80
  return bytes
}

for (const [index, verifier] of verifiers.entries()) {
  const { name } = backends[index]!
  const refuses = (signer: Hex, signature: Uint8Array, digest = DIGEST) =>
    assert.equal(verifier.verify(signer, digest, signature), false)

  describe(`createSignatureVerifier (${name}) given a secp256k1 signer`, () => {
    const device = secp256k1Signer(KEY, fastest)
    const { signer } = device
    const sound = () => Promise.resolve(device.sign(DIGEST))

    it('when the signature is of another digest, key or length ... it is refused', async () => {
      const signature = await sound()
      refuses(signer, signature, new Uint8Array(32).fill(8))
      refuses(secp256k1Signer(`0x${'5f'.repeat(32)}`, fastest).signer, signature)
      for (const length of [0, 1, 63, 65, 128]) {
        const other = new Uint8Array(length)
        other.set(signature.subarray(0, length))
        refuses(signer, other)
      }
    })

    it('when s is high ... it is refused, whatever the parity', async () => {
      const signature = await sound()
      const plain = Uint8Array.from(signature)
      const yParity = plain[32]! >> 7
      plain[32]! &= 0x7f
      const high = SECP256K1_ORDER - readUint(plain, S)
      // As 65 bytes it would be valid: in 64, the highest bit of a high s is taken for the parity.
      refuses(signer, withWords(plain, { s: high }))
      const halfway = (SECP256K1_ORDER >> 1n) + 1n
      refuses(signer, withWords(plain, { s: halfway }))
      refuses(signer, withWords(plain, { s: halfway | (BigInt(yParity) << 255n) }))
    })

    it('when the parity is flipped ... it is refused', async () => {
      refuses(signer, flipParity(await sound()))
    })

    it('when r or s is 0 ... it is refused', async () => {
      const signature = await sound()
      refuses(signer, withWords(signature, { r: 0n }))
      refuses(signer, withWords(signature, { s: 0n }))
      refuses(signer, new Uint8Array(64))
      // Recovery that fails gives nobody, and above all not the zero address.
      refuses(`0x${'00'.repeat(20)}`, new Uint8Array(64))
      refuses(`0x${'00'.repeat(20)}`, withWords(signature, { r: 0n }))
    })

    it("when it is the signer's ... it is accepted", async () => {
      const signature = await sound()
      assert.equal(verifier.verify(signer, DIGEST, signature), true)
      assert.equal(verifier.verify(signer.toLowerCase() as Hex, DIGEST, signature), true)
      assert.equal(toHex(signature), toHex(await sound()))
    })
  })

  describe(`createSignatureVerifier (${name}) given a P-256 signer`, () => {
    const device = p256Signer(p256KeyOf(KEY), p256Sha256Verifier)
    const { signer } = device

    it('when the signature is of another digest, key or length ... it is refused', async () => {
      const signature = await device.sign(DIGEST)
      refuses(signer, signature, new Uint8Array(32).fill(8))
      refuses(p256Signer(p256KeyOf(`0x${'5f'.repeat(32)}`), p256Sha256Verifier).signer, signature)
      for (const length of [0, 63, 65, 70]) {
        const other = new Uint8Array(length)
        other.set(signature.subarray(0, length))
        refuses(signer, other)
      }
    })

    it('when s is high ... it is refused', async () => {
      const signature = await device.sign(DIGEST)
      refuses(signer, withWords(signature, { s: P256_ORDER - readUint(signature, S) }))
    })

    it('when r or s is 0, the order or above ... it is refused', async () => {
      const signature = await device.sign(DIGEST)
      for (const bad of [0n, P256_ORDER, P256_ORDER + 1n, (1n << 256n) - 1n]) {
        refuses(signer, withWords(signature, { r: bad }))
        refuses(signer, withWords(signature, { s: bad }))
        refuses(signer, withWords(signature, { r: bad, s: bad }))
      }
    })

    it('when the signer names another verifier ... it is refused', async () => {
      const other: Signer = p256Signer(p256KeyOf(KEY), `0x${'11'.repeat(20)}`)
      refuses(other.signer, await other.sign(DIGEST))
      refuses(other.signer, await device.sign(DIGEST))
    })

    it('when the key is not a point of the curve, or not reduced ... it is refused', async () => {
      const signature = await device.sign(DIGEST)
      const point = fromHex(signer).subarray(20)
      const field = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
      const y = readUint(point, S)
      const signerOf = (key: Uint8Array) => toHex(concat(fromHex(p256Sha256Verifier), key))
      refuses(signerOf(withWords(point, { s: y ^ 1n })), signature)
      refuses(signerOf(withWords(point, { s: field - y })), signature)
      refuses(signerOf(new Uint8Array(64)), signature)
      refuses(signerOf(new Uint8Array(64).fill(0xff)), signature)
      // The point with x = 5 exists; 5 + field names it, too, for whoever reduces.
      refuses(signerOf(withWords(point, { r: 5n + field })), signature)
    })

    it("when it is the signer's ... it is accepted", async () => {
      const signature = await device.sign(DIGEST)
      assert.equal(verifier.verify(signer, DIGEST, signature), true)
      // The second time from the signers that are kept.
      assert.equal(verifier.verify(signer, DIGEST, signature), true)
    })
  })

  describe(`createSignatureVerifier (${name})`, () => {
    it('given a signer of another length ... it is refused', async () => {
      const signature = await secp256k1Signer(KEY, fastest).sign(DIGEST)
      for (const length of [0, 1, 19, 21, 32, 64, 83, 85]) refuses(`0x${'11'.repeat(length)}`, signature)
    })

    it('given a digest of another length ... it is refused', async () => {
      for (const device of [secp256k1Signer(KEY, fastest), p256Signer(p256KeyOf(KEY), p256Sha256Verifier)]) {
        const signature = await device.sign(DIGEST)
        for (const length of [0, 31, 33]) refuses(device.signer, signature, new Uint8Array(length).fill(9))
      }
    })

    it("given the golden vectors ... each signature is its signer's, and nobody else's", () => {
      const ids = readVectors('ids.json')
      for (const { signer, digest, signature } of readVectors('channelMessages.json')) {
        for (const other of ids) {
          const accepted = verifier.verify(other.signer, fromHex(digest), fromHex(signature))
          assert.equal(accepted, other.signer === signer, other.name)
        }
      }
    })

    it('says which libraries do the work', () => {
      assert.equal(verifier.backend, `secp256k1 ${name}, P-256 node:crypto`)
    })
  })
}

describe('createSignatureVerifier', () => {
  it('given any bytes for a signature ... the three backends agree', () => {
    const random = fc.uint8Array({ minLength: 64, maxLength: 64 })
    fc.assert(
      fc.property(privateKey, hash32, random, (key, digest, signature) => {
        const { signer } = secp256k1Signer(key, fastest)
        const answers = verifiers.map((verifier) => verifier.verify(signer, fromHex(digest), signature))
        assert.deepEqual(answers, [false, false, false])
      }),
      { numRuns: 20 },
    )
  })

  it('given more signers than are kept ... it answers as before', async () => {
    const verifier = createSignatureVerifier({ backend: fastest, p256Verifier: p256Sha256Verifier })
    const device = secp256k1Signer(KEY, fastest)
    const { signer } = device
    const signature = await device.sign(DIGEST)
    assert.equal(verifier.verify(signer, DIGEST, signature), true)
    for (let index = 0; index < 10_001; index++) {
      const other: Hex = `0x${index.toString(16).padStart(40, '0')}`
      // A signature of the wrong length costs no curve arithmetic, but it must not be kept either: so one that has it.
      if (index % 1000 === 0) assert.equal(verifier.verify(other, DIGEST, signature), false)
      else verifier.verify(other, DIGEST, new Uint8Array(64))
    }
    assert.equal(verifier.verify(signer, DIGEST, signature), true)
  })
})
