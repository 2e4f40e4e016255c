/**
 * LocalJpyToken
 * |-- it counts in 10^-18 yen
 * |-- mint
 * |   |-- given the caller is not the minter ... it reverts with OwnableUnauthorizedAccount
 * |   `-- given the caller is the minter ... it makes new tokens
 * |-- permit
 * |   |-- given another signer ... it reverts with ERC2612InvalidSigner
 * |   |-- given the deadline has passed ... it reverts with ERC2612ExpiredSignature
 * |   |-- given the holder's signature ... it allows the spender the amount
 * |   `-- given the permit was used ... it reverts with ERC2612InvalidSigner
 * `-- receiveWithAuthorization
 *     |-- given another signer ... it reverts with ERC3009InvalidSignature
 *     |-- given the caller is not the receiver ... it reverts with ERC20InvalidReceiver
 *     |-- given the authorization is over ... it reverts with ERC3009InvalidAuthorizationTime
 *     |-- given the holder's signature ... it moves the amount to the receiver
 *     `-- given the authorization was used ... it reverts with ERC3009UsedAuthorization
 */
import { expect } from 'chai'
import { anyValue } from '@nomicfoundation/hardhat-ethers-chai-matchers/withArgs'
import { MaxUint256, Signature, id } from 'ethers'
import { secp256k1Device } from '../helpers/devices.ts'
import { PERMIT, RECEIVE_WITH_AUTHORIZATION } from '../helpers/signedDeposits.ts'
import { DAY, YEN, deployWorld, domainOf, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const holder = secp256k1Device('holder').wallet
const stranger = secp256k1Device('stranger').wallet
const NONCE = id('an authorization')

describe('LocalJpyToken', () => {
  it('it counts in 10^-18 yen', async () => {
    const { token } = await networkHelpers.loadFixture(deployWorld)
    expect([await token.name(), await token.symbol(), await token.decimals()]).to.deep.equal(['Local Yen', 'JPYL', 18n])
  })

  describe('mint', () => {
    it('given the caller is not the minter ... it reverts with OwnableUnauthorizedAccount', async () => {
      const { token, funder } = await networkHelpers.loadFixture(deployWorld)
      await expect(token.connect(funder).mint(funder.address, 1n))
        .to.be.revertedWithCustomError(token, 'OwnableUnauthorizedAccount')
        .withArgs(funder.address)
    })

    it('given the caller is the minter ... it makes new tokens', async () => {
      const { token } = await networkHelpers.loadFixture(deployWorld)
      const before = BigInt(await token.totalSupply())
      await token.mint(holder.address, 5n * YEN)
      expect(await token.balanceOf(holder.address)).to.equal(5n * YEN)
      expect(await token.totalSupply()).to.equal(before + 5n * YEN)
    })
  })

  describe('permit', () => {
    it('given another signer ... it reverts with ERC2612InvalidSigner', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      await expect(permit(world, { signer: stranger }))
        .to.be.revertedWithCustomError(world.token, 'ERC2612InvalidSigner')
        .withArgs(stranger.address, holder.address)
    })

    it('given the deadline has passed ... it reverts with ERC2612ExpiredSignature', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      await expect(permit(world, { deadline: 1n }))
        .to.be.revertedWithCustomError(world.token, 'ERC2612ExpiredSignature')
        .withArgs(1n)
    })

    it("given the holder's signature ... it allows the spender the amount", async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      await permit(world)
      expect(await world.token.allowance(holder.address, world.escrow.target)).to.equal(3n * YEN)
    })

    it('given the permit was used ... it reverts with ERC2612InvalidSigner', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { to, data } = await permit(world)
      await expect(world.relayer.sendTransaction({ to, data }))
        .to.be.revertedWithCustomError(world.token, 'ERC2612InvalidSigner')
        .withArgs(anyValue, holder.address)
    })
  })

  describe('receiveWithAuthorization', () => {
    it('given another signer ... it reverts with ERC3009InvalidSignature', async () => {
      const world = await richHolder()
      await expect(receive(world, { signer: stranger }))
        .to.be.revertedWithCustomError(world.token, 'ERC3009InvalidSignature')
        .withArgs()
    })

    it('given the caller is not the receiver ... it reverts with ERC20InvalidReceiver', async () => {
      const world = await richHolder()
      await expect(receive(world, { caller: world.stranger }))
        .to.be.revertedWithCustomError(world.token, 'ERC20InvalidReceiver')
        .withArgs(world.relayer.address)
    })

    it('given the authorization is over ... it reverts with ERC3009InvalidAuthorizationTime', async () => {
      const world = await richHolder()
      const validBefore = BigInt(await networkHelpers.time.latest()) + BigInt(DAY)
      await networkHelpers.time.setNextBlockTimestamp(validBefore)
      await expect(receive(world, { validBefore }))
        .to.be.revertedWithCustomError(world.token, 'ERC3009InvalidAuthorizationTime')
        .withArgs(0, validBefore)
    })

    it("given the holder's signature ... it moves the amount to the receiver", async () => {
      const world = await richHolder()
      await receive(world)
      expect(await world.token.balanceOf(world.relayer.address)).to.equal(3n * YEN)
      expect(await world.token.balanceOf(holder.address)).to.equal(2n * YEN)
    })

    it('given the authorization was used ... it reverts with ERC3009UsedAuthorization', async () => {
      const world = await richHolder()
      await receive(world)
      await expect(receive(world))
        .to.be.revertedWithCustomError(world.token, 'ERC3009UsedAuthorization')
        .withArgs(holder.address, NONCE)
    })
  })
})

async function richHolder(): Promise<World> {
  const world = await networkHelpers.loadFixture(deployWorld)
  await world.token.mint(holder.address, 5n * YEN)
  return world
}

/** 3 yen for the escrow. */
async function permit(world: World, { signer = holder, deadline = MaxUint256 } = {}) {
  const value = { owner: holder.address, spender: world.escrow.target, value: 3n * YEN, nonce: 0n, deadline }
  const { v, r, s } = Signature.from(await signer.signTypedData(await domainOf(world.token), PERMIT, value))
  return world.token.permit(value.owner, value.spender, value.value, deadline, v, r, s)
}

/** 3 yen for the relayer, who calls unless told. */
async function receive(world: World, { signer = holder, validBefore = MaxUint256, caller = world.relayer } = {}) {
  const message = {
    from: holder.address,
    to: world.relayer.address,
    value: 3n * YEN,
    validAfter: 0n,
    validBefore,
    nonce: NONCE,
  }
  const domain = await domainOf(world.token)
  const { v, r, s } = Signature.from(await signer.signTypedData(domain, RECEIVE_WITH_AUTHORIZATION, message))
  const { from, to, value, validAfter } = message
  return world.token.connect(caller).receiveWithAuthorization(from, to, value, validAfter, validBefore, NONCE, v, r, s)
}
