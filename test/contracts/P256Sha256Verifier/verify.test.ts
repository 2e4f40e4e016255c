/**
 * verify
 * |-- given a chain with the precompile
 * |   |-- (each of ACCEPTED) ... it is accepted
 * |   |-- (each of REFUSED) ... it is refused
 * |   `-- it leaves the work to the precompile
 * `-- given a chain without the precompile
 *     |-- (each of ACCEPTED) ... it is accepted
 *     |-- (each of REFUSED) ... it is refused
 *     `-- it does the work in Solidity
 */
import { expect } from 'chai'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { network } from 'hardhat'
import { concat, dataSlice, getBytes, hexlify, id, toBeHex } from 'ethers'
import { withHighS } from '../helpers/devices.ts'
import { HALF_ORDER, P256_ORDER, P256_PRIME, publicKeyOf, signedWithS } from '../helpers/p256.ts'
import type { SignedDigest } from '../helpers/p256.ts'
import { ZERO_HASH, connection, deployWorld } from '../helpers/world.ts'
import type { Chain } from '../helpers/world.ts'

const VALID = id('verify(bytes,bytes32,bytes)').slice(0, 10)
const INVALID = '0xffffffff'
const ONES = `0x${'ff'.repeat(32)}`
/** Between what the precompile and what Solidity needs, whole transactions. */
const GAS_BETWEEN = 100_000n

/** Any good signature: the cases change one thing of it. */
const good = signedWithS(id('a digest'), 67_890n)
const [r, s] = halves(good.signature)
const [x, y] = halves(good.key)

type Case = readonly [title: string, given: () => SignedDigest]

const ACCEPTED: readonly Case[] = [
  ['given what node:crypto signs with SHA-256', () => signedByNode('sha256')],
  ['given a digest of zeros', () => signedWithS(ZERO_HASH, 67_890n)],
  ['given a digest of ones', () => signedWithS(ONES, 67_890n)],
  ['given s of 1', () => signedWithS(id('a digest'), 1n)],
  ['given s of half the order', () => signedWithS(id('a digest'), HALF_ORDER)],
]

const REFUSED: readonly Case[] = [
  ['given s of half the order and one', () => signedWithS(id('a digest'), HALF_ORDER + 1n)],
  ['given s of the order less one', () => signedWithS(id('a digest'), P256_ORDER - 1n)],
  ['given the other s of a good signature', () => ({ ...good, signature: withHighS(good.signature) })],
  ['given a signature over the digest itself, not hashed again', signedUnhashed],
  ['given a signature with SHA-384', () => signedByNode('sha384')],
  ['given another digest', () => ({ ...good, digest: id('another digest') })],
  ['given another key', () => ({ ...good, key: publicKeyOf(2n) })],
  [
    'given the key mirrored, which is on the curve',
    () => ({ ...good, key: concat([x, word(P256_PRIME - BigInt(y))]) }),
  ],
  ['given the coordinates exchanged', () => ({ ...good, key: concat([y, x]) })],
  ['given a key off the curve', () => ({ ...good, key: concat([x, word(BigInt(y) ^ 1n)]) })],
  ['given a key of zeros', () => ({ ...good, key: concat([ZERO_HASH, ZERO_HASH]) })],
  ['given an x of the prime', () => ({ ...good, key: concat([word(P256_PRIME), y]) })],
  ['given a y of the prime', () => ({ ...good, key: concat([x, word(P256_PRIME)]) })],
  ['given an x of ones', () => ({ ...good, key: concat([ONES, y]) })],
  ['given r of zero', () => ({ ...good, signature: concat([ZERO_HASH, s]) })],
  ['given s of zero', () => ({ ...good, signature: concat([r, ZERO_HASH]) })],
  ['given r and s of zero', () => ({ ...good, signature: concat([ZERO_HASH, ZERO_HASH]) })],
  ['given r of the order', () => ({ ...good, signature: concat([word(P256_ORDER), s]) })],
  ['given s of the order', () => ({ ...good, signature: concat([r, word(P256_ORDER)]) })],
  [
    'given s more than the order by a good s',
    () => ({ ...good, signature: concat([r, word(P256_ORDER + BigInt(s))]) }),
  ],
  ['given r of ones', () => ({ ...good, signature: concat([ONES, s]) })],
  ['given s of ones', () => ({ ...good, signature: concat([r, ONES]) })],
  ['given r and s exchanged', () => ({ ...good, signature: concat([s, r]) })],
  ['given a key of 0 bytes', () => ({ ...good, key: '0x' })],
  ['given a key of 63 bytes', () => ({ ...good, key: dataSlice(good.key, 0, 63) })],
  ['given a key of 65 bytes', () => ({ ...good, key: concat([good.key, '0x00']) })],
  ['given a key of 65 bytes as SEC 1 writes it', () => ({ ...good, key: concat(['0x04', good.key]) })],
  ['given a signature of 0 bytes', () => ({ ...good, signature: '0x' })],
  ['given a signature of 63 bytes', () => ({ ...good, signature: dataSlice(good.signature, 0, 63) })],
  ['given a signature of 65 bytes', () => ({ ...good, signature: concat([good.signature, '0x00']) })],
]

const withoutPrecompile = await network.create({ override: { hardfork: 'cancun' } })

describe('verify', () => {
  describe('given a chain with the precompile', () => {
    describeCases(connection)

    it('it leaves the work to the precompile', async () => {
      expect(await gasOf(connection)).to.be.below(GAS_BETWEEN)
    })
  })

  describe('given a chain without the precompile', () => {
    describeCases(withoutPrecompile)

    it('it does the work in Solidity', async () => {
      expect(await gasOf(withoutPrecompile)).to.be.above(GAS_BETWEEN)
    })
  })
})

function describeCases(chain: Chain): void {
  for (const [title, given] of ACCEPTED) {
    it(`${title} ... it is accepted`, async () => {
      const { verifier } = await chain.networkHelpers.loadFixture(deployWorld)
      const { key, digest, signature } = given()
      expect(await verifier.verify(key, digest, signature)).to.equal(VALID)
    })
  }
  for (const [title, given] of REFUSED) {
    it(`${title} ... it is refused`, async () => {
      const { verifier } = await chain.networkHelpers.loadFixture(deployWorld)
      const { key, digest, signature } = given()
      expect(await verifier.verify(key, digest, signature)).to.equal(INVALID)
    })
  }
}

async function gasOf(chain: Chain): Promise<bigint> {
  const { verifier } = await chain.networkHelpers.loadFixture(deployWorld)
  return verifier.verify.estimateGas(good.key, good.digest, good.signature)
}

/** By a fresh key, as a device does it; low s, which node:crypto does not care about. */
function signedByNode(hash: string, digest = id('a digest'), signed = digest): SignedDigest {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x: jwkX, y: jwkY } = publicKey.export({ format: 'jwk' })
  const key = hexlify(Buffer.concat([Buffer.from(jwkX!, 'base64url'), Buffer.from(jwkY!, 'base64url')]))
  const raw = hexlify(sign(hash, getBytes(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }))
  return { key, digest, signature: BigInt(dataSlice(raw, 32)) > HALF_ORDER ? withHighS(raw) : raw }
}

/** What is signed has the digest as its SHA-256: a verifier that forgets to hash would accept it. */
function signedUnhashed(): SignedDigest {
  const signed = id('before hashing')
  const digest = hexlify(createHash('sha256').update(getBytes(signed)).digest())
  return signedByNode('sha256', digest, signed)
}

function halves(bytes: string): readonly [string, string] {
  return [dataSlice(bytes, 0, 32), dataSlice(bytes, 32)]
}

function word(value: bigint): string {
  return toBeHex(value, 32)
}
