/**
 * digests
 * |-- given each TYPEHASH ... it is the hash of the type as ethers encodes it
 * |-- given each TYPEHASH ... it is the one that the SDK has
 * |-- given each message ... its digest is the one that ethers computes
 * |-- given each message of the largest values ... its digest is the one that ethers computes
 * |-- given one value ... no two types have the same digest
 * |-- given another escrow on the chain ... every digest differs
 * |-- given a channel ... its id is the digest that ethers computes
 * `-- given a channel that differs in one field ... its id differs
 */
import { expect } from 'chai'
import { MaxUint256, TypedDataEncoder, id, toBeHex } from 'ethers'
import type { TypedDataField } from 'ethers'
import * as typedData from '../../../sdk/src/generated/typedData.ts'
import { makeChannel } from '../helpers/channels.ts'
import type { Channel } from '../helpers/channels.ts'
import type { Deployed } from '../helpers/deployed.ts'
import { CLOSE_DELAY_FLOOR, deploy, deployWorld, domainOf, networkHelpers } from '../helpers/world.ts'

type Escrow = Deployed<'ChannelEscrow'>
type Fields = Record<string, readonly TypedDataField[]>
type Kind = { types: Fields; digest(escrow: Escrow, value: object): Promise<string> }

const MESSAGES: Record<string, Kind> = {
  Voucher: { types: typedData.voucherTypes, digest: (escrow, value) => escrow.voucherDigest(value) },
  Acknowledgement: {
    types: typedData.acknowledgementTypes,
    digest: (escrow, value) => escrow.acknowledgementDigest(value),
  },
  CooperativeClose: {
    types: typedData.cooperativeCloseTypes,
    digest: (escrow, value) => escrow.cooperativeCloseDigest(value),
  },
  RequestClose: { types: typedData.requestCloseTypes, digest: (escrow, value) => escrow.requestCloseDigest(value) },
}

const TYPEHASHES = [
  ['CHANNEL_TYPEHASH', typedData.channelTypes, typedData.channelTypehash],
  ['TERMS_TYPEHASH', typedData.termsTypes, typedData.termsTypehash],
  ['VOUCHER_TYPEHASH', typedData.voucherTypes, typedData.voucherTypehash],
  ['ACKNOWLEDGEMENT_TYPEHASH', typedData.acknowledgementTypes, typedData.acknowledgementTypehash],
  ['COOPERATIVE_CLOSE_TYPEHASH', typedData.cooperativeCloseTypes, typedData.cooperativeCloseTypehash],
  ['REQUEST_CLOSE_TYPEHASH', typedData.requestCloseTypes, typedData.requestCloseTypehash],
] as const

const VALUE = {
  channelId: id('channel'),
  cumulativeAmount: 123n,
  version: 7n,
  receiptsRoot: id('receipts'),
  deadline: 1_800_000_000n,
}

const LARGEST = {
  channelId: toBeHex(MaxUint256),
  cumulativeAmount: 2n ** 96n - 1n,
  version: 2n ** 64n - 1n,
  receiptsRoot: toBeHex(MaxUint256),
  deadline: 2n ** 40n - 1n,
}

function mutable(types: Fields): Record<string, TypedDataField[]> {
  return types as Record<string, TypedDataField[]>
}

async function digestsOf(escrow: Escrow, value = VALUE): Promise<string[]> {
  return Promise.all(Object.values(MESSAGES).map(({ digest }) => digest(escrow, value)))
}

describe('digests', () => {
  for (const [name, types, generated] of TYPEHASHES) {
    it(`given ${name} ... it is the hash of the type as ethers encodes it`, async () => {
      const { escrow } = await networkHelpers.loadFixture(deployWorld)
      const encoder = TypedDataEncoder.from(mutable(types))
      expect(await escrow[name]()).to.equal(id(encoder.encodeType(encoder.primaryType)))
    })

    it(`given ${name} ... it is the one that the SDK has`, async () => {
      const { escrow } = await networkHelpers.loadFixture(deployWorld)
      expect(await escrow[name]()).to.equal(generated)
    })
  }

  for (const [name, { types, digest }] of Object.entries(MESSAGES)) {
    it(`given a ${name} ... its digest is the one that ethers computes`, async () => {
      const { escrow } = await networkHelpers.loadFixture(deployWorld)
      const expected = TypedDataEncoder.hash(await domainOf(escrow), mutable(types), VALUE)
      expect(await digest(escrow, VALUE)).to.equal(expected)
    })

    it(`given a ${name} of the largest values ... its digest is the one that ethers computes`, async () => {
      const { escrow } = await networkHelpers.loadFixture(deployWorld)
      const expected = TypedDataEncoder.hash(await domainOf(escrow), mutable(types), LARGEST)
      expect(await digest(escrow, LARGEST)).to.equal(expected)
    })
  }

  it('given one value ... no two types have the same digest', async () => {
    const { escrow } = await networkHelpers.loadFixture(deployWorld)
    expect(new Set(await digestsOf(escrow)).size).to.equal(Object.keys(MESSAGES).length)
  })

  it('given another escrow on the chain ... every digest differs', async () => {
    const { escrow, registry } = await networkHelpers.loadFixture(deployWorld)
    const another = await deploy('ChannelEscrow', [registry.target, CLOSE_DELAY_FLOOR])
    const digests = [...(await digestsOf(escrow)), ...(await digestsOf(another))]
    expect(new Set(digests).size).to.equal(2 * Object.keys(MESSAGES).length)
  })

  it('given a channel ... its id is the digest that ethers computes', async () => {
    const { escrow, channel } = await someChannel()
    const expected = TypedDataEncoder.hash(await domainOf(escrow), mutable(typedData.channelTypes), channel)
    expect(await escrow.channelIdOf(channel)).to.equal(expected)
  })

  it('given a channel that differs in one field ... its id differs', async () => {
    const { escrow, channel } = await someChannel()
    const { terms, ...rest } = channel
    const others: Channel[] = [
      ...Object.entries(rest).map(([name, given]) => ({ ...channel, [name]: other(given) })),
      ...Object.entries(terms).map(([name, given]) => ({ ...channel, terms: { ...terms, [name]: other(given) } })),
    ]
    const ids = await Promise.all([channel, ...others].map((one) => escrow.channelIdOf(one)))
    expect(others).to.have.length(9)
    expect(new Set(ids).size).to.equal(10)
  })
})

/** Another value of the same type. */
function other(given: string | number): string | number {
  return typeof given === 'number' ? given + 1 : toBeHex(BigInt(given) ^ 1n, (given.length - 2) / 2)
}

async function someChannel() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const { car, charger } = world
  const ends = { payer: car, payee: charger, payerBindingId: id('a binding'), payeeBindingId: id('another') }
  return { escrow: world.escrow, channel: makeChannel(world, ends) }
}
