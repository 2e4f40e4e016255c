/**
 * constructor
 * |-- given a close delay floor of zero ... it reverts with BadCloseDelayFloor
 * |-- given a close delay floor above 30 days ... it reverts with BadCloseDelayFloor
 * |-- given a registry without code ... it reverts with NoCode
 * |-- given a registry whose P-256 verifier has no code ... it reverts with NoCode
 * |-- given a close delay floor of 1 second ... it deploys
 * |-- given a close delay floor of 30 days ... it deploys
 * `-- given a registry and a floor
 *     |-- it remembers the registry
 *     |-- it tells the bounds of close delays
 *     |-- it takes the verifier that the registry names
 *     |-- it has the domain that clients know
 *     `-- it has nothing that an owner or an upgrade could use
 */
import { expect } from 'chai'
import { ZeroAddress, ZeroHash, zeroPadValue } from 'ethers'
import { escrowDomain } from '../../../sdk/src/generated/constants.ts'
import { settleRow, totals } from '../helpers/channels.ts'
import { putChannel } from '../helpers/storage.ts'
import {
  CLOSE_DELAY_FLOOR,
  CLOSE_DELAY_MAX,
  deploy,
  deployWorld,
  domainOf,
  ethers,
  networkHelpers,
} from '../helpers/world.ts'

describe('constructor', () => {
  for (const [title, floor] of [
    ['given a close delay floor of zero', 0],
    ['given a close delay floor above 30 days', CLOSE_DELAY_MAX + 1],
  ] as const) {
    it(`${title} ... it reverts with BadCloseDelayFloor`, async () => {
      const { registry, escrow } = await networkHelpers.loadFixture(deployWorld)
      await expect(deploy('ChannelEscrow', [registry.target, floor]))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_BadCloseDelayFloor')
        .withArgs(floor, CLOSE_DELAY_MAX)
    })
  }

  it('given a registry without code ... it reverts with NoCode', async () => {
    const { escrow, stranger } = await networkHelpers.loadFixture(deployWorld)
    for (const registry of [ZeroAddress, stranger.address]) {
      await expect(deploy('ChannelEscrow', [registry, CLOSE_DELAY_FLOOR]))
        .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NoCode')
        .withArgs(registry)
    }
  })

  it('given a registry whose P-256 verifier has no code ... it reverts with NoCode', async () => {
    const { escrow, stranger } = await networkHelpers.loadFixture(deployWorld)
    // Our own registry refuses such a verifier; this one answers every question with the stranger's address.
    const registry = await deploy('JunkAccount', [zeroPadValue(stranger.address, 32), 32])
    await expect(deploy('ChannelEscrow', [registry.target, CLOSE_DELAY_FLOOR]))
      .to.be.revertedWithCustomError(escrow, 'ChannelEscrow_NoCode')
      .withArgs(stranger.address)
  })

  for (const [title, floor] of [
    ['given a close delay floor of 1 second', 1],
    ['given a close delay floor of 30 days', CLOSE_DELAY_MAX],
  ] as const) {
    it(`${title} ... it deploys`, async () => {
      const { registry } = await networkHelpers.loadFixture(deployWorld)
      const escrow = await deploy('ChannelEscrow', [registry.target, floor])
      expect(await escrow.closeDelayBounds()).to.deep.equal([BigInt(floor), BigInt(CLOSE_DELAY_MAX)])
    })
  }

  describe('given a registry and a floor', () => {
    it('it remembers the registry', async () => {
      const { escrow, registry } = await networkHelpers.loadFixture(deployWorld)
      expect(await escrow.identityRegistry()).to.equal(registry.target)
    })

    it('it tells the bounds of close delays', async () => {
      const { escrow } = await networkHelpers.loadFixture(deployWorld)
      expect(await escrow.closeDelayBounds()).to.deep.equal([BigInt(CLOSE_DELAY_FLOOR), BigInt(CLOSE_DELAY_MAX)])
    })

    it('it takes the verifier that the registry names', async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { channel, payer } = await putChannel(world, { payer: world.p256Car })
      const row = await settleRow(world, channel, payer, totals(5n))
      await expect(
        world.escrow.settle([{ beneficiary: channel.beneficiary, token: channel.token, rows: [row] }]),
      ).to.emit(world.escrow, 'VoucherSettled')
    })

    it('it has the domain that clients know', async () => {
      const { escrow } = await networkHelpers.loadFixture(deployWorld)
      const { chainId } = await ethers.provider.getNetwork()
      const domain = { ...escrowDomain, chainId, verifyingContract: escrow.target }
      expect(await domainOf(escrow)).to.deep.equal(domain)
      const [fields, , , , , salt, extensions] = await escrow.eip712Domain()
      expect([fields, salt, [...extensions]]).to.deep.equal(['0x0f', ZeroHash, []])
    })

    it('it has nothing that an owner or an upgrade could use', async () => {
      const { escrow } = await networkHelpers.loadFixture(deployWorld)
      const writing = escrow.interface.fragments
        .filter((fragment) => fragment.type === 'function')
        .map((fragment) => ethers.FunctionFragment.from(fragment))
        .filter(({ stateMutability }) => !['view', 'pure'].includes(stateMutability))
      const names = writing.map(({ name }) => name).sort()
      expect(names).to.deep.equal([...LIFE_CYCLE].sort())
      expect(writing.every(({ payable }) => !payable)).to.equal(true)
    })
  })
})

/** All that can change anything. A new entry here is a new way to the money: test it before it is added. */
const LIFE_CYCLE = [
  'depositBalance',
  'withdrawBalance',
  'open',
  'openFromBalance',
  'openMany',
  'openRowOf',
  'openWithOrder',
  'openWithPermit',
  'openWithAuthorization',
  'topUp',
  'topUpFromBalance',
  'topUpWithOrder',
  'topUpWithPermit',
  'topUpWithAuthorization',
  'settle',
  'settleStream',
  'settleHashlock',
  'close',
  'requestClose',
  'requestCloseByPayer',
  'requestCloseByFunder',
  'requestCloseByParty',
  'requestCloseOfEndedBinding',
  'finalizeClose',
  'withdraw',
]
