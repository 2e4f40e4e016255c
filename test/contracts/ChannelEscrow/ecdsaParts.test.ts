/**
 * ECDSA in parts, given signatures whose s is chosen
 * |-- when s is 1 ... it accepts it
 * |-- when s is half of the order ... it accepts it
 * |-- when s is one above half of the order ... it refuses it, although it recovers to the key
 * |-- when s is the largest that fits beside the parity ... it refuses it, although it recovers to the key
 * `-- when the parity is the other one ... it refuses it
 */
import { expect } from 'chai'
import { Signature, SigningKey, computeAddress, dataSlice, id, keccak256, toBeHex } from 'ethers'
import { deploy } from '../helpers/world.ts'

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const HALF_ORDER = ORDER / 2n
const PARITY_BIT = 1n << 255n
const DIGEST = id('a digest')

type Chosen = { address: string; r: string; vs: string }

/** A key under which `s` is right: from s = (digest + r * key) / k follows the key. `k` is any secret number. */
function signedWithS(s: bigint, k = 12_345n): Chosen {
  const { publicKey } = new SigningKey(toBeHex(k, 32))
  const r = BigInt(dataSlice(publicKey, 1, 33)) % ORDER
  const isOdd = BigInt(dataSlice(publicKey, 33, 65)) & 1n
  const key = modulo((s * k - BigInt(DIGEST)) * inverse(r))
  const vs = s | (isOdd * PARITY_BIT)
  return { address: computeAddress(new SigningKey(toBeHex(key, 32))), r: toBeHex(r, 32), vs: toBeHex(vs, 32) }
}

function modulo(value: bigint): bigint {
  return ((value % ORDER) + ORDER) % ORDER
}

/** By Fermat: value^(order - 2). */
function inverse(value: bigint): bigint {
  let result = 1n
  let base = modulo(value)
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER
    base = (base * base) % ORDER
  }
  return result
}

async function isSigned({ address, r, vs }: Chosen): Promise<boolean> {
  const reader = await deploy('EcdsaPartsReader')
  return (await reader.isSignedBy(keccak256(address), DIGEST, r, vs)) as boolean
}

describe('ECDSA in parts, given signatures whose s is chosen', () => {
  for (const [title, s] of [
    ['1', 1n],
    ['half of the order', HALF_ORDER],
  ] as const) {
    it(`when s is ${title} ... it accepts it`, async () => {
      expect(await isSigned(signedWithS(s))).to.equal(true)
    })
  }

  for (const [title, s] of [
    ['one above half of the order', HALF_ORDER + 1n],
    ['the largest that fits beside the parity', PARITY_BIT - 1n],
  ] as const) {
    it(`when s is ${title} ... it refuses it, although it recovers to the key`, async () => {
      const chosen = signedWithS(s)
      // The same signature in its low form is the key's: nothing but the height of s is wrong.
      const isOdd = BigInt(chosen.vs) >> 255n
      const low = { r: chosen.r, s: toBeHex(ORDER - s, 32), yParity: isOdd === 1n ? 0 : 1 } as const
      const recovered = SigningKey.recoverPublicKey(DIGEST, Signature.from(low))
      expect(computeAddress(recovered)).to.equal(chosen.address)
      expect(await isSigned(chosen)).to.equal(false)
    })
  }

  it('when the parity is the other one ... it refuses it', async () => {
    const chosen = signedWithS(HALF_ORDER)
    const vs = toBeHex(BigInt(chosen.vs) ^ PARITY_BIT, 32)
    expect(await isSigned({ ...chosen, vs })).to.equal(false)
  })
})
