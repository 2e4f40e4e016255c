/**
 * Cases that every entry point with an ERC-3009 authorization must pass:
 *
 * given an authorization for something else: another channel, deposit before, amount, receiver, signer, or of a plain transfer
 * `-- it reverts with the token's InvalidSignature, and nothing changes
 * given an authorization that is not valid now: from this second on, until this second
 * `-- it reverts with the token's InvalidAuthorizationTime
 * given an authorization that is valid in this second alone ... it takes the money
 * given an authorization that was cancelled ... it reverts with the token's UsedAuthorization
 * when a stranger shows it to the token itself ... nothing moves, and it stays good
 * given a token that ...
 * |-- knows no authorizations ... it reverts
 * |-- welcomes one and moves nothing ... it reverts with WrongAmountReceived
 * |-- takes a fee ... it reverts with WrongAmountReceived
 * `-- calls back ... it refuses every call that moves money, and takes the money once
 * given too little money ... it reverts with the token's error
 * given a good authorization ... it takes the tokens, needs no allowance, and touches no balance
 */
import { expect } from 'chai'
import { Signature, id, solidityPackedKeccak256 } from 'ethers'
import { channelIdOf } from './channels.ts'
import { bindBothEnds } from './depositScenes.ts'
import type { ArgumentsOf, Scene } from './depositScenes.ts'
import { secp256k1Device } from './devices.ts'
import { armMoneyMovers, expectAllRefused } from './reentrancy.ts'
import { signAuthorization } from './signedDeposits.ts'
import { worldWithToken } from './tokens.ts'
import { CLOSE_DELAY_FLOOR, FAR_OFF, deploy, deployWorld, domainOf, ethers, networkHelpers } from './world.ts'
import type { World } from './world.ts'

const { time } = networkHelpers
const AMOUNT = 100n

type AuthorizationName = 'openWithAuthorization' | 'topUpWithAuthorization'
type Ends = Awaited<ReturnType<typeof bindBothEnds>>
type Authorization = Awaited<ReturnType<typeof signAuthorization>>
type Needed = { readonly channelId: string; readonly amount: bigint; readonly depositBefore: bigint }

/** What an entry point's file says: how a channel between these ends becomes ready for an authorization. */
type Ready = (ends: Ends) => Promise<Scene> | Scene

export function withAuthorization({ world }: Ends): ArgumentsOf {
  return async ({ channel, binding, amount }) => {
    const channelId = await channelIdOf(world, channel)
    const { deposit: depositBefore } = await world.escrow.channelOf(channelId)
    return [channel, binding, await signAuthorization(world, { channelId, amount, depositBefore }), amount]
  }
}

export function describeAuthorizations(name: AuthorizationName, ready: Ready): void {
  const prepareIn = async (world: World): Promise<PreparedAuthorization> => {
    const scene = await ready(await bindBothEnds(world))
    await world.token.connect(world.funder).approve(world.escrow.target, 0n)
    const channelId = await channelIdOf(world, scene.channel)
    const depositNow = async () => (await world.escrow.channelOf(channelId)).deposit as bigint
    const needed = { channelId, amount: AMOUNT, depositBefore: await depositNow() }
    const send = (authorization: Authorization) =>
      world.escrow.connect(scene.sender)[name](scene.channel, scene.payer.binding, authorization, AMOUNT)
    return { ...scene, send, depositNow, needed, sign: (options) => signAuthorization(world, needed, options) }
  }
  const prepare = async () => prepareIn(await networkHelpers.loadFixture(deployWorld))
  describe('given an authorization for something else', () => describeMisfits(prepare))
  describe('given the time of an authorization', () => describeTimes(prepare))
  describe('given an authorization that others may see', () => describeExposed(prepare))
  describe('given a token that authorizes as it likes', () => describeOddTokens(prepareIn))
}

type PreparedAuthorization = Omit<Scene, 'send'> & {
  readonly send: (authorization: Authorization) => ReturnType<Scene['send']>
  readonly depositNow: () => Promise<bigint>
  readonly needed: Needed
  readonly sign: (options?: Parameters<typeof signAuthorization>[2]) => Promise<Authorization>
}
type Prepare = () => Promise<PreparedAuthorization>

function describeMisfits(prepare: Prepare): void {
  for (const [title, sign] of MISFITS) {
    it(`when it is ${title} ... it reverts with the token's InvalidSignature, and nothing changes`, async () => {
      const { world, payer, exposure, needed, send, depositNow } = await prepare()
      const authorization = await sign(world, needed)
      await expect(send(authorization)).to.be.revertedWithCustomError(world.token, 'ERC3009InvalidSignature')
      expect(await depositNow()).to.equal(exposure)
      expect(await world.registry.exposureOf(payer.binding)).to.equal(exposure)
    })
  }
}

const MISFITS: readonly [string, (world: World, needed: Needed) => Promise<Authorization>][] = [
  ['for another channel', (world, needed) => signAuthorization(world, { ...needed, channelId: id('another') })],
  ['for a larger deposit before', (world, needed) => signAuthorization(world, moved(needed, 1n))],
  ['of a smaller amount', (world, needed) => signAuthorization(world, { ...needed, amount: AMOUNT - 1n })],
  ['of a larger amount', (world, needed) => signAuthorization(world, { ...needed, amount: AMOUNT + 1n })],
  [
    'to another escrow',
    async (world, needed) => {
      const escrow = await deploy('ChannelEscrow', [world.registry.target, CLOSE_DELAY_FLOOR])
      return signAuthorization({ ...world, escrow }, needed)
    },
  ],
  [
    'of another token',
    async (world, needed) =>
      signAuthorization({ ...world, token: await deploy('LocalJpyToken', [world.admin.address]) }, needed),
  ],
  [
    'signed by the payer',
    (world, needed) => signAuthorization(world, needed, { funder: secp256k1Device('car').wallet }),
  ],
  ['signed by the one who relays it', (world, needed) => signAuthorization(world, needed, { funder: world.stranger })],
  ['of a plain transfer', signTransfer],
]

function moved(needed: Needed, by: bigint): Needed {
  return { ...needed, depositBefore: needed.depositBefore + by }
}

/** ERC-3009's other message, which lets anybody send it to the token. */
async function signTransfer({ token, escrow, funder }: World, { channelId, amount, depositBefore }: Needed) {
  const nonce = solidityPackedKeccak256(['bytes32', 'uint96'], [channelId, depositBefore])
  const [validAfter, validBefore] = [0, FAR_OFF]
  const value = { from: funder.address, to: escrow.target, value: amount, validAfter, validBefore, nonce }
  const types = ['address from', 'address to', 'uint256 value', 'uint256 validAfter', 'uint256 validBefore']
  const fields = [...types, 'bytes32 nonce'].map((field) => {
    const [type, name] = field.split(' ') as [string, string]
    return { name, type }
  })
  const signed = await funder.signTypedData(await domainOf(token), { TransferWithAuthorization: fields }, value)
  const { v, r, s } = Signature.from(signed)
  return { validAfter, validBefore, v, r, s }
}

function describeTimes(prepare: Prepare): void {
  for (const [title, validAfter, validBefore] of [
    ['begins after this second', 0, 100],
    ['ended before this second', -100, 0],
  ] as const) {
    it(`when it ${title} ... it reverts with the token's InvalidAuthorizationTime`, async () => {
      const { world, sign, send } = await prepare()
      const now = (await time.latest()) + 1_000
      const times = { validAfter: now + validAfter, validBefore: now + validBefore }
      const authorization = await sign(times)
      await time.setNextBlockTimestamp(now)
      await expect(send(authorization))
        .to.be.revertedWithCustomError(world.token, 'ERC3009InvalidAuthorizationTime')
        .withArgs(times.validAfter, times.validBefore)
    })
  }

  it('when it is this second alone ... it takes the money', async () => {
    const { world, event, sign, send } = await prepare()
    const now = (await time.latest()) + 1_000
    const authorization = await sign({ validAfter: now - 1, validBefore: now + 1 })
    await time.setNextBlockTimestamp(now)
    await expect(send(authorization)).to.emit(world.escrow, event)
  })
}

function describeExposed(prepare: Prepare): void {
  it("when the funder has cancelled it ... it reverts with the token's UsedAuthorization", async () => {
    const { world, needed, sign, send } = await prepare()
    const nonce = solidityPackedKeccak256(['bytes32', 'uint96'], [needed.channelId, needed.depositBefore])
    const types = {
      CancelAuthorization: [
        { name: 'authorizer', type: 'address' },
        { name: 'nonce', type: 'bytes32' },
      ],
    }
    const value = { authorizer: world.funder.address, nonce }
    const { v, r, s } = Signature.from(await world.funder.signTypedData(await domainOf(world.token), types, value))
    await world.token.cancelAuthorization(world.funder.address, nonce, v, r, s)
    await expect(send(await sign()))
      .to.be.revertedWithCustomError(world.token, 'ERC3009UsedAuthorization')
      .withArgs(world.funder.address, nonce)
  })

  it('when a stranger shows it to the token itself ... nothing moves, and it stays good', async () => {
    const { world, event, needed, sign, send } = await prepare()
    const { token, escrow, funder, stranger } = world
    const authorization = await sign()
    const { validAfter, validBefore, v, r, s } = authorization
    const nonce = solidityPackedKeccak256(['bytes32', 'uint96'], [needed.channelId, needed.depositBefore])
    const shown = [funder.address, escrow.target, AMOUNT, validAfter, validBefore, nonce, v, r, s]
    await expect(token.connect(stranger).receiveWithAuthorization(...shown))
      .to.be.revertedWithCustomError(token, 'ERC20InvalidReceiver')
      .withArgs(escrow.target)
    await expect(token.connect(stranger).transferWithAuthorization(...shown)).to.be.revertedWithCustomError(
      token,
      'ERC3009InvalidSignature',
    )
    await expect(send(authorization)).to.emit(escrow, event)
  })

  it("when the funder has too little money ... it reverts with the token's error", async () => {
    const { world, sign, send } = await prepare()
    const { token, funder, admin } = world
    const wealth = (await token.balanceOf(funder.address)) as bigint
    await token.connect(funder).transfer(admin.address, wealth - AMOUNT + 1n)
    await expect(send(await sign()))
      .to.be.revertedWithCustomError(token, 'ERC20InsufficientBalance')
      .withArgs(funder.address, AMOUNT - 1n, AMOUNT)
  })

  it('it takes the tokens, needs no allowance, and touches no balance', async () => {
    const { world, channel, sign, send } = await prepare()
    const { token, escrow, funder } = world
    await token.connect(funder).approve(escrow.target, 7n)
    await escrow.connect(funder).depositBalance(channel.token, 7n)
    await expect(send(await sign())).to.changeTokenBalances(ethers, token, [funder, escrow], [-AMOUNT, AMOUNT])
    expect(await escrow.balanceOf(funder.address, channel.token)).to.equal(7n)
  })
}

function describeOddTokens(prepareIn: (world: World) => Promise<PreparedAuthorization>): void {
  const unusable: Authorization = { validAfter: 0, validBefore: FAR_OFF, v: 27, r: ethers.ZeroHash, s: ethers.ZeroHash }

  it('when it knows no authorizations ... it reverts', async () => {
    const { world } = await worldWithToken('SilentToken')
    const { send } = await prepareIn(world)
    await expect(send(unusable)).to.be.revertedWithoutReason(ethers)
  })

  it('when it welcomes one and moves nothing ... it reverts with WrongAmountReceived', async () => {
    const { world, token } = await worldWithToken('LyingToken')
    const { send } = await prepareIn(world)
    await expect(send(unusable))
      .to.be.revertedWithCustomError(world.escrow, 'TokenCollector_WrongAmountReceived')
      .withArgs(token.target, 0n, AMOUNT)
  })

  it('when it takes a fee ... it reverts with WrongAmountReceived', async () => {
    const { world, token } = await worldWithToken('FeeToken')
    const { sign, send } = await prepareIn(world)
    await token.setFee(1n)
    await expect(send(await sign()))
      .to.be.revertedWithCustomError(world.escrow, 'TokenCollector_WrongAmountReceived')
      .withArgs(token.target, AMOUNT - 1n, AMOUNT)
  })

  it('when it calls back ... it refuses every call that moves money, and takes the money once', async () => {
    const { world, token } = await worldWithToken('ReenteringToken')
    const { exposure, sign, send, depositNow } = await prepareIn(world)
    const names = await armMoneyMovers(world, token)
    await expectAllRefused(world, token, await send(await sign()), names)
    expect(await depositNow()).to.equal(exposure + AMOUNT)
    expect(await token.balanceOf(world.escrow.target)).to.equal(exposure + AMOUNT)
  })
}
