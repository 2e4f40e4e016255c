/**
 * Anchor
 * |-- given an anchor of the golden vectors ... its digest is the vector's
 * |-- given the largest values ... its digest is the vector's
 * |-- given a field out of its range ... digest throws IntegerRangeError
 * `-- given the vectors of a publisher ... next gives each from the one before
 * signAnchor
 * |-- given the signer of another publisher ... it throws UnsignedError
 * `-- given the publisher's signer ... verifyAnchor takes it
 * verifyAnchor
 * |-- given the signer of another publisher ... it throws UnsignedError
 * |-- given any field changed, another domain, or another signature ... it throws UnsignedError
 * `-- given a signed anchor of the golden vectors ... it gives it
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Hex } from 'viem'
import { secp256k1Signer } from '../../src/adapters/signer/secp256k1.ts'
import { loadFastestBackend } from '../../src/adapters/signer/secp256k1Backend.ts'
import { createSignatureVerifier } from '../../src/adapters/signer/signatureVerifier.ts'
import type { SignedAnchor } from '../../src/protocol/Anchor.ts'
import * as Anchors from '../../src/protocol/Anchor.ts'
import { signAnchor, verifyAnchor } from '../../src/roles/anchors.ts'
import { readVectors } from '../helpers/vectors.ts'

const { publishers, largest } = readVectors('anchors.json')
const { contracts, domains } = readVectors('domains.json')
const domain = domains.anchor
const backend = await loadFastestBackend()
const verifier = createSignatureVerifier({ backend, p256Verifier: contracts.p256Sha256Verifier })
const signed = publishers.flatMap(({ signer, epochs }) =>
  epochs.map(({ anchor, signature }): SignedAnchor => ({ ...anchor, signer, signature })),
)
const signerOf = (name: string) => {
  const member = readVectors('ids.json').find((each) => each.name === name)!
  return secp256k1Signer(member.privateKey, backend)
}
const OTHER: Hex = `0x${'12'.repeat(32)}`

describe('Anchor', () => {
  for (const { name, epochs } of publishers) {
    it(`given an anchor of the golden vectors ... its digest is the vector's (${name})`, () => {
      for (const { anchor, digest } of epochs) assert.equal(Anchors.digest(anchor, domain), digest)
    })

    it(`given the vectors of a publisher ... next gives each from the one before (${name})`, () => {
      for (const [index, { anchor }] of epochs.entries()) {
        const { publisher } = anchor
        const last = epochs[index - 1]?.anchor
        assert.deepEqual(Anchors.next({ publisher, last, tree: anchor }), anchor)
      }
    })
  }

  it("given the largest values ... its digest is the vector's", () => {
    assert.equal(Anchors.digest(largest.anchor, domain), largest.digest)
  })

  it('given a field out of its range ... digest throws IntegerRangeError', () => {
    for (const field of [{ epoch: 2n ** 64n }, { epoch: -1n }, { count: 2 ** 32 }, { total: 2n ** 96n }]) {
      const anchor = { ...largest.anchor, ...field }
      assert.throws(() => Anchors.digest(anchor, domain), { name: 'Bytes.IntegerRangeError' })
    }
  })
})

describe('signAnchor', () => {
  const { anchor } = publishers[0]!.epochs[0]!

  it('given the signer of another publisher ... it throws UnsignedError', async () => {
    const signer = signerOf('car')
    const expected = { name: 'Anchor.UnsignedError', given: signer.signer, expected: anchor.publisher }
    await assert.rejects(signAnchor(anchor, { domain, signer }), expected)
  })

  it("given the publisher's signer ... verifyAnchor takes it", async () => {
    const made = await signAnchor(anchor, { domain, signer: signerOf('charger') })
    assert.equal(verifyAnchor(made, { domain, verifier }), made)
  })
})

describe('verifyAnchor', () => {
  const refused = (anchor: SignedAnchor, by = domain) =>
    assert.throws(() => verifyAnchor(anchor, { domain: by, verifier }), { name: 'Anchor.UnsignedError' })

  it('given the signer of another publisher ... it throws UnsignedError', () => {
    const [anchor] = signed
    refused({ ...anchor!, signer: signerOf('car').signer })
  })

  it('given any field changed, another domain, or another signature ... it throws UnsignedError', () => {
    for (const anchor of signed) {
      const changes = [{ epoch: 9n }, { previousRoot: OTHER }, { root: OTHER }, { count: 77 }, { total: 77n }]
      for (const change of [...changes, { publisher: OTHER }]) refused({ ...anchor, ...change })
      refused(anchor, { ...domain, chainId: 1 })
      refused(anchor, domains.escrow)
      refused({ ...anchor, signature: '0x' })
    }
    refused({ ...signed[0]!, signature: signed[1]!.signature })
  })

  it('given a signed anchor of the golden vectors ... it gives it', () => {
    for (const anchor of signed) assert.equal(verifyAnchor(anchor, { domain, verifier }), anchor)
  })
})
