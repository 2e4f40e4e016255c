/**
 * openMany
 * |-- given no rows ... it does nothing
 * |-- given a bad row: (each of BAD_ROWS)
 * |   |-- when it is alone ... it skips it with the error that opening it alone gives
 * |   |-- when it is first of a fleet ... it skips it and opens the others
 * |   |-- when it is in the middle of a fleet ... it skips it and opens the others
 * |   `-- when it is last of a fleet ... it skips it and opens the others
 * |-- given nothing but bad rows ... it skips them all, and nothing changes
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
import { ZeroAddress, dataLength, dataSlice, id } from 'ethers'
import { ChannelStatus, DepositSource } from '../../../sdk/src/generated/constants.ts'
import { bind, renew } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { channelIdOf, makeChannel } from '../helpers/channels.ts'
import type { Channel, Terms } from '../helpers/channels.ts'
import { bindBothEnds } from '../helpers/depositScenes.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { escrowEventsOf } from '../helpers/events.ts'
import { suspendByAttester } from '../helpers/standing.ts'
import { putChannel } from '../helpers/storage.ts'
import { addToken } from '../helpers/tokens.ts'
import { CLOSE_DELAY_FLOOR, YEN, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const BALANCE = 50_000n * YEN
const CEILING = 10_000n * YEN
const OPENED = BigInt(ChannelStatus.OPEN)

type Opening = { channel: Channel; payerBinding: Binding; amount: bigint }
type Fleet = Awaited<ReturnType<typeof prepare>>

/** A funder with a balance, and one row that would open. */
async function prepare() {
  const ends = await bindBothEnds(await networkHelpers.loadFixture(deployWorld))
  const { world, channel, payer, payee } = ends
  const escrow = world.escrow.connect(world.funder)
  await escrow.depositBalance(channel.token, BALANCE)
  const row: Opening = { channel, payerBinding: payer.binding, amount: 10n }
  /** Another car of the fleet, to the same charger. */
  const carRow = async (car: Device, amount: bigint, changes: Partial<Binding> = {}): Promise<Opening> => {
    const { binding, bindingId } = await bind(world, car, world.party, changes)
    const bindings = { payerBindingId: bindingId, payeeBindingId: payee.bindingId }
    const itsChannel = makeChannel(world, { payer: car, payee: world.charger, ...bindings })
    return { channel: { ...itsChannel, token: binding.token }, payerBinding: binding, amount }
  }
  const balance = async () => (await escrow.balanceOf(world.funder.address, channel.token)) as bigint
  return { ...ends, escrow, row, carRow, balance }
}

async function stateOf({ world }: Pick<Fleet, 'world'>, { channel }: Opening): Promise<unknown[]> {
  return [...(await world.escrow.channelOf(await channelIdOf(world, channel)))]
}

type Bad = { error: string; make: (fleet: Fleet) => Opening | Promise<Opening> }

const BAD_ROWS: Readonly<Record<string, Bad>> = {
  'of another funder': {
    error: 'ChannelEscrow_NotFunder',
    make: ({ row, world }) => withTerms(row, { funder: world.stranger.address }),
  },
  'of an open channel': {
    error: 'ChannelEscrow_AlreadyOpened',
    make: async ({ row, world }) => ({ ...row, channel: (await putChannel(world)).channel }),
  },
  'of a closed channel': {
    error: 'ChannelEscrow_AlreadyOpened',
    make: async ({ row, world }) => ({
      ...row,
      channel: (await putChannel(world, { status: ChannelStatus.CLOSED })).channel,
    }),
  },
  'with a beneficiary of zero': {
    error: 'ChannelEscrow_BadBeneficiary',
    make: ({ row }) => ({ ...row, channel: { ...row.channel, beneficiary: ZeroAddress } }),
  },
  'with the escrow as beneficiary': {
    error: 'ChannelEscrow_BadBeneficiary',
    make: ({ row, escrow }) => ({ ...row, channel: { ...row.channel, beneficiary: String(escrow.target) } }),
  },
  'with too short a close delay': {
    error: 'ChannelEscrow_BadCloseDelay',
    make: ({ row }) => withTerms(row, { closeDelaySeconds: CLOSE_DELAY_FLOOR - 1 }),
  },
  'with an amount of zero': { error: 'ChannelEscrow_ZeroAmount', make: ({ row }) => ({ ...row, amount: 0n }) },
  'with the binding of another device': {
    error: 'ChannelEscrow_WrongPayer',
    make: ({ row, payee }) => ({ ...row, payerBinding: payee.binding }),
  },
  'with a binding of another funder': {
    error: 'ChannelEscrow_WrongFunder',
    make: ({ row, world }) => withBinding(row, { funder: world.stranger.address }),
  },
  'with a binding of another token': {
    error: 'ChannelEscrow_WrongToken',
    make: ({ row, world }) => withBinding(row, { token: world.stranger.address }),
  },
  'with a binding that was never recorded': {
    error: 'IdentityRegistry_WrongStatus',
    make: ({ row }) => withBinding(row, { maxPerPeriod: 2n ** 96n - 1n }),
  },
  'with a suspended binding': {
    error: 'IdentityRegistry_WrongStatus',
    make: async ({ row, world, payer }) => {
      await suspendByAttester(world, payer, { sequence: 0 })
      return row
    },
  },
  'with another binding than the terms name': {
    error: 'ChannelEscrow_WrongBinding',
    make: async ({ row, world, payer }) => {
      const { binding } = await renew(world, world.car, world.party, payer.binding)
      return { ...row, payerBinding: binding }
    },
  },
  'to a payee that was never bound': {
    error: 'IdentityRegistry_PayeeNotBound',
    make: ({ row, world }) => withTerms(row, { payee: world.p256Charger.id }),
  },
  'above the ceiling': {
    error: 'IdentityRegistry_CeilingExceeded',
    make: ({ row }) => ({ ...row, amount: CEILING + 1n }),
  },
  'above the balance': {
    error: 'ChannelEscrow_BalanceTooLow',
    make: async ({ carRow }) => carRow(secp256k1Device('dear car'), BALANCE + 1n, { maxPerPeriod: BALANCE + 1n }),
  },
}

function withTerms(row: Opening, terms: Partial<Terms>): Opening {
  return { ...row, channel: { ...row.channel, terms: { ...row.channel.terms, ...terms } } }
}

function withBinding(row: Opening, changes: Partial<Binding>): Opening {
  return { ...row, payerBinding: { ...row.payerBinding, ...changes } }
}

/** What the funder gets back when it opens the row alone, and the name of the error in it. */
async function refusalOf({ world, escrow }: Fleet, { channel, payerBinding, amount }: Opening) {
  const data = escrow.interface.encodeFunctionData('openFromBalance', [channel, payerBinding, amount])
  const call = { from: world.funder.address, to: String(escrow.target), data }
  const reason = await ethers.provider.call(call).then(
    () => '0x',
    (error: { data: string }) => error.data,
  )
  const error = escrow.interface.parseError(reason) ?? world.registry.interface.parseError(reason)
  return { reason, name: error?.name }
}

/** Who is bound, and how much each has spent. */
async function exposuresOf({ world }: Pick<Fleet, 'world'>, rows: readonly Opening[]): Promise<bigint[]> {
  return Promise.all(rows.map(async ({ payerBinding }) => (await world.registry.exposureOf(payerBinding)) as bigint))
}

describe('openMany', () => {
  it('given no rows ... it does nothing', async () => {
    const { world, escrow, balance } = await prepare()
    expect(await escrowEventsOf(world, escrow.openMany([]))).to.deep.equal([])
    expect(await balance()).to.equal(BALANCE)
  })

  for (const [kind, bad] of Object.entries(BAD_ROWS)) {
    describe(`given a bad row ${kind}`, () => describeBadRow(bad))
  }

  it('given nothing but bad rows ... it skips them all, and nothing changes', async () => {
    const fleet = await prepare()
    const { world, escrow, balance } = fleet
    const rows: Opening[] = []
    for (const { make } of Object.values(BAD_ROWS)) rows.push(await make(fleet))
    const skipped = []
    for (const row of rows) skipped.push(await skippedEventOf(fleet, row))
    expect(await escrowEventsOf(world, escrow.openMany(rows))).to.deep.equal(skipped)
    expect(await balance()).to.equal(BALANCE)
    expect(await exposuresOf(fleet, rows)).to.deep.equal(rows.map(() => 0n))
  })

  describe('given rows that are good alone', () => describeTogether())
  describe('given call data that is not as it should be', () => describeCallData())
  describe('given good rows', () => describeGoodRows())
})

async function skippedEventOf(fleet: Fleet, row: Opening): Promise<unknown[]> {
  return ['OpeningSkipped', await channelIdOf(fleet.world, row.channel), (await refusalOf(fleet, row)).reason]
}

function describeBadRow({ error, make }: Bad): void {
  it('when it is alone ... it skips it with the error that opening it alone gives', async () => {
    const fleet = await prepare()
    const { world, escrow, balance } = fleet
    const row = await make(fleet)
    const [before, exposures] = [await stateOf(fleet, row), await exposuresOf(fleet, [row])]
    const { reason, name } = await refusalOf(fleet, row)
    expect(name).to.equal(error)
    const events = await escrowEventsOf(world, escrow.openMany([row]))
    expect(events).to.deep.equal([['OpeningSkipped', await channelIdOf(world, row.channel), reason]])
    expect(await stateOf(fleet, row)).to.deep.equal(before)
    expect(await exposuresOf(fleet, [row])).to.deep.equal(exposures)
    expect(await balance()).to.equal(BALANCE)
  })

  for (const [place, position] of [
    ['first of', 0],
    ['in the middle of', 1],
    ['last of', 2],
  ] as const) {
    it(`when it is ${place} a fleet ... it skips it and opens the others`, async () => {
      const fleet = await prepare()
      const { world, escrow, carRow, balance } = fleet
      const good = [await carRow(secp256k1Device('second car'), 20n), await carRow(world.p256Car, 30n)]
      const bad = await make(fleet)
      const before = await stateOf(fleet, bad)
      const channelId = await channelIdOf(world, bad.channel)
      const events = await escrowEventsOf(world, escrow.openMany(good.toSpliced(position, 0, bad)))
      const skipped = events.filter(([name]) => name === 'OpeningSkipped')
      expect(skipped.map(([, skippedId]) => skippedId)).to.deep.equal([channelId])
      expect(events.indexOf(skipped[0]!)).to.equal(position)
      expect(await stateOf(fleet, bad)).to.deep.equal(before)
      expect(await stateOf(fleet, good[0]!)).to.deep.equal([0n, 20n, 0n, OPENED])
      expect(await stateOf(fleet, good[1]!)).to.deep.equal([0n, 30n, 0n, OPENED])
      expect(await exposuresOf(fleet, good)).to.deep.equal([20n, 30n])
      expect(await balance()).to.equal(BALANCE - 50n)
    })
  }
}

function describeTogether(): void {
  it('when a row is there twice ... it opens it once, and skips the second', async () => {
    const fleet = await prepare()
    const { world, escrow, row, balance } = fleet
    const channelId = await channelIdOf(world, row.channel)
    const events = await escrowEventsOf(world, escrow.openMany([row, { ...row, amount: 11n }]))
    const reason = escrow.interface.encodeErrorResult('ChannelEscrow_AlreadyOpened', [channelId, OPENED])
    expect(events.map(([name]) => name)).to.deep.equal(['ChannelOpened', 'OpeningSkipped'])
    expect(events[1]).to.deep.equal(['OpeningSkipped', channelId, reason])
    expect(await stateOf(fleet, row)).to.deep.equal([0n, 10n, 0n, OPENED])
    expect(await exposuresOf(fleet, [row])).to.deep.equal([10n])
    expect(await balance()).to.equal(BALANCE - 10n)
  })

  it('when the balance runs out in the middle ... it skips what is too dear, and opens what is not', async () => {
    const fleet = await prepare()
    const { world, escrow, channel, row, carRow, balance } = fleet
    await escrow.withdrawBalance(channel.token, BALANCE - 30n)
    const dear = await carRow(secp256k1Device('second car'), 21n)
    const cheap = await carRow(world.p256Car, 20n)
    const events = await escrowEventsOf(world, escrow.openMany([row, dear, cheap]))
    const reason = escrow.interface.encodeErrorResult('ChannelEscrow_BalanceTooLow', [world.funder.address, 21n, 20n])
    expect(events[1]).to.deep.equal(['OpeningSkipped', await channelIdOf(world, dear.channel), reason])
    expect(await stateOf(fleet, cheap)).to.deep.equal([0n, 20n, 0n, OPENED])
    expect(await exposuresOf(fleet, [row, dear, cheap])).to.deep.equal([10n, 0n, 20n])
    expect(await balance()).to.equal(0n)
  })

  it('when rows of one payer pass its ceiling together ... it opens those below it', async () => {
    const fleet = await prepare()
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
    expect(await stateOf(fleet, below)).to.deep.equal([0n, 5n, 0n, OPENED])
    expect(await exposuresOf(fleet, [row])).to.deep.equal([CEILING])
  })
}

function describeCallData(): void {
  it('when a narrow field has dirty high bits ... it reverts', async () => {
    const { world, escrow, row } = await prepare()
    const data = escrow.interface.encodeFunctionData('openMany', [[row]])
    // Two words of the array; then those of {openRowOf}.
    const words = [1, 2, 4, 7, 11, 12, 13, 14, 15, 16, 17, 18, 19, 24].map((word) => word + 2)
    await expectDirtyWordsRefused(escrow, world.funder, data, words)
  })

  it('when a row is cut off ... it reverts', async () => {
    const { world, escrow, row } = await prepare()
    const data = escrow.interface.encodeFunctionData('openMany', [[row, row]])
    const cut = dataSlice(data, 0, dataLength(data) - 32)
    await expect(world.funder.sendTransaction({ to: escrow.target, data: cut })).to.be.revertedWithoutReason(ethers)
  })
}

function describeGoodRows(): void {
  const prepareFleet = async () => {
    const fleet = await prepare()
    const { row, carRow } = fleet
    const more = [await carRow(secp256k1Device('second car'), 20n), await carRow(secp256k1Device('third car'), 30n)]
    return { ...fleet, rows: [row, ...more] }
  }

  it('it opens each of them, and emits ChannelOpened for each in their order', async () => {
    const fleet = await prepareFleet()
    const { world, escrow, rows } = fleet
    const events = await escrowEventsOf(world, escrow.openMany(rows))
    const expected = await Promise.all(rows.map((row) => openedEventOf(world, row)))
    expect(events).to.deep.equal(expected)
    for (const row of rows) expect(await stateOf(fleet, row)).to.deep.equal([0n, row.amount, 0n, OPENED])
  })

  it('it takes the sum out of the balance, and moves no token', async () => {
    const { world, escrow, rows, balance } = await prepareFleet()
    const accounts = [world.funder, escrow]
    await expect(escrow.openMany(rows)).to.changeTokenBalances(ethers, world.token, accounts, [0n, 0n])
    expect(await balance()).to.equal(BALANCE - 60n)
  })

  it('it raises the exposure of each payer by its own', async () => {
    const fleet = await prepareFleet()
    await fleet.escrow.openMany(fleet.rows)
    expect(await exposuresOf(fleet, fleet.rows)).to.deep.equal([10n, 20n, 30n])
  })

  it('when they have P-256 keys ... it opens them', async () => {
    const fleet = await prepare()
    const { world, escrow, carRow } = fleet
    const row = await carRow(world.p256Car, 40n)
    const { bindingId } = await bind(world, world.p256Charger, world.operator)
    const both = withTerms(row, { payee: world.p256Charger.id, payeeBinding: bindingId })
    await escrow.openMany([row, both])
    expect(await stateOf(fleet, row)).to.deep.equal([0n, 40n, 0n, OPENED])
    expect(await stateOf(fleet, both)).to.deep.equal([0n, 40n, 0n, OPENED])
  })

  it('when they have other tokens ... it takes each out of its own balance', async () => {
    const fleet = await prepare()
    const { world, escrow, row, carRow, balance } = fleet
    const other = await addToken(world, 'FreeToken')
    await escrow.depositBalance(other.target, 100n)
    const foreign = await carRow(secp256k1Device('second car'), 20n, { token: String(other.target) })
    await escrow.openMany([row, foreign])
    expect(await stateOf(fleet, foreign)).to.deep.equal([0n, 20n, 0n, OPENED])
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
