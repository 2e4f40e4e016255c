/**
 * ECDSA in parts, given Project Wycheproof's signatures
 * |-- when one is invalid ... it is refused with either parity
 * |-- when one is valid with high s ... it is refused with either parity
 * `-- when one is valid with low s ... it is accepted with one of the parities
 */
import { expect } from 'chai'
import { computeAddress, concat, keccak256, toBeHex } from 'ethers'
import { deploy } from '../helpers/world.ts'
import { sorted } from '../helpers/wycheproof.ts'
import type { Vector } from '../helpers/wycheproof.ts'

const HALF_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n / 2n
const PARITY_BIT = 1n << 255n

const { low, high, invalid } = sorted('secp256k1', HALF_ORDER)

/** How many of the two parities make each a signature of its key. */
async function accepted(vectors: readonly Vector[]) {
  const reader = await deploy('EcdsaPartsReader')
  const counts: Record<string, number> = {}
  for (const { name, key, hash, r, s } of vectors) {
    const id = keccak256(computeAddress(concat(['0x04', key])))
    const other = toBeHex(BigInt(s) ^ PARITY_BIT, 32)
    const answers = [await reader.isSignedBy(id, hash, r, s), await reader.isSignedBy(id, hash, r, other)]
    counts[name] = answers.filter(Boolean).length
  }
  return counts
}

function each(vectors: readonly Vector[], count: number) {
  return Object.fromEntries(vectors.map(({ name }) => [name, count]))
}

describe("ECDSA in parts, given Project Wycheproof's signatures", () => {
  it('when one is invalid ... it is refused with either parity', async () => {
    expect(invalid.length).to.equal(63)
    expect(await accepted(invalid)).to.deep.equal(each(invalid, 0))
  })

  it('when one is valid with high s ... it is refused with either parity', async () => {
    expect(high.length).to.equal(69)
    expect(await accepted(high)).to.deep.equal(each(high, 0))
  })

  it('when one is valid with low s ... it is accepted with one of the parities', async () => {
    expect(low.length).to.equal(72)
    expect(await accepted(low)).to.deep.equal(each(low, 1))
  })
})
