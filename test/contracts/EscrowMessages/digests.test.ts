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

type Messages = Deployed<'EscrowMessages'>
type Fields = Record<string, readonly TypedDataField[]>
type Kind = { types: Fields; digest(messages: Messages, value: object): Promise<string> }

const MESSAGES: Record<string, Kind> = {
  FundingOrder: { types: typedData.fundingOrderTypes, digest: (on, value) => on.fundingOrderDigest(value) },
  Voucher: { types: typedData.voucherTypes, digest: (on, value) => on.voucherDigest(value) },
  StreamVoucher: { types: typedData.streamVoucherTypes, digest: (on, value) => on.streamVoucherDigest(value) },
  HashlockVoucher: { types: typedData.hashlockVoucherTypes, digest: (on, value) => on.hashlockVoucherDigest(value) },
  Acknowledgement: { types: typedData.acknowledgementTypes, digest: (on, value) => on.acknowledgementDigest(value) },
  CooperativeClose: { types: typedData.cooperativeCloseTypes, digest: (on, value) => on.cooperativeCloseDigest(value) },
  RequestClose: { types: typedData.requestCloseTypes, digest: (on, value) => on.requestCloseDigest(value) },
}

const TYPEHASHES = [
  ['CHANNEL_TYPEHASH', typedData.channelTypes, typedData.channelTypehash],
  ['TERMS_TYPEHASH', typedData.termsTypes, typedData.termsTypehash],
  ['FUNDING_ORDER_TYPEHASH', typedData.fundingOrderTypes, typedData.fundingOrderTypehash],
  ['VOUCHER_TYPEHASH', typedData.voucherTypes, typedData.voucherTypehash],
  ['STREAM_VOUCHER_TYPEHASH', typedData.streamVoucherTypes, typedData.streamVoucherTypehash],
  ['HASHLOCK_VOUCHER_TYPEHASH', typedData.hashlockVoucherTypes, typedData.hashlockVoucherTypehash],
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
  amount: 5n,
  depositBefore: 11n,
  tickAmount: 3n,
  tickCount: 1_000n,
  tickRoot: id('ticks'),
  lockedAmount: 13n,
  hashlock: id('secret'),
  expiresAt: 1_800_000_001n,
}

const LARGEST = {
  channelId: toBeHex(MaxUint256),
  cumulativeAmount: 2n ** 96n - 1n,
  version: 2n ** 64n - 1n,
  receiptsRoot: toBeHex(MaxUint256),
  deadline: 2n ** 40n - 1n,
  amount: 2n ** 96n - 1n,
  depositBefore: 2n ** 96n - 1n,
  tickAmount: 2n ** 96n - 1n,
  tickCount: 2n ** 32n - 1n,
  tickRoot: toBeHex(MaxUint256),
  lockedAmount: 2n ** 96n - 1n,
  hashlock: toBeHex(MaxUint256),
  expiresAt: 2n ** 40n - 1n,
}

function mutable(types: Fields): Record<string, TypedDataField[]> {
  return types as Record<string, TypedDataField[]>
}

async function digestsOf(messages: Messages, value = VALUE): Promise<string[]> {
  return Promise.all(Object.values(MESSAGES).map(({ digest }) => digest(messages, value)))
}

describe('digests', () => {
  for (const [name, types, generated] of TYPEHASHES) {
    it(`given ${name} ... it is the hash of the type as ethers encodes it`, async () => {
      const { escrowMessages } = await networkHelpers.loadFixture(deployWorld)
      const encoder = TypedDataEncoder.from(mutable(types))
      expect(await escrowMessages[name]()).to.equal(id(encoder.encodeType(encoder.primaryType)))
    })

    it(`given ${name} ... it is the one that the SDK has`, async () => {
      const { escrowMessages } = await networkHelpers.loadFixture(deployWorld)
      expect(await escrowMessages[name]()).to.equal(generated)
    })
  }

  for (const [name, { types, digest }] of Object.entries(MESSAGES)) {
    it(`given a ${name} ... its digest is the one that ethers computes`, async () => {
      const { escrow, escrowMessages } = await networkHelpers.loadFixture(deployWorld)
      const expected = TypedDataEncoder.hash(await domainOf(escrow), mutable(types), VALUE)
      expect(await digest(escrowMessages, VALUE)).to.equal(expected)
    })

    it(`given a ${name} of the largest values ... its digest is the one that ethers computes`, async () => {
      const { escrow, escrowMessages } = await networkHelpers.loadFixture(deployWorld)
      const expected = TypedDataEncoder.hash(await domainOf(escrow), mutable(types), LARGEST)
      expect(await digest(escrowMessages, LARGEST)).to.equal(expected)
    })
  }

  it('given one value ... no two types have the same digest', async () => {
    const { escrowMessages } = await networkHelpers.loadFixture(deployWorld)
    expect(new Set(await digestsOf(escrowMessages)).size).to.equal(Object.keys(MESSAGES).length)
  })

  it('given another escrow on the chain ... every digest differs', async () => {
    const { escrowMessages, registry } = await networkHelpers.loadFixture(deployWorld)
    const another = await deploy('ChannelEscrow', [registry.target, CLOSE_DELAY_FLOOR])
    const others = await deploy('EscrowMessages', [another.target])
    const digests = [...(await digestsOf(escrowMessages)), ...(await digestsOf(others))]
    expect(new Set(digests).size).to.equal(2 * Object.keys(MESSAGES).length)
  })

  it('given a channel ... its id is the digest that ethers computes', async () => {
    const { escrow, escrowMessages, channel } = await someChannel()
    const expected = TypedDataEncoder.hash(await domainOf(escrow), mutable(typedData.channelTypes), channel)
    expect(await escrowMessages.channelIdOf(channel)).to.equal(expected)
  })

  it('given a channel that differs in one field ... its id differs', async () => {
    const { escrowMessages, channel } = await someChannel()
    const { terms, ...rest } = channel
    const others: Channel[] = [
      ...Object.entries(rest).map(([name, given]) => ({ ...channel, [name]: other(given) })),
      ...Object.entries(terms).map(([name, given]) => ({ ...channel, terms: { ...terms, [name]: other(given) } })),
    ]
    const ids = await Promise.all([channel, ...others].map((one) => escrowMessages.channelIdOf(one)))
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
  return { ...world, channel: makeChannel(world, ends) }
}
