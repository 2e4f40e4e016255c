/**
 * Cases that every entry point with an ERC-2612 permit must pass. The funder has no allowance unless a case says so.
 *
 * given a permit that cannot be used: of another amount, of another signer, to another spender, expired, of a nonce to come
 * |-- when there is no allowance ... it reverts with the token's error, and nothing changes
 * `-- when there is an allowance ... it takes the money
 * given a permit that somebody used before ... it takes the money
 * given a permit whose deadline is this second ... it takes the money
 * given a larger allowance ... the permit replaces it, and nothing is left
 * given a token that ...
 * |-- has no permit, with an allowance ... it takes the money
 * |-- has no permit, without an allowance ... it reverts
 * |-- welcomes a permit and allows nothing ... it reverts with the token's error
 * |-- returns false ... it reverts with SafeERC20FailedOperation
 * |-- takes a fee ... it reverts with WrongAmountReceived
 * `-- calls back in its permit ... it refuses every call that moves money, and takes the money once
 * given a good permit ... it takes the tokens, leaves no allowance, and touches no balance
 */
import { expect } from 'chai'
import { channelIdOf } from './channels.ts'
import { bindBothEnds } from './depositScenes.ts'
import type { ArgumentsOf, Scene } from './depositScenes.ts'
import { secp256k1Device } from './devices.ts'
import { armMoneyMovers, expectAllRefused } from './reentrancy.ts'
import { signPermit } from './signedDeposits.ts'
import { worldWithToken } from './tokens.ts'
import { FAR_OFF, deployWorld, ethers, networkHelpers } from './world.ts'
import type { World } from './world.ts'

const { time } = networkHelpers
const AMOUNT = 100n

type PermitName = 'openWithPermit' | 'topUpWithPermit'
type Ends = Awaited<ReturnType<typeof bindBothEnds>>
type Permit = Awaited<ReturnType<typeof signPermit>>

/** What an entry point's file says: how a channel between these ends becomes ready for a permit. */
type Ready = (ends: Ends) => Promise<Scene> | Scene

export function withPermit({ world }: Ends): ArgumentsOf {
  return async ({ channel, binding, amount }) => [channel, binding, await signPermit(world, amount), amount]
}

export function describePermits(name: PermitName, ready: Ready): void {
  const prepareIn = async (world: World) => {
    const scene = await ready(await bindBothEnds(world))
    await world.token.connect(world.funder).approve(world.escrow.target, 0n)
    const send = (permit: Permit) =>
      world.escrow.connect(world.funder)[name](scene.channel, scene.payer.binding, permit, AMOUNT)
    const depositNow = async () => {
      const { deposit } = await world.escrow.channelOf(await channelIdOf(world, scene.channel))
      return deposit as bigint
    }
    return { ...scene, send, depositNow, allowance: () => allowanceOf(world) }
  }
  const prepare = async () => prepareIn(await networkHelpers.loadFixture(deployWorld))
  for (const [title, sign] of UNUSABLE) {
    describe(`given a permit ${title}`, () => describeUnusable(prepare, sign))
  }
  describe('given a permit at the limit of what can be used', () => describeLimits(prepare))
  describe('given a token that permits as it likes', () => describeOddTokens(prepareIn))
}

type PreparedPermit = Omit<Scene, 'send'> & {
  readonly send: (permit: Permit) => ReturnType<Scene['send']>
  readonly depositNow: () => Promise<bigint>
  readonly allowance: () => Promise<bigint>
}
type Prepare = () => Promise<PreparedPermit>
type Sign = (world: World) => Promise<Permit>

async function allowanceOf({ token, funder, escrow }: World): Promise<bigint> {
  return (await token.allowance(funder.address, escrow.target)) as bigint
}

const UNUSABLE: readonly [string, Sign][] = [
  ['of a smaller amount', (world) => signPermit(world, AMOUNT - 1n)],
  ['of a larger amount', (world) => signPermit(world, AMOUNT + 1n)],
  ['of another signer', (world) => signPermit(world, AMOUNT, secp256k1Device('car').wallet)],
  ['to another spender', (world) => signPermit({ ...world, escrow: world.registry as never }, AMOUNT)],
  ['that has expired', async (world) => signPermit(world, AMOUNT, world.funder, await time.latest())],
  ['of zeros', () => Promise.resolve({ deadline: FAR_OFF, v: 27, r: ethers.ZeroHash, s: ethers.ZeroHash })],
]

function describeUnusable(prepare: Prepare, sign: Sign): void {
  it("when there is no allowance ... it reverts with the token's error, and nothing changes", async () => {
    const { world, payer, exposure, send, depositNow } = await prepare()
    await expect(send(await sign(world)))
      .to.be.revertedWithCustomError(world.token, 'ERC20InsufficientAllowance')
      .withArgs(world.escrow.target, 0n, AMOUNT)
    expect(await depositNow()).to.equal(exposure)
    expect(await world.registry.exposureOf(payer.binding)).to.equal(exposure)
  })

  it('when there is an allowance ... it takes the money', async () => {
    const { world, event, exposure, send, depositNow, allowance } = await prepare()
    await world.token.connect(world.funder).approve(world.escrow.target, AMOUNT + 7n)
    await expect(send(await sign(world))).to.emit(world.escrow, event)
    expect(await depositNow()).to.equal(exposure + AMOUNT)
    expect(await allowance()).to.equal(7n)
  })
}

function describeLimits(prepare: Prepare): void {
  it('when somebody used it before ... it takes the money', async () => {
    const { world, event, send, allowance } = await prepare()
    const permit = await signPermit(world, AMOUNT)
    const { deadline, v, r, s } = permit
    const { token, escrow, funder, stranger } = world
    await token.connect(stranger).permit(funder.address, escrow.target, AMOUNT, deadline, v, r, s)
    await expect(send(permit)).to.emit(escrow, event)
    expect(await allowance()).to.equal(0n)
  })

  it('when its deadline is this second ... it takes the money', async () => {
    const { world, event, send } = await prepare()
    const now = (await time.latest()) + 10
    const permit = await signPermit(world, AMOUNT, world.funder, now)
    await time.setNextBlockTimestamp(now)
    await expect(send(permit)).to.emit(world.escrow, event)
  })

  it('when there is a larger allowance ... the permit replaces it, and nothing is left', async () => {
    const { world, send, allowance } = await prepare()
    await world.token.connect(world.funder).approve(world.escrow.target, 1_000n * AMOUNT)
    await send(await signPermit(world, AMOUNT))
    expect(await allowance()).to.equal(0n)
  })

  it('it takes the tokens, leaves no allowance, and touches no balance', async () => {
    const { world, channel, send, allowance } = await prepare()
    const { token, escrow, funder } = world
    await token.connect(funder).approve(escrow.target, 7n)
    await escrow.connect(funder).depositBalance(channel.token, 7n)
    const permit = await signPermit(world, AMOUNT)
    await expect(send(permit)).to.changeTokenBalances(ethers, token, [funder, escrow], [-AMOUNT, AMOUNT])
    expect(await allowance()).to.equal(0n)
    expect(await escrow.balanceOf(funder.address, channel.token)).to.equal(7n)
  })
}

function describeOddTokens(prepareIn: (world: World) => Promise<PreparedPermit>): void {
  const unusable: Permit = { deadline: FAR_OFF, v: 27, r: ethers.ZeroHash, s: ethers.ZeroHash }

  it('when it has none, and there is an allowance ... it takes the money', async () => {
    const { world } = await worldWithToken('SilentToken')
    const { event, exposure, send, depositNow } = await prepareIn(world)
    await world.token.connect(world.funder).approve(world.escrow.target, AMOUNT)
    await expect(send(unusable)).to.emit(world.escrow, event)
    expect(await depositNow()).to.equal(exposure + AMOUNT)
  })

  it('when it has none, and there is no allowance ... it reverts', async () => {
    const { world } = await worldWithToken('SilentToken')
    const { send } = await prepareIn(world)
    await expect(send(unusable)).to.be.revertedWithPanic(ARITHMETIC)
  })

  it("when it welcomes a permit and allows nothing ... it reverts with the token's error", async () => {
    const { world, token } = await worldWithToken('LyingToken')
    const { send } = await prepareIn(world)
    await expect(send(unusable))
      .to.be.revertedWithCustomError(token, 'ERC20InsufficientAllowance')
      .withArgs(world.escrow.target, 0n, AMOUNT)
  })

  it('when it returns false ... it reverts with SafeERC20FailedOperation', async () => {
    const { world, token } = await worldWithToken('FalseToken')
    const { send } = await prepareIn(world)
    await token.refuse()
    await expect(send(await signPermit(world, AMOUNT)))
      .to.be.revertedWithCustomError(world.escrow, 'SafeERC20FailedOperation')
      .withArgs(token.target)
  })

  it('when it takes a fee ... it reverts with WrongAmountReceived', async () => {
    const { world, token } = await worldWithToken('FeeToken')
    const { send } = await prepareIn(world)
    await token.setFee(1n)
    await expect(send(await signPermit(world, AMOUNT)))
      .to.be.revertedWithCustomError(world.escrow, 'TokenCollector_WrongAmountReceived')
      .withArgs(token.target, AMOUNT - 1n, AMOUNT)
  })

  it('when it calls back ... it refuses every call that moves money, and takes the money once', async () => {
    const { world, token } = await worldWithToken('ReenteringToken')
    const { exposure, send, depositNow } = await prepareIn(world)
    const names = await armMoneyMovers(world, token)
    await expectAllRefused(world, token, await send(await signPermit(world, AMOUNT)), names)
    expect(await depositNow()).to.equal(exposure + AMOUNT)
    expect(await token.balanceOf(world.escrow.target)).to.equal(exposure + AMOUNT)
  })
}

/** Solidity's panic for a sum or a difference that does not fit. */
const ARITHMETIC = 0x11
