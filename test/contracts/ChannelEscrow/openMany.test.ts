/**
 * openMany
 * |-- given no rows ... it does nothing
 * |-- given a row twice ... it opens it once, and skips the second
 * |-- given a balance that runs out in the middle ... it skips what is too dear, and opens what is not
 * |-- given rows of one payer that pass its ceiling together ... it opens those below it
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given a row cut off ... it reverts
 * `-- given good rows
 *     |-- it opens each of them, and emits ChannelOpened for each in their order
 *     |-- it takes the sum out of the balance, and moves no token
 *     |-- it raises the exposure of each payer by its own
 *     |-- when they have P-256 keys ... it opens them
 *     `-- when they have other tokens ... it takes each out of its own balance
 */
import { expect } from 'chai'
import { dataLength, dataSlice, id } from 'ethers'
import { ChannelStatus, DepositSource } from '../../../sdk/src/generated/constants.ts'
import { bind } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { escrowEventsOf } from '../helpers/events.ts'
import { BALANCE, CEILING, exposuresOf, prepareFleet, stateOfRow, withTerms } from '../helpers/openings.ts'
import type { Opening } from '../helpers/openings.ts'
import { addToken } from '../helpers/tokens.ts'
import { ethers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const OPENED = BigInt(ChannelStatus.OPEN)

describe('openMany', () => {
  it('given no rows ... it does nothing', async () => {
    const { world, escrow, balance } = await prepareFleet()
    expect(await escrowEventsOf(world, escrow.openMany([]))).to.deep.equal([])
    expect(await balance()).to.equal(BALANCE)
  })

  describe('given rows that are good alone', () => describeTogether())
  describe('given call data that is not as it should be', () => describeCallData())
  describe('given good rows', () => describeGoodRows())
})

function describeTogether(): void {
  it('when a row is there twice ... it opens it once, and skips the second', async () => {
    const fleet = await prepareFleet()
    const { world, escrow, row, balance } = fleet
    const channelId = await channelIdOf(world, row.channel)
    const events = await escrowEventsOf(world, escrow.openMany([row, { ...row, amount: 11n }]))
    const reason = escrow.interface.encodeErrorResult('ChannelEscrow_AlreadyOpened', [channelId, OPENED])
    expect(events.map(([name]) => name)).to.deep.equal(['ChannelOpened', 'OpeningSkipped'])
    expect(events[1]).to.deep.equal(['OpeningSkipped', channelId, reason])
    expect(await stateOfRow(fleet, row)).to.deep.equal([0n, 10n, 0n, OPENED])
    expect(await exposuresOf(fleet, [row])).to.deep.equal([10n])
    expect(await balance()).to.equal(BALANCE - 10n)
  })

  it('when the balance runs out in the middle ... it skips what is too dear, and opens what is not', async () => {
    const fleet = await prepareFleet()
    const { world, escrow, channel, row, carRow, balance } = fleet
    await escrow.withdrawBalance(channel.token, BALANCE - 30n)
    const dear = await carRow(secp256k1Device('second car'), 21n)
    const cheap = await carRow(world.p256Car, 20n)
    const events = await escrowEventsOf(world, escrow.openMany([row, dear, cheap]))
    const reason = escrow.interface.encodeErrorResult('ChannelEscrow_BalanceTooLow', [world.funder.address, 21n, 20n])
    expect(events[1]).to.deep.equal(['OpeningSkipped', await channelIdOf(world, dear.channel), reason])
    expect(await stateOfRow(fleet, cheap)).to.deep.equal([0n, 20n, 0n, OPENED])
    expect(await exposuresOf(fleet, [row, dear, cheap])).to.deep.equal([10n, 0n, 20n])
    expect(await balance()).to.equal(0n)
  })

  it('when rows of one payer pass its ceiling together ... it opens those below it', async () => {
    const fleet = await prepareFleet()
    const { world, escrow, row, payer } = fleet
    const most = { ...row, amount: CEILING - 5n }
    const [above, below] = [
      { ...withTerms(row, { salt: id('above') }), amount: 6n },
      { ...withTerms(row, { salt: id('below') }), amount: 5n },
    ]
    const events = await escrowEventsOf(world, escrow.openMany([most, above, below]))
    const given = [payer.bindingId, CEILING + 1n, CEILING]
    const reason = world.registry.interface.encodeErrorResult('IdentityRegistry_CeilingExceeded', given)
    expect(events[1]).to.deep.equal(['OpeningSkipped', await channelIdOf(world, above.channel), reason])
    expect(await stateOfRow(fleet, below)).to.deep.equal([0n, 5n, 0n, OPENED])
    expect(await exposuresOf(fleet, [row])).to.deep.equal([CEILING])
  })
}

function describeCallData(): void {
  it('when a narrow field has dirty high bits ... it reverts', async () => {
    const { world, escrow, row } = await prepareFleet()
    const data = escrow.interface.encodeFunctionData('openMany', [[row]])
    // Two words of the array; then those of {openRowOf}.
    const words = [1, 2, 4, 7, 11, 12, 13, 14, 15, 16, 17, 18, 19, 24].map((word) => word + 2)
    await expectDirtyWordsRefused(escrow, world.funder, data, words)
  })

  it('when a row is cut off ... it reverts', async () => {
    const { world, escrow, row } = await prepareFleet()
    const data = escrow.interface.encodeFunctionData('openMany', [[row, row]])
    const cut = dataSlice(data, 0, dataLength(data) - 32)
    await expect(world.funder.sendTransaction({ to: escrow.target, data: cut })).to.be.revertedWithoutReason(ethers)
  })
}

function describeGoodRows(): void {
  const prepareThree = async () => {
    const fleet = await prepareFleet()
    const { row, carRow } = fleet
    const more = [await carRow(secp256k1Device('second car'), 20n), await carRow(secp256k1Device('third car'), 30n)]
    return { ...fleet, rows: [row, ...more] }
  }

  it('it opens each of them, and emits ChannelOpened for each in their order', async () => {
    const fleet = await prepareThree()
    const { world, escrow, rows } = fleet
    const events = await escrowEventsOf(world, escrow.openMany(rows))
    const expected = await Promise.all(rows.map((row) => openedEventOf(world, row)))
    expect(events).to.deep.equal(expected)
    for (const row of rows) expect(await stateOfRow(fleet, row)).to.deep.equal([0n, row.amount, 0n, OPENED])
  })

  it('it takes the sum out of the balance, and moves no token', async () => {
    const { world, escrow, rows, balance } = await prepareThree()
    const accounts = [world.funder, escrow]
    await expect(escrow.openMany(rows)).to.changeTokenBalances(ethers, world.token, accounts, [0n, 0n])
    expect(await balance()).to.equal(BALANCE - 60n)
  })

  it('it raises the exposure of each payer by its own', async () => {
    const fleet = await prepareThree()
    await fleet.escrow.openMany(fleet.rows)
    expect(await exposuresOf(fleet, fleet.rows)).to.deep.equal([10n, 20n, 30n])
  })

  it('when they have P-256 keys ... it opens them', async () => {
    const fleet = await prepareFleet()
    const { world, escrow, carRow } = fleet
    const row = await carRow(world.p256Car, 40n)
    const { bindingId } = await bind(world, world.p256Charger, world.operator)
    const both = withTerms(row, { payee: world.p256Charger.id, payeeBinding: bindingId })
    await escrow.openMany([row, both])
    expect(await stateOfRow(fleet, row)).to.deep.equal([0n, 40n, 0n, OPENED])
    expect(await stateOfRow(fleet, both)).to.deep.equal([0n, 40n, 0n, OPENED])
  })

  it('when they have other tokens ... it takes each out of its own balance', async () => {
    const fleet = await prepareFleet()
    const { world, escrow, row, carRow, balance } = fleet
    const other = await addToken(world, 'FreeToken')
    await escrow.depositBalance(other.target, 100n)
    const foreign = await carRow(secp256k1Device('second car'), 20n, { token: String(other.target) })
    await escrow.openMany([row, foreign])
    expect(await stateOfRow(fleet, foreign)).to.deep.equal([0n, 20n, 0n, OPENED])
    expect(await escrow.balanceOf(world.funder.address, other.target)).to.equal(80n)
    expect(await balance()).to.equal(BALANCE - 10n)
  })
}

async function openedEventOf(world: World, { channel, amount }: Opening): Promise<unknown[]> {
  const { payer, beneficiary, token, terms } = channel
  const values = Object.values({ ...terms, closeDelaySeconds: BigInt(terms.closeDelaySeconds) })
  const fields = [payer, beneficiary, token, values]
  return ['ChannelOpened', await channelIdOf(world, channel), fields, amount, BigInt(DepositSource.BALANCE)]
}
