/**
 * an address that carries EIP-7702 code, set by a transaction of its own
 * |-- given the code says yes to everything
 * |   |-- when it is a device's, and nobody with its key signs ... bind reverts with BadSignature
 * |   |-- when it is a device's, and its key signs ... it starts
 * |   |-- when it is a party's, and its key signs ... it releases, sells and vetoes as before
 * |   |-- when it is a party's, and nobody signs ... it releases, for the party has said so by its code
 * |   |-- when it is a party's, and another party's record is named ... release reverts with WrongSigner
 * |   `-- when it is an attester's, and nobody signs ... it revokes, for the attester has said so by its code
 * |-- given the code says no to everything
 * |   `-- when its key signs ... party and attester keep their say
 * `-- given the code was taken back ... release without the key reverts with BadSignature
 */
import { expect } from 'chai'
import { Wallet, ZeroAddress, concat, id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, revokeMessage, soon } from '../helpers/bindings.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { release } from '../helpers/standing.ts'
import { announceRebind, rebind, vetoRebind } from '../helpers/succession.ts'
import { ZERO_HASH, deploy, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const NOBODY = '0x1234'
/** What an account answers that accepts a signature, in one word. */
const MAGIC_OF_ACCOUNTS = '0x1626ba7e'.padEnd(66, '0')

describe('an address that carries EIP-7702 code, set by a transaction of its own', () => {
  describe('given the code says yes to everything', () => {
    it("when it is a device's, and nobody with its key signs ... bind reverts with BadSignature", async () => {
      const { world } = await delegatedWorld('yes')
      const sign = () => NOBODY
      const sent = bind(world, { ...world.car, sign }, world.operator)
      await expectReverts(world, sent, 'BadSignature', [world.car.signer.toLowerCase()])
    })

    it("when it is a device's, and its key signs ... it starts", async () => {
      const { world } = await delegatedWorld('yes')
      const { binding } = await bind(world, world.car, world.operator)
      expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
    })

    it("when it is a party's, and its key signs ... it releases, sells and vetoes as before", async () => {
      const { world } = await delegatedWorld('yes')
      await expectKeepsItsSay(world)
    })

    it("when it is a party's, and nobody signs ... it releases, for the party has said so by its code", async () => {
      const { world } = await delegatedWorld('yes')
      const bound = await bind(world, world.charger, world.party)
      await release(world, bound, { sequence: 0 }, { ...world.party, sign: () => NOBODY })
      expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.RELEASED)
    })

    it("when it is a party's, and another party's record is named ... release reverts with WrongSigner", async () => {
      const { world } = await delegatedWorld('yes')
      const bound = await bind(world, world.charger, world.operator)
      const sent = release(world, bound, { sequence: 0 }, { ...world.party, sign: () => NOBODY })
      await expectReverts(world, sent, 'WrongSigner', [world.party.id, world.operator.id])
    })

    it("when it is an attester's, and nobody signs ... it revokes, for the attester has said so by its code", async () => {
      const { world } = await delegatedWorld('yes')
      const { binding, bindingId } = await bind(world, world.charger, world.operator)
      const message = await revokeMessage(world, { bindingId, sequence: 0, deadline: await soon() })
      await world.registry.revoke(message.value, NOBODY)
      expect(await world.registry.check(binding)).to.equal(BindingStatus.REVOKED)
    })
  })

  describe('given the code says no to everything', () => {
    it('when its key signs ... party and attester keep their say', async () => {
      const { world } = await delegatedWorld('no')
      await expectKeepsItsSay(world)
    })
  })

  it('given the code was taken back ... release without the key reverts with BadSignature', async () => {
    const { world } = await delegatedWorld('yes')
    const bound = await bind(world, world.charger, world.party)
    await delegate(world.party.wallet, ZeroAddress)
    expect(await ethers.provider.getCode(world.party.signer)).to.equal('0x')
    const sent = release(world, bound, { sequence: 0 }, { ...world.party, sign: () => NOBODY })
    await expectReverts(world, sent, 'BadSignature', [world.party.signer.toLowerCase()])
  })
})

/** The car, the party and the attester have all delegated to one contract, which answers every ERC-1271 question alike. */
async function delegatedWorld(answer: 'yes' | 'no') {
  const world = await networkHelpers.loadFixture(deployWorld)
  const { target } = await deploy('JunkAccount', [answer === 'yes' ? MAGIC_OF_ACCOUNTS : ZERO_HASH, 32])
  for (const { wallet } of [world.car, world.party, world.attesterDevice]) {
    await delegate(wallet, String(target))
    expect(await ethers.provider.getCode(wallet.address)).to.equal(concat(['0xef0100', String(target)]).toLowerCase())
  }
  return { world }
}

/** A type-4 transaction: the account's key signs where its code is, and anybody sends it. */
async function delegate(account: Wallet, address: string) {
  const nonce = await ethers.provider.getTransactionCount(account.address)
  const { chainId } = await ethers.provider.getNetwork()
  const authorization = account.authorizeSync({ address, nonce, chainId })
  const sender = new Wallet(id('whoever sends it'), ethers.provider)
  await networkHelpers.setBalance(sender.address, 10n ** 18n)
  const sent = await sender.sendTransaction({ type: 4, to: sender.address, authorizationList: [authorization] })
  await sent.wait()
}

async function expectKeepsItsSay(world: World) {
  const { car, p256Car, party, registry } = world
  const released = await bind(world, world.charger, party)
  await release(world, released, { sequence: 0 })
  const sold = await bind(world, car, party)
  await rebind(world, sold)
  const vetoed = await bind(world, p256Car, party)
  await announceRebind(world, vetoed, { sequence: 0 })
  await expect(vetoRebind(world, vetoed, { sequence: 1 })).to.emit(registry, 'RebindVetoed')
  expect(await registry.check(released.binding)).to.equal(BindingStatus.RELEASED)
  expect(await registry.check(sold.binding)).to.equal(BindingStatus.REBOUND)
}
