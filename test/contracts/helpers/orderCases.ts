/**
 * Cases that every entry point on a {FundingOrder} must pass:
 *
 * given the order's deadline
 * |-- when it was a second ago ... it reverts with Expired
 * |-- when it is this second ... it takes the money
 * `-- when it is the next second ... it takes the money
 * given an order that differs in one field: channel, amount, depositBefore, deadline ... it reverts with BadSignature
 * given an order for another escrow ... it reverts with BadSignature
 * given an order of the payer, of its party, of the one who relays it ... it reverts with BadSignature
 * given a secp256k1 signer, an ERC-1271 account (each case of signatureCases.ts, by the funder)
 * given an account that ...
 * |-- changes its answer ... it reverts with BadSignature
 * `-- calls back ... it takes the money once
 * given too small a balance ... it reverts with BalanceTooLow, nothing changes, and the order stays good
 * given an allowance, or a balance of the one who relays it ... it reverts with BalanceTooLow
 * given a balance ... it takes the amount out of it, and moves no token
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { fundingOrderTypes } from '../../../sdk/src/generated/typedData.ts'
import { bindBothEnds } from './depositScenes.ts'
import type { Scene } from './depositScenes.ts'
import { channelIdOf } from './channels.ts'
import { secp256k1Device } from './devices.ts'
import type { Device } from './devices.ts'
import { describeErc1271Account, describeSecp256k1Signer } from './signatureCases.ts'
import type { Arrange } from './signatureCases.ts'
import { signOrder } from './signedDeposits.ts'
import type { Funder, Order } from './signedDeposits.ts'
import { RICH } from './tokens.ts'
import { CLOSE_DELAY_FLOOR, FAR_OFF, deploy, deployWorld, domainOf, ethers, networkHelpers } from './world.ts'
import type { World } from './world.ts'

const { time } = networkHelpers
const AMOUNT = 100n

type OrderName = 'openWithOrder' | 'topUpWithOrder'
type Ends = Awaited<ReturnType<typeof bindBothEnds>>

/** Sends the order that is needed, but for what is signed or sent otherwise. */
type Relay = (change?: { signed?: Partial<Order>; deadline?: number; by?: Funder; at?: World }) => Promise<unknown>

/** A funder with a balance, and a channel of it that is ready for an order. */
export type OrderScene = Scene & { readonly balance: bigint }

/** What an entry point's file says: how a channel between these ends becomes ready for an order. */
type Ready = (ends: Ends) => Promise<OrderScene>

export function describeOrders(name: OrderName, ready: Ready): void {
  const prepare = async () => {
    const ends = await bindBothEnds(await networkHelpers.loadFixture(deployWorld))
    const scene = await ready(ends)
    return { ...scene, relay: relayOf(name, scene), needed: await orderNeeded(scene) }
  }
  describe("given the order's deadline", () => describeDeadline(prepare))
  describe('given an order for something else', () => describeMisfits(prepare))
  const arrange = arrangeFunder(name, ready)
  describeSecp256k1Signer(arrange)
  describeErc1271Account(arrange)
  describe('given an account that does not answer as it should', () => describeAccounts(name, ready))
  describe("given the funder's balance", () => describeBalance(prepare))
}

type Prepare = () => Promise<OrderScene & { readonly relay: Relay; readonly needed: Order }>

async function orderNeeded({ world, channel }: Pick<Scene, 'world' | 'channel'>): Promise<Order> {
  const channelId = await channelIdOf(world, channel)
  const { deposit: depositBefore } = await world.escrow.channelOf(channelId)
  return { channelId, amount: AMOUNT, depositBefore, deadline: FAR_OFF }
}

function relayOf(name: OrderName, scene: OrderScene): Relay {
  const { world, channel, payer, sender } = scene
  return async ({ signed = {}, deadline = FAR_OFF, by = world.funder, at = world } = {}) => {
    const order = { ...(await orderNeeded(scene)), deadline, ...signed }
    const signature = await signOrder(at, order, by)
    return world.escrow.connect(sender)[name](channel, payer.binding, signature, deadline, AMOUNT)
  }
}

function describeDeadline(prepare: Prepare): void {
  for (const [title, after] of [
    ['this second', 0],
    ['the next second', 1],
  ] as const) {
    it(`when it is ${title} ... it takes the money`, async () => {
      const { world, relay, event } = await prepare()
      const now = (await time.latest()) + 10
      await time.setNextBlockTimestamp(now)
      await expect(relay({ deadline: now + after })).to.emit(world.escrow, event)
    })
  }

  it('when it was a second ago ... it reverts with Expired', async () => {
    const { world, relay } = await prepare()
    const now = (await time.latest()) + 10
    await time.setNextBlockTimestamp(now)
    await expect(relay({ deadline: now - 1 }))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_Expired')
      .withArgs(now - 1, now)
  })
}

function describeMisfits(prepare: Prepare): void {
  const refuses = async (relay: Relay, world: World, change: Parameters<Relay>[0]) => {
    await expect(relay(change))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_BadSignature')
      .withArgs(world.funder.address)
  }
  const others: readonly [string, (needed: Order) => Partial<Order>][] = [
    ['channel', () => ({ channelId: id('another channel') })],
    ['amount', ({ amount }) => ({ amount: amount + 1n })],
    ['deposit before', ({ depositBefore }) => ({ depositBefore: depositBefore + 1n })],
    ['deadline', ({ deadline }) => ({ deadline: deadline + 1 })],
  ]
  for (const [field, change] of others) {
    it(`when the ${field} differs ... it reverts with BadSignature`, async () => {
      const { world, relay, needed } = await prepare()
      await refuses(relay, world, { signed: change(needed) })
    })
  }

  it('when it is for another escrow ... it reverts with BadSignature', async () => {
    const { world, relay } = await prepare()
    const escrow = await deploy('ChannelEscrow', [world.registry.target, CLOSE_DELAY_FLOOR])
    await refuses(relay, world, { at: { ...world, escrow } })
  })

  it('when the payer, its party or the one who relays it has signed ... it reverts with BadSignature', async () => {
    const { world, relay, sender } = await prepare()
    for (const by of [secp256k1Device('car').wallet, secp256k1Device('party').wallet, sender]) {
      await refuses(relay, world, { by })
    }
  })
}

/** The channel of a funder with a key, whose address may later carry code. */
function arrangeFunder(name: OrderName, ready: Ready): Arrange {
  return async (world, signer) => {
    const { channel, payer, sender, event } = await ready(await bindFundedBy(world, signer))
    const value = await orderNeeded({ world, channel })
    return {
      contract: world.escrow,
      message: { domain: await domainOf(world.escrow), types: fundingOrderTypes, value },
      send: (signature, overrides) => {
        const last = overrides ? [overrides] : []
        return world.escrow.connect(sender)[name](channel, payer.binding, signature, FAR_OFF, AMOUNT, ...last)
      },
      refusal: { error: 'ChannelEscrow_BadSignature', args: [signer.signer] },
      event,
    }
  }
}

/** Both ends bound to spend what `signer` pays, which is as rich as the funder is otherwise. */
async function bindFundedBy(world: World, signer: Device): Promise<Ends> {
  const funder = await impersonated(signer.signer)
  await world.token.mint(funder.address, RICH)
  await world.token.connect(funder).approve(world.escrow.target, RICH)
  return bindBothEnds({ ...world, funder })
}

async function impersonated(address: string) {
  await networkHelpers.setBalance(address, 10n ** 18n)
  return ethers.getImpersonatedSigner(address)
}

function describeAccounts(name: OrderName, ready: Ready): void {
  const owner = secp256k1Device('owner of the account')
  const prepare = async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const account = secp256k1Device('account')
    const scene = await ready(await bindFundedBy(world, account))
    const relay = relayOf(name, scene)
    return { ...scene, account: account.wallet.address, relay: () => relay({ by: owner.wallet }) }
  }

  it('when it has changed its answer ... it reverts with BadSignature', async () => {
    const { world, account, relay } = await prepare()
    await putCode(account, await ethers.deployContract('Erc1271Account', [owner.signer]))
    const before = await networkHelpers.takeSnapshot()
    await relay()
    await before.restore()
    await putCode(account, await ethers.deployContract('Erc1271Account', [world.stranger.address]))
    await expect(relay()).to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_BadSignature').withArgs(account)
  })

  it('when it calls back ... it takes the money once', async () => {
    const { world, channel, payer, account, balance, event, exposure, relay } = await prepare()
    const { escrow } = world
    await putCode(account, await deploy('ReenteringAccount'))
    const reentering = (await ethers.getContractAt('ReenteringAccount', account)) as unknown as Awaited<
      ReturnType<typeof deploy<'ReenteringAccount'>>
    >
    const again = event === 'ChannelOpened' ? 'openFromBalance' : 'topUpFromBalance'
    await reentering.arm(escrow.interface.encodeFunctionData(again, [channel, payer.binding, AMOUNT]))
    await expect(relay()).to.emit(escrow, event)
    expect((await escrow.channelOf(await channelIdOf(world, channel))).deposit).to.equal(exposure + AMOUNT)
    expect(await escrow.balanceOf(account, channel.token)).to.equal(balance - AMOUNT)
  })
}

async function putCode(address: string, deployed: { target: unknown }): Promise<void> {
  await networkHelpers.setCode(address, await ethers.provider.getCode(String(deployed.target)))
}

function describeBalance(prepare: Prepare): void {
  it('when it is too small ... it reverts with BalanceTooLow, nothing changes, and the order stays good', async () => {
    const { world, channel, payer, balance, exposure, event, needed, relay } = await prepare()
    const escrow = world.escrow.connect(world.funder)
    await escrow.withdrawBalance(channel.token, balance - AMOUNT + 1n)
    await expect(relay())
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BalanceTooLow')
      .withArgs(world.funder.address, AMOUNT, AMOUNT - 1n)
    expect((await escrow.channelOf(needed.channelId)).deposit).to.equal(needed.depositBefore)
    expect(await world.registry.exposureOf(payer.binding)).to.equal(exposure)
    await escrow.depositBalance(channel.token, 1n)
    await expect(relay()).to.emit(escrow, event)
    expect(await escrow.balanceOf(world.funder.address, channel.token)).to.equal(0n)
  })

  it('when others alone have one, and the funder an allowance ... it reverts with BalanceTooLow', async () => {
    const { world, channel, balance, sender, relay } = await prepare()
    await world.escrow.connect(world.funder).withdrawBalance(channel.token, balance)
    await world.token.connect(world.funder).transfer(sender.address, AMOUNT)
    await world.token.connect(sender).approve(world.escrow.target, AMOUNT)
    await world.escrow.connect(sender).depositBalance(channel.token, AMOUNT)
    await expect(relay())
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_BalanceTooLow')
      .withArgs(world.funder.address, AMOUNT, 0n)
  })

  it('it takes the amount out of it, and moves no token', async () => {
    const { world, channel, balance, relay } = await prepare()
    const accounts = [world.funder, world.escrow]
    await expect(relay()).to.changeTokenBalances(ethers, world.token, accounts, [0n, 0n])
    expect(await world.escrow.balanceOf(world.funder.address, channel.token)).to.equal(balance - AMOUNT)
  })
}
