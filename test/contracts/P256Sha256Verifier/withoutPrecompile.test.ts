/**
 * registry and escrow, given a chain without the precompile
 * |-- when a P-256 device is bound ... it starts
 * |-- when another P-256 key signs for the device ... it reverts with BadSignature
 * |-- when a P-256 party suspends ... it suspends
 * |-- when a P-256 payer's voucher is settled ... it pays
 * `-- when a P-256 voucher is wrong ... it skips that row alone
 */
import { expect } from 'chai'
import { network } from 'hardhat'
import { BindingStatus, SkipReason } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, signBinding, suspendMessage } from '../helpers/bindings.ts'
import { channelIdOf, makeChannel, settleRow, totals } from '../helpers/channels.ts'
import { p256Device } from '../helpers/devices.ts'
import { YEN, deployWorld } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const FAR = 2 ** 40 - 1
/** The helpers' clock is another chain's, so nothing here depends on it. */
const ALWAYS = { validFrom: 0, validUntil: FAR }

const { networkHelpers } = await network.create({ override: { hardfork: 'cancun' } })

describe('registry and escrow, given a chain without the precompile', () => {
  it('when a P-256 device is bound ... it starts', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { binding } = await bind(world, world.p256Car, world.party, ALWAYS)
    expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('when another P-256 key signs for the device ... it reverts with BadSignature', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry, p256Car, p256Charger, party } = world
    const binding = await makeBinding(world, p256Car, party, ALWAYS)
    const signatures = await signBinding(world, binding, { device: p256Charger, party })
    await expect(registry.bind(binding, signatures, p256Car.signer, party.signer))
      .to.be.revertedWithCustomError(registry, 'IdentityRegistry_BadSignature')
      .withArgs(p256Car.signer)
  })

  it('when a P-256 party suspends ... it suspends', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const party = p256Device('P-256 party', String(world.verifier.target))
    const { binding, bindingId } = await bind(world, world.p256Car, party, ALWAYS)
    const message = await suspendMessage(world, { bindingId, sequence: 0, deadline: FAR })
    await world.registry.suspendByParty(message.value, binding, party.signer, party.sign(message))
    expect(await world.registry.check(binding)).to.equal(BindingStatus.SUSPENDED)
  })

  it("when a P-256 payer's voucher is settled ... it pays", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const channel = await openP256Channel(world)
    const rows = [await settleRow(world, channel, world.p256Car, totals(3n * YEN))]
    await world.escrow.settle([{ beneficiary: channel.beneficiary, token: channel.token, rows }])
    expect((await world.escrow.channelOf(await channelIdOf(world, channel))).settled).to.equal(3n * YEN)
  })

  it('when a P-256 voucher is wrong ... it skips that row alone', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const channel = await openP256Channel(world)
    const channelId = await channelIdOf(world, channel)
    const good = await settleRow(world, channel, world.p256Car, totals(3n * YEN))
    const bad = { ...good, cumulativeAmount: 4n * YEN }
    await expect(world.escrow.settle([{ beneficiary: channel.beneficiary, token: channel.token, rows: [bad, good] }]))
      .to.emit(world.escrow, 'RowSkipped')
      .withArgs(channelId, SkipReason.WRONG_SIGNER)
    expect((await world.escrow.channelOf(channelId)).settled).to.equal(3n * YEN)
  })
})

async function openP256Channel(world: World) {
  const { p256Car: payer, p256Charger: payee, party, operator } = world
  const { binding, bindingId } = await bind(world, payer, party, ALWAYS)
  const { bindingId: payeeBindingId } = await bind(world, payee, operator, ALWAYS)
  const channel = makeChannel(world, { payer, payee, payerBindingId: bindingId, payeeBindingId })
  await world.escrow.connect(world.funder).open(channel, binding, 1_000n * YEN)
  return channel
}
