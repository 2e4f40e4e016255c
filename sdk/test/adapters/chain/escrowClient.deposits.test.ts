import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parseSignature } from 'viem'
import type { SignTypedDataParameters } from 'viem'
import { localJpyTokenAbi } from '../../../src/generated/abis.ts'
import { escrowDomain } from '../../../src/protocol/Deployment.ts'
import type { Domain } from '../../../src/protocol/Domain.ts'
import * as FundingOrder from '../../../src/protocol/FundingOrder.ts'
import * as TokenConsent from '../../../src/protocol/TokenConsent.ts'
import { YEN } from '../../helpers/localChain.ts'
import type { World } from '../../helpers/world.ts'
import { channelOf, openChannel, startWorld } from '../../helpers/world.ts'

const FAR_OFF = 4_000_000_000

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

const funder = () => world.funder.writer.account.address
const depositOf = async (name: string) => (await world.escrow.channelOf(channelOf(world, name).channelId)).deposit

/** Signs as the funder does, whose key this test has. */
async function signTypedData(parameters: object) {
  const { account } = world.funder.writer
  assert.ok(account.signTypedData)
  return await account.signTypedData(parameters as SignTypedDataParameters)
}

async function tokenDomain(): Promise<Domain> {
  const address = world.deployment.settlementToken
  const { domain } = await world.reader.getEip712Domain({ address })
  const { name, version, chainId, verifyingContract } = domain
  return { name, version, chainId, verifyingContract } as Domain
}

async function orderOf(name: string, { amount = YEN, depositBefore = 0n } = {}) {
  const order = { channelId: channelOf(world, name).channelId, amount, depositBefore, deadline: FAR_OFF }
  const signature = await signTypedData(FundingOrder.typedData(order, escrowDomain(world.deployment)))
  return { ...order, signature }
}

async function authorizationOf(name: string, { amount = YEN, depositBefore = 0n } = {}) {
  const place = { channelId: channelOf(world, name).channelId, depositBefore }
  const times = { validAfter: 0n, validBefore: BigInt(FAR_OFF) }
  const message = { from: funder(), to: world.deployment.channelEscrow, value: amount, ...times, place }
  const signature = await signTypedData(TokenConsent.authorizationTypedData(message, await tokenDomain()))
  const { r, s, yParity } = parseSignature(signature)
  return { ...times, v: 27 + yParity, r, s }
}

async function permitOf(amount: bigint) {
  const [owner, spender, deadline] = [funder(), world.deployment.channelEscrow, BigInt(FAR_OFF)]
  const token = { address: world.deployment.settlementToken, abi: localJpyTokenAbi } as const
  const nonce = await world.reader.readContract({ ...token, functionName: 'nonces', args: [owner] })
  const message = { owner, spender, value: amount, nonce, deadline }
  const { r, s, yParity } = parseSignature(
    await signTypedData(TokenConsent.permitTypedData(message, await tokenDomain())),
  )
  return { deadline, v: 27 + yParity, r, s }
}

describe('escrowClient: deposits on the funder’s signature', () => {
  it('given an order for another channel, when it is relayed, then the contract refuses it', async () => {
    const { channel } = channelOf(world, 'not ordered')
    const order = await orderOf('ordered')
    await assert.rejects(world.relayed.openWithOrder({ channel, payerBinding: world.car.binding, order }), {
      name: 'Chain.RevertedError',
      errorName: 'ChannelEscrow_BadSignature',
      args: { account: funder() },
    })
  })

  it('given the funder’s orders, when anybody relays them, then the channel opens, and grows once for each', async () => {
    const { channel } = channelOf(world, 'ordered')
    const payerBinding = world.car.binding
    await world.relayed.openWithOrder({ channel, payerBinding, order: await orderOf('ordered') })
    const order = await orderOf('ordered', { amount: 5n, depositBefore: YEN })
    await world.relayed.topUpWithOrder({ channel, payerBinding, order })
    assert.equal(await depositOf('ordered'), YEN + 5n)
    await assert.rejects(world.relayed.topUpWithOrder({ channel, payerBinding, order }), {
      errorName: 'ChannelEscrow_BadSignature',
    })
  })

  it('given the funder’s authorizations, when anybody relays them, then the channel opens and grows', async () => {
    const { channel } = channelOf(world, 'authorized')
    const payerBinding = world.car.binding
    const opening = { channel, payerBinding, amount: YEN, authorization: await authorizationOf('authorized') }
    const { events } = await world.relayed.openWithAuthorization(opening)
    assert.deepEqual(
      events.map(({ eventName }) => eventName),
      ['ChannelOpened'],
    )
    const place = { amount: 7n, depositBefore: YEN }
    const authorization = await authorizationOf('authorized', place)
    await world.relayed.topUpWithAuthorization({ channel, payerBinding, amount: 7n, authorization })
    assert.equal(await depositOf('authorized'), YEN + 7n)
  })

  it('given permits, when the funder opens and tops up, then the allowance is used at once', async () => {
    const { channel } = channelOf(world, 'permitted')
    const payerBinding = world.car.binding
    await world.token.approve({ spender: world.deployment.channelEscrow, amount: 0n })
    await world.escrow.openWithPermit({ channel, payerBinding, amount: YEN, permit: await permitOf(YEN) })
    await world.escrow.topUpWithPermit({ channel, payerBinding, amount: 3n, permit: await permitOf(3n) })
    assert.equal(await depositOf('permitted'), YEN + 3n)
  })
})

describe('escrowClient: a fleet', () => {
  it('given a row that cannot open, when a fleet opens, then that row is skipped with its reason', async () => {
    const rows = ['fleet 1', 'fleet 2', 'fleet 3'].map((salt) => ({
      channel: channelOf(world, salt).channel,
      payerBinding: world.car.binding,
      amount: 10n,
    }))
    await openChannel(world, 'fleet 2')
    const { events } = await world.escrow.openMany(rows)
    assert.deepEqual(
      events.map(({ eventName }) => eventName),
      ['ChannelOpened', 'OpeningSkipped', 'ChannelOpened'],
    )
  })
})
