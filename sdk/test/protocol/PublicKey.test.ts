/**
 * PublicKey
 * |-- fromJwk
 * |   |-- given no EC key of the two curves ... it throws BadJwkError, and shows no secret
 * |   |-- given coordinates of another length ... it throws BadJwkError
 * |   |-- given a point of the other curve ... it throws BadPointError
 * |   |-- given a coordinate with a leading zero ... toJwk writes all of its bytes
 * |   `-- given what node:crypto wrote ... toJwk gives it back
 * `-- of
 *     `-- given bytes of another length ... it throws BadPointError
 */
import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { p256KeyOf } from '../../src/adapters/signer/p256.ts'
import * as PublicKey from '../../src/protocol/PublicKey.ts'
import { readVectors } from '../helpers/vectors.ts'

const jwk = readVectors('dids.json').p256[0]!.jwk

describe('PublicKey.fromJwk', () => {
  for (const given of [null, 'x', {}, { ...jwk, kty: 'OKP' }, { ...jwk, crv: 'P-384' }, { ...jwk, x: 1 }]) {
    it(`given no EC key of the two curves ... it throws BadJwkError (${JSON.stringify(given)})`, () => {
      assert.throws(() => PublicKey.fromJwk(given), { name: 'PublicKey.BadJwkError' })
    })
  }

  it('given no EC key of the two curves ... it throws BadJwkError, and shows no secret', () => {
    const secret = { ...jwk, crv: 'P-384', d: 'do-not-show' }
    assert.throws(
      () => PublicKey.fromJwk(secret),
      (error: Error) => error.name === 'PublicKey.BadJwkError' && !JSON.stringify(error).includes('do-not-show'),
    )
  })

  for (const x of ['', 'AA', `${jwk.x}AA`, `${jwk.x}=`, jwk.x.replace('igrF', '+grF')]) {
    it(`given coordinates of another length ... it throws BadJwkError (${x})`, () => {
      assert.throws(() => PublicKey.fromJwk({ ...jwk, x }), { name: 'PublicKey.BadJwkError' })
    })
  }

  it('given a point of the other curve ... it throws BadPointError', () => {
    assert.throws(() => PublicKey.fromJwk({ ...jwk, crv: 'secp256k1' }), { name: 'PublicKey.BadPointError' })
  })

  it('given a coordinate with a leading zero ... toJwk writes all of its bytes', () => {
    // Some libraries write 31, which is no JSON Web Key. The secret was found by counting up.
    const exported = createPublicKey(p256KeyOf(`0x${(379).toString(16).padStart(64, '0')}`)).export({ format: 'jwk' })
    const { x } = PublicKey.toJwk(PublicKey.fromJwk(exported))
    assert.equal(x, 'AFVDiUrz0A7X10Cr29dclrBod7eH219w7qeLkKjXwAo')
  })

  for (const namedCurve of PublicKey.CURVES) {
    it(`given what node:crypto wrote ... toJwk gives it back (${namedCurve})`, () => {
      const exported = createPublicKey(generateKeyPairSync('ec', { namedCurve }).privateKey).export({ format: 'jwk' })
      assert.deepEqual(PublicKey.toJwk(PublicKey.fromJwk(exported)), { ...exported })
    })
  }
})

describe('PublicKey.of', () => {
  for (const size of [0, 32, 34, 64]) {
    it(`given bytes of another length ... it throws BadPointError (${size})`, () => {
      assert.throws(() => PublicKey.of('P-256', new Uint8Array(size)), { name: 'PublicKey.BadPointError' })
    })
  }
})
