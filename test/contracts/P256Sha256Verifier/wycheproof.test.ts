/**
 * P-256, given Project Wycheproof's signatures
 * |-- given a chain with the precompile
 * |   |-- when one is invalid ... it is refused
 * |   |-- when one is valid with high s ... it is refused
 * |   |-- when one is valid with low s ... it is accepted
 * |   `-- the precompile alone takes what is valid, with either s, and nothing else
 * `-- given a chain without the precompile
 *     |-- when one is invalid ... it is refused
 *     |-- when one is valid with high s ... it is refused
 *     `-- when one is valid with low s ... it is accepted
 */
import { expect } from 'chai'
import { network } from 'hardhat'
import { concat, dataSlice } from 'ethers'
import { HALF_ORDER } from '../helpers/p256.ts'
import { sorted } from '../helpers/wycheproof.ts'
import type { Vector } from '../helpers/wycheproof.ts'
import { connection, deploy } from '../helpers/world.ts'
import type { Chain } from '../helpers/world.ts'

const { low, high, invalid } = sorted('p256', HALF_ORDER)
const PRECOMPILE = `0x${'100'.padStart(40, '0')}`
const YES = `0x${'1'.padStart(64, '0')}`

const withoutPrecompile = await network.create({ override: { hardfork: 'cancun' } })

describe("P-256, given Project Wycheproof's signatures", () => {
  describe('given a chain with the precompile', () => {
    describeCases(connection)

    it('the precompile alone takes what is valid, with either s, and nothing else', async () => {
      expect(await namesOf(low, byPrecompile)).to.deep.equal(low.map(({ name }) => name))
      expect(await namesOf(high, byPrecompile)).to.deep.equal(high.map(({ name }) => name))
      expect(await namesOf(invalid, byPrecompile)).to.deep.equal([])
    })
  })

  describe('given a chain without the precompile', () => {
    describeCases(withoutPrecompile)
  })
})

function describeCases(chain: Chain): void {
  const accepted = async (vectors: readonly Vector[]) => {
    const reader = await deploy('P256Reader', [], chain)
    return await namesOf(vectors, ({ key, hash, r, s }) =>
      reader.verify(hash, r, s, dataSlice(key, 0, 32), dataSlice(key, 32)),
    )
  }

  it('when one is invalid ... it is refused', async () => {
    expect(invalid.length).to.equal(64)
    expect(await accepted(invalid)).to.deep.equal([])
  })

  it('when one is valid with high s ... it is refused', async () => {
    expect(high.length).to.equal(67)
    expect(await accepted(high)).to.deep.equal([])
  })

  it('when one is valid with low s ... it is accepted', async () => {
    expect(low.length).to.equal(79)
    expect(await accepted(low)).to.deep.equal(low.map(({ name }) => name))
  })
}

async function byPrecompile({ key, hash, r, s }: Vector): Promise<boolean> {
  return (await connection.ethers.provider.call({ to: PRECOMPILE, data: concat([hash, r, s, key]) })) === YES
}

/** The names of those that are accepted. */
async function namesOf(vectors: readonly Vector[], accepts: (vector: Vector) => Promise<boolean>): Promise<string[]> {
  const names: string[] = []
  for (const vector of vectors) if (await accepts(vector)) names.push(vector.name)
  return names
}
