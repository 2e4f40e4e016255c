/**
 * Did
 * |-- parse
 * |   |-- given a text of another form ... it throws BadDidError
 * |   |-- given a longer text than a DID may be ... it throws BadDidError
 * |   |-- given bytes that are no point ... it throws BadDidError
 * |   |-- given a point that is not compressed ... it throws BadDidError
 * |   |-- given a wrong checksum ... it throws BadDidError
 * |   |-- given a host or path that could lead elsewhere ... it throws BadDidError
 * |   |-- given a key of another kind ... it throws UnsupportedKeyError
 * |   `-- given a DID of the specifications ... it gives what it says
 * |-- of
 * |   |-- given coordinates off the curve ... it throws BadPointError
 * |   `-- given a signer ... toSigner gives it back
 * `-- toSigner
 *     |-- given a did:web ... it throws NoSignerError
 *     |-- given an account of another chain ... it throws WrongChainError
 *     `-- given a did:key of secp256k1 ... it gives the address of the key
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { base58 } from '@scure/base'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import fc from 'fast-check'
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { P256_ORDER, p256KeyOf, p256Signer } from '../../src/adapters/signer/p256.ts'
import { concat, fromHex } from '../../src/protocol/Bytes.ts'
import * as Did from '../../src/protocol/Did.ts'
import * as PublicKey from '../../src/protocol/PublicKey.ts'
import { address } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

const vectors = readVectors('dids.json')
const place = { chainId: 10, p256Verifier: readVectors('domains.json').contracts.p256Sha256Verifier }
const [secp] = vectors.secp256k1
assert(secp !== undefined)
const compressed = base58.decode(secp.publicKeyBase58)

const p256Secret = fc
  .bigInt({ min: 1n, max: P256_ORDER - 1n })
  .map((value): Hex => `0x${value.toString(16).padStart(64, '0')}`)

/** The first letter in the other case. */
const flipped = (checksummed: Address) =>
  checksummed.replace(/(?<=0x[0-9]*)[a-f]/i, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()))

describe('Did.parse', () => {
  const [pkh] = vectors.pkh
  assert(pkh !== undefined)
  const off = concat(Uint8Array.of(0x80, 0x24, 0x02), new Uint8Array(32).fill(0xff))
  const long = concat(Uint8Array.of(0xe7, 0x01), secp256k1.Point.fromBytes(compressed).toBytes(false))
  const refused = {
    'given a text of another form': [
      ...['', 'did:key', 'did:key:', 'key:zDn', 'did:ethr:0x00', `${secp.did}#key`, `${secp.did} `, `\n${secp.did}`],
      ...[
        'did:key:Q3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme',
        'did:key:z0OIl',
        'did:key:u5wE',
        secp.did.toUpperCase(),
      ],
      ...['did:pkh:eip155:1', 'did:pkh:eip155:01:0xb9c5714089478a327f09197987f16f9e5d936e8a', 'did:pkh:eip155:1:0xb9'],
      ...['did:pkh:solana:4sGjMW1sUnHzSxGspuhpqLDx6wiyjNtZ:CKg5d12Jhpej1JqtmxLJgaFqqeYjxgPqToJ4LBdvG9Ev'],
      `did:pkh:eip155:${'9'.repeat(16)}:${pkh.address}`,
    ],
    'given a longer text than a DID may be': [`did:web:example.com:${'a'.repeat(Did.DID_CHARACTERS_MAX)}`],
    'given bytes that are no point': [
      `did:key:z${base58.encode(off)}`,
      `did:key:z${base58.encode(off.subarray(0, 2))}`,
    ],
    'given a point that is not compressed': [`did:key:z${base58.encode(long)}`],
    'given a wrong checksum': [`did:pkh:eip155:1:${flipped(getAddress(pkh.address))}`],
    'given a host or path that could lead elsewhere': [
      ...[
        'did:web:',
        'did:web:host',
        'did:web:10.0.0.1',
        'did:web:[::1]',
        'did:web:a.example/b',
        'did:web:u@a.example',
      ],
      ...[
        'did:web:a.example:..',
        'did:web:a.example:%2e%2e',
        'did:web:a.example::b',
        'did:web:a.example%2Fb',
        'did:web:a..b',
      ],
      ...['did:web:a.example%3A', 'did:web:a.example%3A0', 'did:web:a.example?x=1', 'did:web:a.example:b%2Fc'],
    ],
  }
  for (const [given, texts] of Object.entries(refused)) {
    for (const text of texts) {
      it(`${given} ... it throws BadDidError (${text.slice(0, 60)})`, () => {
        assert.throws(() => Did.parse(text), { name: 'Did.BadDidError', given: text.slice(0, 128) })
      })
    }
  }

  for (const did of vectors.unsupported) {
    it(`given a key of another kind ... it throws UnsupportedKeyError (${did.slice(0, 20)})`, () => {
      assert.throws(() => Did.parse(did), { name: 'Did.UnsupportedKeyError', given: did })
    })
  }

  for (const { did, jwk } of vectors.p256) {
    it(`given a DID of the specifications ... it gives what it says (${did})`, () => {
      const parsed = Did.parse(did)
      assert(parsed.method === 'key')
      assert.deepEqual(PublicKey.toJwk(parsed.key), jwk)
      assert.equal(Did.ofKey(PublicKey.fromJwk(jwk)), did)
    })
  }
  for (const { did, seed, publicKeyBase58 } of vectors.secp256k1) {
    it(`given a DID of the specifications ... it gives what it says (${did})`, () => {
      const key = { curve: 'secp256k1', point: base58.decode(publicKeyBase58) } as const
      assert.deepEqual(Did.parse(did), { method: 'key', key })
      assert.equal(Did.ofKey(PublicKey.of('secp256k1', secp256k1.getPublicKey(fromHex(`0x${seed}`), false))), did)
    })
  }
  for (const { did, chainId, address: lower } of vectors.pkh) {
    it(`given a DID of the specifications ... it gives what it says (${did})`, () => {
      const account = { chainId, address: getAddress(lower) }
      assert.deepEqual(Did.parse(did), { method: 'pkh', account })
      assert.equal(Did.ofAccount(account).toLowerCase(), did)
      assert.deepEqual(Did.parse(Did.ofAccount(account)), { method: 'pkh', account })
    })
  }
  for (const { did, host, path } of vectors.web) {
    it(`given a DID of the specifications ... it gives what it says (${did})`, () => {
      assert.deepEqual(Did.parse(did), { method: 'web', host, path })
      assert.equal(Did.ofWeb(host, path), did)
    })
  }
})

describe('Did.of', () => {
  it('given coordinates off the curve ... it throws BadPointError', () => {
    const signer = `${place.p256Verifier}${'11'.repeat(64)}` as const
    assert.throws(() => Did.of(signer, place), { name: 'PublicKey.BadPointError', given: `0x04${'11'.repeat(64)}` })
  })

  it('given a signer ... toSigner gives it back', () => {
    fc.assert(
      fc.property(p256Secret, address, (secret, account) => {
        const { signer } = p256Signer(p256KeyOf(secret), place.p256Verifier)
        assert.equal(Did.toSigner(Did.of(signer, place), place), signer)
        assert.equal(Did.toSigner(Did.of(account, place), place), account)
      }),
      { numRuns: 20 },
    )
  })
})

describe('Did.toSigner', () => {
  it('given a did:web ... it throws NoSignerError', () => {
    const did = 'did:web:a.example'
    assert.throws(() => Did.toSigner(did, place), { name: 'Did.NoSignerError', given: did })
  })

  it('given an account of another chain ... it throws WrongChainError', () => {
    const did = Did.ofAccount({ chainId: 11, address: place.p256Verifier })
    assert.throws(() => Did.toSigner(did, place), { name: 'Did.WrongChainError', given: did, expected: 10 })
  })

  for (const { did, seed } of vectors.secp256k1) {
    it(`given a did:key of secp256k1 ... it gives the address of the key (${did})`, () => {
      assert.equal(Did.toSigner(did, place), privateKeyToAddress(`0x${seed}`))
    })
  }
})
